#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace io {

/// The whole file as UTF-8, without a byte order mark; what is not UTF-8 is read as Windows-1252.
///
/// \throws geo::Error (input) if it is missing, a folder or not readable.
std::string read_text(const std::filesystem::path& path);

/// Writes a new file and waits until it is on the disk; on failure no file is left.
///
/// \throws geo::Error (input) if it cannot be written.
void write_text(const std::filesystem::path& path, std::string_view text);

} // namespace io
