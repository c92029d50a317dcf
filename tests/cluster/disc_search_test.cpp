#include "cluster/angular_sweep.hpp"
#include "cluster/disc_search.hpp"
#include "geo/error.hpp"

#include <gtest/gtest.h>

#include <numbers>
#include <random>

namespace cluster {
namespace {

using namespace geo::literals;

geo::GridPoint at(double easting, double northing) {
    return geo::GridPoint::at(geo::Metres(easting), geo::Metres(northing));
}

geo::Polygon square(double low, double high) {
    const auto p = [](double v) { return std::to_string(v); };
    return geo::Polygon::from_wkt("POLYGON((" + p(low) + " " + p(low) + "," + p(high) + " " +
                                  p(low) + "," + p(high) + " " + p(high) + "," + p(low) + " " +
                                  p(high) + "," + p(low) + " " + p(low) + "))");
}

std::vector<Site> sites(const std::vector<std::pair<geo::GridPoint, double>>& list) {
    std::vector<Incident> incidents;
    for (const auto& [place, weight] : list) {
        incidents.push_back({.place = place, .when = {}, .weight = weight});
    }
    return sites_of(incidents);
}

DiscChoice of_radius(geo::Metres radius) {
    return {
        .radius_min = radius, .radius_max = radius, .cost_per_square_metre = 0, .separation = {}};
}

/// Clustered sites in a square ward; some on a coarse raster, so that many rims meet exactly.
std::vector<Site> random_sites(std::mt19937_64& random, std::size_t count, double width,
                               bool raster) {
    std::uniform_real_distribution<double> anywhere(0, width);
    std::normal_distribution<double> spread(0, width / 12);
    std::uniform_int_distribution<int> weights(1, 4);
    std::vector<std::pair<geo::GridPoint, double>> list;
    double x = 0;
    double y = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (i % 15 == 0) {
            x = anywhere(random);
            y = anywhere(random);
        }
        double px = x + spread(random);
        double py = y + spread(random);
        if (raster) {
            px = 40 * std::round(px / 40);
            py = 40 * std::round(py / 40);
        }
        list.emplace_back(at(px, py), weights(random));
    }
    return sites(list);
}

TEST(DiscSearch, TwoSitesADiameterApartAreBothOnTheRimAndInside) {
    const DiscSearch search(sites({{at(0, 0), 1}, {at(400, 0), 1}}), square(-1000, 1000));
    const auto found = search.best(of_radius(200_m), {});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->weight.value(), 2);
    EXPECT_EQ(found->disc.centre, at(200, 0));
}

TEST(DiscSearch, ThreeSitesOnOneCircleAreHeldByItsCentreAlone) {
    // 120-160-200: the circle through these three points has radius 200 and no other disc of 200 m
    // holds them.
    const DiscSearch search(sites({{at(120, 160), 1}, {at(-200, 0), 1}, {at(120, -160), 1}}),
                            square(-1000, 1000));
    const auto found = search.best(of_radius(200_m), {});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->weight.value(), 3);
    EXPECT_EQ(found->disc.centre, at(0, 0));
}

TEST(DiscSearch, FindsWhatNoDiscCentredOnASiteHolds) {
    const DiscSearch search(sites({{at(0, 190), 1}, {at(165, -95), 1}, {at(-165, -95), 1}}),
                            square(-1000, 1000));
    EXPECT_EQ(search.best(of_radius(200_m), {})->weight.value(), 3);
}

TEST(DiscSearch, NothingToHoldGivesNothing) {
    EXPECT_FALSE(DiscSearch({}, square(0, 1000)).best(of_radius(200_m), {}));
}

TEST(DiscSearch, OneSiteGivesADiscAroundItWhoseCentreDoesNotGiveItAway) {
    const auto found =
        DiscSearch(sites({{at(500, 500), 7}}), square(0, 1000)).best(of_radius(150_m), {});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->weight.value(), 7);
    EXPECT_NEAR(geo::distance(found->disc.centre, at(500, 500)).value(), 25, 0.01);
}

TEST(DiscSearch, RefusesRadiiThatAreNone) {
    const DiscSearch search({}, square(0, 1000));
    EXPECT_THROW(search.best(of_radius(0_m), {}), geo::Error);
    EXPECT_THROW(search.best({.radius_min = 200_m, .radius_max = 150_m}, {}), geo::Error);
}

TEST(DiscSearch, TheCentreStaysInTheWardEvenIfTheSitesPullItOut) {
    // Sites of a ward lie in it, so the best circle around a group on its edge can have its middle
    // outside.
    const auto wedge =
        geo::Polygon::from_wkt("POLYGON((0 0,1000 0,1000 1,600 1,500 300,400 1,0 1,0 0))");
    const DiscSearch search(
        sites({{at(0, 0), 1}, {at(500, 299), 1}, {at(350, 0.5), 1}, {at(650, 0.5), 1}}), wedge);
    const auto found = search.best(of_radius(200_m), {});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->weight.value(), 3);
    EXPECT_TRUE(wedge.covers(found->disc.centre));
}

TEST(DiscSearch, AWardSmallerThanAZoneStillGetsOne) {
    const DiscSearch search(sites({{at(1, 1), 1}, {at(9, 9), 1}}), square(0, 10));
    const auto found = search.best(of_radius(150_m), {});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->weight.value(), 2);
    EXPECT_TRUE(square(0, 10).covers(found->disc.centre));
}

