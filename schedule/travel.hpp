#pragma once

#include "geo/point.hpp"
#include "schedule/plan.hpp"

#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace schedule {

/// How much longer the way on the ground is than the straight line.
inline constexpr double detour_factor = 1.3;

/// Minutes from one place to another: straight line x 1.3 at the speed, rounded up to a whole
/// minute; at least 1, and 0 only between equal places.
///
/// \throws geo::Error (usage) if the speed is not positive.
Minutes travel_time(const geo::GridPoint& from, const geo::GridPoint& to, double speed_kmh);

/// The measured ways of one mode by the names of their ends; a way of that mode goes before one of
/// any.
using MeasuredWays = std::map<std::pair<std::string_view, std::string_view>, Minutes>;
MeasuredWays measured_ways(std::span<const Way> ways, Mode mode);

/// Minutes between all places for one unit, from place i to place j at i * places + j; 0 to itself,
/// else at least 1.
///
/// Measured ways where there are, else the straight line's; a way over another place where that is
/// shorter, so that leaving out a stop never makes a tour longer. O(places^2), O(places^3) with
/// measured ways.
std::vector<Minutes> ways_between(const Problem& problem, const Unit& unit);

/// Minutes from the unit's base to each place, over another place where that is shorter; 0 where it
/// has no base and no way from one was measured.
///
/// \param between what `ways_between` gives for the unit.
std::vector<Minutes> ways_from_base(const Problem& problem, const Unit& unit,
                                    std::span<const Minutes> between);

/// How many of the ways between two places, or from a base to a place its unit serves, are not
/// measured for the modes of the units, each pair of ends and mode once.
std::size_t unmeasured_ways(const Problem& problem);

} // namespace schedule
