#include "cluster/coverage.hpp"
#include "tests/cluster/town.hpp"

#include <gtest/gtest.h>

#include <numbers>

namespace cluster {
namespace {

using namespace geo::literals;

geo::GridPoint at(double easting, double northing) {
    return geo::GridPoint::at(geo::Metres(easting), geo::Metres(northing));
}

const double disc_area = std::numbers::pi * 150 * 150;

double covered(const ZoneSet& zones) {
    const std::vector<Ward> wards{{WardCode("W1"), "West", polygon({0, 0, 1000, 1000})},
                                  {WardCode("W2"), "East", polygon({1000, 0, 2000, 1000})}};
    return areas_covered(wards, std::vector<WardIndex>{0}, shapes_of(zones)).at(0).value();
}

TEST(Coverage, AreaIsThatOfTheDiscInsideTheWard) {
    EXPECT_NEAR(covered({.discs = {{0, {at(500, 500), 150_m}}}}), disc_area, 1);
    EXPECT_NEAR(covered({.discs = {{0, {at(1000, 500), 150_m}}}}), disc_area / 2, 1);
    EXPECT_EQ(covered({.discs = {{1, {at(1500, 500), 150_m}}}}), 0);
}

TEST(Coverage, GroundUnderTwoZonesCountsOnce) {
    EXPECT_NEAR(covered({.discs = {{0, {at(500, 500), 150_m}}, {0, {at(500, 500), 150_m}}}}),
                disc_area, 1);
    EXPECT_NEAR(covered({.discs = {{0, {at(300, 500), 150_m}}, {0, {at(600, 500), 150_m}}}}),
                2 * disc_area, 2);
    EXPECT_NEAR(covered({.cells = {{at(0, 0), 300_m}, {at(300, 0), 300_m}}}), 180'000, 1e-3);
}

TEST(Coverage, ASiteInTwoZonesCountsOnce) {
    const auto sites = drawn_sites({"1.2", "..."});
    const NeighbourIndex index(sites);
    const ZoneSet zones{.discs = {{0, {at(50, 150), 150_m}}, {0, {at(100, 150), 150_m}}},
                        .cells = {{at(0, 100), 100_m}}};
    EXPECT_EQ(sites_in(zones, index), (std::vector<std::uint32_t>{0, 1}));
}

} // namespace
} // namespace cluster
