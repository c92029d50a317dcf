#pragma once

#include "geo/time_zone.hpp"

#include <chrono>
#include <optional>

namespace cluster {

/// How much a record of its age says of the months to come: half as much for every `half_life` that
/// it is older (exponential smoothing). Without a half-life all records say the same.
struct Recency {
    using Days = std::chrono::duration<double, std::chrono::days::period>;

    geo::Instant as_of{};          ///< ages count back from here; what is later counts as new
    std::optional<Days> half_life; ///< positive

    /// The factor of a record, (0, 1]. A record that spans time, or knows only its month, has the
    /// age of the middle of its span.
    double of(const geo::TimeSpan& when) const;

    /// The weeks that a period is worth: the integral of the factor over it. A sum of factors
    /// divided by it is a rate per week that follows the recent past.
    double effective_weeks(const geo::TimeSpan& period) const;
};

} // namespace cluster
