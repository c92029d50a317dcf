#include "cluster/root_grid.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace cluster {
namespace {

TEST(RootGrid, BoundsWhatADiscAroundAnyPointOfASquareHolds) {
    std::mt19937_64 random(5);
    std::vector<LocalPoint> places;
    for (int i = 0; i < 200; ++i) {
        places.push_back(
            {static_cast<double>(random() % 1500), static_cast<double>(random() % 900)});
    }
    const std::vector<Weight> weights(places.size(), Weight::of(1));
    const RootGrid grid(places, 200);
    const std::vector<Weight> bounds = grid.upper_bounds(weights);
    for (std::size_t root = 0; root < grid.size(); ++root) {
        const Square square = grid.square(root);
        for (const double side : {-1.0, 0.0, 1.0}) {
            const LocalPoint centre{square.middle.x + side * square.half,
                                    square.middle.y + side * square.half};
            const auto held = std::count_if(places.begin(), places.end(), [&](const LocalPoint& p) {
                return distance_squared(p, centre) <= 200.0 * 200.0;
            });
            EXPECT_LE(static_cast<double>(held), bounds[root].value());
        }
    }
}

std::vector<LocalPoint> scattered(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<LocalPoint> places;
    for (int i = 0; i < 60; ++i) { // some in heaps, some alone, some left of and below the origin
        const double spread = i % 2 == 0 ? 150 : 4000;
        const auto coordinate = [&] {
            return spread * (static_cast<double>(random() % 10'001) / 10'000 - 0.5);
        };
        const double x = coordinate();
        places.push_back({x, coordinate()});
    }
    return places;
}

/// What the grid keeps as runs of squares and spans of cells, written out square by square.
class RandomGrids : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomGrids, HaveEverySquareOnceFromWhichADiscMayReachASite) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    const std::vector<LocalPoint> places = scattered(GetParam());
    const RootGrid grid(places, 200);
    std::set<std::pair<double, double>> squares;
    for (std::size_t root = 0; root < grid.size(); ++root) {
        const LocalPoint middle = grid.square(root).middle;
        EXPECT_TRUE(squares.emplace(middle.y, middle.x).second) << "root " << root;
    }
    for (double y = -2650; y < 2700; y += 100) {
        for (double x = -2650; x < 2700; x += 100) {
            const Square square{{x, y}, 50};
            const bool reaches = std::any_of(places.begin(), places.end(), [&](const auto& p) {
                return square.nearest_squared(p) <= 200.0 * 200.0;
            });
            EXPECT_TRUE(!reaches || squares.contains({y, x})) << "square at " << x << ", " << y;
        }
    }
}

TEST_P(RandomGrids, NameEverySiteInReachOfASquareOnceAndBoundByTheirSum) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    const std::vector<LocalPoint> places = scattered(GetParam());
    const std::vector<Weight> weights(places.size(), Weight::of(2));
    const RootGrid grid(places, 200);
    const std::vector<Weight> bounds = grid.upper_bounds(weights);
    for (std::size_t root = 0; root < grid.size(); ++root) {
        const std::vector<std::uint32_t> near = grid.sites_near(root);
        const std::set<std::uint32_t> each(near.begin(), near.end());
        EXPECT_EQ(each.size(), near.size());
        EXPECT_EQ(bounds[root], Weight::of(2 * static_cast<double>(near.size())));
        for (std::uint32_t site = 0; site < places.size(); ++site) {
            if (grid.square(root).nearest_squared(places[site]) <= 200.0 * 200.0) {
                EXPECT_TRUE(each.contains(site)) << "root " << root << ", site " << site;
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomGrids, testing::Range<std::uint64_t>(1, 9));

TEST(RootGrid, OfNoPlacesHasNoSquares) {
    const RootGrid grid({}, 200);
    EXPECT_EQ(grid.size(), 0U);
    EXPECT_TRUE(grid.upper_bounds({}).empty());
}

} // namespace
} // namespace cluster
