// The selection beside the optimum of a set packing programme over fine candidates: on seeded
// random wards it is never above what may be, and seldom much below.

#include "tests/oracle/gap.hpp"

#include "samples/county/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace oracle {
namespace {

using cluster::FoundDisc;

geo::Polygon square(int side_metres) {
    const std::string s = std::to_string(side_metres);
    return geo::Polygon::from_wkt("POLYGON((0 0," + s + " 0," + s + " " + s + ",0 " + s + ",0 0))");
}

FoundDisc disc(double x, double y, double value) {
    return {.disc = {geo::GridPoint::at(geo::Metres(x), geo::Metres(y)), geo::Metres(200)},
            .value = value};
}

/// Every subset, for a few candidates.
double best_by_hand(const std::vector<FoundDisc>& all, unsigned most) {
    double best = 0;
    for (unsigned set = 0; set < (1U << all.size()); ++set) {
        std::vector<FoundDisc> chosen;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if ((set >> i & 1U) != 0) {
                chosen.push_back(all[i]);
            }
        }
        bool allowed = chosen.size() <= most;
        double value = 0;
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            value += chosen[i].value;
            for (std::size_t j = 0; j < i; ++j) {
                allowed = allowed && cluster::apart(chosen[i].disc, chosen[j].disc, {});
            }
        }
        best = allowed ? std::max(best, value) : best;
    }
    return best;
}

TEST(SetPacking, EqualsEverySubsetTried) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(seed);
        county::Random random(seed);
        std::vector<FoundDisc> all;
        for (int i = 0; i < 14; ++i) {
            all.push_back(
                disc(random.between(0, 1500), random.between(0, 1500), random.between(1, 40)));
        }
        const Packing packing = best_packing(all, {.most = 4}, {});
        EXPECT_TRUE(packing.proven);
        EXPECT_NEAR(packing.value, best_by_hand(all, 4), 1e-6);
    }
}

TEST(SetPacking, DiscsWhoseRimsTouchMayBothBeChosen) {
    const std::vector<FoundDisc> all{disc(0, 0, 3), disc(400, 0, 2), disc(200, 0, 4)};
    EXPECT_NEAR(best_packing(all, {.most = 2}, {}).value, 5, 1e-9);
}

/// A ward with a few hotspots, some so near each other that they compete for room.
std::vector<cluster::Incident> clustered(std::uint64_t seed) {
    county::Random random(seed);
    std::vector<std::pair<int, int>> middles;
    for (int i = 0; i < 6; ++i) {
        middles.emplace_back(random.between(200, 2300), random.between(200, 2300));
    }
    std::vector<cluster::Incident> incidents;
    for (int i = 0; i < 250; ++i) {
        const auto& [x, y] = middles[random.below(6)];
        const bool close = random.in_hundred(70);
        const int east = close ? x + random.between(-150, 150) + random.between(-150, 150)
                               : random.between(0, 2500);
        const int north = close ? y + random.between(-150, 150) + random.between(-150, 150)
                                : random.between(0, 2500);
        incidents.push_back({.place = geo::GridPoint::at(geo::Metres(std::clamp(east, 1, 2499)),
                                                         geo::Metres(std::clamp(north, 1, 2499)))});
    }
    return incidents;
}

class SelectionGap : public testing::TestWithParam<cluster::Objective> {};

TEST_P(SelectionGap, IsAtMostOnePerCentInTheMeanAndThreeAtWorst) {
    double sum = 0;
    constexpr std::uint64_t wards = 12;
    for (std::uint64_t seed = 1; seed <= wards; ++seed) {
        SCOPED_TRACE(seed);
        const std::vector<cluster::Ward> ward{{cluster::WardCode("W"), "Ward", square(2500)}};
        const auto incidents = clustered(seed);
        const auto ranking = cluster::rank_wards(ward, incidents, cluster::RankBy::weight);
        const std::vector<cluster::SelectionOptions> options{{.objective = GetParam()}};
        const auto found = gaps(ward, ranking, {cluster::sites_of(incidents)}, options);
        const Gap& gap = found.front().front();
        EXPECT_GT(gap.oracle, 0);
        EXPECT_GE(gap.share(), -1e-9) << "more than the optimum: the two count differently";
        EXPECT_LE(gap.share(), 0.03);
        sum += gap.share();
    }
    EXPECT_LE(sum / wards, 0.01);
}

std::string name_of(const testing::TestParamInfo<cluster::Objective>& objective) {
    switch (objective.param) {
    case cluster::Objective::balanced:
        return "balanced";
    case cluster::Objective::capture:
        return "capture";
    case cluster::Objective::pai:
        return "pai";
    }
    return "unknown";
}

INSTANTIATE_TEST_SUITE_P(Objectives, SelectionGap,
                         testing::Values(cluster::Objective::balanced, cluster::Objective::capture,
                                         cluster::Objective::pai),
                         name_of);

} // namespace
} // namespace oracle
