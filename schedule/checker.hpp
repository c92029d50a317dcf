#pragma once

#include "schedule/plan.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace schedule {

enum class ViolationKind {
    gap,             ///< absence longer than the rule allows
    gap_inherited,   ///< likewise, and no shift that is still open to planning could have been in
                     ///< time: from visits missed before
    wrong_length,    ///< the visit is not as long as the rule says
    outside_shift,   ///< in no shift of the unit, or not in the shift it names
    outside_hours,   ///< before the earliest hour, after the latest, or on a day left out
    in_break,        ///< in a break of its shift, or no time is left for one
    shift_minutes,   ///< visits and travel exceed the shift's minutes
    shift_visits,    ///< more visits than the unit makes in a shift
    overlap,         ///< two visits of one unit at the same time
    travel,          ///< no time to get there from the previous stop or the base
    same_clock_time, ///< a zone's visit starts at the clock time of the one before
    wrong_unit,      ///< the unit does not serve the zone
    unknown_zone,
    unknown_unit,
    missing_zone, ///< a zone without any visit
    outside_horizon,
    duplicate_id,
    sequence,  ///< seq does not number a shift's visits from 1 in the order of their starts; once a
               ///< shift, at the first such visit
    wrong_day, ///< shift_day is neither the day the visit's shift began nor the visit's own
};

/// The name of a kind as people and `--json` see it: "gap", "gap-inherited", "wrong-length".
std::string_view code(ViolationKind kind);

/// One thing that is wrong with a plan.
struct Violation {
    ViolationKind kind = ViolationKind::gap;
    std::optional<cluster::ZoneId> zone;
    std::optional<UnitId> unit;
    std::optional<std::string> visit;  ///< id of the visit at fault, the later one of two
    std::optional<geo::TimeSpan> when; ///< the absence of a gap; the visit of anything else
    std::string text;                  ///< one plain sentence with local times
};

/// What a plan is checked against.
struct Check {
    std::span<const Place> places;
    std::span<const Unit> units;
    std::span<const Visit> visits; ///< in any order
    Rule rule;
    geo::TimeSpan horizon;
    geo::TimeZone zone;
    std::span<const Way> travel = {};           ///< as of the problem
    std::optional<geo::Instant> open_from = {}; ///< likewise
};

/// Everything in which the plan falls short; empty means it keeps the rule and can be walked.
///
/// Knows nothing of the planner and shares only the value types with it: travel, shifts, gaps and
/// clock times are worked out here a second time. `travel`, `reason` and `status` of a visit are
/// not relied on. A visit without a shift name may lie in any shift of its unit; one whose seq is 0
/// is not numbered, one whose shift_day is `geo::Day{}` names no day. Visits whose zone is unknown
/// count for the unit's time but for no gap; those longer or shorter than the rule's length count
/// as attendance from their start to their end. In the order: gaps and missing zones by the order
/// of `places`, visit by visit in order of start, then unit by unit.
///
/// \throws geo::Error (usage) if two places have one id or two units one name.
std::vector<Violation> check_plan(const Check& check);

} // namespace schedule
