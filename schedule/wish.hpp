#pragma once

#include "geo/time_zone.hpp"

#include <chrono>
#include <vector>

namespace schedule {

/// A week of a plan: seven times 24 real hours from its start on; the last one may be shorter.
inline constexpr std::chrono::hours wish_week{7 * 24};

/// Visits that a wish of so many a week comes to in each week of the horizon.
///
/// Rounded so that the sum up to the end of any week is as near to the wish as whole visits can be;
/// a short last week counts for its length. Negative wishes count as 0, more than 1000 as 1000.
std::vector<unsigned> wanted_by_week(double a_week, geo::TimeSpan horizon);

} // namespace schedule
