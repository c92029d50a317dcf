#include "schedule/lagrangian_bound.hpp"

#include "problems.hpp"
#include "schedule/outlook.hpp"
#include "schedule/plan_quality.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

namespace schedule::test {
namespace {

using Tour = std::vector<std::pair<std::size_t, Minute>>; ///< zone and start, in order

/// All tours of a turn whose starts are whole multiples of `step` minutes; a zone may be seen again
/// as soon as visits may follow each other there.
std::vector<Tour> tours_of(const Ground& ground, const Turn& turn, Minute step,
                           const Tour& begun = {}, Minute used = 0) {
    std::vector<Tour> tours{begun};
    const Minute apart = ground.visit() + ground.least_apart();
    const Minute free = begun.empty() ? turn.from : begun.back().second + ground.visit();
    for (Minute start = (free + step - 1) / step * step; start + ground.visit() <= turn.to;
         start += step) {
        for (std::size_t z = 0; z < ground.zones(); ++z) {
            const bool too_soon = std::any_of(begun.begin(), begun.end(), [&](const auto& stop) {
                return stop.first == z && start - stop.second < apart;
            });
            const bool stays = !begun.empty() && begun.back().first == z;
            const Minute way =
                begun.empty() || stays ? 0 : ground.travel(turn.speed, begun.back().first, z);
            const Minute spent = used + way + ground.visit();
            if (!too_soon && start >= free + way && spent <= turn.budget) {
                Tour longer = begun;
                longer.emplace_back(z, start);
                for (Tour& tour : tours_of(ground, turn, step, longer, spent)) {
                    tours.push_back(std::move(tour));
                }
            }
        }
    }
    return tours;
}

/// Value of the tours together; nothing where an absence is too long.
std::optional<double> value_of(const Ground& ground, const std::vector<const Tour*>& tours) {
    double value = 0;
    for (std::size_t z = 0; z < ground.zones(); ++z) {
        Minute since = ground.origin(z).end - (ground.origin(z).attended ? 0 : ground.max_gap());
        Minute limit = ground.origin(z).hard;
        for (const Tour* tour : tours) {
            for (const auto& [zone, start] : *tour) {
                if (zone != z) {
                    continue;
                }
                if (start > limit) {
                    return std::nullopt;
                }
                value += ground.worth(z, start) * ground.faded(start - since);
                since = start + ground.visit();
                limit = ground.hard_limit(since);
            }
        }
        if (ground.length() > limit) {
            return std::nullopt;
        }
    }
    return value;
}

double best_of_all(const Ground& ground, Minute step) {
    std::vector<std::vector<Tour>> choices;
    for (const Turn& turn : ground.turns()) {
        choices.push_back(tours_of(ground, turn, step));
    }
    std::vector<const Tour*> chosen(choices.size());
    double best = 0;
    const std::function<void(std::size_t)> choose = [&](std::size_t turn) {
        if (turn == choices.size()) {
            best = std::max(best, value_of(ground, chosen).value_or(0));
            return;
        }
        for (const Tour& tour : choices[turn]) {
            chosen[turn] = &tour;
            choose(turn + 1);
        }
    };
    choose(0);
    return best;
}

/// Two zones and one unit with an hour a day for three days.
Problem tiny_problem(std::mt19937_64& random) {
    Problem problem{.horizon = days_from("2026-11-23", 3), .zone = london()};
    for (int z = 0; z < 2; ++z) {
        problem.places.push_back(
            place("Z" + std::to_string(z),
                  grid(340000 + 200.0 * static_cast<double>(random() % 20), 430000)));
        for (double& risk : problem.places.back().risk) {
            risk = static_cast<double>(random() % 100) / 100;
        }
    }
    problem.units = {unit("A", {shift("late", 15, 16)})};
    problem.units[0].minutes_per_shift = Minutes(30 + static_cast<int>(random() % 31));
    problem.rule.max_gap = std::chrono::hours(40 + random() % 30);
    problem.rule.plan_gap = problem.rule.max_gap;
    return problem;
}

/// At no prices, at random ones and at good ones.
void expect_holds(const Ground& ground, double best, std::mt19937_64& random) {
    const Relaxation relaxation(ground, GapLimit::hard);
    for (int draw = 0; draw < 20; ++draw) {
        std::vector<double> prices(relaxation.constraints());
        for (std::size_t c = 0; c < prices.size(); ++c) {
            const double least = c < relaxation.limits() ? 0 : -500;
            prices[c] = (static_cast<double>(random() % 1000) + least) * 1e-4 * (draw % 4);
        }
        for (const Minute grid : {1, 5, 15}) {
            EXPECT_GE(relaxation.at(prices, grid).bound, best - 1e-9) << "grid " << grid;
        }
    }
    const double bound = *value_bound(ground);
    EXPECT_GE(bound, best - 1e-9);
    EXPECT_LE(bound, 1.3 * best + 1) << "good prices are close";
}

TEST(LagrangianBound, HoldsAtAnyPricesAgainstEveryTinyPlan) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        std::mt19937_64 random(seed);
        const Problem problem = tiny_problem(random);
        const Ground ground(problem, {.unpredictability = 0});
        expect_holds(ground, best_of_all(ground, 5), random);
    }
}

