#include "io/travel_reader.hpp"

#include "geo/error.hpp"
#include "io/connection_text.hpp"
#include "io/table_reader.hpp"
#include "io/unit_values.hpp"
#include "io/words.hpp"

#include <cmath>
#include <fmt/core.h>
#include <set>
#include <tuple>

namespace io {

namespace {

constexpr std::string_view header = "from,to,minutes,mode";

class TravelReader {
  public:
    explicit TravelReader(const CsvTable& table)
        : from_(needed_column(table, "from", header)), to_(needed_column(table, "to", header)),
          minutes_(needed_column(table, "minutes", header)), mode_(table.column("mode")) {}

    schedule::Way way_in(const CsvRow& row) {
        schedule::Way way;
        way.from = end_in(row, from_, "from");
        way.to = end_in(row, to_, "to");
        way.time = minutes_in(row);
        way.mode = mode_in(row);
        if (!seen_.emplace(way.from, way.to, way.mode).second) {
            throw cell_fault("to", way.to,
                             "an earlier row gives the way from '" + way.from + "'; leave one out");
        }
        return way;
    }

  private:
    static std::string end_in(const CsvRow& row, std::size_t column, std::string_view name) {
        std::string end(without_guard(row.cells[column]));
        if (end.empty()) {
            throw cell_fault(name, end, "name a zone, or the base of a unit");
        }
        return end;
    }

    schedule::Minutes minutes_in(const CsvRow& row) const {
        constexpr double most = 1440;
        const auto minutes = number_of(row.cells[minutes_]);
        if (!minutes || !(*minutes >= 0 && *minutes <= most)) {
            throw cell_fault("minutes", row.cells[minutes_],
                             "write a number of minutes from 0 to 1440");
        }
        return schedule::Minutes(static_cast<int>(std::ceil(*minutes)));
    }

    std::optional<schedule::Mode> mode_in(const CsvRow& row) const {
        if (!mode_ || row.cells[*mode_].empty()) {
            return std::nullopt;
        }
        try {
            return mode_of(row.cells[*mode_]);
        } catch (const geo::Error&) {
            throw cell_fault("mode", row.cells[*mode_],
                             "write foot, bicycle or vehicle, or nothing for all of them");
        }
    }

    std::size_t from_;
    std::size_t to_;
    std::size_t minutes_;
    std::optional<std::size_t> mode_;
    std::set<std::tuple<std::string, std::string, std::optional<schedule::Mode>>> seen_;
};

} // namespace

std::vector<schedule::Way> read_travel(const std::string& path) {
    const CsvTable table = read_table(path, "travel");
    return geo::within(without_password(path), [&] {
        TravelReader reader(table);
        std::vector<schedule::Way> ways;
        ways.reserve(table.rows.size());
        for (const CsvRow& row : table.rows) {
            geo::within(fmt::format("{} {}", table.row_word, row.line),
                        [&] { ways.push_back(reader.way_in(row)); });
        }
        return ways;
    });
}

} // namespace io
