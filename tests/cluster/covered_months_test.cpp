#include "cluster/covered_months.hpp"

#include <gtest/gtest.h>

namespace cluster {
namespace {

using std::chrono::days;
using std::chrono::January;
using std::chrono::sys_days;
using std::chrono::year;

const geo::TimeZone& london() {
    static const geo::TimeZone zone("Europe/London");
    return zone;
}

geo::TimeSpan month(unsigned number) {
    return geo::month_span(london(), year(2026) / std::chrono::month(number));
}

geo::TimeSpan from_to(unsigned first, unsigned last) {
    return {month(first).from, month(last).to};
}

TEST(CoveredMonths, LeaveOutAMonthWithoutAnyRecord) {
    IncidentTable table;
    table.incidents.resize(10, {.when = month(1)});
    table.incidents.resize(20, {.when = month(4)});
    table.baseline.resize(10, {.when = month(2)});
    const auto covered = covered_months(table, from_to(1, 5), london());
    ASSERT_EQ(covered.size(), 3U);
    EXPECT_EQ(covered[0], month(1));
    EXPECT_EQ(covered[1], month(2));
    EXPECT_EQ(covered[2], month(4)); // in British Summer Time
}

TEST(CoveredMonths, AreAllOfThemWhereChanceAloneMayLeaveOneEmpty) {
    IncidentTable table;
    table.incidents.resize(9, {.when = month(1)});
    table.incidents.resize(18, {.when = month(4)});
    EXPECT_EQ(covered_months(table, from_to(1, 5), london()).size(), 5U);
}

TEST(CoveredMonths, AreClippedToThePeriod) {
    IncidentTable table;
    const geo::Instant middle = sys_days(year(2026) / January / 15);
    table.incidents = {{.when = {middle, middle + days(1)}}};
    const geo::TimeSpan period{middle - days(3), middle + days(5)};
    const auto covered = covered_months(table, period, london());
    ASSERT_EQ(covered.size(), 1U);
    EXPECT_EQ(covered[0], period);
}

TEST(CoveredMonths, IgnoreRecordsOutsideThePeriodAndAnEmptyPeriod) {
    IncidentTable table;
    table.incidents.resize(100, {.when = month(1)});
    table.incidents.resize(110, {.when = month(3)});
    const auto covered = covered_months(table, from_to(2, 5), london());
    ASSERT_EQ(covered.size(), 1U);
    EXPECT_EQ(covered[0], month(3));
    EXPECT_TRUE(covered_months(table, {}, london()).empty());
}

TEST(EffectiveWeeks, OfThePartsAreThoseOfTheWhole) {
    const geo::TimeSpan whole = from_to(1, 3);
    const Recency recency{.as_of = whole.to, .half_life = Recency::Days(60)};
    const std::vector<geo::TimeSpan> parts{month(1), month(2), month(3)};
    EXPECT_NEAR(effective_weeks(recency, parts), recency.effective_weeks(whole), 1e-9);
    EXPECT_LT(effective_weeks(recency, std::span(parts).first(2)),
              recency.effective_weeks(whole) * 0.65); // the newest month is worth most
}

} // namespace
} // namespace cluster
