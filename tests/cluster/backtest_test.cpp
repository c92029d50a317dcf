#include "cluster/backtest.hpp"
#include "cluster/chance.hpp"
#include "tests/cluster/town.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numbers>

namespace cluster {
namespace {

using namespace geo::literals;
using std::chrono::days;

geo::Instant day(int number) {
    return geo::Instant(days(number));
}

geo::TimeSpan span(int from, int to) {
    return {day(from), day(to)};
}

/// `count` incidents on one day, in a ward of 2 km by its easting.
void happen(std::vector<Incident>& incidents, double easting, double northing, int on_day,
            int count = 1) {
    for (int i = 0; i < count; ++i) {
        incidents.push_back(
            {.place = geo::GridPoint::at(geo::Metres(easting), geo::Metres(northing)),
             .when = span(on_day, on_day + 1),
             .ward = easting < 2000 ? 0U : 1U});
    }
}

std::vector<Ward> two_wards() {
    return {{WardCode("W1"), "West", polygon({0, 0, 2000, 2000})},
            {WardCode("W2"), "East", polygon({2000, 0, 4000, 2000})}};
}

Origin origin(int cut) {
    return {.training = span(0, cut),
            .test = span(cut, cut + 100),
            .one_test_earlier = day(cut - 100),
            .one_year_earlier = day(cut - 365)};
}

BacktestOptions options_of(std::vector<Origin> origins) {
    BacktestOptions options{.origins = std::move(origins), .resamples = 50};
    options.making.hotspots.top_wards = 1U;
    options.making.hotspots.selection.objective = Objective::capture;
    options.making.hotspots.selection.zones_per_ward = 1;
    options.making.hotspots.selection.min_incidents = 1;
    return options;
}

const MethodScore& score(const OriginScore& origin, Method method) {
    return *std::find_if(origin.methods.begin(), origin.methods.end(),
                         [&](const MethodScore& m) { return m.method == method; });
}

/// In training ten at A and four at B; in the test three at A, six at B, one elsewhere; and more in
/// the ward that is ranked second.
std::vector<Incident> worked_example() {
    std::vector<Incident> incidents;
    happen(incidents, 500, 500, 150, 10);
    happen(incidents, 1500, 1500, 150, 4);
    happen(incidents, 3000, 1000, 150, 5);
    happen(incidents, 500, 500, 220, 3);
    happen(incidents, 1500, 1500, 220, 6);
    happen(incidents, 500, 1500, 220, 1);
    happen(incidents, 3000, 1000, 220, 30);
    return incidents;
}

TEST(Backtest, ScoresOfAWorkedExample) {
    const auto wards = two_wards();
    const Backtest result =
        run_backtest(wards, {.incidents = worked_example()}, options_of({origin(200)}));
    const MethodScore& ours = score(result.origins.at(0), Method::zones);
    EXPECT_EQ(ours.zones, 1U);
    EXPECT_EQ(ours.tally.held, 3);
    EXPECT_EQ(ours.tally.incidents, 10) << "the ward that was ranked second plays no part";
    EXPECT_EQ(ours.tally.best_held, 6);
    EXPECT_EQ(ours.tally.training_held, 10);
    EXPECT_EQ(ours.tally.training_incidents, 14);
    EXPECT_NEAR(ours.tally.covered.value(), std::numbers::pi * 200 * 200, 5);
    EXPECT_DOUBLE_EQ(ours.tally.area.value(), 4e6);
    EXPECT_EQ(score(result.origins.at(0), Method::hindsight).tally.held, 6);
    EXPECT_DOUBLE_EQ(score(result.pooled, Method::zones).estimates.at(0)->value, 0.3);
}

TEST(Backtest, ARecordBelongsToASpanOnlyIfAllItsTimeDoes) {
    IncidentTable table;
    happen(table.incidents, 1, 1, 9);
    happen(table.incidents, 1, 1, 10);
    table.incidents.push_back({.when = span(5, 11)});
    table.baseline = {{.when = span(8, 10)}, {.when = span(9, 11)}};
    const IncidentTable part = part_of(table, span(0, 10));
    EXPECT_EQ(part.incidents.size(), 1U);
    EXPECT_EQ(part.baseline.size(), 1U);
}

TEST(Backtest, IncidentsThatMayLieOnEitherSideOfTheCutAreInNeither) {
    const auto wards = two_wards();
    auto incidents = worked_example();
    for (int i = 0; i < 40; ++i) {
        incidents.push_back(
            {.place = geo::GridPoint::at(1500_m, 1500_m), .when = span(190, 210), .ward = 0});
    }
    const Backtest result =
        run_backtest(wards, {.incidents = incidents}, options_of({origin(200)}));
    const MethodScore& ours = score(result.origins.at(0), Method::zones);
    EXPECT_EQ(ours.tally.held, 3);
    EXPECT_EQ(ours.tally.incidents, 10);
}

TEST(Backtest, ZonesThatStayKeepTheirGround) {
    const auto wards = two_wards();
    std::vector<Incident> incidents;
    for (int on_day = 50; on_day < 400; on_day += 10) {
        happen(incidents, 500, 500, on_day, 3);
    }
    const Backtest result =
        run_backtest(wards, {.incidents = incidents}, options_of({origin(200), origin(300)}));
    const auto jaccard = static_cast<std::size_t>(Measure::jaccard);
    EXPECT_FALSE(score(result.origins.at(0), Method::zones).estimates.at(jaccard));
    EXPECT_NEAR(score(result.origins.at(1), Method::zones).estimates.at(jaccard)->value, 1, 1e-6);
    EXPECT_FALSE(score(result.origins.at(1), Method::random).estimates.at(jaccard));
}

TEST(Backtest, LastPeriodsZonesNeedAPeriodBefore) {
    const auto wards = two_wards();
    const Backtest result =
        run_backtest(wards, {.incidents = worked_example()}, options_of({origin(200)}));
    const auto& methods = result.origins.at(0).methods;
    EXPECT_EQ(methods.size(), all_methods.size() - 1);
    EXPECT_TRUE(std::none_of(methods.begin(), methods.end(),
                             [](const MethodScore& m) { return m.method == Method::last_period; }));
}

/// Incidents of three years around drifting centres, and other crime.
IncidentTable random_table(std::uint64_t seed) {
    Chance chance(seed, {});
    IncidentTable table;
    for (int i = 0; i < 900; ++i) {
        const double x = 4000 * chance.unit();
        const double y = 2000 * chance.unit() * chance.unit();
        happen(table.incidents, x, y, static_cast<int>(chance.below(1000)));
        table.incidents.back().weight = 1 + chance.below(3);
        table.baseline.push_back({.place = table.incidents.back().place,
                                  .when = table.incidents.back().when,
                                  .ward = table.incidents.back().ward});
    }
    return table;
}

BacktestOptions full_options() {
    BacktestOptions options = options_of({origin(500), origin(700), origin(900)});
    options.making.hotspots.top_wards = 2U;
    options.making.hotspots.selection.zones_per_ward = 2;
    options.making.hotspots.selection.objective = Objective::balanced;
    options.making.hotspots.forecast.borrowed = 0.1;
    options.making.weighting.recency.half_life = Recency::Days(200);
    return options;
}

class RandomPasts : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomPasts, NothingAfterTheCutReachesAnyZoneButHindsight) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    const auto wards = two_wards();
    const IncidentTable table = random_table(GetParam());
    IncidentTable changed = part_of(table, span(0, 500));
    happen(changed.incidents, 3900, 1900, 550, 200); // another future altogether
    BacktestOptions options = full_options();
    options.origins.resize(1);
    const OriginScore before = run_backtest(wards, table, options).origins.at(0);
    const OriginScore after = run_backtest(wards, changed, options).origins.at(0);
    ASSERT_EQ(before.methods.size(), all_methods.size());
    for (std::size_t m = 0; m < before.methods.size(); ++m) {
        const bool same = before.methods[m].sets == after.methods[m].sets;
        EXPECT_EQ(same, before.methods[m].method != Method::hindsight)
            << code(before.methods[m].method);
    }
}

