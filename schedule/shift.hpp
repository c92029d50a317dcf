#pragma once

#include "schedule/plan.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace schedule {

/// A break that is taken somewhere in a stretch of a shift.
struct FloatingBreak {
    geo::TimeSpan within;
    Minutes length{0}; ///< some open stretch within is at least so long
};

/// One turn of duty of one unit, on one day.
struct Shift {
    std::size_t unit = 0; ///< index into the units given
    std::string name;     ///< of the pattern it comes from
    geo::Day day{};     ///< local day on which it begins, also where the horizon cuts that part off
    geo::TimeSpan when; ///< the part inside the horizon that is open at both ends, never empty
    Minutes budget{0};  ///< for visits and travel: the unit's minutes per shift, at most what of
                        ///< `when` is open
    std::vector<geo::TimeSpan> closed =
        {}; ///< inside `when`, ascending and apart: nobody visits or walks then
    std::optional<FloatingBreak> floating = {}; ///< not in `closed`
};

/// Whether a shift of that pattern begins on the day: leave first, then exceptions, dates, bank
/// holidays, weekdays.
bool begins_on(const Unit& unit, const ShiftPattern& pattern, geo::Day day);

/// Every shift of the units that overlaps the horizon, clipped to it; by start, then unit, then
/// name.
///
/// Patterns are wall-clock times in `zone`: a shift 22:00 to 06:00 ends at 06:00 on the clock and
/// is an hour shorter on the night the clocks go forward, an hour longer when they go back. A shift
/// that begins on the day before the horizon counts with the part inside. Starts are rounded up and
/// ends down to whole minutes. Breaks, days off and hours outside the rule's are closed; a shift is
/// cut where it would begin or end with one. A break that floats is left out where no open stretch
/// of its window holds it.
std::vector<Shift> shifts_within(std::span<const Unit> units, geo::TimeSpan horizon,
                                 const geo::TimeZone& zone, const Rule& rule = {});

/// The shifts that a plan for the problem may use: as above, without those that were planned before
/// (EarlyShift).
std::vector<Shift> shifts_of(const Problem& problem);

} // namespace schedule
