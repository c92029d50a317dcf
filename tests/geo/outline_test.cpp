#include "geo/outline.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

namespace geo {
namespace {

using namespace literals;

GridPoint at(double easting, double northing) {
    return GridPoint::at(Metres(easting), Metres(northing));
}

std::vector<GridPoint> sorted(Ring ring) {
    std::sort(ring.begin(), ring.end());
    return ring;
}

TEST(SimplifiedOutlines, DropsCornersWithinTheToleranceAndKeepsOthers) {
    const std::vector polygons{
        Polygon::from_wkt("POLYGON((0 0,50 1,100 0,100 100,50 80,0 100,0 0))")};
    const auto outlines = simplified_outlines(polygons, 5_m);
    ASSERT_EQ(outlines.size(), 1U);
    ASSERT_EQ(outlines[0].size(), 1U);
    EXPECT_EQ(sorted(outlines[0][0]),
              sorted({at(0, 0), at(100, 0), at(100, 100), at(50, 80), at(0, 100)}));
}

TEST(SimplifiedOutlines, KeepsCornersWhereThreePolygonsMeetEvenOnAStraightLine) {
    const std::vector polygons{Polygon::from_wkt("POLYGON((0 0,100 0,100 50,50 50,0 50,0 0))"),
                               Polygon::from_wkt("POLYGON((0 50,50 50,50 90,0 90,0 50))"),
                               Polygon::from_wkt("POLYGON((50 50,100 50,100 90,50 90,50 50))")};
    const auto outlines = simplified_outlines(polygons, 5_m);
    for (const auto& rings : outlines) {
        EXPECT_NE(std::find(rings[0].begin(), rings[0].end(), at(50, 50)), rings[0].end());
    }
}

TEST(SimplifiedOutlines, LeavesOutAnIslandThatTheToleranceFlattensButNeverTheLastRing) {
    const std::vector polygons{
        Polygon::from_wkt(
            "MULTIPOLYGON(((0 0,100 0,100 100,0 100,0 0)),((200 0,202 0,201 2,200 0)))"),
        Polygon::from_wkt("POLYGON((300 0,302 0,301 2,300 0))")};
    const auto outlines = simplified_outlines(polygons, 10_m);
    EXPECT_EQ(outlines[0].size(), 1U);
    ASSERT_EQ(outlines[1].size(), 1U);
    EXPECT_EQ(outlines[1][0].size(), 3U);
}

/// A wavy line of random corners from (x, 0) to (x, 1000).
std::string wavy(std::mt19937_64& random, double x, bool upwards) {
    std::vector<std::string> corners;
    for (int y = 0; y <= 1000; y += 10) {
        const double wave = y == 0 || y == 1000 ? 0 : static_cast<double>(random() % 400) / 10 - 20;
        corners.push_back(std::to_string(x + wave) + " " + std::to_string(y));
    }
    if (!upwards) {
        std::reverse(corners.begin(), corners.end());
    }
    std::string text;
    for (const std::string& corner : corners) {
        text += corner + ",";
    }
    return text;
}

TEST(SimplifiedOutlines, NeighboursKeepTheSameCornersAlongTheEdgeTheyShare) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937_64 random(seed);
        std::mt19937_64 again(seed);
        const std::string up = wavy(random, 500, true);
        const std::string down = wavy(again, 500, false);
        // Both start elsewhere and run opposite ways along the edge.
        const std::vector polygons{
            Polygon::from_wkt("POLYGON((" + up + "0 1000,0 0,500 0))"),
            Polygon::from_wkt("POLYGON((1000 0,1000 1000," + down + "1000 0))")};
        const auto outlines = simplified_outlines(polygons, 15_m);
        const auto shared = [](const Ring& ring) {
            std::vector<GridPoint> corners;
            std::copy_if(
                ring.begin(), ring.end(), std::back_inserter(corners),
                [](const GridPoint& p) { return std::abs(p.easting().value() - 500) < 50; });
            return sorted(corners);
        };
        EXPECT_LT(outlines[0][0].size(), 80U);
        EXPECT_GT(outlines[0][0].size(), 6U);
        EXPECT_EQ(shared(outlines[0][0]), shared(outlines[1][0]));
    }
}

TEST(SimplifiedOutlines, AHoleAndWhatFillsItStayAlike) {
    const std::vector polygons{
        Polygon::from_wkt(
            "POLYGON((0 0,90 0,90 90,0 90,0 0),(30 30,30 45,31 60,60 60,60 30,30 30))"),
        Polygon::from_wkt("POLYGON((60 60,31 60,30 45,30 30,60 30,60 60))")};
    const auto outlines = simplified_outlines(polygons, 3_m);
    ASSERT_EQ(outlines[0].size(), 2U);
    EXPECT_EQ(sorted(outlines[0][1]), sorted(outlines[1][0]));
    EXPECT_LT(outlines[1][0].size(), 5U);
}

double distance_to(const GridPoint& p, const GridPoint& a, const GridPoint& b) {
    double nearest = 1e9;
    for (int step = 0; step <= 1000; ++step) {
        const double t = step / 1000.0;
        const double x = a.easting().value() * (1 - t) + b.easting().value() * t;
        const double y = a.northing().value() * (1 - t) + b.northing().value() * t;
        nearest = std::min(nearest, std::hypot(x - p.easting().value(), y - p.northing().value()));
    }
    return nearest;
}

TEST(SimplifiedOutlines, NoCornerIsFartherFromTheLineThanTheTolerance) {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937_64 random(seed);
        const std::vector polygons{
            Polygon::from_wkt("POLYGON((" + wavy(random, 500, true) + "0 1000,0 0,500 0))")};
        const Ring ring = simplified_outlines(polygons, 15_m)[0][0];
        for (const auto& [corner, next] : polygons[0].edges()) {
            double nearest = 1e9;
            for (std::size_t i = 0; i < ring.size(); ++i) {
                nearest =
                    std::min(nearest, distance_to(corner, ring[i], ring[(i + 1) % ring.size()]));
            }
            EXPECT_LT(nearest, 15.6); // half a step of the slow twin beyond
        }
    }
}

} // namespace
} // namespace geo
