#pragma once

#include <optional>
#include <string_view>

namespace io {

/// Whether there is nothing but blanks in `text`.
bool is_blank_text(std::string_view text);

/// Reads a number as spreadsheets and exports write it: `359012`, `-3.0512`, `+53.8`, `359,012`,
/// `359 012.5`, `1e5`.
///
/// Blanks around it are ignored. A comma or a blank separates thousands, so it must have three
/// figures behind it; a decimal comma is not understood. Returns nothing for anything else, for an
/// empty text, and for what is not finite.
std::optional<double> read_number(std::string_view text);

} // namespace io
