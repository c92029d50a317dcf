#include "schedule/delivery.hpp"

#include "attendances.hpp"

#include <gtest/gtest.h>

namespace schedule::test {
namespace {

using State = Delivery::State;
using std::chrono::hours;

TEST(Deliveries, AnAttendanceUpToFourHoursOffStandsForAVisit) {
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00"))};
    const auto state = [&](std::string_view start) {
        return deliveries(visits, std::vector{attended("Z", "A", start)}, {}).front().state;
    };
    EXPECT_EQ(state("2026-11-02 08:00"), State::delivered);
    EXPECT_EQ(state("2026-11-02 16:00"), State::delivered);
    EXPECT_EQ(state("2026-11-02 07:59"), State::missed);
    EXPECT_EQ(state("2026-11-02 16:01"), State::missed);
}

TEST(Deliveries, OneAttendanceStandsForOneVisit) {
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00")),
                                    visit("w", "Z", "A", at("2026-11-02 14:00"))};
    const auto result = deliveries(visits, std::vector{attended("Z", "A", "2026-11-02 13:30")}, {});
    EXPECT_EQ(result[0].state, State::missed);
    EXPECT_EQ(result[1].state, State::delivered);
    EXPECT_EQ(result[1].late, -Minutes(30));
    EXPECT_EQ(result[1].attendance, 0U);
}

TEST(Deliveries, ABriefAttendanceIsToldApart) {
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00"))};
    const std::vector<Attendance> log{attended("Z", "A", "2026-11-02 12:00", 9),
                                      attended("Z", "B", "2026-11-02 15:00", 10)};
    EXPECT_EQ(deliveries(visits, {log.data(), 1}, {}).front().state, State::brief);
    const Delivery both = deliveries(visits, log, {}).front();
    EXPECT_EQ(both.state, State::delivered);
    EXPECT_TRUE(both.other_unit);
}

TEST(Deliveries, WhatNamesItsVisitIsThatVisitWheneverItWas) {
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00")),
                                    visit("w", "Z", "A", at("2026-11-03 12:00"))};
    std::vector<Attendance> log{attended("Z", "A", "2026-11-03 12:00")};
    log[0].visit.emplace("v");
    const auto result = deliveries(visits, log, {});
    EXPECT_EQ(result[0].state, State::delivered);
    EXPECT_EQ(result[0].late, hours(24));
    EXPECT_EQ(result[1].state, State::missed);
    log[0].visit.emplace("of another plan");
    EXPECT_EQ(deliveries(visits, log, {})[1].state, State::delivered);
}

TEST(Deliveries, BackgroundPresenceDeliversNothingUnlessTheRuleCountsIt) {
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00"))};
    const std::vector<Attendance> log{passed("Z", "A", "2026-11-02 12:00")};
    EXPECT_EQ(deliveries(visits, log, {}).front().state, State::missed);
    EXPECT_EQ(deliveries(visits, log, {.count_background = true}).front().state, State::delivered);
}

TEST(TaskedByPlan, TurnsPositionsBesideAPlannedVisitOfTheUnitAlone) {
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00"))};
    std::vector<Attendance> log{
        passed("Z", "A", "2026-11-02 12:45"), passed("Z", "A", "2026-11-02 12:46"),
        passed("Z", "B", "2026-11-02 12:00"), passed("Y", "A", "2026-11-02 12:00"),
        passed("Z", "A", "2026-11-02 12:00")};
    for (std::size_t i = 0; i < 4; ++i) {
        log[i].source = Attendance::Source::pings;
    }
    std::vector<bool> tasked;
    for (const Attendance& attendance : tasked_by_plan(log, visits)) {
        tasked.push_back(attendance.kind == Attendance::Kind::tasked);
    }
    EXPECT_EQ(tasked, (std::vector<bool>{true, false, false, false, false}));
}

} // namespace
} // namespace schedule::test
