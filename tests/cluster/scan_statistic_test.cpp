#include "cluster/scan_statistic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace cluster {
namespace {

using namespace geo::literals;

geo::GridPoint at(double easting, double northing) {
    return geo::GridPoint::at(geo::Metres(easting), geo::Metres(northing));
}

/// Streets' places over 2 km square, busier ones among them, and cases that follow the baseline.
std::vector<ScanPlace> random_places(std::uint64_t seed, std::size_t count, int cases) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> where(0, 2000);
    std::geometric_distribution<int> crimes(0.1);
    std::vector<ScanPlace> places;
    std::vector<double> masses;
    while (places.size() < count) {
        places.push_back({.place = at(where(random), where(random)),
                          .baseline = 1U + static_cast<std::uint32_t>(crimes(random))});
        masses.push_back(places.back().baseline);
    }
    std::discrete_distribution<std::size_t> which(masses.begin(), masses.end());
    for (int i = 0; i < cases; ++i) {
        ++places[which(random)].cases;
    }
    return places;
}

/// The counts of a window by plain loops.
WindowCount count_in(std::span<const ScanPlace> places, const Disc& window) {
    double all = 0;
    double baseline = 0;
    double cases_inside = 0;
    double baseline_inside = 0;
    for (const ScanPlace& p : places) {
        all += p.cases;
        baseline += p.baseline;
        if (window.holds(p.place)) {
            cases_inside += p.cases;
            baseline_inside += p.baseline;
        }
    }
    return {cases_inside, all * baseline_inside / baseline, all};
}

/// The highest ratio of all windows whose centre `where` holds, by plain loops.
double highest_ratio(std::span<const ScanPlace> places, std::span<const Disc> windows,
                     const Disc& where) {
    double highest = 0;
    for (const Disc& window : windows) {
        const WindowCount count = count_in(places, window);
        if (where.holds(window.centre) && count.expected > 0 && count.expected < count.all) {
            highest = std::max(highest, log_likelihood_ratio(count));
        }
    }
    return highest;
}

TEST(LogLikelihoodRatio, IsKulldorffsAndNothingForAnEmptyExcess) {
    // 8 cases where 4 of 20 are expected: 8 ln 2 + 12 ln (12 / 16).
    EXPECT_DOUBLE_EQ(log_likelihood_ratio({8, 4, 20}), 8 * std::log(2.0) + 12 * std::log(0.75));
    EXPECT_EQ(log_likelihood_ratio({4, 4, 20}), 0);
    EXPECT_EQ(log_likelihood_ratio({0, 4, 20}), 0);
    EXPECT_DOUBLE_EQ(log_likelihood_ratio({20, 4, 20}), 20 * std::log(5.0));
}

std::uint32_t all_baseline(std::span<const ScanPlace> places) {
    std::uint32_t sum = 0;
    for (const ScanPlace& p : places) {
        sum += p.baseline;
    }
    return sum;
}

std::uint32_t all_cases(std::span<const ScanPlace> places) {
    std::uint32_t sum = 0;
    for (const ScanPlace& p : places) {
        sum += p.cases;
    }
    return sum;
}

TEST(MergeForScan, KeepsEverythingOnFewerPlacesThatWereThere) {
    const auto places = random_places(3, 2000, 500);
    const auto merged = merge_for_scan(places);
    EXPECT_LT(merged.size(), places.size());
    EXPECT_EQ(all_cases(merged), 500U);
    EXPECT_EQ(all_baseline(merged), all_baseline(places));
    for (const ScanPlace& p : merged) {
        EXPECT_TRUE(std::any_of(places.begin(), places.end(),
                                [&](const ScanPlace& q) { return q.place == p.place; }));
    }
}

TEST(ScanWindows, AreThinnedToTheirNumberButNotBeyondTheSmallestRadius) {
    const auto places = merge_for_scan(random_places(4, 5000, 100));
    EXPECT_LE(scan_windows(places, {.max_centres = 600}).size(), 3 * 600U);
    EXPECT_GE(scan_windows(places, {.max_centres = 600}).size(), 3 * 300U);
    // 2 km hold 14 x 14 squares of 150 m.
    EXPECT_EQ(scan_windows(places, {.max_centres = 10}).size(), 3 * 14 * 14U);
}

TEST(ScanWindows, DoNotDependOnWhereTheCasesAre) {
    auto places = merge_for_scan(random_places(5, 300, 100));
    const auto before = scan_windows(places, {});
    for (ScanPlace& p : places) {
        p.cases = p.place.easting_mm() % 7 == 0 ? 9 : 0;
    }
    EXPECT_EQ(scan_windows(places, {}), before);
}

TEST(ScanZones, StatisticIsTheOneOfPlainLoopsWithEarlierZonesDeleted) {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        SCOPED_TRACE(seed);
        const auto original = random_places(seed, 400, 120);
        const std::vector<Disc> zones{
            {at(500, 500), 150_m}, {at(1500, 700), 180_m}, {at(800, 1600), 200_m}};
        const ScanOptions options{.replicates = 1};
        const auto tests = scan_zones(original, zones, options);
        auto places = merge_for_scan(original);
        const auto windows = scan_windows(places, options);
        std::vector<std::size_t> waiting{0, 1, 2};
        while (!waiting.empty()) {
            const auto next =
                std::max_element(waiting.begin(), waiting.end(), [&](std::size_t a, std::size_t b) {
                    return highest_ratio(places, windows, zones[a]) <
                           highest_ratio(places, windows, zones[b]);
                });
            EXPECT_NEAR(tests[*next].statistic, highest_ratio(places, windows, zones[*next]), 1e-9);
            std::erase_if(places, [&](const ScanPlace& p) { return zones[*next].holds(p.place); });
            waiting.erase(next);
        }
    }
}

