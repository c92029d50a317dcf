#pragma once

#include "geo/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace io {

/// The whole file as UTF-8, without a byte order mark; what is not UTF-8 is read as Windows-1252.
///
/// \throws geo::Error (input) if it is missing, a folder or not readable.
std::string read_text(const std::filesystem::path& path);

/// Writes a new file and waits until it is on the disk; on failure no file is left.
///
/// \throws geo::Error (input) if it cannot be written or is there already.
void write_text(const std::filesystem::path& path, std::string_view text);

/// Puts the text in the file's place in one step: whoever reads sees the old text or the new one,
/// whole.
///
/// \throws geo::Error (input) if it cannot; the old file is untouched then.
void replace_text(const std::filesystem::path& path, std::string_view text);

/// As `write_text`, but says what went wrong instead of throwing; success is an empty code.
std::error_code try_write(const std::filesystem::path& path, std::string_view text);

/// One line for a person who cannot write to `path`, with the remedy that fits the fault.
geo::Error write_error(const std::filesystem::path& path, std::error_code fault);

} // namespace io
