#pragma once

#include "schedule/plan.hpp"

#include <vector>

namespace schedule {

/// Visits of a plan as its zones, units and shifts are now.
struct StandingVisits {
    std::vector<Visit> visits; ///< that still can be made, by start
    std::vector<Visit> lost;   ///< issued visits that cannot: their unit, zone or shift is no more,
                               ///< or there is no time for them; by start
};

/// Which issued visits still can be made, by the checker; planned ones are not looked at and stand.
///
/// \param visits those that begin at `now` or later are looked at, others dropped.
StandingVisits standing_visits(const Problem& problem, std::vector<Visit> visits, geo::Instant now);

} // namespace schedule
