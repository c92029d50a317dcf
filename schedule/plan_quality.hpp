#pragma once

#include "schedule/ground.hpp"
#include "schedule/plan.hpp"
#include "schedule/planner.hpp"
#include "schedule/predictability.hpp"

#include <optional>
#include <span>

namespace schedule {

/// What a plan is worth.
struct PlanWorth {
    double value = 0; ///< expected incidents met, each by how far the deterrence has faded: the sum
                      ///< of Ground::worth x faded over the visits, in visits of mean risk
    double lift = 0;  ///< mean risk in the hours and zones visited over the mean in all zones and
                      ///< hours on shift; 0 without visits
};

/// Visits in any order; those of unknown zones or outside the horizon count for nothing. The ground
/// must be of the same problem; made without noise it gives the true worth.
PlanWorth worth_of(const Ground& ground, const Problem& problem, std::span<const Visit> visits);

/// What chance costs: how much less worth plans made with it are, as a share of the worth without.
struct ChanceCost {
    double value = 0;
    double lift = 0;
};

/// From two plans made with little effort, with the chance of the options and with none.
/// Costs about two sevenths of a plan of normal effort.
ChanceCost chance_cost(const Problem& problem, const PlanOptions& options);

/// What a plan is held against. Neither depends on it, so both can be found while it is made.
struct Yardsticks {
    std::optional<double> bound;      ///< on the value of every plan that keeps the rule; nothing
                                      ///< where the horizon is longer than two years
    std::optional<ChanceCost> chance; ///< nothing where there is no unpredictability
};

/// Costs about as much as a plan of normal effort. Deterministic at any number of threads.
Yardsticks yardsticks(const Problem& problem, const PlanOptions& options, unsigned threads = 1);

/// How a plan compares with what could be.
struct PlanQuality {
    PlanWorth worth;
    std::optional<double> bound; ///< on the value of every plan that keeps the rule; nothing where
                                 ///< this one does not, the horizon is longer than two years, or
                                 ///< it was held against nothing
    Predictability predictability;
    Minutes travel{0};     ///< of all visits
    double least_load = 0; ///< share of their shifts' minutes that visits and ways take: of the
                           ///< unit with the least
    double most_load = 0;  ///< and of the one with the most
    std::optional<ChanceCost> chance; ///< what unpredictability costs; nothing where there is none,
                                      ///< or it was held against nothing

    /// Share of the bound that the plan holds.
    std::optional<double> share() const {
        return bound && *bound > 0 ? std::optional(worth.value / *bound) : std::nullopt;
    }
};

/// How the plan compares; deterministic.
///
/// \param yardsticks of the same problem and options; empty where the plan is held against nothing.
PlanQuality assess(const Problem& problem, const Plan& plan, const PlanOptions& options,
                   const Yardsticks& yardsticks = {});

} // namespace schedule
