#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace io {

/// One row of comma-separated values (RFC 4180), quoted where it must be, with its line end "\n".
std::string csv_row(std::span<const std::string> cells);

/// `text` such that a spreadsheet shows it instead of computing it: an apostrophe goes in front of
/// what begins with = + - @, a tab or a line end. For text that comes from input.
std::string spreadsheet_safe(std::string_view text);

/// The text before `spreadsheet_safe`.
std::string_view without_guard(std::string_view text);

/// A row of a table and the line of the file that it begins on, the header being line 1.
struct CsvRow {
    std::uint64_t line = 0;
    std::vector<std::string> cells; ///< as many as there are columns; missing ones are empty
    bool overflows = false;         ///< text stood to the right of the last column, and is cut off
};

/// A small table with named columns.
struct CsvTable {
    std::vector<std::string> columns; ///< trimmed, as the file writes them
    std::vector<CsvRow> rows;         ///< rows without any text are left out
    std::string row_word = "line"; ///< what `CsvRow::line` counts: "line", or "feature" of a layer

    /// The column of that name, letter case ignored, or nothing.
    std::optional<std::size_t> column(std::string_view name) const;
};

/// Reads comma-, semicolon- or tab-separated values with a header; the header shows which. Line
/// ends of any kind; quoted cells may hold line ends; cells are trimmed of blanks.
///
/// \throws geo::Error (input) if there is no header or a quote is not closed.
CsvTable parse_csv(std::string_view text);

/// As above, from a file; errors name it.
CsvTable read_csv(const std::filesystem::path& path);

} // namespace io
