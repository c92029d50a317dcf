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

/// Days on which shifts of the unit begin within two weeks from Monday 2026-12-21.
std::vector<std::string> days_of_duty(const Unit& unit) {
    std::vector<std::string> result;
    for (const Shift& shift : shifts({unit}, days_from("2026-12-21", 14))) {
        if (shift.day >= day("2026-12-21")) {
            result.push_back(geo::iso_text(shift.day).substr(5));
        }
    }
    return result;
}

constexpr std::array<bool, 7> no_day{};

TEST(ShiftsWithin, DatesAreAddedAndExceptionsAndLeaveTakenAway) {
    Unit one = unit("A", {shift("late", 15, 23, {true})});
    one.shifts[0].dates = {{day("2026-12-24"), day("2026-12-26")}};
    EXPECT_THAT(days_of_duty(one),
                testing::ElementsAre("12-21", "12-24", "12-25", "12-26", "12-28"));
    one.shifts[0].except = {{day("2026-12-25"), day("2026-12-25")}};
    EXPECT_THAT(days_of_duty(one), testing::ElementsAre("12-21", "12-24", "12-26", "12-28"));
    one.leave = {{day("2026-12-26"), day("2027-01-10")}};
    EXPECT_THAT(days_of_duty(one), testing::ElementsAre("12-21", "12-24"));
}

TEST(ShiftsWithin, AnExtraShiftRunsOnItsDatesOnlyAcrossTheYearsEnd) {
    Unit one = unit("A", {shift("extra", 22, 4, no_day)});
    one.shifts[0].dates = {{day("2026-12-31"), day("2027-01-01")}};
    const auto found = shifts({one}, days_from("2026-12-28", 14));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].when, (geo::TimeSpan{at("2026-12-31 22:00"), at("2027-01-01 04:00")}));
}

TEST(ShiftsWithin, OnBankHolidaysAShiftDoesWhatItIsToldTo) {
    // Christmas is a Friday; Boxing Day is kept on Monday 28; New Year is a Friday.
    Unit one = unit("A", {shift("late", 15, 23, weekdays)});
    one.bank_holidays = {day("2026-12-25"), day("2026-12-28"), day("2027-01-01")};
    EXPECT_EQ(days_of_duty(one).size(), 10U);
    one.shifts[0].on_bank_holidays = BankHolidayDuty::off;
    EXPECT_THAT(days_of_duty(one), testing::ElementsAre("12-21", "12-22", "12-23", "12-24", "12-29",
                                                        "12-30", "12-31"));
    one.shifts[0].on_bank_holidays = BankHolidayDuty::only;
    EXPECT_THAT(days_of_duty(one), testing::ElementsAre("12-25", "12-28", "01-01"));
    one.shifts[0].on_bank_holidays = BankHolidayDuty::as_sunday;
    EXPECT_EQ(days_of_duty(one).size(), 7U); // it does not run on Sundays
    one.shifts[0].days = {false, false, false, false, false, false, true};
    EXPECT_THAT(days_of_duty(one),
                testing::ElementsAre("12-25", "12-27", "12-28", "01-01", "01-03"));
    one.shifts[0].on_bank_holidays = BankHolidayDuty::off;
    one.shifts[0].dates = {{day("2026-12-25"), day("2026-12-25")}};
    EXPECT_THAT(days_of_duty(one), testing::ElementsAre("12-25", "12-27", "01-03"));
}

/// The only shift of 2026-11-23.
Shift monday(const Unit& unit, const Rule& rule = {}) {
    const auto found =
        shifts_within(std::span(&unit, 1), days_from("2026-11-23", 1), london(), rule);
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? Shift{} : found.front();
}

TEST(ShiftsWithin, ABreakIsClosedAndItsMinutesAreGone) {
    Unit one = unit("A", {shift("late", 15, 23)});
    one.shifts[0].breaks = {{clock_span(19, 20), {}}, {clock_span(17, 18), {}}};
    const Shift found = monday(one);
    EXPECT_THAT(found.closed, testing::ElementsAre(
                                  geo::TimeSpan{at("2026-11-23 17:00"), at("2026-11-23 18:00")},
                                  geo::TimeSpan{at("2026-11-23 19:00"), at("2026-11-23 20:00")}));
    EXPECT_EQ(found.budget, Minutes(6 * 60));
}

