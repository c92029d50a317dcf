#include "schedule/demand.hpp"
#include "schedule/remedy.hpp"

#include "problems.hpp"

#include <gmock/gmock.h>

namespace schedule::test {
namespace {

using testing::HasSubstr;

/// `count` zones, 1,000 m from each to the next (4 minutes by vehicle), for two weeks from Monday
/// 2026-11-23.
Problem row_of_zones(int count, std::vector<Unit> units) {
    Problem problem{.horizon = days_from("2026-11-23", 14), .zone = london()};
    for (int i = 0; i < count; ++i) {
        problem.places.push_back(
            place(std::string("Z").append(std::to_string(i)), grid(1000.0 * i, 0)));
    }
    problem.units = std::move(units);
    return problem;
}

Unit brief(const std::string& name, int minutes, std::array<bool, 7> days = every_day) {
    Unit result = unit(name, {shift("late", 15, 23, days)});
    result.minutes_per_shift = Minutes(minutes);
    return result;
}

TEST(Certificate, ForbidsWhatAHandCountForbids) {
    // Four days hold four shifts of 34 minutes: two visits and the way between them each, eight
    // visits in all.
    EXPECT_FALSE(certificate(row_of_zones(8, {brief("A", 34)})).forbids);
    const Certificate nine = certificate(row_of_zones(9, {brief("A", 34)}));
    EXPECT_TRUE(nine.forbids);
    EXPECT_EQ(nine.lower_bound, 2U);
    EXPECT_EQ(nine.zones, 9U);
    EXPECT_EQ(nine.available, Minutes(4 * 34));
    EXPECT_EQ(nine.needed, Minutes(9 * 15 + 5 * 4));
}

TEST(Certificate, SeesTheWeekendInAWeekdayRoster) {
    // From Friday's shift to just before Tuesday's there are two shifts.
    const Certificate proof = certificate(row_of_zones(5, {brief("A", 34, weekdays)}));
    EXPECT_TRUE(proof.forbids);
    EXPECT_EQ(proof.available, Minutes(2 * 34));
    EXPECT_EQ(proof.lower_bound, 2U);
    EXPECT_THAT(proof.sentence, HasSubstr("5 zones need"));
}

TEST(Certificate, NoNumberOfUnitsHelpsWhereAWindowHasNoShift) {
    constexpr std::array<bool, 7> mondays = {true, false, false, false, false, false, false};
    const Certificate proof = certificate(row_of_zones(1, {brief("A", 34, mondays)}));
    EXPECT_TRUE(proof.forbids);
    EXPECT_EQ(proof.lower_bound, std::nullopt);
    EXPECT_EQ(units_needed(row_of_zones(1, {brief("A", 34, mondays)})).found, std::nullopt);
}

TEST(Certificate, DeadlinesOfLastAttendancesCount) {
    Problem problem = row_of_zones(3, {brief("A", 34)});
    for (Place& place : problem.places) {
        place.last_attended = at("2026-11-19 23:00"); // due on the first evening
    }
    EXPECT_TRUE(certificate(problem).forbids);
    EXPECT_EQ(certificate(problem).lower_bound, 2U);
    problem.places[2].last_attended = at("2026-11-20 23:00");
    EXPECT_FALSE(certificate(problem).forbids);
}

TEST(Certificate, AZoneOverdueBeforeAnyShiftIsInheritedAndForbidsNothing) {
    Problem problem = row_of_zones(1, {brief("A", 34)});
    problem.places[0].last_attended = at("2026-11-01 12:00");
    const Certificate proof = certificate(problem);
    EXPECT_FALSE(proof.forbids);
    EXPECT_THAT(proof.overdue, testing::ElementsAre(problem.places[0].zone));
}

TEST(Certificate, AZoneThatNoUnitServesForbids) {
    Problem problem = row_of_zones(2, {brief("A", 34)});
    problem.units[0].serves = {"Z0"};
    const Certificate proof = certificate(problem);
    EXPECT_TRUE(proof.forbids);
    EXPECT_THAT(proof.unserved, testing::ElementsAre(problem.places[1].zone));
    EXPECT_EQ(proof.lower_bound, std::nullopt);
}

TEST(Certificate, RegionsOfTheirOwnAddUp) {
    Problem problem = row_of_zones(18, {brief("A", 34), brief("B", 34)});
    for (int i = 0; i < 18; ++i) {
        problem.units[i < 9 ? 0 : 1].serves.push_back(
            problem.places[static_cast<std::size_t>(i)].zone.text());
    }
    EXPECT_EQ(certificate(problem).lower_bound, 4U);
}

TEST(Certificate, AShortPlanNeedsNothing) {
    Problem problem = row_of_zones(50, {brief("A", 34)});
    problem.horizon = days_from("2026-11-23", 4);
    EXPECT_FALSE(certificate(problem).forbids);
    EXPECT_EQ(certificate(problem).sentence, "No visit is due within the plan");
}

TEST(Certificate, SeesThatOneUnitIsNoHelpWhereAnotherServesAlone) {
    // Two zones are served by the unit of the weekdays only, the other by a second one every day.
    Problem problem = row_of_zones(3, {brief("A", 34, weekdays), brief("B", 400)});
    problem.units[0].shifts[0].days = {true, true, true, false, false, false, false};
    EXPECT_FALSE(certificate(problem).forbids);
    problem.units[1].serves = {"Z2"};
    const Certificate proof = certificate(problem);
    EXPECT_TRUE(proof.forbids);
    EXPECT_EQ(proof.zones, 2U);
    EXPECT_EQ(proof.available, Minutes(0));
    EXPECT_EQ(proof.lower_bound, std::nullopt);
    EXPECT_THAT(proof.sentence, HasSubstr("the units that serve them have 0: no number"));
}

TEST(Certificate, BreaksAndMostVisitsLessenWhatThereIs) {
    // Without a break a shift of 34 minutes at 15:00 holds two visits; eight zones are possible.
    Problem problem = row_of_zones(8, {unit("A", {shift("late", 15, 16)})});
    problem.units[0].minutes_per_shift = Minutes(34);
    EXPECT_FALSE(certificate(problem).forbids);
    problem.units[0].shifts[0].breaks = {{{Minutes(15 * 60 + 29), std::chrono::hours(16)}, {}}};
    const Certificate broken = certificate(problem); // 29 minutes hold one visit
    EXPECT_TRUE(broken.forbids);
    EXPECT_EQ(broken.visits, 4U);
    problem.units[0].shifts[0].breaks = {{clock_span(15, 16), Minutes(31)}};
    EXPECT_TRUE(certificate(problem).forbids);
    problem.units[0].shifts[0].breaks.clear();
    problem.units[0].max_visits = 1;
    EXPECT_TRUE(certificate(problem).forbids);
    EXPECT_EQ(certificate(problem).lower_bound, 2U);
    EXPECT_THAT(certificate(problem).sentence, HasSubstr("the shifts of the units hold 4 at most"));
}

TEST(Certificate, HoursAndDaysLeftOutLessenWhatThereIs) {
    Problem problem = row_of_zones(8, {brief("A", 34)});
    problem.rule.hours = clock_span(16, 20);
    EXPECT_FALSE(certificate(problem).forbids);
    problem.rule.hours = ClockSpan{std::chrono::hours(16), Minutes(16 * 60 + 33)};
    EXPECT_TRUE(certificate(problem).forbids);
    problem.rule.hours.reset();
    problem.rule.weekdays_off[5] = true;
    EXPECT_TRUE(certificate(problem).forbids); // any window with a Saturday holds six visits
}

TEST(Certificate, TakesMeasuredWaysInTheirQuickerDirection) {
    // Nine zones and two units: 18 places in eight tours. A quick way back is no proof of need.
    Problem problem = row_of_zones(9, {brief("A", 34), brief("B", 34)});
    const Minutes lines = certificate(problem).needed;
    problem.travel = {{"Z0", "Z1", Minutes(9), {}}};
    EXPECT_EQ(certificate(problem).needed, lines);
    problem.travel = {{"Z1", "Z0", Minutes(1), {}}};
    EXPECT_LE(certificate(problem).needed, lines);
}

TEST(UnitsNeeded, CopiesAUnitUntilTheRuleIsKept) {
    const UnitsNeeded needed = units_needed(row_of_zones(9, {brief("A", 34)}));
    EXPECT_EQ(needed.lower_bound, 2U);
    EXPECT_EQ(needed.found, 2U);
}

TEST(UnitsNeeded, LeavesOutUnitsThatAreNotNeeded) {
    Problem problem = row_of_zones(4, {brief("A", 200), brief("B", 100), brief("C", 60)});
    EXPECT_EQ(units_needed(problem).found, 1U);
}

TEST(UnitsNeeded, AddsUnitsWhereZonesBreach) {
    Problem problem = row_of_zones(18, {brief("A", 400), brief("B", 34)});
    for (int i = 0; i < 18; ++i) {
        problem.units[i < 9 ? 0 : 1].serves.push_back(
            problem.places[static_cast<std::size_t>(i)].zone.text());
    }
    EXPECT_EQ(units_needed(problem).found, 3U);
}

TEST(Remedies, NameTheLeastOfEachKindThatPlanningFinds) {
    // Five zones, Monday to Friday: from Friday to Tuesday two shifts of two visits each.
    const Remedies found = remedies(row_of_zones(5, {brief("A", 34, weekdays)}));
    EXPECT_EQ(found.units.found, 2U);
    EXPECT_EQ(found.minutes_per_shift, Minutes(60)); // three visits and the ways: 53, in quarters
    ASSERT_TRUE(found.more_days);
    EXPECT_EQ(std::count(found.more_days->begin(), found.more_days->end(), true), 1);
    EXPECT_TRUE((*found.more_days)[5] || (*found.more_days)[6]);
    EXPECT_THAT(
        found.sentence,
        HasSubstr("found by planning: 2 units like these (fewer cannot), or 60 minutes a shift "
                  "instead of 34, or shifts on Sat, too"));
}

TEST(Remedies, SayWhereNothingThatWasTriedWouldDo) {
    // On Mondays only, and the rule leaves the other days out.
    Problem problem = row_of_zones(1, {unit("A", {shift("late", 15, 23, {true})})});
    problem.rule.weekdays_off = {false, true, true, true, true, true, true};
    const Remedies found = remedies(problem);
    EXPECT_EQ(found.units.found, std::nullopt);
    EXPECT_EQ(found.minutes_per_shift, std::nullopt);
    EXPECT_EQ(found.more_days, std::nullopt);
    EXPECT_THAT(found.sentence, HasSubstr("no number of such units"));
}

TEST(FewestLateUnits, IsAsManyAsDailyToursTake) {
    // 480 minutes hold 25 visits with the ways of four minutes between them: 25 x 15 + 24 x 4 =
    // 471.
    EXPECT_EQ(fewest_late_units(row_of_zones(25, {}).places, {}).size(), 1U);
    const auto units = fewest_late_units(row_of_zones(26, {}).places, {});
    ASSERT_EQ(units.size(), 2U);
    EXPECT_EQ(units[1].name.text(), "Late 2");
    EXPECT_EQ(units[1].speed_kmh, 25);
    EXPECT_EQ(units[1].shifts[0].from, std::chrono::hours(15));
    EXPECT_EQ(units[1].shifts[0].to, std::chrono::hours(23));
    EXPECT_TRUE(units[1].serves.empty());
}

TEST(FewestLateUnits, WorkInTheHoursThatTheRuleAllows) {
    const auto shift_of = [](std::chrono::hours from, std::chrono::hours to) {
        Rule rule;
        rule.hours = ClockSpan{from, to};
        const ShiftPattern shift = fewest_late_units({}, rule).front().shifts.front();
        return std::pair(shift.from / std::chrono::hours(1), shift.to / std::chrono::hours(1));
    };
    using std::chrono::hours;
    EXPECT_EQ(shift_of(hours(18), hours(2)), std::pair(18L, 23L));
    EXPECT_EQ(shift_of(hours(8), hours(17)), std::pair(15L, 17L));
    EXPECT_EQ(shift_of(hours(20), hours(16)), std::pair(20L, 23L))
        << "three hours of the evening, one of the afternoon";
    EXPECT_EQ(shift_of(hours(23), hours(9)), std::pair(23L, 7L));
    EXPECT_EQ(shift_of(hours(6), hours(10)), std::pair(6L, 10L));
}

TEST(FewestLateUnits, AreMoreWhereTheHoursAreFew) {
    Rule rule;
    rule.hours = ClockSpan{std::chrono::hours(15), std::chrono::hours(19)};
    EXPECT_EQ(fewest_late_units(row_of_zones(26, {}).places, rule).size(), 3U)
        << "240 minutes hold 12 visits with the ways between them";
}

TEST(FewestLateUnits, IsOneEvenForNoZones) {
    EXPECT_EQ(fewest_late_units({}, {}).size(), 1U);
}

} // namespace
} // namespace schedule::test
