#pragma once

#include "cluster/zone.hpp"
#include "schedule/rule.hpp"
#include "schedule/unit.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace schedule {

/// Expected incidents in each hour of the week, Monday 00:00 first (geo::hour_of_week), local time.
using WeekProfile = std::array<double, 168>;

/// A zone as planning sees it.
struct Place {
    cluster::ZoneId zone;
    geo::GridPoint centre;
    std::optional<geo::Metres> radius = {};    ///< for positions of attendances
    std::string ward_code;                     ///< what a unit's `serves` may name
    std::string ward_name;                     ///< likewise
    std::optional<geo::Instant> last_attended; ///< end of the last attendance that counted
    double wanted_a_week = 0; ///< visits wished for beyond the rule; 0 for none in particular
    WeekProfile risk{};       ///< expected incidents by hour of the week; all zero if unknown;
                              ///< with a weight but no hours known, the same in every hour
};

/// Why a visit is in the plan. Walking through a zone's visits in time, the rule needs a visit if
/// the planning gap would be passed by leaving it out; what it does not need is `risk`.
enum class Reason {
    rule, ///< the gap since the last visit the rule needed would pass the planning gap without it
    risk, ///< capacity beyond the rule, spent where and when the violence is
};

enum class Status { planned, issued };

struct Visit {
    std::string id; ///< "<zone>-20261123-1815", unique in the plan; kept from a former plan
    cluster::ZoneId zone;
    UnitId unit;
    std::string shift;    ///< name of the shift
    geo::Day shift_day{}; ///< local day on which the shift began
    unsigned seq = 0;     ///< order within the unit's shift, from 1
    geo::TimeSpan when;
    Minutes travel{
        0}; ///< from the previous stop of the shift (the base first where there is one), rounded up
    Reason reason = Reason::rule;
    Status status = Status::planned;
};

/// How long a way takes, where that was measured; any other is the straight line's (travel.hpp).
struct Way {
    std::string from; ///< zone id, or the name of a base
    std::string to;   ///< zone id
    Minutes time{0};  ///< 0 or more
    std::optional<Mode>
        mode; ///< for units of this mode; for all others than those named when left out
};

/// What becomes of a shift that begins on the day before the horizon and reaches into it.
enum class EarlyShift {
    cut,       ///< the part inside the horizon is planned
    elsewhere, ///< it was planned before, as a whole
};

/// Everything a plan is made from.
struct Problem {
    std::vector<Place> places;
    std::vector<Unit> units;
    Rule rule;
    geo::TimeSpan horizon; ///< 00:00 local to 00:00 local
    geo::TimeZone zone;
    /// Measured ways, one a pair and mode at most. A way over a third zone counts where it is
    /// shorter.
    std::vector<Way> travel = {};
    /// An earlier plan, so that an unchanged future stays in place: its issued visits are kept
    /// wherever they can be walked, its planned ones likewise unless the rule cannot be kept
    /// otherwise.
    std::vector<Visit> former = {};
    EarlyShift early_shift = EarlyShift::cut;
    /// Where a part of the horizon is issued already (renewal.hpp): shifts that begin from then on
    /// are open to planning. For the checker, which tells by it what a gap comes from; planning
    /// takes the whole horizon for open.
    std::optional<geo::Instant> open_from = {};
};

struct Plan {
    std::vector<Visit> visits; ///< by start, then unit
};

} // namespace schedule
