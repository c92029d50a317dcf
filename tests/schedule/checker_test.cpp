#include "schedule/checker.hpp"

#include "geo/error.hpp"
#include "problems.hpp"

#include <gmock/gmock.h>

namespace schedule::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using Kind = ViolationKind;

/// Two zones 2,000 m apart (7 minutes by vehicle) for four days from Monday 2026-11-23, one unit
/// 15:00 to 23:00.
Problem two_zones() {
    Problem problem{.horizon = days_from("2026-11-23", 4), .zone = london()};
    problem.places = {place("Y", grid(0, 0)), place("Z", grid(2000, 0))};
    problem.units = {unit("A", {shift("late", 15, 23)})};
    return problem;
}

/// A sound plan for it.
std::vector<Visit> sound() {
    return {visit("1", "Y", "A", at("2026-11-24 15:00"), 1),
            visit("2", "Z", "A", at("2026-11-24 15:22"), 2)};
}

std::vector<Kind> found(const Problem& problem, const std::vector<Visit>& visits) {
    return kinds(check(problem, visits));
}

TEST(CheckPlan, FindsNothingInASoundPlan) {
    EXPECT_THAT(found(two_zones(), sound()), IsEmpty());
}

TEST(CheckPlan, TravelMustFitToTheMinute) {
    auto visits = sound();
    visits[1].when = {at("2026-11-24 15:21"), at("2026-11-24 15:36")};
    EXPECT_THAT(found(two_zones(), visits), ElementsAre(Kind::travel));
}

TEST(CheckPlan, TheWayFromTheBaseMustFitAfterTheShiftBegins) {
    Problem problem = two_zones();
    problem.units[0].base = grid(0, 1000);
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::travel));
    auto visits = sound();
    for (Visit& v : visits) {
        v.when = {v.when.from + Minutes(4), v.when.to + Minutes(4)};
    }
    EXPECT_THAT(found(problem, visits), IsEmpty());
}

TEST(CheckPlan, AnAbsenceOfExactlyTheRuleIsKeptAndAMinuteMoreIsNot) {
    Problem problem = two_zones();
    problem.places.pop_back();
    problem.horizon = days_from("2026-11-23", 6);
    std::vector<Visit> visits = {visit("1", "Y", "A", at("2026-11-23 15:00")),
                                 visit("2", "Y", "A", at("2026-11-27 15:15"))};
    EXPECT_THAT(found(problem, visits), IsEmpty());
    visits[1].when = {at("2026-11-27 15:16"), at("2026-11-27 15:31")};
    const auto violations = check(problem, visits);
    ASSERT_THAT(kinds(violations), ElementsAre(Kind::gap));
    EXPECT_EQ(violations[0].visit, "2");
    EXPECT_EQ(violations[0].text, "zone Y is not visited from Mon 23 Nov 2026 15:15 to Fri 27 Nov "
                                  "2026 15:16: 96.0 h, at most 96 h are allowed");
}

TEST(CheckPlan, AGapIsRealHoursAcrossAClockChange) {
    Problem problem = two_zones();
    problem.places.pop_back();
    problem.horizon = days_from("2026-10-23", 6);
    // 96 hours by the clock are 97 when the clocks go back on the 25th.
    const std::vector<Visit> visits = {visit("1", "Y", "A", at("2026-10-23 15:00")),
                                       visit("2", "Y", "A", at("2026-10-27 15:10"))};
    EXPECT_THAT(found(problem, visits), ElementsAre(Kind::gap));
}

TEST(CheckPlan, AZoneNeverVisitedIsMissingAndItsGapCounts) {
    Problem problem = two_zones();
    problem.horizon = days_from("2026-11-23", 5);
    EXPECT_THAT(found(problem, {visit("1", "Y", "A", at("2026-11-24 15:00"))}),
                ElementsAre(Kind::gap, Kind::missing_zone));
}

TEST(CheckPlan, AGapThatNoShiftCouldHaveClosedIsInherited) {
    Problem problem = two_zones();
    problem.places[0].last_attended = at("2026-11-19 14:59");
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::gap_inherited));
    // Due at 15:00 on the first day, when the shift begins: a later visit is the plan's fault.
    problem.places[0].last_attended = at("2026-11-19 15:00");
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::gap));
}

