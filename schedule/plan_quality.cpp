#include "schedule/plan_quality.hpp"

#include "schedule/lagrangian_bound.hpp"
#include "schedule/outlook.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace schedule {

namespace {

std::vector<std::vector<Minute>> starts_by_zone(const Ground& ground, const Problem& problem,
                                                std::span<const Visit> visits) {
    std::unordered_map<std::string, std::size_t> index;
    for (std::size_t z = 0; z < problem.places.size(); ++z) {
        index.emplace(problem.places[z].zone.text(), z);
    }
    std::vector<std::vector<Minute>> starts(problem.places.size());
    for (const Visit& visit : visits) {
        const auto zone = index.find(visit.zone.text());
        const auto at = std::chrono::floor<Minutes>(visit.when.from - problem.horizon.from).count();
        if (zone != index.end() && at >= 0 && at < ground.length()) {
            starts[zone->second].push_back(static_cast<Minute>(at));
        }
    }
    for (std::vector<Minute>& of_zone : starts) {
        std::sort(of_zone.begin(), of_zone.end());
    }
    return starts;
}

bool keeps_rule(const Problem& problem, const Plan& plan) {
    const std::vector<Outlook> seen = outlook(problem, plan);
    return std::all_of(seen.begin(), seen.end(), [](const Outlook& o) { return o.rule_ok; });
}

/// Least and most of the units' loads.
std::pair<double, double> loads_of(const Ground& ground, const Problem& problem, const Plan& plan) {
    std::unordered_map<std::string, double> used;
    for (const Visit& visit : plan.visits) {
        used[visit.unit.text()] += static_cast<double>((problem.rule.visit + visit.travel).count());
    }
    std::vector<double> budget(problem.units.size(), 0);
    for (const Turn& turn : ground.turns()) {
        budget[turn.unit] += turn.budget;
    }
    std::optional<std::pair<double, double>> loads;
    for (std::size_t u = 0; u < budget.size(); ++u) {
        if (budget[u] > 0) {
            const double load = used[problem.units[u].name.text()] / budget[u];
            loads = loads ? std::pair(std::min(loads->first, load), std::max(loads->second, load))
                          : std::pair(load, load);
        }
    }
    return loads.value_or(std::pair(0.0, 0.0));
}

PlanOptions without_chance(PlanOptions options) {
    options.unpredictability = 0;
    return options;
}

} // namespace

PlanWorth worth_of(const Ground& ground, const Problem& problem, std::span<const Visit> visits) {
    PlanWorth result;
    double risk = 0;
    std::size_t count = 0;
    const std::vector<std::vector<Minute>> starts = starts_by_zone(ground, problem, visits);
    for (std::size_t z = 0; z < starts.size(); ++z) {
        const Origin& origin = ground.origin(z);
        Minute since = origin.end - (origin.attended ? 0 : ground.max_gap());
        for (const Minute start : starts[z]) {
            const double worth = ground.worth(z, start);
            result.value += worth * ground.faded(start - since);
            risk += worth;
            ++count;
            since = start + ground.visit();
        }
    }
    result.lift = count > 0 ? risk / static_cast<double>(count) : 0;
    return result;
}

ChanceCost chance_cost(const Problem& problem, const PlanOptions& options) {
    PlanOptions little = options;
    little.effort.reset();
    little.moves_a_visit = std::min(options.moves_a_visit, fast_moves_a_visit);
    if (options.effort) {
        little.effort = *options.effort / 7;
    }
    Problem anew = problem;
    anew.former.clear();
    const Ground truth(anew, without_chance(options));
    const auto worth = [&](const PlanOptions& how) {
        return worth_of(truth, anew, make_plan(anew, how).visits);
    };
    const PlanWorth with = worth(little);
    const PlanWorth without = worth(without_chance(little));
    const auto lost = [](double less, double more) { return more > 0 ? 1 - less / more : 0; };
    return {lost(with.value, without.value), lost(with.lift, without.lift)};
}

Yardsticks yardsticks(const Problem& problem, const PlanOptions& options, unsigned threads) {
    Yardsticks found;
    found.bound = value_bound(Ground(problem, without_chance(options)), {.threads = threads});
    if (options.unpredictability > 0) {
        found.chance = chance_cost(problem, options);
    }
    return found;
}

PlanQuality assess(const Problem& problem, const Plan& plan, const PlanOptions& options,
                   const Yardsticks& yardsticks) {
    const Ground ground(problem, without_chance(options));
    PlanQuality quality;
    quality.worth = worth_of(ground, problem, plan.visits);
    if (keeps_rule(problem, plan)) {
        quality.bound = yardsticks.bound;
    }
    quality.predictability = predictability(plan.visits, problem.zone);
    for (const Visit& visit : plan.visits) {
        quality.travel += visit.travel;
    }
    std::tie(quality.least_load, quality.most_load) = loads_of(ground, problem, plan);
    if (!plan.visits.empty()) {
        quality.chance = yardsticks.chance;
    }
    return quality;
}

} // namespace schedule
