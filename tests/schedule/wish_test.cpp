#include "schedule/wish.hpp"

#include "problems.hpp"
#include "schedule/outlook.hpp"

#include <gmock/gmock.h>

#include <numeric>

namespace schedule::test {
namespace {

using testing::ElementsAre;

TEST(WantedByWeek, AFractionIsMetOverTheWeeks) {
    EXPECT_THAT(wanted_by_week(2.5, days_from("2026-11-23", 28)), ElementsAre(3U, 2U, 3U, 2U));
    EXPECT_THAT(wanted_by_week(7, days_from("2026-11-23", 14)), ElementsAre(7U, 7U));
    EXPECT_THAT(wanted_by_week(0, days_from("2026-11-23", 7)), ElementsAre(0U));
}

TEST(WantedByWeek, AShortLastWeekCountsForItsLength) {
    EXPECT_THAT(wanted_by_week(7, days_from("2026-11-23", 10)), ElementsAre(7U, 3U));
}

/// Two zones and a unit with 49 minutes a day (three visits) over four weeks.
Problem wishful() {
    Problem problem{.horizon = days_from("2026-11-23", 28), .zone = london()};
    problem.places = {place("Y", grid(0, 0)), place("Z", grid(500, 0))};
    problem.units = {unit("A", {shift("late", 15, 23)})};
    problem.units[0].minutes_per_shift = Minutes(49);
    return problem;
}

TEST(Wishes, AreFulfilledWhereThereIsCapacityAndReported) {
    Problem problem = wishful();
    problem.places[1].wanted_a_week = 14;
    for (double& risk : problem.places[0].risk) {
        risk = 5; // all the risk is in the other zone
    }
    const std::vector<Outlook> seen = outlook(problem, make_plan(problem));
    EXPECT_FALSE(seen[0].wish);
    ASSERT_TRUE(seen[1].wish);
    EXPECT_EQ(seen[1].wish->weeks, 4U);
    EXPECT_EQ(seen[1].wish->weeks_reached, 4U);
    EXPECT_EQ(seen[1].wish->visits_short, 0U);
    problem.places[1].wanted_a_week = 0;
    EXPECT_LT(outlook(problem, make_plan(problem))[1].starts.size(), 28U);
}

TEST(Wishes, NeverBreakTheRuleOfAnotherZone) {
    Problem problem = wishful();
    problem.units[0].minutes_per_shift = Minutes(15); // one visit a day
    problem.places[1].wanted_a_week = 7;
    const std::vector<Outlook> seen = outlook(problem, make_plan(problem));
    EXPECT_TRUE(seen[0].rule_ok);
    EXPECT_TRUE(seen[1].rule_ok);
    EXPECT_EQ(seen[1].wish->weeks_reached, 0U);
    EXPECT_GT(seen[1].wish->visits_short, 0U);
}

} // namespace
} // namespace schedule::test
