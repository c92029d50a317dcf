#pragma once

#include "geo/projection.hpp"
#include "geo/time_zone.hpp"
#include "io/published.hpp"

#include <span>
#include <string>

namespace io {

/// The text of zones.geojson (docs/formats/zones.geojson.md): RFC 7946, one feature a line, in the
/// order given.
///
/// Each polygon is a circle of 128 segments drawn on the analysis grid, its area that of the disc;
/// positions have 7 decimals. The same zones give the same bytes.
/// \param lonlat from EPSG:4326 to the analysis grid.
/// \throws geo::Error (input) if a circle has no longitude and latitude.
std::string zones_geojson(std::span<const PublishedZone> zones, const geo::Projection& lonlat,
                          const geo::TimeZone& time_zone);

} // namespace io