TEST(CheckPlan, AGapThatOnlyAnIssuedShiftCouldHaveClosedIsInherited) {
    Problem problem = two_zones();
    problem.places[0].last_attended = at("2026-11-19 15:30"); // due half an hour into a shift
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::gap));
    problem.open_from = at("2026-11-23 15:00");
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::gap)) << "that shift is open";
    problem.open_from = at("2026-11-24 00:00");
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::gap_inherited));
}

TEST(CheckPlan, DutyDaysDecideByTheCalendar) {
    Problem problem = two_zones();
    problem.places.pop_back();
    problem.rule.gap_mode = GapMode::duty_day;
    problem.horizon = days_from("2026-11-23", 6);
    std::vector<Visit> visits = {visit("1", "Y", "A", at("2026-11-23 15:00")),
                                 visit("2", "Y", "A", at("2026-11-27 22:45"))};
    EXPECT_THAT(found(problem, visits), IsEmpty());
    visits[1] = visit("2", "Y", "A", at("2026-11-28 16:00"));
    EXPECT_THAT(found(problem, visits), ElementsAre(Kind::gap));
}

TEST(CheckPlan, TheSameClockTimeTwiceRunningIsFoundAcrossAClockChange) {
    Problem problem = two_zones();
    problem.places.pop_back();
    problem.horizon = days_from("2026-10-24", 3);
    EXPECT_THAT(found(problem, {visit("1", "Y", "A", at("2026-10-24 16:05")),
                                visit("2", "Y", "A", at("2026-10-25 16:05"))}),
                ElementsAre(Kind::same_clock_time));
    // The same instant of the day in UTC is another time on the clock.
    EXPECT_THAT(found(problem, {visit("1", "Y", "A", at("2026-10-24 16:05")),
                                visit("2", "Y", "A", at("2026-10-25 15:05"))}),
                IsEmpty());
}

TEST(CheckPlan, AVisitMayLieInANightShiftOverTheClockChange) {
    Problem problem = two_zones();
    problem.horizon = days_from("2026-03-28", 3);
    problem.units = {unit("A", {shift("night", 22, 6)})};
    EXPECT_THAT(found(problem, {visit("1", "Y", "A", at("2026-03-29 00:50"))}), IsEmpty());
    EXPECT_THAT(found(problem, {visit("1", "Y", "A", at("2026-03-29 05:45"))}), IsEmpty());
    EXPECT_THAT(found(problem, {visit("1", "Y", "A", at("2026-03-29 05:46"))}),
                ElementsAre(Kind::outside_shift));
}

TEST(CheckPlan, AVisitMustLieInTheShiftItNames) {
    Problem problem = two_zones();
    problem.units = {unit("A", {shift("early", 7, 15), shift("late", 15, 23)})};
    auto visits = sound();
    visits[0].shift = "late";
    EXPECT_THAT(found(problem, visits), IsEmpty());
    visits[0].shift = "early";
    EXPECT_THAT(found(problem, visits), Contains(Kind::outside_shift));
}

TEST(CheckPlan, TheMinutesOfAShiftHoldVisitsAndWays) {
    Problem problem = two_zones();
    problem.units[0].minutes_per_shift = Minutes(37);
    EXPECT_THAT(found(problem, sound()), IsEmpty());
    problem.units[0].minutes_per_shift = Minutes(36);
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::shift_minutes));
}

TEST(CheckPlan, TwoVisitsOfAUnitMayTouchButNotOverlap) {
    Problem problem = two_zones();
    problem.places[1].centre = problem.places[0].centre;
    auto visits = sound();
    visits[1].when = {at("2026-11-24 15:16"), at("2026-11-24 15:31")};
    EXPECT_THAT(found(problem, visits), IsEmpty());
    visits[1].when = {at("2026-11-24 15:14"), at("2026-11-24 15:29")};
    EXPECT_THAT(found(problem, visits), ElementsAre(Kind::overlap));
}

TEST(CheckPlan, NamesServedAreComparedWithoutLetterCase) {
    Problem problem = two_zones();
    for (const char* name : {"CLAREMONT", "e05000001", "y"}) {
        problem.units[0].serves = {name, "z"};
        EXPECT_THAT(found(problem, sound()), IsEmpty()) << name;
    }
    problem.units[0].serves = {"Bispham"};
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::wrong_unit, Kind::wrong_unit));
}

