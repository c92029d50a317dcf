#include "geo/time_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <random>

namespace {

using geo::read_time;
using geo::ReadTime;
using namespace std::chrono_literals;

geo::WallTime wall(int year, unsigned month, unsigned day, std::chrono::seconds time = 0s) {
    return geo::WallTime(geo::Day(std::chrono::year(year) / std::chrono::month(month) /
                                  std::chrono::day(day))) +
           time;
}

class EveryDateForm : public testing::TestWithParam<const char*> {};

TEST_P(EveryDateForm, MeansTheLastOfMarch) {
    const auto read = read_time(GetParam());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->wall, wall(2024, 3, 31));
    EXPECT_EQ(read->precision, ReadTime::Precision::day);
    EXPECT_FALSE(read->offset);
}

INSTANTIATE_TEST_SUITE_P(ReadTime, EveryDateForm,
                         testing::Values("2024-03-31", "2024/03/31", "31/03/2024", "31-03-2024",
                                         "31.03.2024", "31/03/24", "31/3/2024", "31-Mar-2024",
                                         "31 March 2024", "20240331", "  2024-03-31\t"));

class EveryTimeForm : public testing::TestWithParam<const char*> {};

TEST_P(EveryTimeForm, MeansFivePastNineInTheEvening) {
    const auto read = read_time(GetParam());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->wall, wall(2024, 3, 31, 21h + 5min));
    EXPECT_EQ(read->precision, ReadTime::Precision::second);
}

INSTANTIATE_TEST_SUITE_P(ReadTime, EveryTimeForm,
                         testing::Values("2024-03-31T21:05", "31/03/2024 21:05",
                                         "31/03/2024 21:05:00", "2024-03-31 21:05:00.999",
                                         "31/03/2024 2105", "31/03/2024  9:05 PM",
                                         "31/03/2024 9:05pm", "2024-03-31T21:05:00Z",
                                         "20240331T2105", "2024/03/31 21:05:00.123456789+00"));

class NoTime : public testing::TestWithParam<const char*> {};

TEST_P(NoTime, IsNotGuessedAt) {
    EXPECT_FALSE(read_time(GetParam())) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(ReadTime, NoTime,
                         testing::Values("", " ", "abc", "31/02/2024", "2023-02-29", "2024-13-01",
                                         "13/31/2024", "2024-3", "2024", "31/03", "31/03-2024",
                                         "2024-03-31T", "2024-03-31 25:00", "2024-03-31 24:01",
                                         "2024-03-31 21:60", "2024-03-31 21:05:60",
                                         "2024-03-31 13:00 PM", "2024-03-31 21:05 x", "2024-03-31Z",
                                         "2024-03-31 21:05+1", "2024-03-31 21:05 +01:60",
                                         "2024-03 21:05", "31-Foo-2024", "45382", "0000-01-01",
                                         "123456789", "2024-03-31 21:05:"));

TEST(ReadTime, MonthComesFirstWhereThatIsTheOrder) {
    using geo::DateOrder;
    EXPECT_EQ(read_time("03/04/2024", DateOrder::month_first)->wall, wall(2024, 3, 4));
    EXPECT_EQ(read_time("03/04/2024", DateOrder::day_first)->wall, wall(2024, 4, 3));
    EXPECT_EQ(read_time("12/31/24 09:15:00 PM", DateOrder::month_first)->wall,
              wall(2024, 12, 31, 21h + 15min));
    EXPECT_FALSE(read_time("31/12/2024", DateOrder::month_first));
    EXPECT_EQ(read_time("4-Mar-2024", DateOrder::month_first)->wall, wall(2024, 3, 4));
    EXPECT_EQ(read_time("2024-03-04", DateOrder::month_first)->wall, wall(2024, 3, 4));
}

TEST(ReadTime, MonthOnlySaysTheMonth) {
    const auto read = read_time("2024-03");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->precision, ReadTime::Precision::month);
    EXPECT_EQ(read->wall, wall(2024, 3, 1));
}

TEST(ReadTime, TwoFiguresOfYearBelong1970To2069) {
    EXPECT_EQ(read_time("01/01/69")->wall, wall(2069, 1, 1));
    EXPECT_EQ(read_time("01/01/70")->wall, wall(1970, 1, 1));
}

TEST(ReadTime, OffsetIsKeptNotApplied) {
    const auto read = read_time("2024-07-01T12:00:00-0530");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->wall, wall(2024, 7, 1, 12h));
    EXPECT_EQ(read->offset, -(5h + 30min));
}

TEST(ReadTime, MidnightAtTheEndOfTheDayIsTheNextDay) {
    EXPECT_EQ(read_time("2024-12-31 24:00")->wall, wall(2025, 1, 1));
}

