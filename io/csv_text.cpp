#include "io/csv_text.hpp"

#include "geo/error.hpp"
#include "io/file_text.hpp"
#include "io/words.hpp"

#include <algorithm>
#include <array>
#include <fmt/core.h>

namespace io {

namespace {

/// The separator that the header line uses most; a comma if it uses none.
char separator_of(std::string_view text) {
    const std::string_view header = text.substr(0, text.find_first_of("\r\n"));
    constexpr std::array<char, 3> known{',', ';', '\t'};
    return *std::ranges::max_element(known, {},
                                     [&](char c) { return std::ranges::count(header, c); });
}

/// Cuts a text into rows; knows where each begins.
class Cutter {
  public:
    explicit Cutter(std::string_view text) : rest_(text), separator_(separator_of(text)) {}

    bool done() const { return rest_.empty(); }

    CsvRow next_row() {
        CsvRow row{.line = line_, .cells = {}};
        while (true) {
            row.cells.push_back(next_cell());
            if (rest_.empty()) {
                return row;
            }
            const char after = take();
            if (after != separator_) {
                if (after == '\r' && rest_.starts_with('\n')) {
                    take();
                }
                ++line_;
                return row;
            }
        }
    }

  private:
    char take() {
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    std::string next_cell() {
        const std::string_view ends = separator_ == '\t'  ? "\t\r\n"
                                      : separator_ == ';' ? ";\r\n"
                                                          : ",\r\n";
        const std::size_t start = rest_.find_first_not_of(separator_ == '\t' ? " " : " \t");
        if (start != std::string_view::npos && rest_[start] == '"') {
            rest_.remove_prefix(start + 1);
            std::string cell = quoted_cell();
            rest_.remove_prefix(std::min(rest_.find_first_of(ends), rest_.size()));
            return cell;
        }
        const std::size_t length = std::min(rest_.find_first_of(ends), rest_.size());
        std::string cell(trimmed(rest_.substr(0, length)));
        rest_.remove_prefix(length);
        return cell;
    }

    /// The rest of a cell after its opening quote.
    std::string quoted_cell() {
        const std::uint64_t opened = line_;
        std::string cell;
        while (!rest_.empty()) {
            const char c = take();
            if (c == '"') {
                if (!rest_.starts_with('"')) {
                    return std::string(trimmed(cell));
                }
                take();
            }
            line_ += c == '\n' ? 1U : 0U;
            cell += c;
        }
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("line {}: a quote is opened and never closed; close it or "
                                     "save the table again",
                                     opened));
    }

    std::string_view rest_;
    char separator_;
    std::uint64_t line_ = 1;
};

bool has_text(const CsvRow& row) {
    return std::ranges::any_of(row.cells, [](const std::string& cell) { return !cell.empty(); });
}

/// Where the cells begin that no column is for.
std::ptrdiff_t beyond(const CsvRow& row, const CsvTable& table) {
    return static_cast<std::ptrdiff_t>(std::min(row.cells.size(), table.columns.size()));
}

} // namespace

std::string csv_row(std::span<const std::string> cells) {
    std::string row;
    for (const std::string& cell : cells) {
        row += &cell == cells.data() ? "" : ",";
        // Blanks at the ends are quoted, too: some readers cut them off otherwise.
        const bool quote = cell.find_first_of(",;\"\r\n") != std::string::npos ||
                           cell.starts_with(' ') || cell.ends_with(' ');
        if (!quote) {
            row += cell;
            continue;
        }
        row += '"';
        for (const char c : cell) {
            row += c == '"' ? "\"\"" : std::string(1, c);
        }
        row += '"';
    }
    return row + '\n';
}

namespace {
constexpr std::string_view formula_starts = "=+-@\t\r\n";
}

std::string spreadsheet_safe(std::string_view text) {
    const bool formula = !text.empty() && formula_starts.find(text.front()) != std::string::npos;
    std::string safe(text);
    if (formula) {
        safe.insert(safe.begin(), '\'');
    }
    return safe;
}

std::string_view without_guard(std::string_view text) {
    const bool guarded = text.size() > 1 && text.front() == '\'' &&
                         formula_starts.find(text[1]) != std::string::npos;
    return guarded ? text.substr(1) : text;
}

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
    const auto found =
        std::ranges::find_if(columns, [&](const std::string& c) { return same_word(c, name); });
    if (found == columns.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - columns.begin());
}

CsvTable parse_csv(std::string_view text) {
    Cutter cutter(text);
    CsvTable table;
    while (!cutter.done()) {
        CsvRow row = cutter.next_row();
        if (!has_text(row)) {
            continue;
        }
        if (table.columns.empty()) {
            table.columns = std::move(row.cells);
            continue;
        }
        row.overflows = std::any_of(row.cells.begin() + beyond(row, table), row.cells.end(),
                                    [](const std::string& cell) { return !cell.empty(); });
        row.cells.resize(table.columns.size());
        table.rows.push_back(std::move(row));
    }
    if (table.columns.empty()) {
        throw geo::Error(geo::ErrorKind::input,
                         "the file is empty; it needs a header line and rows");
    }
    return table;
}

CsvTable read_csv(const std::filesystem::path& path) {
    const std::string text = read_text(path);
    return geo::within(path.string(), [&] { return parse_csv(text); });
}

} // namespace io
