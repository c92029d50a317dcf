#pragma once

#include <span>
#include <string>

namespace io {

/// The names of columns for a message: "'Easting', 'Northing'", twenty at most.
///
/// \throws geo::Error (input) that asks for a header line if the names look like a row of data,
/// none of which may be repeated: one reads as a number or a date, or is longer than forty
/// characters.
std::string listed_header(std::span<const std::string> names);

} // namespace io
