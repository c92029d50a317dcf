#pragma once

#include "geo/time_zone.hpp"
#include "io/published_layers.hpp"

#include <filesystem>

namespace io {

/// Writes the published layers to a new GeoPackage in the analysis CRS, each with its default style
/// in the table `layer_styles` (docs/formats/patrolzones.gpkg.md).
///
/// Date-times are in UTC; the zones' `schedule` is text in local time. Features have ids from 1 in
/// the order given. The same content gives the same bytes.
/// \throws geo::Error (input) with GDAL's reason if it cannot be written, and leaves no file.
void write_geopackage(const std::filesystem::path& path, const LayersContent& content,
                      const geo::TimeZone& time_zone);

} // namespace io
