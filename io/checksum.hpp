#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace io {

/// The SHA-256 of a file's bytes in 64 lower-case hexadecimal digits.
///
/// \throws geo::Error (input) if it cannot be read.
std::string sha256_of_file(const std::filesystem::path& path);

/// The same of a text in memory.
std::string sha256_of_text(std::string_view text);

} // namespace io
