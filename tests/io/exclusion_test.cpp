#include "io/exclusion.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

using geo::GridPoint;
using geo::Metres;
using io::ExcludedPlace;

GridPoint at(double easting, double northing) {
    return GridPoint::at(Metres(easting), Metres(northing));
}

const geo::Polygon& square_with_hole() {
    static const geo::Polygon polygon = geo::Polygon::from_wkt(
        "POLYGON((0 0,100 0,100 100,0 100,0 0),(40 40,60 40,60 60,40 60,40 40))");
    return polygon;
}

TEST(LiesIn, PointExactlyOnTheRimLiesInThePlace) {
    const ExcludedPlace place{at(100, 100), Metres(50)};
    EXPECT_TRUE(lies_in(at(150, 100), place));
    EXPECT_TRUE(lies_in(at(130, 140), place)) << "3-4-5";
    EXPECT_FALSE(lies_in(at(150.001, 100), place));
}

TEST(LiesIn, EdgeOfAPolygonBelongsToItAndItsHoleDoesNot) {
    const ExcludedPlace place{square_with_hole(), Metres(0)};
    EXPECT_TRUE(lies_in(at(0, 50), place));
    EXPECT_TRUE(lies_in(at(20, 20), place));
    EXPECT_FALSE(lies_in(at(50, 50), place));
    EXPECT_FALSE(lies_in(at(100.001, 50), place));
}

TEST(LiesIn, ReachOfAPolygonCountsFromItsEdgeRoundItsCorners) {
    const ExcludedPlace place{square_with_hole(), Metres(5)};
    EXPECT_TRUE(lies_in(at(105, 50), place));
    EXPECT_FALSE(lies_in(at(105.001, 50), place));
    EXPECT_TRUE(lies_in(at(103, 104), place)) << "5 m from the corner";
    EXPECT_FALSE(lies_in(at(104, 104), place));
    EXPECT_FALSE(lies_in(at(50, 50), place)) << "10 m from the edge of the hole";
}

TEST(PointsIn, FindsWhatTestingEachPairFinds) {
    constexpr unsigned seed = 5;
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    const auto metre = [&] { return static_cast<double>(random() % 400); };
    std::vector<GridPoint> points;
    for (int i = 0; i < 2000; ++i) {
        points.push_back(at(metre() + 3e5, metre() + 4e5));
    }
    std::vector<ExcludedPlace> places{
        {geo::Polygon::from_wkt(
             "MULTIPOLYGON(((300100 400100,300150 400100,300120 400160,300100 400100)),"
             "((300300 400300,300310 400300,300310 400310,300300 400310,300300 400300)))"),
         Metres(7)}};
    for (int i = 0; i < 20; ++i) {
        places.push_back({at(metre() + 3e5, metre() + 4e5), Metres(static_cast<double>(i))});
    }
    std::vector<std::uint32_t> expected;
    for (std::uint32_t p = 0; p < points.size(); ++p) {
        for (const ExcludedPlace& place : places) {
            if (lies_in(points[p], place)) {
                expected.push_back(p);
                break;
            }
        }
    }
    EXPECT_GT(expected.size(), 50U);
    EXPECT_EQ(points_in(places, points), expected);
}

TEST(PointsIn, NoPointsOrNoPlacesFindNothing) {
    const std::vector<GridPoint> points{at(1, 1)};
    EXPECT_TRUE(io::points_in({}, points).empty());
    const std::vector<ExcludedPlace> places{{at(1, 1), Metres(0)}};
    EXPECT_TRUE(io::points_in(places, {}).empty());
    EXPECT_EQ(io::points_in(places, points).size(), 1U) << "a radius of 0 is the point itself";
}

} // namespace
