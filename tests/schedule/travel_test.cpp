#include "schedule/travel.hpp"

#include "geo/error.hpp"
#include "problems.hpp"

#include <gmock/gmock.h>

namespace schedule::test {
namespace {

TEST(TravelTime, IsTheStraightLineTimesTheDetourRoundedUp) {
    // 1,000 m x 1.3 at 5 km/h: 15.6 minutes.
    EXPECT_EQ(travel_time(grid(0, 0), grid(600, 800), 5), Minutes(16));
}

TEST(TravelTime, AWholeNumberOfMinutesIsNotRoundedFurther) {
    // 1,000 m x 1.3 at 26 km/h: 3 minutes.
    EXPECT_EQ(travel_time(grid(0, 0), grid(0, 1000), 26), Minutes(3));
}

TEST(TravelTime, IsAtLeastAMinuteBetweenDifferentPlacesAndNothingBetweenEqualOnes) {
    EXPECT_EQ(travel_time(grid(0, 0), grid(0, 0.001), 25), Minutes(1));
    EXPECT_EQ(travel_time(grid(5, 5), grid(5, 5), 25), Minutes(0));
}

TEST(TravelTime, ASpeedThatIsNotPositiveIsRefused) {
    EXPECT_THROW(travel_time(grid(0, 0), grid(0, 1), 0), geo::Error);
    EXPECT_THROW(travel_time(grid(0, 0), grid(0, 1), -5), geo::Error);
}

/// Three zones in a row, a kilometre (4 minutes by vehicle) apart.
Problem three_zones() {
    Problem problem{.horizon = days_from("2026-11-23", 4), .zone = london()};
    problem.places = {place("X", grid(0, 0)), place("Y", grid(1000, 0)), place("Z", grid(2000, 0))};
    problem.units = {unit("A", {shift("late", 15, 23)})};
    return problem;
}

std::vector<Minutes> between(const Problem& problem) {
    return ways_between(problem, problem.units[0]);
}

constexpr Minutes operator""_min(unsigned long long minutes) {
    return Minutes(static_cast<long>(minutes));
}

TEST(WaysBetween, AMeasuredWayGoesBeforeTheStraightLineOneWayOnly) {
    Problem problem = three_zones();
    EXPECT_THAT(between(problem), testing::ElementsAre(0_min, 4_min, 7_min, 4_min, 0_min, 4_min,
                                                       7_min, 4_min, 0_min));
    problem.travel = {{"X", "Y", 6_min, {}}, {"Z", "Y", 2_min, {}}};
    EXPECT_THAT(between(problem), testing::ElementsAre(0_min, 6_min, 7_min, 4_min, 0_min, 4_min,
                                                       6_min, 2_min, 0_min));
}

TEST(WaysBetween, AWayOverAThirdZoneCountsWhereItIsShorter) {
    Problem problem = three_zones();
    problem.travel = {{"X", "Z", 30_min, {}}, {"X", "Y", 3_min, {}}};
    EXPECT_EQ(between(problem)[2], 7_min);
}

TEST(WaysBetween, AWayOfTheUnitsModeGoesBeforeOneOfAny) {
    Problem problem = three_zones();
    problem.travel = {
        {"X", "Y", 2_min, Mode::vehicle}, {"X", "Y", 5_min, {}}, {"X", "Y", 1_min, Mode::foot}};
    EXPECT_EQ(between(problem)[1], 2_min);
    problem.units[0].mode = Mode::bicycle;
    EXPECT_EQ(between(problem)[1], 5_min);
}

TEST(WaysBetween, NothingIsCloserThanAMinuteButAZoneToItself) {
    Problem problem = three_zones();
    problem.travel = {{"X", "Y", 0_min, {}}};
    EXPECT_EQ(between(problem)[1], 1_min);
}

TEST(WaysFromBase, AreMeasuredByTheNameOfTheBaseElseOfTheUnit) {
    Problem problem = three_zones();
    const auto legs = [&] { return ways_from_base(problem, problem.units[0], between(problem)); };
    EXPECT_THAT(legs(), testing::Each(0_min));
    problem.travel = {{"A", "X", 9_min, {}}, {"Station", "Z", 3_min, {}}};
    EXPECT_THAT(legs(), testing::ElementsAre(9_min, 13_min, 16_min));
    problem.units[0].base_name = "Station";
    EXPECT_THAT(legs(), testing::ElementsAre(10_min, 7_min, 3_min));
}

TEST(UnmeasuredWays, CountsPairsOfEndsForEachModeOnce) {
    Problem problem = three_zones();
    EXPECT_EQ(unmeasured_ways(problem), 6U);
    problem.units.push_back(problem.units[0]);
    problem.units.back().base = grid(0, 0);
    EXPECT_EQ(unmeasured_ways(problem), 9U);
    problem.travel = {{"X", "Y", 5_min, {}}, {"Y", "X", 5_min, Mode::foot}};
    EXPECT_EQ(unmeasured_ways(problem), 8U);
}

} // namespace
} // namespace schedule::test
