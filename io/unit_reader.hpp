#pragma once

#include "geo/projection.hpp"
#include "schedule/unit.hpp"

#include <string>
#include <vector>

namespace io {

/// Reads the units from TOML, or from a CSV with the same names as columns (docs/formats/units.md):
/// one row a unit and shift. Units come in the order of the file.
///
/// \param lonlat from EPSG:4326 to the analysis grid, for bases.
/// \throws geo::Error (usage) with file, line, key, value and remedy for what the file says
/// wrongly; (input) if it cannot be read.
std::vector<schedule::Unit> read_units(const std::string& path, const geo::Projection& lonlat);

} // namespace io
