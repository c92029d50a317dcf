#include "cluster/enclosing_circle.hpp"
#include "cluster/neighbour_index.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace cluster {
namespace {

using namespace geo::literals;

geo::GridPoint at(double easting, double northing) {
    return geo::GridPoint::at(geo::Metres(easting), geo::Metres(northing));
}

TEST(NeighbourIndex, ASiteExactlyOnTheRimIsWithin) {
    const std::vector<Site> sites{{at(353'120, 429'160), Weight::of(1), 1},
                                  {at(353'120, 429'160.001), Weight::of(1), 1}};
    const NeighbourIndex index(sites);
    EXPECT_EQ(index.within(at(353'000, 429'000), 200_m), std::vector<std::uint32_t>{0});
}

TEST(NeighbourIndex, NothingIsNearAnythingInAnEmptyIndex) {
    EXPECT_TRUE(NeighbourIndex({}).within(at(0, 0), 1000_m).empty());
}

TEST(NeighbourIndex, FindsWhatGoingThroughAllOfThemFinds) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937_64 random(seed);
        std::uniform_int_distribution<int> raster(0, 60);
        std::vector<Site> sites;
        for (int i = 0; i < 300; ++i) {
            sites.push_back(
                {at(400'000 + 10 * raster(random), 10 * raster(random)), Weight::of(1), 1});
        }
        const NeighbourIndex index(sites);
        const geo::GridPoint centre = at(400'000 + 10 * raster(random), 10 * raster(random));
        std::vector<std::uint32_t> slow;
        for (std::uint32_t i = 0; i < sites.size(); ++i) {
            if (geo::within(sites[i].place, centre, 150_m)) {
                slow.push_back(i);
            }
        }
        EXPECT_EQ(index.within(centre, 150_m), slow);
    }
}

TEST(SitesOf, AddUpWhatStandsOnOnePlace) {
    std::vector<Incident> incidents{{.place = at(1, 1), .weight = 0.1},
                                    {.place = at(2, 2)},
                                    {.place = at(1, 1), .weight = 0.2}};
    const auto sites = sites_of(incidents);
    ASSERT_EQ(sites.size(), 2U);
    EXPECT_EQ(sites[0].weight, Weight::of(0.3));
    EXPECT_EQ(sites[0].incidents, 2U);
}

TEST(EnclosingCircle, OfTwoPointsHasThemOnItsRim) {
    const std::vector<LocalPoint> points{{0, 0}, {6, 8}};
    const auto circle = smallest_enclosing_circle(points);
    EXPECT_DOUBLE_EQ(circle.radius, 5);
    EXPECT_DOUBLE_EQ(circle.centre.x, 3);
}

TEST(EnclosingCircle, OfPointsOnALineSpansTheOuterTwo) {
    const std::vector<LocalPoint> points{{0, 0}, {1, 1}, {5, 5}, {2, 2}, {10, 10}};
    EXPECT_NEAR(smallest_enclosing_circle(points).radius, std::hypot(5, 5), 1e-9);
}

TEST(EnclosingCircle, HoldsAllAndNoSmallerOneThroughTwoOrThreePointsDoes) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937_64 random(seed);
        std::uniform_real_distribution<double> where(-200, 200);
        std::vector<LocalPoint> points(12);
        for (LocalPoint& p : points) {
            p = {where(random), where(random)};
        }
        const auto circle = smallest_enclosing_circle(points);
        const auto holds_all = [&](const Circle& c) {
            return std::all_of(points.begin(), points.end(), [&](const LocalPoint& p) {
                return std::hypot(p.x - c.centre.x, p.y - c.centre.y) <= c.radius + 1e-6;
            });
        };
        EXPECT_TRUE(holds_all(circle));
        for (std::size_t i = 0; i < points.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                for (std::size_t k = 0; k <= j; ++k) {
                    const std::vector<LocalPoint> three{points[i], points[j], points[k]};
                    const auto other = smallest_enclosing_circle(three);
                    EXPECT_FALSE(holds_all(other) && other.radius < circle.radius - 1e-6);
                }
            }
        }
    }
}

} // namespace
} // namespace cluster
