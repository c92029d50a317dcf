#pragma once

#include "geo/projection.hpp"
#include "io/published.hpp"

#include <span>
#include <string>

namespace io {

/// The text of wards.geojson (docs/formats/wards.geojson.md): RFC 7946, one feature a line, in the
/// order given: code, name and the band of each ward's count, for the public.
///
/// Outer rings run counter-clockwise, holes clockwise; positions have 7 decimals. The same wards
/// give the same bytes.
/// \param lonlat from EPSG:4326 to the analysis grid.
/// \throws geo::Error (input) if a boundary has no longitude and latitude.
std::string wards_geojson(std::span<const PublishedWard> wards, const geo::Projection& lonlat);

} // namespace io
