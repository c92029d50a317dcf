#include "io/circle.hpp"

#include <cmath>
#include <numbers>

namespace io {

std::vector<geo::GridPoint> circle_ring(const cluster::Disc& disc) {
    constexpr int segments = 128;
    constexpr double step = 2 * std::numbers::pi / segments;
    // A regular n-gon with corners at R has the area n/2 R^2 sin(step).
    const geo::Metres corner = std::sqrt(step / std::sin(step)) * disc.radius;
    std::vector<geo::GridPoint> ring;
    ring.reserve(segments + 1);
    for (int i = 0; i < segments; ++i) {
        ring.push_back(geo::GridPoint::at(disc.centre.easting() + std::cos(i * step) * corner,
                                          disc.centre.northing() + std::sin(i * step) * corner));
    }
    ring.push_back(ring.front());
    return ring;
}

} // namespace io
