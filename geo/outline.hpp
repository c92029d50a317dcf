#pragma once

#include "geo/polygon.hpp"

#include <span>
#include <vector>

namespace geo {

/// A closed line: the last point is not the first one again; at least three points.
using Ring = std::vector<GridPoint>;

/// The rings of polygons, drawn with fewer points: what neighbours share stays shared.
///
/// Each polygon gets its rings, outer ones and holes, in their order; a ring that the tolerance
/// flattens is left out, unless it is the only one left, which is then kept whole. No point of an
/// original edge is farther than `tolerance` from the line drawn for it. Edges run the same way on
/// both sides wherever the polygons have the same corners along them, so that no gaps appear; rings
/// may cross themselves in the narrowest places. Equal input gives equal output, whatever corner a
/// ring starts at and whichever way round it goes, but for its own order of points.
/// O(n log n) for n corners, as a rule; memory O(n).
std::vector<std::vector<Ring>> simplified_outlines(std::span<const Polygon> polygons,
                                                   Metres tolerance);

} // namespace geo
