#include "geo/error.hpp"
#include "geo/polygon.hpp"

#include <gtest/gtest.h>

#include <array>
#include <numbers>

namespace geo {
namespace {

using namespace literals;

GridPoint at(double easting, double northing) {
    return GridPoint::at(Metres(easting), Metres(northing));
}

TEST(Polygon, ItsEdgesAndCornersBelongToIt) {
    const auto square = Polygon::from_wkt("POLYGON((0 0,10 0,10 10,0 10,0 0))");
    EXPECT_TRUE(square.covers(at(0, 0)));
    EXPECT_TRUE(square.covers(at(10, 5)));
    EXPECT_FALSE(square.covers(at(10.001, 5)));
}

TEST(Polygon, AHoleDoesNotBelongToItButItsRimDoes) {
    const auto ring = Polygon::from_wkt("POLYGON((0 0,9 0,9 9,0 9,0 0),(3 3,6 3,6 6,3 6,3 3))");
    EXPECT_FALSE(ring.covers(at(4, 4)));
    EXPECT_TRUE(ring.covers(at(3, 4)));
    EXPECT_DOUBLE_EQ(ring.area().value(), 72);
    EXPECT_EQ(ring.edges().size(), 8U);
}

TEST(Polygon, ABowTieIsRepairedAndSaysSo) {
    const auto bow = Polygon::from_wkt("POLYGON((0 0,10 10,10 0,0 10,0 0))");
    ASSERT_TRUE(bow.repaired());
    EXPECT_EQ(*bow.repaired(), "Self-intersection");
    EXPECT_DOUBLE_EQ(bow.area().value(), 50);
}

TEST(Polygon, ALineOrAnEmptyGeometryIsRefused) {
    EXPECT_THROW(Polygon::from_wkt("LINESTRING(0 0,1 1)"), Error);
    EXPECT_THROW(Polygon::from_wkt("POLYGON EMPTY"), Error);
    EXPECT_THROW(Polygon::from_wkt("POLYGON((0 0,1 1,2 2,0 0))"), Error);
    EXPECT_THROW(Polygon::from_wkb({}), Error);
}

TEST(Polygon, SharesTheAreaOfADisc) {
    const auto big =
        Polygon::from_wkt("POLYGON((-1000 -1000,1000 -1000,1000 1000,-1000 1000,-1000 -1000))");
    const double disc = std::numbers::pi * 200 * 200;
    EXPECT_NEAR(big.area_within(at(0, 0), 200_m).value(), disc, disc * 1e-9);
    EXPECT_NEAR(big.area_within(at(1000, 0), 200_m).value(), disc / 2, disc * 1e-3);
    EXPECT_EQ(big.area_within(at(1300, 0), 200_m).value(), 0);
}

TEST(Polygon, SurvivesWellKnownBinary) {
    const auto square = Polygon::from_wkt("POLYGON((0 0,10 0,10 10,0 10,0 0))");
    EXPECT_EQ(Polygon::from_wkb(square.wkb()).area().value(), 100);
}

TEST(Polygon, ADiscHasTheAreaOfTheCircle) {
    const auto disc = Polygon::disc(at(100, 100), Metres(150));
    EXPECT_NEAR(disc.area().value(), std::numbers::pi * 150 * 150, 0.01);
    EXPECT_TRUE(disc.covers(at(249.9, 100)));
    EXPECT_FALSE(disc.covers(at(250.1, 100)));
}

TEST(Polygon, UnitedCoversWhatAnyCovers) {
    const std::array parts{Polygon::rectangle({at(0, 0), at(10, 10)}),
                           Polygon::rectangle({at(5, 0), at(15, 10)}),
                           Polygon::rectangle({at(50, 0), at(60, 10)})};
    const Polygon united = Polygon::united(parts);
    EXPECT_DOUBLE_EQ(united.area().value(), 250);
    EXPECT_DOUBLE_EQ(united.area_shared_with(parts[1]).value(), 100);
    EXPECT_EQ(parts[0].area_shared_with(parts[2]).value(), 0);
}

TEST(PolygonIndex, APointOnASharedEdgeGoesToTheFirst) {
    const std::array wards{Polygon::from_wkt("POLYGON((0 0,10 0,10 10,0 10,0 0))"),
                           Polygon::from_wkt("POLYGON((10 0,20 0,20 10,10 10,10 0))"),
                           Polygon::from_wkt("POLYGON((5 0,15 0,15 5,5 5,5 0))")};
    const PolygonIndex index(wards);
    EXPECT_EQ(index.find(at(10, 8)), 0U);
    EXPECT_EQ(index.find(at(12, 2)), 1U) << "overlap of the second and third";
    EXPECT_EQ(index.find(at(20, 10)), 1U);
    EXPECT_EQ(index.find(at(21, 5)), std::nullopt);
}

} // namespace
} // namespace geo
