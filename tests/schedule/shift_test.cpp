#include "schedule/shift.hpp"

#include "problems.hpp"

#include <gmock/gmock.h>

namespace schedule::test {
namespace {

std::vector<Shift> shifts(const std::vector<Unit>& units, geo::TimeSpan horizon) {
    return shifts_within(units, horizon, london());
}

TEST(ShiftsWithin, RepeatsAPatternOnItsWeekdays) {
    // 2026-11-23 is a Monday.
    const auto found =
        shifts({unit("A", {shift("late", 15, 23, weekdays)})}, days_from("2026-11-23", 7));
    ASSERT_EQ(found.size(), 5U);
    EXPECT_EQ(found.front().when, (geo::TimeSpan{at("2026-11-23 15:00"), at("2026-11-23 23:00")}));
    EXPECT_EQ(found.back().day, day("2026-11-27"));
    EXPECT_EQ(found.back().name, "late");
}

TEST(ShiftsWithin, AShiftOverMidnightEndsOnTheNextDay) {
    const auto found = shifts({unit("A", {shift("night", 22, 6)})}, days_from("2026-11-23", 2));
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[1].when, (geo::TimeSpan{at("2026-11-23 22:00"), at("2026-11-24 06:00")}));
    EXPECT_EQ(found[1].day, day("2026-11-23"));
}

TEST(ShiftsWithin, WhatBeginsBeforeTheHorizonOrEndsAfterItIsClipped) {
    const auto found = shifts({unit("A", {shift("night", 22, 6)})}, days_from("2026-11-23", 2));
    EXPECT_EQ(found.front().when, (geo::TimeSpan{at("2026-11-23 00:00"), at("2026-11-23 06:00")}));
    EXPECT_EQ(found.front().day, day("2026-11-22"));
    EXPECT_EQ(found.back().when, (geo::TimeSpan{at("2026-11-24 22:00"), at("2026-11-25 00:00")}));
}

TEST(ShiftsWithin, MidnightAsTheEndIsTheEndOfTheDay) {
    ShiftPattern until_midnight = shift("late", 16, 24);
    const auto as_24 = shifts({unit("A", {until_midnight})}, days_from("2026-11-23", 1));
    until_midnight.to = std::chrono::seconds(0);
    const auto as_0 = shifts({unit("A", {until_midnight})}, days_from("2026-11-23", 1));
    ASSERT_EQ(as_24.size(), 1U);
    EXPECT_EQ(as_24[0].when.length(), std::chrono::hours(8));
    EXPECT_EQ(as_0[0].when, as_24[0].when);
}

TEST(ShiftsWithin, ANightWhenTheClocksGoForwardIsAnHourShorter) {
    const auto found = shifts({unit("A", {shift("night", 22, 6)})}, days_from("2026-03-28", 2));
    EXPECT_EQ(found[1].when.length(), std::chrono::hours(7));
    EXPECT_EQ(found[1].budget, std::chrono::hours(7));
}

TEST(ShiftsWithin, ANightWhenTheClocksGoBackIsAnHourLonger) {
    const auto found = shifts({unit("A", {shift("night", 22, 6)})}, days_from("2026-10-24", 2));
    EXPECT_EQ(found[1].when.length(), std::chrono::hours(9));
}

TEST(ShiftsWithin, TheBudgetIsTheUnitsMinutesButNeverMoreThanTheShift) {
    Unit brief = unit("A", {shift("late", 15, 23)});
    brief.minutes_per_shift = Minutes(120);
    EXPECT_EQ(shifts({brief}, days_from("2026-11-23", 1))[0].budget, Minutes(120));
    brief.minutes_per_shift = Minutes(1000);
    EXPECT_EQ(shifts({brief}, days_from("2026-11-23", 1))[0].budget, Minutes(480));
}

TEST(ShiftsWithin, ComesByStartThenUnit) {
    const auto found = shifts({unit("A", {shift("late", 15, 23)}),
                               unit("B", {shift("early", 7, 15), shift("late", 15, 23)})},
                              days_from("2026-12-31", 2));
    std::vector<std::size_t> units;
    for (const Shift& s : found) {
        units.push_back(s.unit);
    }
    EXPECT_THAT(units, testing::ElementsAre(1, 0, 1, 1, 0, 1));
    EXPECT_EQ(found[3].when.from, at("2027-01-01 07:00"));
}

} // namespace
} // namespace schedule::test
