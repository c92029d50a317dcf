#include "cluster/baselines.hpp"
#include "cluster/chance.hpp"
#include "tests/cluster/town.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace cluster {
namespace {

using namespace geo::literals;

geo::GridPoint at(double easting, double northing) {
    return geo::GridPoint::at(geo::Metres(easting), geo::Metres(northing));
}

Weight held(const Town& town, const ZoneSet& zones) {
    Weight weight;
    for (const auto& sites : town.sites) {
        const NeighbourIndex index(sites);
        for (const std::uint32_t site : sites_in(zones, index)) {
            weight += sites[site].weight;
        }
    }
    return weight;
}

TEST(DiscsOnIncidents, StandOnTheSitesThatHoldMostAndKeepApart) {
    const Town map = town({"..........", "..1.......", ".141....6.", "..1.......", ".........."},
                          {150_m, 150_m});
    const ZoneSet zones = discs_on_incidents(map.ground());
    ASSERT_EQ(zones.discs.size(), 2U);
    EXPECT_EQ(zones.discs[0].disc.centre, at(250, 250)) << "eight around the four";
    EXPECT_EQ(zones.discs[1].disc.centre, at(850, 250));
}

TEST(DiscsOnIncidents, WhatADiscHoldsDrawsNoOther) {
    const Town map = town({"............", ".98.......1.", "............"}, {150_m, 150_m});
    const ZoneSet zones = discs_on_incidents(map.ground());
    ASSERT_EQ(zones.discs.size(), 2U);
    EXPECT_EQ(zones.discs[1].disc.centre, at(1050, 150));
}

TEST(KernelPeaks, LieBetweenEqualSitesThatAreNear) {
    const Town map = town({".......", "..5.5..", "......."}, {150_m});
    const ZoneSet zones = discs_on_kernel_peaks(map.ground(), {});
    ASSERT_EQ(zones.discs.size(), 1U);
    EXPECT_EQ(zones.discs[0].disc.centre, at(350, 150));
}

TEST(KernelDensity, IsTheQuarticKernelOnTheNodes) {
    const std::vector<Site> sites{{at(1000, 1000), Weight::of(2), 2}};
    const auto nodes = kernel_density(sites, {.bandwidth = 100_m, .spacing = 50_m});
    ASSERT_EQ(nodes.size(), 9U) << "nodes on the rim have no density";
    EXPECT_EQ(nodes[0].place, at(1000, 1000));
    EXPECT_DOUBLE_EQ(nodes[0].density, 2);
    EXPECT_EQ(nodes[1].place, at(1000, 950)) << "of equal ones the southernmost first";
    EXPECT_DOUBLE_EQ(nodes[1].density, 2 * 0.75 * 0.75);
    EXPECT_DOUBLE_EQ(nodes[8].density, 2 * 0.5 * 0.5);
}

TEST(DensityClusters, AreLinkedByCoresAndLeaveNoiseOut) {
    // Cells of 100 m: the chain on the left is linked, the pair on the right is no core.
    const auto sites = drawn_sites({"3.3.1.......1.1"});
    const auto clusters = density_clusters(sites, {.reach = 200_m, .min_incidents = 5});
    ASSERT_EQ(clusters.size(), 1U);
    EXPECT_EQ(clusters[0].weight, Weight::of(7)) << "the one at the end goes with its neighbour";
    EXPECT_EQ(clusters[0].centroid, at((3 * 50 + 3 * 250 + 450) / 7.0, 50));
}

TEST(DensityClusters, TheHeaviestComesFirst) {
    const auto clusters = density_clusters(drawn_sites({"5.........9"}), {});
    ASSERT_EQ(clusters.size(), 2U);
    EXPECT_EQ(clusters[0].centroid, at(1050, 50));
}

TEST(DensityClusters, WardsWithTooFewClustersFillUpOnIncidents) {
    const Town map = town({"..............", ".9.......2..1.", ".............."}, {150_m, 150_m});
    const ZoneSet zones = discs_on_density_clusters(map.ground(), {});
    ASSERT_EQ(zones.discs.size(), 2U);
    EXPECT_EQ(zones.discs[0].disc.centre, at(150, 150));
    EXPECT_EQ(zones.discs[1].disc.centre, at(950, 150));
}

TEST(MeanClusters, FindTheGroupsAndTheirCentresByWeight) {
    const auto clusters = mean_clusters(drawn_sites({"1.3.............5.5"}), {.clusters = 2});
    ASSERT_EQ(clusters.size(), 2U);
    EXPECT_EQ(clusters[0].centroid, at(1750, 50));
    EXPECT_EQ(clusters[1].centroid, at(200, 50));
}

TEST(MeanClusters, AreNoMoreThanTheSites) {
    EXPECT_EQ(mean_clusters(drawn_sites({"4..4"}), {.clusters = 5}).size(), 2U);
    EXPECT_TRUE(mean_clusters({}, {.clusters = 2}).empty());
}

TEST(HeaviestCells, ComeToTheAreaOfTheDiscs) {
    const Town map = town({"......", "9.7.5.", "......", "......", "3.1..."}, {150_m});
    const ZoneSet coarse = heaviest_cells(map.ground(), 300_m);
    ASSERT_EQ(coarse.cells.size(), 1U) << "0.79 of a cell";
    EXPECT_EQ(coarse.cells[0].south_west, at(0, 300)) << "9 and 7 together";
    EXPECT_EQ(heaviest_cells(map.ground(), 150_m).cells.size(), 3U) << "3.14 cells";
}

TEST(HeaviestCells, WhatRoundingLeavesPassesToTheNextWard) {
    Town map = town({"9.5...............", ".................."}, {150_m});
    map.wards.push_back({WardCode("W2"), "Next", polygon({1800, 0, 3600, 200})});
    map.quotas.push_back({{.ward = 1, .rank = 2}, {150_m}});
    map.sites.push_back({{at(2000, 50), Weight::of(9), 9}, {at(2900, 50), Weight::of(5), 5}});
    map.quotas[0].radii = {150_m, 150_m};
    const ZoneSet zones = heaviest_cells(map.ground(), 250_m);
    // 2.26 cells, then 0.26 + 1.13.
    EXPECT_EQ(zones.cells.size(), 3U);
    EXPECT_EQ(zones.cells.back().south_west, at(2000, 0));
}

TEST(Cells, HoldTheirSouthAndWestEdgesOnly) {
    const Cell cell{at(100, 100), 100_m};
    EXPECT_TRUE(cell.holds(at(100, 100)));
    EXPECT_TRUE(cell.holds(at(199.999, 199.999)));
    EXPECT_FALSE(cell.holds(at(200, 150)));
    EXPECT_FALSE(cell.holds(at(150, 200)));
    EXPECT_FALSE(cell.holds(at(99.999, 150)));
}

TEST(RandomDiscs, DifferByDrawAndBySeedAndRepeat) {
    const Town map = town({"....................", "....................", "...................."},
                          {150_m, 150_m});
    const auto centre = [&](RandomDraw draw) {
        return random_discs(map.ground(), draw).discs.at(0).disc.centre;
    };
    EXPECT_EQ(centre({.seed = 1, .draw = 0}), centre({.seed = 1, .draw = 0}));
    EXPECT_NE(centre({.seed = 1, .draw = 0}), centre({.seed = 1, .draw = 1}));
    EXPECT_NE(centre({.seed = 1, .draw = 0}), centre({.seed = 2, .draw = 0}));
}

/// Two wards side by side with scattered sites, three discs each.
Town random_town(std::uint64_t seed, std::vector<geo::Metres> radii) {
    Chance chance(seed, {});
    Town map;
    for (WardIndex ward = 0; ward < 2; ++ward) {
        const int west = static_cast<int>(ward) * 1500;
        map.wards.push_back(
            {WardCode(ward == 0 ? "W1" : "W2"), "Ward", polygon({west, 0, west + 1500, 1500})});
        map.quotas.push_back({{.ward = ward, .rank = ward + 1}, radii});
        map.sites.emplace_back();
        for (int i = 0; i < 120; ++i) {
            const double x = west + 1500 * chance.unit();
            const double y = 1500 * chance.unit() * chance.unit();
            const std::uint32_t count = 1 + chance.below(4);
            map.sites.back().push_back({at(x, y), Weight::of(count), count});
        }
        merge_equal_places(map.sites.back());
    }
    return map;
}

class RandomTowns : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomTowns, EveryMethodKeepsNumberRadiiAndRules) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    const Town map = random_town(GetParam(), {200_m, 170_m, 150_m});
    const Ground ground = map.ground();
    for (const ZoneSet& zones :
         {discs_on_incidents(ground), discs_on_kernel_peaks(ground, {}),
          discs_on_density_clusters(ground, {}), discs_on_mean_clusters(ground, GetParam()),
          random_discs(ground, {.seed = GetParam()}), optimal_discs(ground, {})}) {
        ASSERT_EQ(zones.discs.size(), 6U);
        for (std::size_t i = 0; i < zones.discs.size(); ++i) {
            const ChosenDisc& chosen = zones.discs[i];
            EXPECT_TRUE(map.wards[chosen.ward].shape.covers(chosen.disc.centre));
            for (std::size_t j = 0; j < i; ++j) {
                EXPECT_TRUE(apart(chosen.disc, zones.discs[j].disc, {}));
            }
        }
        const std::vector<RankedWard> ranked{{.ward = 0, .rank = 1}, {.ward = 1, .rank = 2}};
        EXPECT_EQ(quotas_of(ranked, zones.discs)[1].radii, map.quotas[1].radii);
    }
}

