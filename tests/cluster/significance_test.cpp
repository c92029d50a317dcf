#include "cluster/hotspots.hpp"
#include "cluster/significance.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace cluster {
namespace {

using namespace geo::literals;

constexpr int side = 2000;

/// What is made up for each ward.
struct Violence {
    int incidents = 60; ///< which follow the ward's crime
    int planted = 0;    ///< incidents more, around one point
    int other = 500;    ///< other crimes
};

/// A force of wards in a row, 2 km square each. Crime stands on 90 map points a ward, a few of them
/// much busier than the rest, as street-level data have it; violence follows all crime.
struct Force {
    std::vector<Ward> wards;
    IncidentTable table;
};

void add_ward(Force& force, const Violence& violence, std::mt19937_64& random) {
    const auto ward = static_cast<WardIndex>(force.wards.size());
    const double west = side * static_cast<double>(ward);
    force.wards.push_back(
        {WardCode(fmt::format("W{:03}", ward)), fmt::format("Ward {}", ward),
         geo::Polygon::from_wkt(fmt::format("POLYGON(({0} 0,{1} 0,{1} {2},{0} {2},{0} 0))", west,
                                            west + side, side))});
    std::uniform_real_distribution<double> where(0, side);
    std::lognormal_distribution<double> busy(0, 1.2);
    std::vector<geo::GridPoint> points;
    std::vector<double> masses;
    for (int i = 0; i < 90; ++i) {
        const double north = where(random); // in an order that no compiler chooses
        const double east = where(random);
        points.push_back(geo::GridPoint::at(geo::Metres(west + east), geo::Metres(north)));
        masses.push_back(busy(random));
    }
    std::discrete_distribution<std::size_t> which(masses.begin(), masses.end());
    for (int i = 0; i < violence.other; ++i) {
        force.table.baseline.push_back({.place = points[which(random)], .ward = ward});
    }
    for (int i = 0; i < violence.incidents; ++i) {
        force.table.incidents.push_back({.place = points[which(random)], .ward = ward});
    }
    std::normal_distribution<double> near(0, 60);
    for (int i = 0; i < violence.planted; ++i) {
        const double north = 900 + near(random);
        const double east = west + 700 + near(random);
        force.table.incidents.push_back(
            {.place = geo::GridPoint::at(geo::Metres(east), geo::Metres(north)), .ward = ward});
    }
}

Force force_of(std::uint64_t seed, int wards, const Violence& violence) {
    std::mt19937_64 random(seed);
    Force force;
    for (int w = 0; w < wards; ++w) {
        add_ward(force, violence, random);
    }
    return force;
}

/// The best zones of every ward, as `run` finds them.
std::vector<ChosenDisc> best_discs(const Force& force, unsigned each) {
    return find_hotspots(force.wards, force.table,
                         {.top_wards = static_cast<unsigned>(force.wards.size()),
                          .selection = {.zones_per_ward = each}})
        .discs;
}

std::ptrdiff_t below(const std::vector<Significance>& tests, double level) {
    return std::count_if(tests.begin(), tests.end(),
                         [&](const Significance& s) { return s.p_value && *s.p_value <= level; });
}

// Of 200 tests at 5 %, chance gives 10 on average, and 4 to 16 in nineteen cases of twenty.
constexpr int simulated_wards = 200;

TEST(Significance, BestZonesOfViolenceThatMerelyFollowsCrimeAreRarelySignificant) {
    const Force force = force_of(2026, simulated_wards, {});
    const auto discs = best_discs(force, 1);
    ASSERT_EQ(discs.size(), static_cast<std::size_t>(simulated_wards));
    EXPECT_LE(below(test_zones(force.wards, force.table, discs, {}), 0.05), 16);
}

TEST(Significance, TheSameZonesAreNearlyAllSignificantAgainstAnEvenSpread) {
    const Force force = force_of(2026, 60, {});
    const auto tests =
        test_zones(force.wards, force.table, best_discs(force, 1), {.null = NullModel::uniform});
    EXPECT_GE(below(tests, 0.05), 54);
}

TEST(Significance, FalseAlarmsOverAWholeWardAreAsManyAsTheLevelSays) {
    const Force force = force_of(7, simulated_wards, {});
    std::vector<ChosenDisc> whole;
    for (WardIndex w = 0; w < force.wards.size(); ++w) {
        whole.push_back({w, {geo::GridPoint::at(geo::Metres(side * (w + 0.5)), 1000_m), 3000_m}});
    }
    const auto tests = test_zones(force.wards, force.table, whole, {});
    EXPECT_LE(below(tests, 0.05), 16);
    EXPECT_GE(below(tests, 0.05), 4);
    EXPECT_NEAR(static_cast<double>(below(tests, 0.5)), 100, 21);
}

TEST(Significance, FindsAPlantedCluster) {
    const Force force = force_of(11, 40, {.planted = 30});
    const auto discs = best_discs(force, 1);
    const auto tests = test_zones(force.wards, force.table, discs, {});
    EXPECT_GE(std::count_if(tests.begin(), tests.end(),
                            [](const Significance& s) { return *s.q_value <= 0.05; }),
              36);
}

TEST(Significance, DoesNotDependOnRowsOrThreads) {
    Force force = force_of(13, 6, {.planted = 10});
    const auto discs = best_discs(force, 3);
    for (const NullModel null : {NullModel::all_crime, NullModel::locations, NullModel::uniform}) {
        const auto before = test_zones(force.wards, force.table, discs, {.null = null});
        std::shuffle(force.table.incidents.begin(), force.table.incidents.end(),
                     std::mt19937_64(1));
        std::shuffle(force.table.baseline.begin(), force.table.baseline.end(), std::mt19937_64(2));
        const auto after =
            test_zones(force.wards, force.table, discs, {.null = null, .threads = 4});
        for (std::size_t i = 0; i < discs.size(); ++i) {
            EXPECT_EQ(before[i].p_value, after[i].p_value);
            EXPECT_EQ(before[i].q_value, after[i].q_value);
        }
    }
}

TEST(Significance, CountsIncidentsWhateverTheyWeigh) {
    Force force = force_of(17, 3, {});
    const auto discs = best_discs(force, 2);
    const auto before = test_zones(force.wards, force.table, discs, {});
    for (Incident& incident : force.table.incidents) {
        incident.weight = incident.place.easting_mm() % 2 == 0 ? 5475 : 0.5;
    }
    const auto after = test_zones(force.wards, force.table, discs, {});
    for (std::size_t i = 0; i < discs.size(); ++i) {
        EXPECT_EQ(before[i].p_value, after[i].p_value);
    }
}

TEST(Significance, TakesPlacesForABaselineWhereNoOtherCrimeIsKnown) {
    Force force = force_of(19, 2, {.planted = 20, .other = 0});
    EXPECT_EQ(usable(NullModel::all_crime, force.table), NullModel::locations);
    EXPECT_EQ(usable(NullModel::uniform, force.table), NullModel::uniform);
    const auto discs = best_discs(force, 1);
    const auto by_default = test_zones(force.wards, force.table, discs, {});
    const auto by_name =
        test_zones(force.wards, force.table, discs, {.null = NullModel::locations});
    ASSERT_TRUE(by_default[0].p_value);
    EXPECT_EQ(by_default[0].p_value, by_name[0].p_value);
    EXPECT_LT(*by_default[0].p_value, 1);
}

TEST(Significance, IsNotTestedWithoutReplicates) {
    const Force force = force_of(23, 1, {});
    const auto tests =
        test_zones(force.wards, force.table, best_discs(force, 1), {.replicates = 0});
    ASSERT_EQ(tests.size(), 1U);
    EXPECT_EQ(tests[0].p_value, std::nullopt);
    EXPECT_EQ(tests[0].q_value, std::nullopt);
}

} // namespace
} // namespace cluster
