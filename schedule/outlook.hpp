#pragma once

#include "schedule/plan.hpp"

#include <optional>
#include <span>
#include <vector>

namespace schedule {

/// How far a wish for visits beyond the rule comes true.
struct WishMet {
    double a_week = 0;          ///< what was wished for
    unsigned weeks = 0;         ///< of the plan
    unsigned weeks_reached = 0; ///< in which the zone gets as many visits as that
    unsigned visits_short = 0;  ///< that the other weeks lack together
};

/// What the plan means for one zone: what the zones layer publishes.
struct Outlook {
    cluster::ZoneId zone;
    std::vector<geo::Instant> starts;       ///< of the planned visits, ascending
    std::optional<geo::Instant> last_visit; ///< end of the last counted attendance before the plan
    std::optional<geo::Instant> next_visit; ///< the first planned start
    geo::Instant
        due_by; ///< latest start that keeps the rule after last_visit, else the plan's start
    double max_gap_h = 0; ///< largest absence: last_visit or plan start to first visit, between
                          ///< visits, last end to plan end
    bool rule_ok = false; ///< no absence passes the rule's gap
    bool overdue = false; ///< due_by was already past when the plan begins
    std::optional<WishMet> wish = {}; ///< nothing where none was made
};

/// One outlook for each place, in the order of the places. Visits may come in any order; those of
/// unknown zones are left out.
std::vector<Outlook> outlook(std::span<const Place> places, std::span<const Visit> visits,
                             const Rule& rule, geo::TimeSpan horizon, const geo::TimeZone& zone);

/// As above for a plan and the problem it was made from.
std::vector<Outlook> outlook(const Problem& problem, const Plan& plan);

} // namespace schedule
