#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace io {

/// The number of incidents on one point from which a stack is improbable; nothing if none of these
/// stacks is.
///
/// Where incidents are snapped to streets many points hold several, and busy places hold dozens:
/// that is the data, not a fault. A default of the geocoder (headquarters, custody, a hospital)
/// stands out from it. The sizes are taken as log-normal, with the median and the ninth decile of
/// the given ones, so that the outliers themselves do not bend the curve; a stack is improbable if
/// fewer than one point as large is expected among as many points, and it holds at least 20
/// incidents. Chauvenet's criterion, with one expected point in place of a half, on the logarithm.
///
/// \param sizes incidents on each distinct point, in any order.
std::optional<std::uint32_t> improbable_stack(std::span<const std::uint32_t> sizes);

} // namespace io