TEST(CheckPlan, WhatIsUnknownOrOddIsNamed) {
    const auto with = [&](const Visit& third) {
        auto visits = sound();
        visits.push_back(third);
        return found(two_zones(), visits);
    };
    EXPECT_THAT(with(visit("3", "X", "A", at("2026-11-25 15:00"))),
                ElementsAre(Kind::unknown_zone));
    EXPECT_THAT(with(visit("3", "Y", "B", at("2026-11-25 16:00"))),
                ElementsAre(Kind::unknown_unit));
    EXPECT_THAT(with(visit("1", "Y", "A", at("2026-11-25 16:00"))),
                ElementsAre(Kind::duplicate_id));
    EXPECT_THAT(with(visit("3", "Y", "A", at("2026-11-27 16:00"))),
                ElementsAre(Kind::outside_horizon));
    EXPECT_THAT(with(visit("3", "Y", "A", at("2026-11-25 16:00"), 2)), ElementsAre(Kind::sequence));
    Visit brief = visit("3", "Y", "A", at("2026-11-25 16:00"));
    brief.when.to -= Minutes(1);
    EXPECT_THAT(with(brief), ElementsAre(Kind::wrong_length));
}

TEST(CheckPlan, ADayIsThatOnWhichTheShiftBeganOrTheVisitsOwn) {
    Problem problem = two_zones();
    problem.units = {unit("A", {shift("night", 22, 6)})};
    Visit after_midnight = visit("1", "Y", "A", at("2026-11-25 00:50"));
    for (const char* right : {"2026-11-24", "2026-11-25"}) {
        after_midnight.shift_day = day(right);
        EXPECT_THAT(found(problem, {after_midnight}), IsEmpty()) << right;
    }
    for (const char* wrong : {"2026-11-23", "2026-11-26"}) {
        after_midnight.shift_day = day(wrong);
        EXPECT_THAT(found(problem, {after_midnight}), ElementsAre(Kind::wrong_day)) << wrong;
    }
}

TEST(CheckPlan, NumbersThatAVisitLeftOutShiftsAreOneFindingAShift) {
    std::vector<Visit> visits = sound();
    visits[0].seq = 2;
    visits[1].seq = 3;
    const auto violations = check(two_zones(), visits);
    ASSERT_THAT(kinds(violations), ElementsAre(Kind::sequence));
    EXPECT_THAT(violations[0].text, testing::HasSubstr("number 1 of its shift, not 2; 1 more"));
}

TEST(CheckPlan, AnUnknownNameComesWithTheOneThatWasMeant) {
    Problem problem = two_zones();
    problem.units[0].name = UnitId("West car");
    const auto violations = check(problem, {visit("1", "Y", "west  car", at("2026-11-24 15:00"))});
    ASSERT_THAT(kinds(violations), ElementsAre(Kind::unknown_unit));
    EXPECT_THAT(violations[0].text, testing::HasSubstr("did you mean 'West car'?"));
}

TEST(CheckPlan, OneIdForTwoPlacesOrOneNameForTwoUnitsIsRefused) {
    Problem problem = two_zones();
    problem.places[1].zone = problem.places[0].zone;
    EXPECT_THROW(check(problem, {}), geo::Error);
    problem = two_zones();
    problem.units.push_back(problem.units[0]);
    EXPECT_THROW(check(problem, {}), geo::Error);
}

TEST(CheckPlan, TheOrderOfTheVisitsDoesNotMatter) {
    Problem problem = two_zones();
    problem.horizon = days_from("2026-11-23", 9);
    auto visits = sound();
    visits.push_back(visit("3", "Y", "B", at("2026-11-29 09:00")));
    const auto one = check(problem, visits);
    std::reverse(visits.begin(), visits.end());
    const auto other = check(problem, visits);
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].text, other[i].text);
    }
}

