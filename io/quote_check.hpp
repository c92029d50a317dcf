#pragma once

#include <string>
#include <vector>

namespace io {

/// Looks for quotation marks that swallow rows of a CSV: GDAL takes all that stands between two of
/// them for one cell, line ends too, so one stray mark can hide the rest of a file.
///
/// Reads the bytes once, which costs little beside parsing them.
/// \param dataset a file or `/vsi` path; what cannot be opened so (a connection string) is passed
/// over. \returns a warning for each cell of more than twenty lines. \throws geo::Error (input)
/// with its line if a mark is still open at the end.
std::vector<std::string> check_quotes(const std::string& dataset);

} // namespace io
