#include "cluster/month_counts.hpp"

#include <gtest/gtest.h>

#include <random>

namespace cluster {
namespace {

using std::chrono::days;

geo::TimeSpan span(int from_day, int to_day) {
    return {geo::Instant(days(from_day)), geo::Instant(days(to_day))};
}

TEST(MonthCounts, KeepsMonthsWithoutIncidents) {
    const std::vector<geo::TimeSpan> covered{span(0, 31), span(31, 59), span(59, 90)};
    const std::vector<Incident> incidents{{.when = span(3, 4)}, {.when = span(60, 61)}};
    EXPECT_EQ(month_counts(incidents, covered),
              (std::vector<MonthCount>{{covered[0], 1}, {covered[1], 0}, {covered[2], 1}}));
}

TEST(MonthCounts, CountsWhatSpansTimeInTheMonthOfItsMiddle) {
    const std::vector<geo::TimeSpan> covered{span(0, 31), span(31, 59)};
    const std::vector<Incident> incidents{{.when = span(28, 33)},  // middle on day 30.5
                                          {.when = span(31, 31)},  // the first instant of February
                                          {.when = span(29, 33)}}; // middle on that instant
    const auto counts = month_counts(incidents, covered);
    EXPECT_EQ(counts[0].incidents, 1U);
    EXPECT_EQ(counts[1].incidents, 2U);
}

TEST(MonthCounts, LeavesOutWhatLiesInAMonthWithoutData) {
    const std::vector<geo::TimeSpan> covered{span(0, 31), span(59, 90)};
    const std::vector<Incident> incidents{{.when = span(-3, -2)},
                                          {.when = span(40, 41)},
                                          {.when = span(90, 91)},
                                          {.when = span(89, 90)}};
    const auto counts = month_counts(incidents, covered);
    EXPECT_EQ(counts[0].incidents, 0U);
    EXPECT_EQ(counts[1].incidents, 1U);
    EXPECT_TRUE(month_counts(incidents, {}).empty());
}

TEST(MonthCounts, AddUpToAllIncidentsWhereEveryMonthIsCovered) {
    constexpr unsigned seed = 20261125;
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    std::vector<geo::TimeSpan> covered;
    for (int month = 0; month < 24; ++month) {
        covered.push_back(span(30 * month, 30 * (month + 1)));
    }
    std::vector<Incident> incidents(500);
    for (Incident& incident : incidents) {
        const int from = static_cast<int>(random() % 700);
        incident.when = span(from, from + 1 + static_cast<int>(random() % 20));
    }
    std::uint32_t sum = 0;
    for (const MonthCount& count : month_counts(incidents, covered)) {
        sum += count.incidents;
    }
    EXPECT_EQ(sum, incidents.size());
}

} // namespace
} // namespace cluster
