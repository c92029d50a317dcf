#pragma once

#include "cluster/ward.hpp"
#include "geo/projection.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace io {

struct WardOptions {
    std::string path;                 ///< any vector source that GDAL opens
    std::optional<std::string> layer; ///< needed where the source has several
    std::optional<std::string> code;  ///< column of the ward codes; recognised when left out
    std::optional<std::string> name;  ///< column of the ward names; recognised when left out
    std::optional<std::string> crs;   ///< of the coordinates; the layer's own when left out
};

struct ReadWards {
    std::vector<cluster::Ward> wards; ///< in the order of their codes
    std::string source;               ///< path of the file, as given
    bool on_disk = true;              ///< false for a database
    std::string crs;                  ///< the CRS they were read in
    std::string analysis_crs;         ///< the CRS they are in now
    std::array<double, 4> area{};     ///< lon/lat degrees: west, south, east, north
    geo::ProjectionFacts projection;
    std::uint64_t rows_read = 0; ///< features in the layer
    std::vector<std::string> warnings;
};

/// Reads the wards and brings them to the analysis grid.
///
/// Codes and names are recognised as `WDyyCD`/`WDyyNM` of any vintage or `ward_code`/`ward_name`,
/// in any letter case. Features with the same code are parts of one ward. Without a name column the
/// code is the name. Invalid polygons are repaired and named in a warning; so are boundaries
/// generalised to 200 m or more.
///
/// \param analysis_crs the CRS to analyse in; chosen by geo::choose_analysis_crs when nothing.
/// \throws geo::Error (input) if the source cannot be read, has no code column, an unknown CRS or
/// no polygon.
ReadWards read_wards(const WardOptions& options, const std::optional<std::string>& analysis_crs);

/// The index that finds a place's ward: of several that hold it, the one with the lowest code.
geo::PolygonIndex index_wards(const ReadWards& wards);

} // namespace io
