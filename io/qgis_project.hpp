#pragma once

#include "geo/time_zone.hpp"
#include "io/published_layers.hpp"
#include "io/qgis_style.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace io {

struct ProjectOptions {
    std::string source = "./patrolzones.gpkg"; ///< as seen from the project's folder
    std::optional<geo::TimeSpan> times; ///< what the temporal controller plays: the plan's horizon
};

/// The text of a QGIS project (3.22 and later) of the layers in a GeoPackage beside it: in the
/// analysis CRS, relative paths, visits above zones above rings above wards, the issues as a table
/// below; opens on the zones, and plays the plan hour by hour in UTC, as the layers are.
///
/// The same content gives the same text.
std::string project_text(const LayersContent& content, const ProjectOptions& options);

/// Writes the project as a .qgz: a zip archive with the text as its only member, stored without a
/// date, so that the same content gives the same bytes.
/// \throws geo::Error (input) with GDAL's reason if it cannot be written.
void write_project(const std::filesystem::path& path, const LayersContent& content,
                   const ProjectOptions& options);

} // namespace io
