#pragma once

#include "cluster/zone.hpp"

#include <optional>
#include <string>
#include <vector>

namespace io {

/// What a zones file holds.
struct ReadZones {
    std::vector<cluster::Zone> zones;  ///< in the order of the file
    std::string analysis_crs;          ///< the grid that the zones' centres are on
    std::vector<std::string> warnings; ///< one line each
};

/// Reads zones from any polygon layer: zones.geojson, patrolzones.gpkg, or zones that others made.
///
/// Only `zone_id` and the geometry are needed; a `zones` layer is preferred, else the first one is
/// read; further columns are ignored. `easting`, `northing` and `radius_m` are taken where the
/// outline agrees with them to 1 % of the radius; else the outline decides (its centroid, and the
/// radius of a circle of its area), which is warned of where the numbers were given.
/// \param analysis_crs the grid to read onto; chosen from where the zones lie when left out.
/// \throws geo::Error (input) if it cannot be read, a zone has no id or no polygon, or an id comes
/// twice.
ReadZones read_zones(const std::string& path,
                     const std::optional<std::string>& analysis_crs = std::nullopt);

} // namespace io
