#pragma once

#include "geo/error.hpp"
#include "io/csv_text.hpp"
#include "io/gdal.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace io {

/// The layer of that name, letter case ignored, else the first one.
///
/// \throws geo::Error (input) if there is no layer at all.
void* layer_or_first(const DatasetHandle& dataset, std::string_view name);

/// A small table as text: from CSV, or from any layer that GDAL opens (a sheet, GeoJSON, a
/// GeoPackage), where rows are features counted from 1.
///
/// \param layer preferred where the source has several; else the first one.
/// \throws geo::Error (input) that names the path if it cannot be read.
CsvTable read_table(const std::string& path, std::string_view layer);

/// The position of a column that a table cannot do without.
///
/// \param header all columns of such a table, for the message. \throws geo::Error (input) if the
/// column is missing.
std::size_t needed_column(const CsvTable& table, std::string_view column, std::string_view header);

/// What is said of a cell that cannot be: "hour: '24' cannot be; write 0 to 23".
geo::Error cell_fault(std::string_view column, std::string_view value, std::string_view remedy);

} // namespace io