TEST_P(RandomPasts, RowsInAnyOrderAndAnyNumberOfThreadsGiveTheSame) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    const auto wards = two_wards();
    IncidentTable table = random_table(GetParam());
    BacktestOptions options = full_options();
    const Backtest one = run_backtest(wards, table, options);
    std::shuffle(table.incidents.begin(), table.incidents.end(), std::mt19937_64(GetParam()));
    std::shuffle(table.baseline.begin(), table.baseline.end(), std::mt19937_64(GetParam()));
    options.making.hotspots.selection.threads = 4;
    const Backtest other = run_backtest(wards, table, options);
    ASSERT_EQ(one.pooled.methods.size(), other.pooled.methods.size());
    for (std::size_t m = 0; m < one.pooled.methods.size(); ++m) {
        EXPECT_EQ(one.pooled.methods[m].estimates, other.pooled.methods[m].estimates)
            << code(one.pooled.methods[m].method);
        EXPECT_EQ(one.origins.back().methods[m].sets, other.origins.back().methods[m].sets);
    }
}

TEST_P(RandomPasts, HindsightHoldsMostOfAllDiscs) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    const auto wards = two_wards();
    for (const OriginScore& scored :
         run_backtest(wards, random_table(GetParam()), full_options()).origins) {
        const double most = score(scored, Method::hindsight).tally.held;
        for (const MethodScore& method : scored.methods) {
            if (method.method != Method::grid_150 && method.method != Method::grid_300) {
                EXPECT_LE(method.tally.held, most) << code(method.method);
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomPasts, testing::Range<std::uint64_t>(1, 4));

} // namespace
} // namespace cluster
