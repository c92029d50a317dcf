#include "schedule/travel.hpp"

#include "geo/error.hpp"
#include "problems.hpp"

#include <gtest/gtest.h>

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

} // namespace
} // namespace schedule::test
