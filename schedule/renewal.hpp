#pragma once

#include "schedule/plan.hpp"
#include "schedule/planner.hpp"

#include <optional>
#include <vector>

namespace schedule {

/// What the night before left, and what tonight knows.
struct Renewal {
    geo::Instant now{}; ///< visits that began before are past: attended or missed, never planned
    std::vector<Visit> former;            ///< the plan in force: issued visits and those beyond
    std::optional<geo::Day> issued_until; ///< shifts that begin before this local day are issued;
                                          ///< nothing where no plan was ever made
    bool opened_again = false; ///< whether issued days are planned anew around the issued visits
    unsigned issue_days = 2;   ///< today and the days after that tonight's plan issues, 1 or more
    std::vector<geo::Instant>
        in_force_since; ///< of each place: where its first gap begins if it was never attended
};

/// A plan that follows on from another.
struct RenewedPlan {
    Plan plan;               ///< what begins from `now` on, issued visits before the others
    geo::Day issued_until{}; ///< shifts that begin before this local day are issued now
    std::optional<geo::Instant> open_from; ///< shifts that begin before it were issued by an
                                           ///< earlier night; nothing where no plan was ever made
};

/// The plan of a new night: issued days stand, the days beyond are planned from what happened.
///
/// A visit is issued with its shift, so that a shift over midnight is issued as a whole. Where
/// issued days are opened again, the issued visits keep their places and others may come between.
/// In the days beyond, visits of the former plan stay where the rule allows it. The gap of a zone
/// begins at its last attendance, or, where that is later, at the last issued visit still to come.
///
/// \param problem of the whole horizon, which begins at 00:00 of the day of `now`; places carry
/// their last real attendance.
/// Deterministic, as make_plan. \throws geo::Error (usage) as make_plan; std::invalid_argument if
/// `in_force_since` is not of the places.
RenewedPlan renew_plan(const Problem& problem, const Renewal& renewal, const PlanOptions& options);

} // namespace schedule
