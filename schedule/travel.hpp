#pragma once

#include "geo/point.hpp"
#include "schedule/unit.hpp"

namespace schedule {

/// How much longer the way on the ground is than the straight line.
inline constexpr double detour_factor = 1.3;

/// Minutes from one place to another: straight line x 1.3 at the speed, rounded up to a whole
/// minute; at least 1, and 0 only between equal places.
///
/// \throws geo::Error (usage) if the speed is not positive.
Minutes travel_time(const geo::GridPoint& from, const geo::GridPoint& to, double speed_kmh);

} // namespace schedule
