// Plans over clock changes, year ends and leap days. Every plan goes through the checker, which
// works the times out again.
#include "problems.hpp"
#include "schedule/bank_holidays.hpp"
#include "schedule/demand.hpp"
#include "schedule/outlook.hpp"
#include "schedule/shift.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace schedule::test {
namespace {

using testing::IsEmpty;

/// Six zones and one unit on nights, 22:00 to 06:00.
Problem nights(std::string_view first, int days) {
    Problem problem{.horizon = days_from(first, days), .zone = london()};
    for (int z = 0; z < 6; ++z) {
        problem.places.push_back(
            place(std::string("Z").append(std::to_string(z)), grid(800.0 * z, 0)));
    }
    problem.units = {unit("Night", {shift("night", 22, 6)})};
    problem.units[0].minutes_per_shift = Minutes(60);
    return problem;
}

std::chrono::seconds longest_absence(const Problem& problem, const Plan& plan) {
    double longest = 0;
    for (const Outlook& zone : outlook(problem, plan)) {
        longest = std::max(longest, zone.max_gap_h);
    }
    return std::chrono::seconds(static_cast<long>(longest * 3600));
}

TEST(ClockChanges, BothInOneHorizonLeaveTheRuleAtNinetySixRealHours) {
    for (const GapMode mode : {GapMode::elapsed, GapMode::duty_day}) {
        Problem problem = nights("2026-03-20", 230); // to November
        problem.rule.gap_mode = mode;
        const Plan plan = make_plan(problem, {.effort = 0});
        EXPECT_THAT(check(problem, plan.visits), IsEmpty());
        if (mode == GapMode::elapsed) {
            EXPECT_LE(longest_absence(problem, plan), std::chrono::hours(96));
        }
    }
}

TEST(ClockChanges, AnAbsenceThatTheLongNightLengthensIsCounted) {
    // One zone, one quarter of an hour at 22:00 every fourth day: 95.75 real hours between visits,
    // but 96.75 over the night on which the clocks go back.
    Problem problem{.horizon = days_from("2026-10-22", 8), .zone = london()};
    problem.places = {place("Z", grid(0, 0))};
    Unit one = unit("A", {{.name = "brief",
                           .days = {},
                           .from = std::chrono::hours(22),
                           .to = Minutes(22 * 60 + 16)}});
    one.shifts[0].dates = {{day("2026-10-22"), day("2026-10-22")},
                           {day("2026-10-26"), day("2026-10-26")}};
    problem.units = {one};
    EXPECT_TRUE(certificate(problem).forbids);
    problem.rule.gap_mode = GapMode::duty_day;
    EXPECT_FALSE(certificate(problem).forbids);
    EXPECT_THAT(check(problem, make_plan(problem).visits), IsEmpty());
    // A day later in the year it is an hour shorter.
    problem.rule.gap_mode = GapMode::elapsed;
    problem.horizon = days_from("2026-10-28", 8);
    problem.units[0].shifts[0].dates = {{day("2026-10-28"), day("2026-10-28")},
                                        {day("2026-11-01"), day("2026-11-01")}};
    EXPECT_FALSE(certificate(problem).forbids);
    EXPECT_THAT(check(problem, make_plan(problem).visits), IsEmpty());
}

TEST(ClockChanges, VisitsInTheRepeatedHourAreToldApart) {
    // A shift of the repeated hour alone: 01:00 to 02:00, two hours long on 25 October.
    Problem problem = nights("2026-10-24", 3);
    problem.units[0].shifts = {shift("short", 1, 2)};
    problem.units[0].minutes_per_shift.reset();
    const auto found = shifts_within(problem.units, problem.horizon, london());
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[1].budget, Minutes(120));
    EXPECT_THAT(check(problem, make_plan(problem).visits), IsEmpty());
}

TEST(ClockChanges, AShiftInTheHourThatIsSkippedIsNone) {
    Problem problem = nights("2026-03-28", 2);
    problem.units[0].shifts = {shift("short", 1, 2)};
    EXPECT_EQ(shifts_within(problem.units, problem.horizon, london()).size(), 1U);
}

TEST(Calendar, PlansPassYearEndsAndLeapDays) {
    for (const char* const first : {"2026-12-25", "2028-02-24", "2100-02-24", "2027-12-28"}) {
        for (const GapMode mode : {GapMode::elapsed, GapMode::duty_day}) {
            SCOPED_TRACE(first);
            Problem problem = nights(first, 14);
            problem.rule.gap_mode = mode;
            const Plan plan = make_plan(problem, {.effort = 50});
            EXPECT_THAT(check(problem, plan.visits), IsEmpty());
            EXPECT_GE(plan.visits.size(), 6U * 3U);
        }
    }
}

TEST(Calendar, ADutyDayEndsAtSixWhateverTheDate) {
    // Two visits, in the first and the last hour that four duty days allow: over a leap day.
    Problem problem{.horizon = days_from("2028-02-27", 8), .zone = london()};
    problem.rule.gap_mode = GapMode::duty_day;
    problem.places = {place("Z", grid(0, 0))};
    problem.units = {unit("A", {shift("all", 0, 24)})};
    const auto gap = [&](std::string_view second) {
        const std::vector<Visit> visits = {visit("1", "Z", "A", at("2028-02-27 06:00")),
                                           visit("2", "Z", "A", at(second)),
                                           visit("3", "Z", "A", at("2028-03-04 12:00"))};
        return kinds(check(problem, visits));
    };
    // The duty day of 27 February to that of 2 March, which ends at 06:00 on the 3rd.
    EXPECT_THAT(gap("2028-03-03 05:59"), testing::Not(testing::Contains(ViolationKind::gap)));
    EXPECT_THAT(gap("2028-03-03 06:01"), testing::Contains(ViolationKind::gap));
}

TEST(Calendar, BankHolidaysWithSubstituteDaysLeaveNoVisitBehind) {
    Problem problem = nights("2026-12-20", 21);
    problem.units[0].bank_holidays = bank_holidays_in_england_and_wales(std::chrono::year(2026));
    problem.units[0].shifts[0].on_bank_holidays = BankHolidayDuty::off;
    const Plan plan = make_plan(problem, {.effort = 50});
    EXPECT_THAT(check(problem, plan.visits), IsEmpty());
    for (const Visit& visit : plan.visits) {
        EXPECT_NE(visit.shift_day, day("2026-12-25"));
        EXPECT_NE(visit.shift_day, day("2026-12-28")); // Boxing Day is a Saturday
    }
    EXPECT_TRUE(std::any_of(plan.visits.begin(), plan.visits.end(), [](const Visit& visit) {
        return visit.shift_day == day("2026-12-26");
    }));
}

} // namespace
} // namespace schedule::test
