#include "cluster/forecast.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cluster {
namespace {

using std::chrono::days;
using std::chrono::hours;

geo::GridPoint at(double easting, double northing) {
    return geo::GridPoint::at(geo::Metres(easting), geo::Metres(northing));
}

geo::TimeSpan instant(int day) {
    return {geo::Instant(days(day)), geo::Instant(days(day))};
}

Recency half_life_of(double length) {
    return {.as_of = geo::Instant(days(1000)), .half_life = Recency::Days(length)};
}

TEST(Recency, HalvesWithEveryHalfLifeOfAge) {
    const Recency recency = half_life_of(100);
    EXPECT_DOUBLE_EQ(recency.of(instant(1000)), 1);
    EXPECT_DOUBLE_EQ(recency.of(instant(900)), 0.5);
    EXPECT_DOUBLE_EQ(recency.of(instant(700)), 0.125);
}

TEST(Recency, TakesTheMiddleOfASpanAndTheFutureAsNew) {
    const Recency recency = half_life_of(100);
    EXPECT_DOUBLE_EQ(recency.of({geo::Instant(days(850)), geo::Instant(days(950))}), 0.5);
    EXPECT_DOUBLE_EQ(recency.of(instant(1200)), 1);
}

TEST(Recency, WithoutAHalfLifeAllRecordsSayTheSame) {
    const Recency recency{.as_of = geo::Instant(days(1000)), .half_life = std::nullopt};
    EXPECT_EQ(recency.of(instant(1)), 1);
    EXPECT_DOUBLE_EQ(recency.effective_weeks({geo::Instant(days(0)), geo::Instant(days(70))}), 10);
}

TEST(Recency, EffectiveWeeksAreTheSumOfTheFactorsOfEachHour) {
    const Recency recency = half_life_of(90);
    double sum = 0;
    for (geo::Instant t(days(400)); t < geo::Instant(days(1010)); t += hours(1)) {
        sum += recency.of({t, t + hours(1)});
    }
    EXPECT_NEAR(recency.effective_weeks({geo::Instant(days(400)), geo::Instant(days(1010))}),
                sum / (24 * 7), 1e-3);
}

/// An incident and two other crimes, one of which patrols generate.
IncidentTable small_table() {
    IncidentTable table;
    table.incidents = {{.place = at(10, 10), .when = instant(1000), .weight = 3, .ward = 1}};
    table.baseline = {
        {.place = at(10, 10), .when = instant(900), .ward = 1},
        {.place = at(50, 50), .when = instant(900), .ward = 1, .lends = false},
        {.place = at(90, 90), .when = instant(1000), .ward = 0},
    };
    return table;
}

TEST(Forecast, OtherCrimeLendsItsShareOfTheMeanIncidentByItsAge) {
    const auto sites =
        forecast_sites(small_table(), 2, {.borrowed = 0.1, .recency = half_life_of(100)});
    ASSERT_EQ(sites[1].size(), 1U);
    EXPECT_EQ(sites[1][0].weight, Weight::of(3 + 0.1 * 3 * 0.5));
    EXPECT_EQ(sites[1][0].incidents, 1U) << "other crime is no incident";
    ASSERT_EQ(sites[0].size(), 1U);
    EXPECT_EQ(sites[0][0].weight, Weight::of(0.3));
    EXPECT_EQ(sites[0][0].incidents, 0U);
}

TEST(Forecast, BorrowingNothingLeavesTheIncidents) {
    const auto sites = forecast_sites(small_table(), 2, {.borrowed = 0});
    EXPECT_TRUE(sites[0].empty());
    ASSERT_EQ(sites[1].size(), 1U);
    EXPECT_EQ(sites[1][0].weight, Weight::of(3));
}

TEST(Forecast, DoesNotDependOnTheOrderOfRecords) {
    IncidentTable table = small_table();
    table.incidents.push_back({.place = at(10, 10), .when = instant(5), .weight = 0.1, .ward = 1});
    const ForecastOptions options{.borrowed = 0.2, .recency = half_life_of(77)};
    const auto before = forecast_sites(table, 2, options);
    std::reverse(table.incidents.begin(), table.incidents.end());
    std::reverse(table.baseline.begin(), table.baseline.end());
    const auto after = forecast_sites(table, 2, options);
    EXPECT_EQ(before[1][0].weight, after[1][0].weight);
    EXPECT_EQ(before[0][0].weight, after[0][0].weight);
}

} // namespace
} // namespace cluster
