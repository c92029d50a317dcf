#include "cluster/centre_region.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>
#include <sstream>

namespace cluster {
namespace {

geo::GridPoint at(std::int64_t easting_mm, std::int64_t northing_mm) {
    return geo::GridPoint::at_millimetres(easting_mm, northing_mm);
}

/// A ring of `corners` around 0 whose radius goes up and down, to the millimetre.
std::string star(unsigned corners, double radius, std::mt19937_64& random) {
    std::ostringstream text;
    text << "(";
    std::string first;
    for (unsigned i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        const double out = radius * (0.5 + static_cast<double>(random() % 1000) / 2000);
        std::ostringstream corner;
        corner << std::fixed << std::llround(out * std::cos(angle)) << " "
               << std::llround(out * std::sin(angle));
        first = i == 0 ? corner.str() : first;
        text << corner.str() << ",";
    }
    text << first << ")";
    return text.str();
}

TEST(CentreRegion, HoldsWhatThePolygonHolds) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937_64 random(seed);
        const auto corners = static_cast<unsigned>(5 + random() % 60);
        const std::string outline = star(corners, 2000, random);
        const geo::Polygon ward =
            geo::Polygon::from_wkt("POLYGON(" + outline + "," + star(7, 500, random) + ")");
        const CentreRegion region(ward);
        for (int i = 0; i < 500; ++i) {
            // Whole metres fall on corners and their northings often.
            const auto x = static_cast<std::int64_t>(random() % 4400) - 2200;
            const auto y = static_cast<std::int64_t>(random() % 4400) - 2200;
            EXPECT_EQ(region.covers(at(x * 1000, y * 1000)), ward.covers(at(x * 1000, y * 1000)))
                << x << " " << y;
        }
        for (const auto& [a, b] : ward.edges()) {
            EXPECT_TRUE(region.covers(a));
            EXPECT_TRUE(region.covers(b));
        }
    }
}

TEST(CentreRegion, EdgesBelongToItAndALevelEdgeEndsWhereItEnds) {
    const CentreRegion region(
        geo::Polygon::from_wkt("POLYGON((0 0,10 0,10 5,20 5,20 10,0 10,0 0))"));
    EXPECT_TRUE(region.covers(at(0, 0)));
    EXPECT_TRUE(region.covers(at(15'000, 5'000)));
    EXPECT_TRUE(region.covers(at(5'000, 5'000)));
    EXPECT_TRUE(region.covers(at(20'000, 7'000)));
    EXPECT_FALSE(region.covers(at(10'001, 4'999)));
    EXPECT_FALSE(region.covers(at(-1, 5'000)));
    EXPECT_FALSE(region.covers(at(20'001, 5'000)));
    EXPECT_FALSE(region.covers(at(5'000, 10'001)));
}

TEST(CentreRegion, KeepsACentimetreFromTheEdge) {
    const CentreRegion region(geo::Polygon::from_wkt("POLYGON((0 0,10 0,10 10,0 10,0 0))"));
    EXPECT_TRUE(region.in_ward(at(10, 5'000)));
    EXPECT_FALSE(region.in_ward(at(9, 5'000)));
}

} // namespace
} // namespace cluster
