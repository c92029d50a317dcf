#pragma once

#include "io/source.hpp"

#include <string>
#include <vector>

namespace io {

/// The columns of a part's table, in the file's order and spelling, without reading its rows.
///
/// \throws geo::Error (input) if it cannot be opened or holds no layer.
std::vector<std::string> column_names(const SourcePart& part);

} // namespace io