TEST(DiscSearch, KeepsApartFromDiscsTakenAndCountsNoSiteTwice) {
    DiscSearch search(sites({{at(0, 0), 5}, {at(0, 100), 4}, {at(0, 300), 3}, {at(0, 450), 3}}),
                      square(-2000, 2000));
    const auto first = search.best(of_radius(150_m), {});
    ASSERT_TRUE(first);
    EXPECT_EQ(first->weight.value(), 12) << "0, 100 and 300 fit into one disc";
    search.hold(first->disc);
    const std::vector<Disc> taken{first->disc};
    const auto second = search.best(of_radius(150_m), taken);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->weight.value(), 3);
    EXPECT_TRUE(apart(first->disc, second->disc, {}));
}

TEST(DiscSearch, ChargesForAreaAndTakesTheSmallestRadiusThatPays) {
    const DiscSearch search(sites({{at(0, 0), 10}, {at(320, 0), 1}}), square(-1000, 1000));
    const double ring = std::numbers::pi * (160 * 160 - 150 * 150);
    DiscChoice choice{.radius_min = 150_m,
                      .radius_max = 200_m,
                      .cost_per_square_metre = 0.99 / ring,
                      .separation = {}};
    EXPECT_EQ(search.best(choice, {})->disc.radius, 160_m);
    choice.cost_per_square_metre = 1.01 / ring;
    EXPECT_EQ(search.best(choice, {})->disc.radius, 150_m);
}

class RandomWards : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomWards, HoldAsMuchAsTheAngularSweepFinds) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    std::mt19937_64 random(GetParam());
    for (const bool raster : {false, true}) {
        const auto all = random_sites(random, 60 + GetParam() % 90, 1500, raster);
        const DiscSearch search(all, square(-5000, 5000));
        const auto found = search.best(of_radius(200_m), {});
        ASSERT_TRUE(found);
        EXPECT_EQ(found->weight, heaviest_disc(all, 200_m));
        EXPECT_EQ(found->weight, search.valued(found->disc, of_radius(200_m), {}).weight);
    }
}

TEST_P(RandomWards, VariableRadiusIsTheBestOverAllFixedRadii) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    std::mt19937_64 random(GetParam() + 1000);
    const auto all = random_sites(random, 50, 1200, false);
    const DiscSearch search(all, square(-5000, 5000));
    const double cost = 2e-5 * static_cast<double>(1 + GetParam() % 5);
    double most = -1e300;
    for (int r = 150; r <= 200; ++r) {
        const double weight = heaviest_disc(all, geo::Metres(r)).value();
        most = std::max(most, weight - cost * std::numbers::pi * r * r);
    }
    const auto found =
        search.best({.radius_min = 150_m, .radius_max = 200_m, .cost_per_square_metre = cost}, {});
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->value, most, 1e-9);
}

TEST_P(RandomWards, NoDiscOnAFineRasterOfLegalCentresIsBetter) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    std::mt19937_64 random(GetParam() + 2000);
    const auto all = random_sites(random, 80, 900, GetParam() % 2 == 0);
    const auto ward =
        geo::Polygon::from_wkt("POLYGON((0 0,900 0,900 500,500 500,500 900,0 900,0 0))");
    DiscSearch search(all, ward);
    const std::vector<Disc> taken{{at(300, 300), 150_m}};
    search.hold(taken.front());
    const DiscChoice choice = of_radius(150_m);
    const auto found = search.best(choice, taken);
    ASSERT_TRUE(found);
    EXPECT_TRUE(ward.covers(found->disc.centre));
    EXPECT_TRUE(apart(found->disc, taken.front(), {}));
    Weight raster_best;
    for (double y = 1; y < 900; y += 7) {
        for (double x = 1; x < 900; x += 7) {
            const Disc disc{at(x, y), 150_m};
            if (ward.covers(disc.centre) && apart(disc, taken.front(), {})) {
                raster_best = std::max(raster_best, search.valued(disc, choice, {}).weight);
            }
        }
    }
    EXPECT_GE(found->weight, raster_best);
}

TEST_P(RandomWards, MovingEverythingMovesTheDiscAndTurningKeepsItsWeight) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    std::mt19937_64 random(GetParam() + 3000);
    const auto all = random_sites(random, 70, 1000, false);
    std::vector<Site> moved = all;
    std::vector<Site> turned = all;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const geo::GridPoint& p = all[i].place;
        moved[i].place = geo::GridPoint::at_millimetres(p.easting_mm() + 354'000'123,
                                                        p.northing_mm() + 429'000'777);
        turned[i].place = geo::GridPoint::at_millimetres(-p.northing_mm(), p.easting_mm());
    }
    const auto here = DiscSearch(all, square(-5000, 5000)).best(of_radius(175_m), {});
    const auto there =
        DiscSearch(moved, geo::Polygon::from_wkt(
                              "POLYGON((349000.123 424000.777,359000.123 424000.777,359000.123 "
                              "434000.777,349000.123 434000.777,349000.123 424000.777))"))
            .best(of_radius(175_m), {});
    const auto quarter = DiscSearch(turned, square(-5000, 5000)).best(of_radius(175_m), {});
    EXPECT_EQ(there->disc.centre.easting_mm(), here->disc.centre.easting_mm() + 354'000'123);
    EXPECT_EQ(there->disc.centre.northing_mm(), here->disc.centre.northing_mm() + 429'000'777);
    EXPECT_EQ(quarter->weight, here->weight);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomWards, testing::Range<std::uint64_t>(1, 41));

} // namespace
} // namespace cluster
