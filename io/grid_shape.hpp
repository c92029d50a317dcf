#pragma once

#include "geo/polygon.hpp"
#include "geo/projection.hpp"

namespace io {

/// Whether GDAL's geometry is a polygon, several, or a collection, and not empty.
bool is_polygonal(void* geometry);

/// Moves every corner of a geometry in its place to the grid; false, with the geometry unchanged,
/// if one of them has no place there.
[[nodiscard]] bool bring_to_grid(void* geometry, const geo::Projection& projection);

/// A polygonal geometry whose corners are on the grid, as a value of its own.
/// \throws geo::Error (input) if it has no area.
geo::Polygon polygon_of(void* geometry);

} // namespace io