TEST(ScanZones, PValueIsThatOfPlainMonteCarlo) {
    auto places = random_places(6, 80, 60);
    const Disc zone{places.front().place, 150_m};
    for (ScanPlace& p : places) {
        p.cases += zone.holds(p.place) ? 3U : 0U;
    }
    const auto test = scan_zones(places, std::span(&zone, 1), {.replicates = 999}).front();
    places = merge_for_scan(places);
    const auto windows = scan_windows(places, {});
    std::vector<double> masses;
    std::uint32_t cases = 0;
    for (const ScanPlace& p : places) {
        masses.push_back(p.baseline);
        cases += p.cases;
    }
    std::mt19937_64 random(77);
    std::discrete_distribution<std::size_t> which(masses.begin(), masses.end());
    constexpr int replicates = 1500;
    int as_high = 0;
    for (int r = 0; r < replicates; ++r) {
        for (ScanPlace& p : places) {
            p.cases = 0;
        }
        for (std::uint32_t i = 0; i < cases; ++i) {
            ++places[which(random)].cases;
        }
        as_high += highest_ratio(places, windows, {zone.centre, 5000_m}) >= test.statistic ? 1 : 0;
    }
    const double plain = static_cast<double>(as_high) / replicates;
    EXPECT_GT(plain, 0.005);
    EXPECT_LT(plain, 0.3);
    EXPECT_NEAR(*test.p_value, plain, 0.025);
}

TEST(ScanZones, LabelsVaryLessThanDrawsWhereCasesAreAQuarterOfTheBaseline) {
    // A place's four units can hold four labels at most, but any number of draws.
    std::vector<ScanPlace> places;
    for (int i = 0; i < 30; ++i) {
        places.push_back({at(700 * i, 0), i == 0 ? 4U : 1U, 4});
    }
    const Disc zone{at(0, 0), 150_m};
    const auto p_value = [&](Spread spread) {
        return *scan_zones(places, std::span(&zone, 1), {.spread = spread, .replicates = 999})
                    .front()
                    .p_value;
    };
    EXPECT_GT(p_value(Spread::draws), 2 * p_value(Spread::labels));
}

TEST(ScanZones, DoNotDependOnTheOrderOfThePlaces) {
    auto places = random_places(7, 200, 150);
    const std::vector<Disc> zones{{at(400, 400), 150_m}, {at(1200, 1300), 200_m}};
    const auto before = scan_zones(places, zones, {});
    std::shuffle(places.begin(), places.end(), std::mt19937_64(8));
    const auto after = scan_zones(places, zones, {});
    for (std::size_t z = 0; z < zones.size(); ++z) {
        EXPECT_EQ(before[z].statistic, after[z].statistic);
        EXPECT_EQ(before[z].p_value, after[z].p_value);
    }
}

TEST(ScanZones, DoNotChangeWhenTheWardIsShifted) {
    const auto places = random_places(9, 200, 150);
    const Disc zone{at(900, 900), 200_m};
    auto moved = places;
    const auto shifted = [](const geo::GridPoint& p) {
        return geo::GridPoint::at_millimetres(p.easting_mm() + 412'345'678,
                                              p.northing_mm() - 98'765'432);
    };
    for (ScanPlace& p : moved) {
        p.place = shifted(p.place);
    }
    const Disc moved_zone{shifted(zone.centre), zone.radius};
    const auto before = scan_zones(places, std::span(&zone, 1), {}).front();
    const auto after = scan_zones(moved, std::span(&moved_zone, 1), {}).front();
    EXPECT_EQ(before.statistic, after.statistic);
    EXPECT_EQ(before.p_value, after.p_value);
}

TEST(ScanZones, FindNothingToSayOfAWardWithoutCasesOrBaseline) {
    const Disc zone{at(0, 0), 150_m};
    const auto p_value = [&](const std::vector<ScanPlace>& places) {
        return scan_zones(places, std::span(&zone, 1), {}).front().p_value;
    };
    EXPECT_EQ(p_value({}), std::nullopt);
    EXPECT_EQ(p_value({{at(0, 0), 0, 5}}), std::nullopt);
    EXPECT_EQ(p_value({{at(0, 0), 5, 0}}), std::nullopt);
    EXPECT_EQ(p_value({{at(0, 0), 5, 7}}), 1); // all on one point, and all is expected there
}

TEST(ScanZones, TestAZoneWithoutACentreInItByTheNearest) {
    auto places = random_places(10, 60, 40);
    const Disc zone{at(-400, -400), 150_m};
    const auto test = scan_zones(places, std::span(&zone, 1), {}).front();
    ASSERT_TRUE(test.p_value);
    EXPECT_GT(*test.p_value, 0);
    EXPECT_LE(*test.p_value, 1);
}

} // namespace
} // namespace cluster
