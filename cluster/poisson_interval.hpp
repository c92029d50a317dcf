#pragma once

#include <cstdint>

namespace cluster {

/// Bounds of the expected count behind a count.
struct CountInterval {
    double low = 0;
    double high = 0;
    friend bool operator==(const CountInterval&, const CountInterval&) = default;
};

/// The exact 95 % interval of a Poisson count's expectation (Garwood 1936): outside it, a count as
/// extreme as this one would come in at most one of forty periods alike, on either side.
CountInterval poisson_interval(std::uint32_t count);

} // namespace cluster
