#pragma once

#include "cluster/zone.hpp"

#include <vector>

namespace io {

/// The outline of a zone as it is drawn: 128 segments, counter-clockwise from due east, the last
/// point the first one again.
///
/// Its corners lie 0.04 % outside the circle, so that the area is that of the disc.
std::vector<geo::GridPoint> circle_ring(const cluster::Disc& disc);

} // namespace io