TEST(ReadTime, TwelveHourClockTurnsAtNoonAndMidnight) {
    EXPECT_EQ(read_time("2024-03-30 12:00 AM")->wall, wall(2024, 3, 30));
    EXPECT_EQ(read_time("2024-03-30 12:00 PM")->wall, wall(2024, 3, 30, 12h));
}

TEST(ReadTime, EveryMinuteWrittenIsReadBack) {
    constexpr unsigned seed = 20240331;
    SCOPED_TRACE(fmt::format("seed {}", seed));
    std::mt19937 random(seed);
    for (int i = 0; i < 2000; ++i) {
        const geo::Day day = geo::Day(std::chrono::days(random() % 40000));
        const auto time = std::chrono::minutes(random() % 1440);
        const std::chrono::year_month_day date(day);
        const std::string text =
            fmt::format("{:02}/{:02}/{:04} {}", static_cast<unsigned>(date.day()),
                        static_cast<unsigned>(date.month()), static_cast<int>(date.year()),
                        geo::clock_text(geo::WallTime(day) + time));
        const auto read = read_time(text);
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(read->wall, geo::WallTime(day) + time) << text;
    }
}

TEST(ReadTimeOfDay, EndOfTheDayIsAllowed) {
    EXPECT_EQ(geo::read_time_of_day("24:00"), 24h);
    EXPECT_FALSE(geo::read_time_of_day("24:00:01"));
}

TEST(ReadTimeOfDay, TakesTheFormsOfATimeAlone) {
    EXPECT_EQ(geo::read_time_of_day(" 9:05 PM "), 21h + 5min);
    EXPECT_EQ(geo::read_time_of_day("2105"), 21h + 5min);
    EXPECT_EQ(geo::read_time_of_day("00:00:59"), 59s);
    EXPECT_FALSE(geo::read_time_of_day("21"));
    EXPECT_FALSE(geo::read_time_of_day("21:05 tomorrow"));
    EXPECT_FALSE(geo::read_time_of_day(""));
}

TEST(ReadDay, RefusesMonthsAndTimes) {
    EXPECT_EQ(geo::read_day("31/03/2024"),
              std::optional(geo::Day(std::chrono::floor<std::chrono::days>(wall(2024, 3, 31)))));
    EXPECT_FALSE(geo::read_day("2024-03"));
    EXPECT_FALSE(geo::read_day("2024-03-31 00:00"));
}

TEST(SpanOf, DayOfTheClockChangeHas23Hours) {
    const geo::TimeZone london("Europe/London");
    EXPECT_EQ(geo::span_of(*read_time("2024-03-31"), london).length(), 23h);
    EXPECT_EQ(geo::span_of(*read_time("2024-10-27"), london).length(), 25h);
}

TEST(SpanOf, MonthRunsToTheFirstOfTheNext) {
    const geo::TimeZone london("Europe/London");
    const geo::TimeSpan december = geo::span_of(*read_time("2024-12"), london);
    EXPECT_EQ(december.from, geo::first_instant(*read_time("2024-12-01"), london));
    EXPECT_EQ(december.to, geo::first_instant(*read_time("2025-01-01"), london));
}

TEST(SpanOf, SecondLastsOneSecond) {
    const geo::TimeZone london("Europe/London");
    EXPECT_EQ(geo::span_of(*read_time("2024-07-01 12:00"), london).length(), 1s);
}

TEST(FirstInstant, GivenOffsetWinsOverTheZone) {
    const geo::TimeZone london("Europe/London");
    EXPECT_EQ(geo::first_instant(*read_time("2024-07-01 12:00Z"), london) -
                  geo::first_instant(*read_time("2024-07-01 12:00"), london),
              1h);
}

TEST(IsoText, IsLocalTimeWithItsOffset) {
    const geo::TimeZone london("Europe/London");
    const auto summer = geo::first_instant(*read_time("2024-07-01 12:00:07"), london);
    EXPECT_EQ(geo::iso_text(summer, london), "2024-07-01T12:00:07+01:00");
    const auto winter = geo::first_instant(*read_time("2026-11-23 15:00"), london);
    EXPECT_EQ(geo::iso_text(winter, london), "2026-11-23T15:00:00+00:00");
    EXPECT_EQ(geo::iso_text(summer, geo::TimeZone("America/St_Johns")),
              "2024-07-01T08:30:07-02:30");
}

TEST(IsoText, BothHoursOfTheOctoberNightDifferByTheirOffset) {
    const geo::TimeZone london("Europe/London");
    const auto first = geo::first_instant(*read_time("2024-10-27 01:30"), london);
    EXPECT_EQ(geo::iso_text(first, london), "2024-10-27T01:30:00+01:00");
    EXPECT_EQ(geo::iso_text(first + 1h, london), "2024-10-27T01:30:00+00:00");
}

} // namespace