TEST_P(RandomTowns, NoOtherDiscsHoldMoreOfWhatTheOptimiserIsGiven) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    using Radii = std::vector<geo::Metres>;
    for (const Radii& radii : {Radii{160_m, 160_m, 160_m}, Radii{200_m, 170_m, 150_m}}) {
        const Town map = random_town(GetParam(), radii);
        const Ground ground = map.ground();
        const Weight most = held(map, optimal_discs(ground, {}));
        EXPECT_GE(most, held(map, discs_on_incidents(ground)));
        EXPECT_GE(most, held(map, discs_on_kernel_peaks(ground, {})));
        EXPECT_GE(most, held(map, discs_on_density_clusters(ground, {})));
        EXPECT_GE(most, held(map, discs_on_mean_clusters(ground, 1)));
        EXPECT_GT(most, held(map, random_discs(ground, {.seed = GetParam()})));
    }
}

TEST_P(RandomTowns, DensityClustersAreThoseOfThePlainDefinition) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    const std::vector<Site> sites = random_town(GetParam(), {}).sites[0];
    const DensityClusterOptions options{.reach = 90_m, .min_incidents = 8};
    const auto near = [&](const Site& a, const Site& b) {
        return geo::within(a.place, b.place, options.reach);
    };
    const auto is_core = [&](const Site& site) {
        std::uint32_t incidents = 0;
        for (const Site& other : sites) {
            incidents += near(site, other) ? other.incidents : 0;
        }
        return incidents >= options.min_incidents;
    };
    std::vector<std::size_t> label(sites.size()); // of cores: the least number linked to it
    for (std::size_t i = 0; i < sites.size(); ++i) {
        label[i] = i;
    }
    for (std::size_t round = 0; round < sites.size(); ++round) {
        for (std::size_t i = 0; i < sites.size(); ++i) {
            for (std::size_t j = 0; j < sites.size(); ++j) {
                if (is_core(sites[i]) && is_core(sites[j]) && near(sites[i], sites[j])) {
                    label[i] = label[j] = std::min(label[i], label[j]);
                }
            }
        }
        if (round > 12) {
            break; // chains of cores are short here
        }
    }
    std::map<std::size_t, Weight> cores;
    Weight in_clusters;
    for (std::size_t i = 0; i < sites.size(); ++i) {
        if (is_core(sites[i])) {
            cores[label[i]] += sites[i].weight;
        }
        if (std::any_of(sites.begin(), sites.end(), [&](const Site& other) {
                return near(sites[i], other) && is_core(other);
            })) {
            in_clusters += sites[i].weight;
        }
    }
    Weight found;
    const auto clusters = density_clusters(sites, options);
    for (const PointCluster& one : clusters) {
        found += one.weight;
    }
    EXPECT_EQ(clusters.size(), cores.size());
    EXPECT_EQ(found, in_clusters);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomTowns, testing::Range<std::uint64_t>(1, 7));

} // namespace
} // namespace cluster
