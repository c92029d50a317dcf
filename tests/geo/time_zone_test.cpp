#include "geo/error.hpp"
#include "geo/time_zone.hpp"

#include <gtest/gtest.h>

namespace geo {
namespace {

using namespace std::chrono_literals;
using std::chrono::March;
using std::chrono::October;

WallTime wall(std::chrono::year_month_day day, std::chrono::seconds time) {
    return Day(day) + time;
}

TEST(TimeZone, AWallTimeThatHappensTwiceIsTheEarlierInstant) {
    const TimeZone london("Europe/London");
    const Instant t = london.instant(wall(2026y / October / 25, 1h + 30min));
    EXPECT_EQ(t, Instant(std::chrono::sys_days(2026y / October / 25) + 30min));
    EXPECT_EQ(london.offset(t), 1h);
}

TEST(TimeZone, AWallTimeThatNeverHappensIsTheInstantOfTheChange) {
    const TimeZone london("Europe/London");
    const Instant change = std::chrono::sys_days(2026y / March / 29) + 1h;
    EXPECT_EQ(london.instant(wall(2026y / March / 29, 1h + 30min)), change);
    EXPECT_EQ(london.wall_time(change), wall(2026y / March / 29, 2h));
}

TEST(TimeZone, InstantsAreTwoWhenTheClocksGoBackAndNoneWhenTheyGoForward) {
    const TimeZone london("Europe/London");
    const auto half_past_one = [](unsigned month, unsigned day) {
        return WallTime(Day(std::chrono::year(2026) / std::chrono::month(month) /
                            std::chrono::day(day))) +
               std::chrono::minutes(90);
    };
    const auto twice = london.instants(half_past_one(10, 25));
    ASSERT_EQ(twice.size(), 2U);
    EXPECT_EQ(twice[1] - twice[0], std::chrono::hours(1));
    EXPECT_EQ(twice[0], london.instant(half_past_one(10, 25)));
    EXPECT_TRUE(london.instants(half_past_one(3, 29)).empty());
    EXPECT_EQ(london.instants(half_past_one(6, 1)).size(), 1U);
}

TEST(TimeZone, DaysOfTheClockChangesHave23And25Hours) {
    const TimeZone london("Europe/London");
    EXPECT_EQ(day_span(london, Day(2026y / March / 29)).length(), 23h);
    EXPECT_EQ(day_span(london, Day(2026y / October / 25)).length(), 25h);
    EXPECT_EQ(month_span(london, 2026y / std::chrono::December).length(), 31 * 24h);
}

TEST(TimeZone, AnUnknownNameIsAUsageError) {
    try {
        const TimeZone nowhere("Europe/Preston");
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::usage);
    }
}

TEST(HourOfWeek, RunsFromMondayMidnightToSundayNight) {
    EXPECT_EQ(hour_of_week(wall(2026y / October / 26, 0s)), 0U);
    EXPECT_EQ(hour_of_week(wall(2026y / October / 25, 23h + 59min)), 167U);
}

} // namespace
} // namespace geo
