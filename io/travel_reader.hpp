#pragma once

#include "schedule/plan.hpp"

#include <string>
#include <vector>

namespace io {

/// Reads measured ways from a CSV, or any table that GDAL opens, with the columns `from`, `to`,
/// `minutes` and perhaps `mode` (docs/formats/travel.md). Minutes are rounded up to whole ones. In
/// the order of the file.
///
/// \throws geo::Error (input) with file, line, column, value and remedy for a row that cannot be,
/// among them a pair that comes twice for a mode.
std::vector<schedule::Way> read_travel(const std::string& path);

} // namespace io