TEST(CheckPlan, NobodyVisitsOrWalksInABreak) {
    Problem problem = two_zones();
    problem.units[0].shifts[0].breaks = {
        {{std::chrono::hours(15) + Minutes(15), std::chrono::hours(15) + Minutes(20)}, {}}};
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::travel));
    auto visits = sound();
    visits[1].when = {at("2026-11-24 15:27"), at("2026-11-24 15:42")};
    EXPECT_THAT(found(problem, visits), IsEmpty());
    problem.units[0].shifts[0].breaks[0].within.to = std::chrono::hours(15) + Minutes(28);
    EXPECT_THAT(found(problem, visits), Contains(Kind::in_break));
}

TEST(CheckPlan, ABreakThatFloatsNeedsTimeBesideTheWay) {
    Problem problem = two_zones();
    // 15:00 to 15:15 and 15:22 to 15:37 leave 23 minutes until 16:00, and 7 that are a way.
    problem.units[0].shifts[0].breaks = {{clock_span(15, 16), Minutes(23)}};
    EXPECT_THAT(found(problem, sound()), IsEmpty());
    problem.units[0].shifts[0].breaks[0].length = Minutes(24);
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::in_break));
    problem.units[0].shifts[0].breaks[0] = {{std::chrono::hours(15), Minutes(15 * 60 + 30)},
                                            Minutes(5)};
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::in_break)); // the 7 are for the way
}

TEST(CheckPlan, AVisitLiesWithinTheHoursOfTheRule) {
    Problem problem = two_zones();
    problem.rule.hours = clock_span(15, 16);
    EXPECT_THAT(found(problem, sound()), IsEmpty());
    problem.rule.hours = ClockSpan{std::chrono::hours(15), Minutes(15 * 60 + 36)};
    EXPECT_THAT(found(problem, sound()), Contains(Kind::outside_hours));
    problem.rule.hours = clock_span(16, 15); // from 16:00 to 15:00 on the next day
    EXPECT_THAT(found(problem, sound()), Contains(Kind::outside_hours));
}

TEST(CheckPlan, NoVisitLiesOnADayLeftOut) {
    Problem problem = two_zones();
    problem.rule.days_off = {{day("2026-11-24"), day("2026-11-24")}};
    EXPECT_THAT(found(problem, sound()), Contains(Kind::outside_hours));
    problem = two_zones();
    problem.rule.weekdays_off[1] = true;
    EXPECT_THAT(found(problem, sound()), Contains(Kind::outside_hours));
}

TEST(CheckPlan, LeaveExceptionsAndBankHolidaysLeaveNoShift) {
    const DayRange tuesday{day("2026-11-24"), day("2026-11-24")};
    Problem problem = two_zones();
    problem.units[0].leave = {tuesday};
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::outside_shift, Kind::outside_shift));
    problem = two_zones();
    problem.units[0].shifts[0].except = {tuesday};
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::outside_shift, Kind::outside_shift));
    problem = two_zones();
    problem.units[0].bank_holidays = {day("2026-11-24")};
    EXPECT_THAT(found(problem, sound()), IsEmpty());
    problem.units[0].shifts[0].on_bank_holidays = BankHolidayDuty::off;
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::outside_shift, Kind::outside_shift));
    problem.units[0].shifts[0].dates = {tuesday};
    EXPECT_THAT(found(problem, sound()), IsEmpty());
}

TEST(CheckPlan, AShiftHasNoMoreVisitsThanTheUnitMakes) {
    Problem problem = two_zones();
    problem.units[0].max_visits = 2;
    EXPECT_THAT(found(problem, sound()), IsEmpty());
    problem.units[0].max_visits = 1;
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::shift_visits));
}

TEST(CheckPlan, MeasuredWaysAreWalkedAsMeasured) {
    Problem problem = two_zones();
    problem.travel = {{"Y", "Z", Minutes(8), {}}};
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::travel));
    problem.travel = {{"Y", "Z", Minutes(8), {}}, {"Y", "Z", Minutes(3), Mode::vehicle}};
    EXPECT_THAT(found(problem, sound()), IsEmpty());
    problem.travel = {{"Z", "Y", Minutes(30), {}}}; // the other way
    EXPECT_THAT(found(problem, sound()), IsEmpty());
    problem.travel = {{"A", "Y", Minutes(1), {}}}; // from the unit's base
    EXPECT_THAT(found(problem, sound()), ElementsAre(Kind::travel));
}

} // namespace
} // namespace schedule::test
