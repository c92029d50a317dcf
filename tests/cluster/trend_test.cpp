#include "cluster/trend.hpp"

#include <gtest/gtest.h>

namespace cluster {
namespace {

using std::chrono::days;

/// Months of 30 days, one after another from the first.
std::vector<geo::TimeSpan> months(int count) {
    std::vector<geo::TimeSpan> spans;
    for (int m = 0; m < count; ++m) {
        spans.push_back({geo::Instant(days(30 * m)), geo::Instant(days(30 * (m + 1)))});
    }
    return spans;
}

void add(std::vector<Incident>& incidents, const geo::TimeSpan& month, int count) {
    incidents.insert(incidents.end(), static_cast<std::size_t>(count), {.when = month});
}

TEST(TrendCounts, ComparesTheLaterHalfWithTheEarlier) {
    const auto covered = months(5);
    std::vector<Incident> incidents;
    for (int m = 0; m < 5; ++m) {
        add(incidents, covered[static_cast<std::size_t>(m)], m + 1);
    }
    const auto counts = trend_counts(incidents, covered);
    ASSERT_TRUE(counts);
    EXPECT_EQ(counts->months, 2U);
    EXPECT_EQ(counts->before, 2U + 3U);
    EXPECT_EQ(counts->recent, 4U + 5U);
    EXPECT_DOUBLE_EQ(counts->recent_share, 0.5);
    EXPECT_FALSE(counts->gaps);
}

TEST(TrendCounts, ComparesTheSameSeasonsWhereThereAreTwoYears) {
    const auto covered = months(30);
    std::vector<Incident> incidents;
    add(incidents, covered[5], 100); // older than both years
    add(incidents, covered[6], 2);
    add(incidents, covered[18], 3);
    const auto counts = trend_counts(incidents, covered);
    ASSERT_TRUE(counts);
    EXPECT_EQ(counts->months, 12U);
    EXPECT_EQ(counts->before, 2U);
    EXPECT_EQ(counts->recent, 3U);
}

TEST(TrendCounts, SkipsMonthsWithoutDataInsteadOfCountingNone) {
    auto covered = months(6);
    covered.erase(covered.begin() + 3, covered.begin() + 5);
    std::vector<Incident> incidents;
    for (const geo::TimeSpan& month : covered) {
        add(incidents, month, 10);
    }
    const auto counts = trend_counts(incidents, covered);
    ASSERT_TRUE(counts);
    EXPECT_TRUE(counts->gaps);
    EXPECT_EQ(counts->before, 20U);
    EXPECT_EQ(counts->recent, 20U);
    EXPECT_EQ(trend_of(*counts), Trend::steady);
}

TEST(TrendCounts, AreNothingWithoutTwoWholeMonths) {
    auto covered = months(2);
    covered[1].to -= days(10);
    EXPECT_EQ(trend_counts({}, covered), std::nullopt);
    EXPECT_EQ(trend_counts({}, {}), std::nullopt);
}

TEST(Trend, IsClaimedWhereChanceWouldSplitSoInUnderOneOfTwenty) {
    // Of 20 tosses of a coin, 15 or more heads come with chance 0.0207, 14 or more with 0.0577.
    EXPECT_EQ(trend_of({.recent = 15, .before = 5}), Trend::rising);
    EXPECT_EQ(trend_of({.recent = 14, .before = 6}), Trend::steady);
    EXPECT_EQ(trend_of({.recent = 6, .before = 14}), Trend::steady);
    EXPECT_EQ(trend_of({.recent = 5, .before = 15}), Trend::falling);
    EXPECT_EQ(trend_of({.recent = 0, .before = 20}), Trend::falling);
    EXPECT_EQ(trend_of({.recent = 20, .before = 0}), Trend::rising);
}

TEST(Trend, OfFewerThanTwentyIncidentsIsNotClaimed) {
    EXPECT_EQ(trend_of({.recent = 19, .before = 0}), std::nullopt);
    EXPECT_EQ(trend_of({}), std::nullopt);
}

TEST(Trend, AllowsForUnequalLengths) {
    EXPECT_EQ(trend_of({.recent = 30, .before = 10, .recent_share = 0.75}), Trend::steady);
    EXPECT_EQ(trend_of({.recent = 30, .before = 10, .recent_share = 0.5}), Trend::rising);
}

} // namespace
} // namespace cluster
