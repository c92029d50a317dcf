#include "schedule/compliance.hpp"

#include "geo/error.hpp"

#include "attendances.hpp"

#include <gtest/gtest.h>

namespace schedule::test {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const std::vector<WatchedZone>& zone_z() {
    static const std::vector<WatchedZone> zones{{cluster::ZoneId("Z")}};
    return zones;
}

/// Z alone, as of the end of the period.
ZoneCompliance of_z(const std::vector<Attendance>& attendances, std::string_view from,
                    std::string_view to, const Rule& rule = {}) {
    return compliance({.zones = zone_z(),
                       .attendances = attendances,
                       .rule = rule,
                       .period = {at(from), at(to)},
                       .zone = london()})
        .zones.front();
}

TEST(Compliance, FourDaysToTheSecondKeepTheRule) {
    std::vector<Attendance> log{attended("Z", "A", "2026-11-02 10:00"),
                                attended("Z", "A", "2026-11-06 10:15")};
    EXPECT_TRUE(of_z(log, "2026-11-02 09:00", "2026-11-07 00:00").breaches.empty());
    log[1].when.from += seconds(1);
    const ZoneCompliance late = of_z(log, "2026-11-02 09:00", "2026-11-07 00:00");
    ASSERT_EQ(late.breaches.size(), 1U);
    EXPECT_EQ(late.breaches[0].last_allowed, at("2026-11-06 10:15"));
    EXPECT_EQ(late.breaches[0].length(), seconds(1));
    EXPECT_FALSE(late.breaches[0].open);
    EXPECT_EQ(late.longest_absence, hours(96) + seconds(1));
}

TEST(Compliance, ToldAsOfTheEndOfThePeriod) {
    const ZoneCompliance z =
        of_z({attended("Z", "A", "2026-11-02 10:00")}, "2026-11-02 00:00", "2026-11-06 08:15");
    EXPECT_EQ(z.last_counted, at("2026-11-02 10:15"));
    EXPECT_EQ(z.due_by, at("2026-11-06 10:15"));
    EXPECT_EQ(z.left, hours(2));
    EXPECT_TRUE(z.breaches.empty());
}

TEST(Compliance, AnAbsenceThatRunsOnIsAnOpenBreach) {
    const ZoneCompliance z =
        of_z({attended("Z", "A", "2026-11-02 10:00")}, "2026-11-02 00:00", "2026-11-07 10:15");
    ASSERT_EQ(z.breaches.size(), 1U);
    EXPECT_TRUE(z.breaches[0].open);
    EXPECT_EQ(z.breaches[0].length(), hours(24));
    EXPECT_EQ(z.left, -hours(24));
}

TEST(Compliance, WithoutAnyAttendanceAbsenceCountsFromTheStart) {
    const ZoneCompliance z = of_z({}, "2026-11-02 00:00", "2026-11-07 00:00");
    ASSERT_EQ(z.breaches.size(), 1U);
    EXPECT_TRUE(z.breaches[0].never_attended);
    EXPECT_EQ(z.breaches[0].absence.from, at("2026-11-02 00:00"));
    EXPECT_EQ(z.last_counted, std::nullopt);
    EXPECT_EQ(z.due_by, at("2026-11-06 00:00"));
}

TEST(Compliance, AGapThatRunsIntoThePeriodIsGivenWhole) {
    const std::vector<Attendance> log{attended("Z", "A", "2026-10-20 10:00"),
                                      attended("Z", "A", "2026-11-03 10:00")};
    const ZoneCompliance z = of_z(log, "2026-11-01 00:00", "2026-11-05 00:00");
    ASSERT_EQ(z.breaches.size(), 1U);
    EXPECT_EQ(z.breaches[0].absence.from, at("2026-10-20 10:15"));
    EXPECT_FALSE(z.breaches[0].never_attended);
    EXPECT_TRUE(of_z(log, "2026-11-03 10:00", "2026-11-05 00:00").breaches.empty());
}

TEST(Compliance, BriefAndBackgroundPresenceCloseNoGap) {
    const std::vector<Attendance> log{
        attended("Z", "A", "2026-11-02 10:00"), attended("Z", "A", "2026-11-04 10:00", 9),
        passed("Z", "A", "2026-11-05 10:00", 60), attended("Z", "A", "2026-11-07 10:00")};
    const ZoneCompliance z = of_z(log, "2026-11-02 00:00", "2026-11-08 00:00");
    ASSERT_EQ(z.breaches.size(), 1U);
    EXPECT_EQ(z.presence.tasked.dwell, (DwellCounts{1, 0, 2}));
    EXPECT_EQ(z.presence.tasked.counted, 2U);
    EXPECT_EQ(z.presence.background.dwell, (DwellCounts{0, 0, 1}));
    EXPECT_TRUE(of_z(log, "2026-11-02 00:00", "2026-11-08 00:00", {.count_background = true})
                    .breaches.empty());
}

TEST(Compliance, DwellIsCountedFromTenAndFromFifteenMinutes) {
    std::vector<Attendance> log{
        attended("Z", "A", "2026-11-02 10:00", 10), attended("Z", "A", "2026-11-02 11:00", 10),
        attended("Z", "A", "2026-11-02 12:00", 15), attended("Z", "A", "2026-11-02 13:00", 15)};
    log[0].when.to -= seconds(1);
    log[2].when.to -= seconds(1);
    EXPECT_EQ(of_z(log, "2026-11-02 00:00", "2026-11-03 00:00").presence.tasked.dwell,
              (DwellCounts{1, 2, 1}));
}

TEST(Compliance, UnitsBesideEachOtherLeaveNoGapBetweenThem) {
    const std::vector<Attendance> log{attended("Z", "A", "2026-11-02 10:00", 600),
                                      attended("Z", "B", "2026-11-02 11:00")};
    EXPECT_EQ(of_z(log, "2026-11-02 10:00", "2026-11-03 00:00").last_counted,
              at("2026-11-02 20:00"));
}

TEST(Compliance, FourDaysAreNinetySixRealHoursAcrossTheChangeOfClocks) {
    const std::vector<Attendance> log{attended("Z", "A", "2026-10-23 12:00")};
    EXPECT_EQ(of_z(log, "2026-10-23 00:00", "2026-10-24 00:00").due_by, at("2026-10-27 11:15"));
    const std::vector<Attendance> spring{attended("Z", "A", "2026-03-27 12:00")};
    EXPECT_EQ(of_z(spring, "2026-03-27 00:00", "2026-03-28 00:00").due_by, at("2026-03-31 13:15"));
}

TEST(Compliance, ADutyDayEndsWithItsLastMinute) {
    const Rule rule{.gap_mode = GapMode::duty_day};
    std::vector<Attendance> log{attended("Z", "A", "2026-11-02 22:00"),
                                attended("Z", "A", "2026-11-07 05:59")};
    log[1].when.from += seconds(59);
    EXPECT_TRUE(of_z(log, "2026-11-02 00:00", "2026-11-08 00:00", rule).breaches.empty());
    log[1].when.from += seconds(1);
    EXPECT_EQ(of_z(log, "2026-11-02 00:00", "2026-11-08 00:00", rule).breaches.size(), 1U);
}

TEST(Compliance, WhatEndsAfterThePeriodIsNotKnownYet) {
    const std::vector<Attendance> log{attended("Z", "A", "2026-11-02 10:00")};
    const ZoneCompliance z = of_z(log, "2026-11-02 00:00", "2026-11-02 10:14");
    EXPECT_EQ(z.last_counted, std::nullopt);
    EXPECT_EQ(z.presence, PresenceByKind{});
}

TEST(Compliance, AZoneIsHeldToTheRuleWhileItIsInForce) {
    const std::vector<WatchedZone> zones{{cluster::ZoneId("New"), at("2026-11-10 00:00"), {}},
                                         {cluster::ZoneId("Old"), {}, at("2026-11-04 00:00")},
                                         {cluster::ZoneId("Gone"), {}, at("2026-11-08 00:00")}};
    const std::vector<Attendance> log{attended("New", "A", "2026-11-01 10:00"),
                                      attended("Gone", "A", "2026-11-01 10:00")};
    const Compliance result =
        compliance({.zones = zones,
                    .attendances = log,
                    .period = {at("2026-11-01 00:00"), at("2026-11-13 00:00")},
                    .zone = london()});
    EXPECT_TRUE(result.zones[0].breaches.empty());
    EXPECT_EQ(result.zones[0].due_by, at("2026-11-14 00:00"));
    EXPECT_TRUE(result.zones[1].breaches.empty());
    EXPECT_FALSE(result.zones[1].in_force);
    EXPECT_EQ(result.zones[1].due_by, std::nullopt);
    ASSERT_EQ(result.zones[2].breaches.size(), 1U);
    EXPECT_EQ(result.zones[2].breaches[0].absence.to, at("2026-11-08 00:00"));
    EXPECT_FALSE(result.zones[2].breaches[0].open);
    EXPECT_FALSE(result.keeps_rule());
}

TEST(Compliance, TimeBelongsToTheMonthInWhichItPassedAndAVisitToTheOneInWhichItBegan) {
    std::vector<Attendance> log{attended("Z", "A", "2026-12-31 23:50", 30),
                                attended("Z", "B", "2026-11-30 12:00")};
    log[0].arrests = 2;
    Unit pair;
    pair.name = UnitId("A");
    pair.officers = 2;
    const std::vector<Unit> units{pair};
    const Compliance result =
        compliance({.zones = zone_z(),
                    .attendances = log,
                    .period = {at("2026-11-15 00:00"), at("2027-02-01 00:00")},
                    .zone = london(),
                    .units = units});
    ASSERT_EQ(result.months.size(), 3U);
    EXPECT_FALSE(result.months[0].whole);
    EXPECT_TRUE(result.months[1].whole);
    const PresenceTotals& december = result.months[1].presence.tasked;
    EXPECT_EQ(december.visits, 1U);
    EXPECT_EQ(december.time, Minutes(10));
    EXPECT_EQ(december.officer_time, Minutes(20));
    EXPECT_EQ(december.arrests, 2U);
    EXPECT_EQ(december.searches, std::nullopt);
    const PresenceTotals& january = result.months[2].presence.tasked;
    EXPECT_EQ(january.visits, 0U);
    EXPECT_EQ(january.time, Minutes(20));
    EXPECT_EQ(january.arrests, std::nullopt);
    EXPECT_EQ(result.months[0].presence.tasked.without_officers, 1U);
    ASSERT_EQ(result.quarters.size(), 2U);
    EXPECT_EQ(result.quarters[0].first, day("2026-10-01"));
    EXPECT_EQ(result.quarters[0].last, day("2026-12-31"));
    EXPECT_EQ(result.quarters[0].presence.tasked.visits, 2U);
    EXPECT_EQ(result.quarters[1].presence.tasked.time, Minutes(20));
}

TEST(Compliance, MonthsAreThoseOfTheWallClock) {
    // 00:30 in British Summer Time on 1 July is still 30 June in UTC.
    const Compliance result =
        compliance({.zones = zone_z(),
                    .attendances = std::vector{attended("Z", "A", "2026-07-01 00:30")},
                    .period = {at("2026-06-01 00:00"), at("2026-08-01 00:00")},
                    .zone = london()});
    EXPECT_EQ(result.months[0].presence.tasked.visits, 0U);
    EXPECT_EQ(result.months[1].presence.tasked.visits, 1U);
}

TEST(Compliance, TimeOverTheChangeOfClocksIsRealTime) {
    std::vector<Attendance> log{attended("Z", "A", "2026-10-25 00:30", 0)};
    log[0].when.to = at("2026-10-25 02:30"); // an hour comes twice
    EXPECT_EQ(of_z(log, "2026-10-25 00:00", "2026-10-26 00:00").presence.tasked.time, hours(3));
}

TEST(Compliance, RefusesAZoneTwiceAndAPeriodBackwards) {
    const std::vector<WatchedZone> twice{{cluster::ZoneId("Z")}, {cluster::ZoneId("Z")}};
    const geo::TimeSpan day{at("2026-11-01 00:00"), at("2026-11-02 00:00")};
    EXPECT_THROW(compliance({.zones = twice, .period = day, .zone = london()}), geo::Error);
    EXPECT_THROW(compliance({.zones = zone_z(), .period = {day.to, day.from}, .zone = london()}),
                 geo::Error);
}

TEST(Alerts, AreTheZonesDueSoonWorstFirst) {
    const std::vector<WatchedZone> zones{{cluster::ZoneId("Late")},
                                         {cluster::ZoneId("Soon")},
                                         {cluster::ZoneId("Fine")},
                                         {cluster::ZoneId("Over")}};
    const std::vector<Attendance> log{
        attended("Late", "A", "2026-11-01 10:00"), attended("Soon", "A", "2026-11-03 00:00"),
        attended("Fine", "A", "2026-11-05 10:00"), attended("Over", "A", "2026-11-01 09:00")};
    const std::vector<Alert> worst =
        alerts(compliance({.zones = zones,
                           .attendances = log,
                           .period = {at("2026-11-01 00:00"), at("2026-11-06 00:15")},
                           .zone = london()}));
    ASSERT_EQ(worst.size(), 3U);
    EXPECT_EQ(worst[0].zone.text(), "Over");
    EXPECT_EQ(worst[1].zone.text(), "Late");
    EXPECT_EQ(worst[2].zone.text(), "Soon");
    EXPECT_EQ(worst[2].left, hours(24));
    EXPECT_EQ(worst[1].left, -hours(14));
}

} // namespace
} // namespace schedule::test