TEST(LagrangianBound, HoldsWhereAShiftHasSeveralStretchesAndAZoneIsSeenTwiceInIt) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        std::mt19937_64 random(seed);
        Problem problem = tiny_problem(random);
        problem.horizon = days_from("2026-11-23", 2);
        problem.units = {unit("A", {shift("late", 15, 21)})};
        problem.units[0].minutes_per_shift = Minutes(50 + static_cast<int>(random() % 31));
        const Ground ground(problem, {.unpredictability = 0});
        expect_holds(ground, best_of_all(ground, 30), random);
    }
}

TEST(LagrangianBound, AFinerGridNeverRaisesIt) {
    std::mt19937_64 random(5);
    const Problem problem = random_problem(3);
    const Ground ground(problem, {.unpredictability = 0});
    const Relaxation relaxation(ground, GapLimit::hard);
    std::vector<double> prices(relaxation.constraints());
    for (double& price : prices) {
        price = static_cast<double>(random() % 100) * 1e-4;
    }
    EXPECT_LE(relaxation.at(prices, 5).bound, relaxation.at(prices, 15).bound + 1e-9);
    EXPECT_LE(relaxation.at(prices, 1).bound, relaxation.at(prices, 5).bound + 1e-9);
}

TEST(LagrangianBound, NoPlanFoundSurpassesIt) {
    for (unsigned seed = 1; seed <= 15; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        const Problem problem = random_problem(seed);
        const Plan plan = make_plan(problem, {.seed = seed, .unpredictability = 0, .effort = 300});
        const auto seen = outlook(problem, plan);
        if (!std::all_of(seen.begin(), seen.end(), [](const Outlook& o) { return o.rule_ok; })) {
            continue;
        }
        const Ground ground(problem, {.unpredictability = 0});
        const double value = worth_of(ground, problem, plan.visits).value;
        EXPECT_GE(*value_bound(ground, {.steps = 20, .work = 1e6}), value - 1e-9);
    }
}

TEST(LagrangianBound, IsTheSameAtAnyNumberOfThreads) {
    const Ground ground(random_problem(7), {.unpredictability = 0});
    EXPECT_EQ(value_bound(ground, {.steps = 10, .threads = 1, .work = 1e6}),
              value_bound(ground, {.steps = 10, .threads = 3, .work = 1e6}));
}

TEST(LagrangianBound, IsNotGivenForYearsOnEnd) {
    Problem problem = random_problem(2);
    problem.horizon = days_from("2026-11-23", 800);
    EXPECT_FALSE(value_bound(Ground(problem, {.unpredictability = 0})));
}

} // namespace
} // namespace schedule::test