TEST(ShiftsWithin, ABreakAtEitherEndShortensTheShift) {
    Unit one = unit("A", {shift("late", 15, 23)});
    one.shifts[0].breaks = {{clock_span(15, 16), {}}, {clock_span(22, 23), {}}};
    const Shift found = monday(one);
    EXPECT_EQ(found.when, (geo::TimeSpan{at("2026-11-23 16:00"), at("2026-11-23 22:00")}));
    EXPECT_THAT(found.closed, testing::IsEmpty());
}

TEST(ShiftsWithin, ABreakAfterMidnightLiesOnTheNextDay) {
    Unit one = unit("A", {shift("night", 22, 6)});
    one.shifts[0].breaks = {{clock_span(1, 2), {}}};
    const auto found = shifts({one}, days_from("2026-11-23", 2));
    ASSERT_EQ(found.size(), 3U);
    EXPECT_THAT(found[1].closed, testing::ElementsAre(geo::TimeSpan{at("2026-11-24 01:00"),
                                                                    at("2026-11-24 02:00")}));
}

TEST(ShiftsWithin, ABreakIsAsLongAsTheClockSaysOnTheNightsItChanges) {
    Unit one = unit("A", {shift("night", 22, 6)});
    one.shifts[0].breaks = {{clock_span(1, 3), {}}};
    const auto budget_from = [&](const char* first) {
        return shifts({one}, days_from(first, 2))[1].budget;
    };
    // Forward: seven hours less one; back: nine hours less three.
    EXPECT_EQ(budget_from("2026-03-28"), Minutes(6 * 60));
    EXPECT_EQ(budget_from("2026-10-24"), Minutes(6 * 60));
}

TEST(ShiftsWithin, ABreakThatFloatsCountsWhereItsWindowHoldsIt) {
    Unit one = unit("A", {shift("late", 15, 23)});
    one.shifts[0].breaks = {{clock_span(18, 20), Minutes(45)}};
    const Shift found = monday(one);
    ASSERT_TRUE(found.floating);
    EXPECT_EQ(found.floating->length, Minutes(45));
    EXPECT_EQ(found.budget, Minutes(8 * 60 - 45));
    one.shifts[0].breaks.push_back({{Minutes(18 * 60 + 30), Minutes(19 * 60 + 30)}, {}});
    EXPECT_FALSE(monday(one).floating); // half an hour is left on either side
}

TEST(ShiftsWithin, HoursOfTheRuleCutShiftsAndCloseNights) {
    Rule rule;
    rule.hours = clock_span(17, 1);
    EXPECT_EQ(monday(unit("A", {shift("late", 15, 23)}), rule).when,
              (geo::TimeSpan{at("2026-11-23 17:00"), at("2026-11-23 23:00")}));
    rule.hours = clock_span(7, 23);
    const auto nights = shifts_within(std::vector{unit("A", {shift("night", 22, 8)})},
                                      days_from("2026-11-23", 2), london(), rule);
    EXPECT_THAT(nights[1].closed, testing::ElementsAre(geo::TimeSpan{at("2026-11-23 23:00"),
                                                                     at("2026-11-24 07:00")}));
    EXPECT_EQ(nights[1].budget, Minutes(120));
}

TEST(ShiftsWithin, ADayLeftOutEndsAtMidnightOnEitherSide) {
    Rule rule;
    rule.days_off = {{day("2026-11-24"), day("2026-11-24")}};
    const auto found = shifts_within(std::vector{unit("A", {shift("night", 22, 6)})},
                                     days_from("2026-11-23", 4), london(), rule);
    ASSERT_EQ(found.size(), 5U);
    EXPECT_EQ(found[1].when, (geo::TimeSpan{at("2026-11-23 22:00"), at("2026-11-24 00:00")}));
    EXPECT_EQ(found[2].when, (geo::TimeSpan{at("2026-11-25 00:00"), at("2026-11-25 06:00")}));
    rule = {};
    rule.weekdays_off[1] = true; // Tuesday the 24th
    EXPECT_EQ(shifts_within(std::vector{unit("A", {shift("late", 15, 23)})},
                            days_from("2026-11-23", 4), london(), rule)
                  .size(),
              3U);
}

} // namespace
} // namespace schedule::test
