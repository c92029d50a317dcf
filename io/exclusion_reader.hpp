#pragma once

#include "io/exclusion.hpp"
#include "io/ward_reader.hpp"

#include <optional>
#include <string>
#include <vector>

namespace io {

struct ExclusionOptions {
    std::vector<std::string> paths;    ///< see find_sources
    std::optional<geo::Metres> radius; ///< of places without one of their own: 50 m around points,
                                       ///< 0 beyond polygons when left out
    std::optional<std::string> crs;    ///< of all coordinates; each layer's own when left out
};

struct ReadExclusions {
    std::vector<ExcludedPlace> places; ///< on the analysis grid, in the order of the files
    std::vector<std::string> warnings; ///< for people, one line each
};

/// Reads places whose incidents are left out (docs/formats/exclusions.md): points or polygons of
/// any vector source, or a table with coordinates; each may have a radius of its own in a column
/// `radius`, `radius_m` or `buffer`, in metres.
///
/// Warns of a file of which no place reaches into the box of any ward.
/// \throws geo::Error (input) with line or feature, column, value and remedy if a source cannot be
/// read, or a place has no coordinates, a geometry that is neither point nor polygon, a radius that
/// is no number from 0 to 5000, or no place on the grid.
ReadExclusions read_exclusions(const ExclusionOptions& options, const ReadWards& wards);

} // namespace io
