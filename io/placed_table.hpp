#pragma once

#include "geo/projection.hpp"
#include "io/csv_text.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace io {

/// A table of texts whose rows may have a place.
struct PlacedTable {
    CsvTable table;
    std::vector<std::optional<geo::SourcePoint>> points; ///< of each row; empty for a text file
    std::optional<std::string> crs;                      ///< of `points`, where the layer has one

    bool has_points() const { return !points.empty(); }
};

/// Reads CSV as text, and any other source through GDAL with the points of its rows; a geometry
/// that is no point, or not a finite one, is no place. Of several layers the first whose name is
/// among `layers` is read, else the first one.
///
/// Points of a GPX file get a further column `unit` with the name of their track, else of the file.
/// \throws geo::Error (input) that names the path if it cannot be read.
PlacedTable read_placed_table(const std::string& path, std::span<const std::string_view> layers);

} // namespace io
