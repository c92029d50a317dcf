#include "schedule/outlook.hpp"

#include "problems.hpp"

#include <gmock/gmock.h>

namespace schedule::test {
namespace {

Outlook outlook_of(const Place& place, const std::vector<Visit>& visits, int days,
                   const Rule& rule = {}) {
    return outlook(std::vector{place}, visits, rule, days_from("2026-11-23", days), london())
        .front();
}

TEST(Outlook, AbsencesCountFromThePlansStartBetweenVisitsAndToItsEnd) {
    const Place z = place("Z", grid(0, 0));
    const auto seen = outlook_of(z,
                                 {visit("2", "Z", "A", at("2026-11-27 15:00")),
                                  visit("1", "Z", "A", at("2026-11-24 15:00"))},
                                 7);
    EXPECT_THAT(seen.starts, testing::ElementsAre(at("2026-11-24 15:00"), at("2026-11-27 15:00")));
    EXPECT_EQ(seen.next_visit, at("2026-11-24 15:00"));
    EXPECT_EQ(seen.due_by, at("2026-11-27 00:00"));
    EXPECT_DOUBLE_EQ(seen.max_gap_h, 71.75); // from 15:15 on the 24th to 15:00 on the 27th
    EXPECT_TRUE(seen.rule_ok);
}

TEST(Outlook, AnAttendanceBeforeThePlanIsWhereTheFirstAbsenceBegins) {
    Place z = place("Z", grid(0, 0));
    z.last_attended = at("2026-11-21 12:00");
    const auto seen = outlook_of(z, {visit("1", "Z", "A", at("2026-11-25 12:00"))}, 3);
    EXPECT_EQ(seen.due_by, at("2026-11-25 12:00"));
    EXPECT_DOUBLE_EQ(seen.max_gap_h, 96);
    EXPECT_TRUE(seen.rule_ok);
    const auto late = outlook_of(z, {visit("1", "Z", "A", at("2026-11-25 12:01"))}, 3);
    EXPECT_FALSE(late.rule_ok);
}

TEST(Outlook, AZoneWithoutVisitsHasNoNextVisitAndIsJudgedByThePlansEnd) {
    const Place z = place("Z", grid(0, 0));
    EXPECT_EQ(outlook_of(z, {}, 4).next_visit, std::nullopt);
    EXPECT_TRUE(outlook_of(z, {}, 4).rule_ok);
    EXPECT_FALSE(outlook_of(z, {}, 5).rule_ok);
}

TEST(Outlook, AZoneWhoseDueTimeIsPastWhenThePlanBeginsIsOverdue) {
    Place z = place("Z", grid(0, 0));
    z.last_attended = at("2026-11-18 23:59");
    EXPECT_TRUE(outlook_of(z, {}, 1).overdue);
    z.last_attended = at("2026-11-19 00:00");
    EXPECT_FALSE(outlook_of(z, {}, 1).overdue);
}

TEST(Outlook, TheHourTheClocksSkipIsNoPartOfAnAbsence) {
    const auto seen =
        outlook(std::vector{place("Z", grid(0, 0))}, {}, {}, days_from("2026-03-28", 4), london());
    EXPECT_DOUBLE_EQ(seen.front().max_gap_h, 95);
}

TEST(Outlook, DutyDaysDecideByTheCalendar) {
    Place z = place("Z", grid(0, 0));
    z.last_attended = at("2026-11-20 07:00");
    Rule rule;
    rule.gap_mode = GapMode::duty_day;
    // 112 hours, but still the fourth duty day after.
    const auto seen = outlook_of(z, {visit("1", "Z", "A", at("2026-11-24 23:00"))}, 3, rule);
    EXPECT_TRUE(seen.rule_ok);
    EXPECT_DOUBLE_EQ(seen.max_gap_h, 112);
    EXPECT_FALSE(outlook_of(z, {visit("1", "Z", "A", at("2026-11-25 06:00"))}, 3, rule).rule_ok);
}

} // namespace
} // namespace schedule::test
