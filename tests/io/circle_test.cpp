#include "io/circle.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace io {
namespace {

const cluster::Disc disc{geo::GridPoint::at_millimetres(353'900'123, 429'300'456),
                         geo::Metres(175)};

TEST(CircleRing, HasTheAreaOfTheDiscAndRunsCounterClockwise) {
    const auto ring = circle_ring(disc);
    double twice_area = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const auto x = [&](std::size_t k) {
            return (ring[k].easting() - disc.centre.easting()).value();
        };
        const auto y = [&](std::size_t k) {
            return (ring[k].northing() - disc.centre.northing()).value();
        };
        twice_area += x(i) * y(i + 1) - x(i + 1) * y(i);
    }
    // Corners are kept to the millimetre, hence not to the last digit.
    EXPECT_NEAR(twice_area / 2 / (std::numbers::pi * 175 * 175), 1, 1e-6);
}

TEST(CircleRing, IsClosedAndStaysWithinAThousandthOfTheRadius) {
    const auto ring = circle_ring(disc);
    ASSERT_EQ(ring.size(), 129U);
    EXPECT_EQ(ring.front(), ring.back());
    for (const geo::GridPoint& corner : ring) {
        EXPECT_NEAR(geo::distance(corner, disc.centre).value(), 175, 0.175);
    }
}

} // namespace
} // namespace io
