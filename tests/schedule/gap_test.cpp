#include "schedule/gap.hpp"

#include "problems.hpp"

#include <gtest/gtest.h>

namespace schedule::test {
namespace {

constexpr std::chrono::hours rule{96};

geo::Instant elapsed(std::string_view end) {
    return latest_start(at(end), rule, GapMode::elapsed, london());
}

geo::Instant duty_day(std::string_view end) {
    return latest_start(at(end), rule, GapMode::duty_day, london());
}

TEST(LatestStart, ElapsedHoursAreRealHoursAcrossBothClockChanges) {
    EXPECT_EQ(elapsed("2026-03-27 20:00"), at("2026-03-31 21:00"));
    EXPECT_EQ(elapsed("2026-10-23 20:00"), at("2026-10-27 19:00"));
}

TEST(LatestStart, ElapsedHoursPassTheYearsEndAndALeapDay) {
    EXPECT_EQ(elapsed("2026-12-30 20:00"), at("2027-01-03 20:00"));
    EXPECT_EQ(elapsed("2028-02-27 20:00"), at("2028-03-02 20:00"));
}

TEST(LatestStart, DutyDaysLastUntilTheMinuteBeforeSix) {
    // 23 November is duty day 0, the fourth after it ends at 05:59 on the 28th.
    EXPECT_EQ(duty_day("2026-11-23 15:15"), at("2026-11-28 05:59"));
    EXPECT_EQ(duty_day("2026-11-24 03:00"), at("2026-11-28 05:59"));
}

TEST(LatestStart, AVisitThatEndsAtSixBelongsToTheDutyDayThatEndsThen) {
    EXPECT_EQ(duty_day("2026-11-24 06:00"), at("2026-11-28 05:59"));
    EXPECT_EQ(duty_day("2026-11-24 06:01"), at("2026-11-29 05:59"));
}

TEST(LatestStart, DutyDaysFollowTheClockWhenItChanges) {
    EXPECT_EQ(duty_day("2026-03-27 20:00"), at("2026-04-01 05:59"));
    EXPECT_EQ(duty_day("2026-10-23 20:00"), at("2026-10-28 05:59"));
}

} // namespace
} // namespace schedule::test
