#include "cli/collapse_guard.hpp"

#include <gtest/gtest.h>

namespace cli {
namespace {

constexpr geo::Instant now{std::chrono::days(20000)};

io::RunCounts counts() {
    return {.rows_read = 1000,
            .rows_used = 400,
            .rows_left_out = 100,
            .wards = 20,
            .weight = 800,
            .newest = now - std::chrono::days(1)};
}

TEST(CollapseGuard, TheFirstNightIsHeldAgainstNothing) {
    EXPECT_EQ(collapse(std::nullopt, {}, now, {}), std::nullopt);
}

TEST(CollapseGuard, HalfIsAllowedAndLessIsNot) {
    io::RunCounts half = counts();
    half.rows_used = 200;
    EXPECT_EQ(collapse(counts(), half, now, {}), std::nullopt);
    half.rows_used = 199;
    EXPECT_EQ(collapse(counts(), half, now, {}),
              "incidents fell from 400 to 199, by more than 50 %");
}

TEST(CollapseGuard, WardsAndWeightCountAsWell) {
    io::RunCounts fewer = counts();
    fewer.wards = 9;
    EXPECT_TRUE(collapse(counts(), fewer, now, {}));
    EXPECT_FALSE(collapse(counts(), fewer, now, {.max_drop = 0.6}));
    fewer = counts();
    fewer.weight = 399.9;
    EXPECT_TRUE(collapse(counts(), fewer, now, {}));
}

TEST(CollapseGuard, AShareLeftOutThatDoublesIsRefusedUnlessItIsSmall) {
    io::RunCounts worse = counts();
    worse.rows_left_out = 200;
    EXPECT_FALSE(collapse(counts(), worse, now, {}));
    worse.rows_left_out = 201;
    EXPECT_TRUE(collapse(counts(), worse, now, {}));
    io::RunCounts clean = counts();
    clean.rows_left_out = 0;
    worse.rows_left_out = 10;
    EXPECT_FALSE(collapse(clean, worse, now, {})) << "one row in a hundred";
    worse.rows_left_out = 11;
    EXPECT_TRUE(collapse(clean, worse, now, {}));
}

TEST(CollapseGuard, OldIncidentsAreRefusedEvenOnTheFirstNight) {
    io::RunCounts old = counts();
    old.newest = now - std::chrono::days(31);
    EXPECT_FALSE(collapse(std::nullopt, old, now, {.max_age_days = 31}));
    old.newest = now - std::chrono::days(32);
    EXPECT_EQ(collapse(std::nullopt, old, now, {.max_age_days = 31}),
              "the newest incident is 32 days old, 31 are allowed");
}

} // namespace
} // namespace cli
