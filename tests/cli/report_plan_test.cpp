#include "cli/report_plan.hpp"
#include "geo/time_text.hpp"

#include <gtest/gtest.h>

namespace cli {
namespace {

using std::chrono::hours;

const geo::TimeZone& london() {
    static const geo::TimeZone zone("Europe/London");
    return zone;
}

geo::Instant at(const char* text) {
    return geo::first_instant(*geo::read_time(text), london());
}

/// Ten days, rule 96 h, aim 72 h.
schedule::Problem problem() {
    return {.horizon = {at("2026-11-02 00:00"), at("2026-11-12 00:00")}, .zone = london()};
}

/// An outlook with visits so many hours after the plan's start.
schedule::Outlook outlook(std::initializer_list<int> starts) {
    schedule::Outlook result{.rule_ok = true};
    for (const int start : starts) {
        result.starts.push_back(problem().horizon.from + hours(start));
    }
    return result;
}

TEST(ReportOutlook, IsKeptUpToThePlanningGapItself) {
    // 72 h from the end of one visit to the start of the next.
    schedule::Outlook at_the_aim = outlook({0, 72, 144, 216});
    at_the_aim.starts[1] += std::chrono::minutes(15);
    const io::ReportOutlook report = report_outlook(at_the_aim, problem());
    EXPECT_EQ(report.state, io::RuleState::kept);
    EXPECT_DOUBLE_EQ(report.hours_left, 24);
}

TEST(ReportOutlook, IsTightAboveItWithTheHoursThatAreLeft) {
    const io::ReportOutlook report = report_outlook(outlook({0, 90, 150, 210}), problem());
    EXPECT_EQ(report.state, io::RuleState::tight);
    EXPECT_DOUBLE_EQ(report.hours_left, 96 - 89.75);
}

TEST(ReportOutlook, CountsFromTheLastVisitBeforeThePlanAndToItsEnd) {
    schedule::Outlook late_first = outlook({60, 120, 180});
    EXPECT_EQ(report_outlook(late_first, problem()).state, io::RuleState::kept);
    late_first.last_visit = problem().horizon.from - hours(20);
    EXPECT_DOUBLE_EQ(report_outlook(late_first, problem()).hours_left, 16);
    const io::ReportOutlook ends_early = report_outlook(outlook({0, 60, 120, 155}), problem());
    EXPECT_DOUBLE_EQ(ends_early.hours_left, 96 - (240 - 155.25));
}

TEST(ReportOutlook, SaysByHowMuchTheRuleIsBroken) {
    schedule::Outlook broken = outlook({0, 110, 200});
    broken.rule_ok = false;
    const io::ReportOutlook report = report_outlook(broken, problem());
    EXPECT_EQ(report.state, io::RuleState::broken);
    EXPECT_DOUBLE_EQ(report.hours_left, 96 - 109.75);
}

} // namespace
} // namespace cli
