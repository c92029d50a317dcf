#include "schedule/plan_quality.hpp"

#include "instances.hpp"
#include "schedule/outlook.hpp"
#include "simple_plans.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>

namespace schedule::test {
namespace {

Instance small() {
    return {"small", 20, 6, 240, 15, 23, every_day, 14, 25, 2};
}

TEST(Predictability, OneHourIsNoEntropyAndTwoAlikeAreOneBit) {
    const std::vector<Visit> same{visit("1", "Z", "A", at("2026-11-23 18:05")),
                                  visit("2", "Z", "A", at("2026-11-24 18:50"))};
    EXPECT_EQ(predictability(same, london()).zone_entropy, 0);
    EXPECT_EQ(predictability(same, london()).likeliest_hour, 1);
    const std::vector<Visit> two{visit("1", "Z", "A", at("2026-11-23 18:05")),
                                 visit("2", "Z", "A", at("2026-11-24 19:50"))};
    EXPECT_DOUBLE_EQ(predictability(two, london()).zone_entropy, 1);
    EXPECT_DOUBLE_EQ(predictability(two, london()).likeliest_hour, 0.5);
}

TEST(Predictability, ZonesCountByTheirVisits) {
    const std::vector<Visit> visits{
        visit("1", "Y", "A", at("2026-11-23 18:05")), visit("2", "Z", "A", at("2026-11-23 19:05")),
        visit("3", "Z", "A", at("2026-11-24 20:05")), visit("4", "Z", "A", at("2026-11-25 20:50"))};
    EXPECT_DOUBLE_EQ(predictability(visits, london()).likeliest_hour, 0.75);
    EXPECT_DOUBLE_EQ(predictability(visits, london()).entropy, 1.5);
}

TEST(Predictability, NoVisitsAreNothingToTell) {
    EXPECT_EQ(predictability({}, london()).likeliest_hour, 0);
}

TEST(PlanQuality, ChanceSpreadsTheHoursAndCostsValue) {
    const Problem problem = problem_of(small(), 4);
    const Plan sure = make_plan(problem, {.unpredictability = 0, .moves_a_visit = 4});
    const Plan chance = make_plan(problem, {.unpredictability = 0.6, .moves_a_visit = 4});
    EXPECT_GT(predictability(chance.visits, london()).zone_entropy,
              predictability(sure.visits, london()).zone_entropy);
    EXPECT_LT(predictability(chance.visits, london()).likeliest_hour,
              predictability(sure.visits, london()).likeliest_hour);
    const ChanceCost cost = chance_cost(problem, {.unpredictability = 0.6, .moves_a_visit = 4});
    EXPECT_GT(cost.value, 0);
    EXPECT_LT(cost.value, 0.5);
}

TEST(PlanQuality, WhereTheRuleCannotBeKeptThePlanIsHeldAgainstNoBound) {
    Problem problem = problem_of(small(), 4);
    problem.units.resize(1);
    problem.units[0].minutes_per_shift = Minutes(30);
    const PlanOptions options{.unpredictability = 0, .moves_a_visit = 3};
    const Plan plan = make_plan(problem, options);
    ASSERT_THAT(check(problem, plan.visits), testing::Not(testing::IsEmpty()));
    EXPECT_FALSE(assess(problem, plan, options, yardsticks(problem, options)).bound);
}

TEST(PlanQuality, ThePlanHoldsMostOfTheBoundWhereUnitsAreAmple) {
    const Problem problem = problem_of(small(), 4);
    const PlanOptions options{.unpredictability = 0};
    const Plan plan = make_plan(problem, options);
    EXPECT_THAT(check(problem, plan.visits), testing::IsEmpty());
    const PlanQuality quality = assess(problem, plan, options, yardsticks(problem, options));
    ASSERT_TRUE(quality.share());
    EXPECT_LE(*quality.share(), 1);
    EXPECT_GE(*quality.share(), 0.95);
    EXPECT_FALSE(quality.chance);
    EXPECT_GT(quality.least_load, 0.8 * quality.most_load) << "units share the work";
}

TEST(PlanQuality, TwiceTheMovesAreNeverWorthLessToTheSearch) {
    const Problem problem = problem_of(small(), 9);
    const Ground truth(problem, {.unpredictability = 0});
    double before = 0;
    for (const std::uint32_t moves : {500U, 1000U, 2000U, 4000U, 8000U}) {
        const Plan plan = make_plan(problem, {.unpredictability = 0, .effort = moves});
        EXPECT_THAT(check(problem, plan.visits), testing::IsEmpty());
        const double value = worth_of(truth, problem, plan.visits).value;
        // Travel is in the score, too, and starts are drawn afterwards: about a thousandth.
        EXPECT_GE(value, before * 0.998) << moves;
        before = value;
    }
}

TEST(PlanQuality, NoZoneHasTheSameClockTimeTwiceRunning) {
    const Problem problem = problem_of(small(), 2);
    const Plan plan = make_plan(problem, {.moves_a_visit = 4});
    std::map<std::string, geo::WallTime> before;
    for (const Visit& v : plan.visits) {
        const geo::WallTime wall = london().wall_time(v.when.from);
        const auto last = before.find(v.zone.text());
        if (last != before.end()) {
            EXPECT_NE((wall - last->second) % std::chrono::days(1), std::chrono::seconds(0))
                << v.id;
        }
        before[v.zone.text()] = wall;
    }
}

TEST(PlanQuality, ANewNightWithTheSameSeedLeavesTheUnchangedFutureInPlace) {
    Problem problem = problem_of(small(), 3);
    const PlanOptions options{.moves_a_visit = 4};
    const Plan tonight = make_plan(problem, options);
    problem.horizon.from = london().midnight(day("2026-11-24"));
    problem.horizon.to = london().midnight(day("2026-12-08"));
    problem.former = tonight.visits;
    std::vector<Visit> later;
    for (const Visit& v : tonight.visits) {
        if (v.when.from >= problem.horizon.from) {
            later.push_back(v);
            continue;
        }
        for (Place& place : problem.places) {
            place.last_attended = place.zone == v.zone ? v.when.to : place.last_attended;
        }
    }
    const Plan next = make_plan(problem, options);
    for (const Visit& old : later) {
        EXPECT_TRUE(std::any_of(next.visits.begin(), next.visits.end(), [&](const Visit& v) {
            return v.id == old.id && v.unit == old.unit && v.when == old.when;
        })) << old.id;
    }
    EXPECT_THAT(check(problem, next.visits), testing::IsEmpty());
}

} // namespace
} // namespace schedule::test
