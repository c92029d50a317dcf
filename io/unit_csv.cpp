#include "io/csv_text.hpp"
#include "io/unit_values.hpp"
#include "io/words.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace io {

namespace {

constexpr std::array<std::string_view, 10> known_columns{
    "unit",  "serves", "base", "mode", "speed_kmh", "minutes_per_shift",
    "shift", "days",   "from", "to"};
/// Those that belong to the unit, so that a later row of it must not say otherwise.
constexpr std::array<std::string_view, 5> unit_columns{"serves", "base", "mode", "speed_kmh",
                                                       "minutes_per_shift"};

/// A row by the names of its columns; "" for a column that the table lacks.
class NamedRow {
  public:
    NamedRow(const CsvTable& table, const CsvRow& row) : table_(&table), row_(&row) {}

    std::string cell(std::string_view name) const {
        const auto column = table_->column(name);
        return column ? std::string(without_guard(row_->cells[*column])) : "";
    }

  private:
    const CsvTable* table_;
    const CsvRow* row_;
};

double number_in(std::string_view key, const std::string& text) {
    const auto number = number_of(text);
    if (!number) {
        throw wrong_value(key, text, "write a number");
    }
    return *number;
}

geo::GridPoint base_in(const std::string& text, const geo::Projection& lonlat) {
    const std::vector<std::string> parts = parts_of(text, "[]|;, ");
    if (parts.size() != 2) {
        throw wrong_value("base", text, "write longitude and latitude: -3.05 53.82");
    }
    return base_of({number_in("base", parts[0]), number_in("base", parts[1])}, lonlat);
}

schedule::ShiftPattern shift_in(const NamedRow& row) {
    schedule::ShiftPattern shift;
    shift.name = row.cell("shift");
    const std::string days = row.cell("days");
    shift.days = days_of(days.empty() ? std::vector<std::string>{"daily"} : parts_of(days, " |;,"));
    shift.from = time_of_day("from", row.cell("from"));
    shift.to = time_of_day("to", row.cell("to"));
    return finished(std::move(shift));
}

schedule::Unit unit_in(const NamedRow& row, const geo::Projection& lonlat) {
    schedule::Unit unit;
    unit.name = schedule::UnitId(row.cell("unit"));
    unit.serves = parts_of(row.cell("serves"), "|;");
    if (const std::string base = row.cell("base"); !base.empty()) {
        unit.base = base_in(base, lonlat);
    }
    if (const std::string mode = row.cell("mode"); !mode.empty()) {
        unit.mode = mode_of(mode);
    }
    const std::string speed = row.cell("speed_kmh");
    unit.speed_kmh = speed.empty() ? schedule::usual_speed_kmh(unit.mode)
                                   : speed_of(number_in("speed_kmh", speed));
    if (const std::string minutes = row.cell("minutes_per_shift"); !minutes.empty()) {
        unit.minutes_per_shift = minutes_of(number_in("minutes_per_shift", minutes));
    }
    return unit;
}

void check_columns(const CsvTable& table) {
    for (const std::string& column : table.columns) {
        if (std::ranges::none_of(
                known_columns, [&](std::string_view known) { return same_word(known, column); })) {
            throw unknown_key(column, known_columns);
        }
    }
    for (const char* const needed : {"unit", "from", "to"}) {
        if (!table.column(needed)) {
            throw geo::Error(geo::ErrorKind::usage,
                             fmt::format("{}: the column is missing; add it", needed));
        }
    }
}

/// \param first the row that the unit was made from.
void check_same_unit(const NamedRow& row, const NamedRow& first) {
    for (const std::string_view column : unit_columns) {
        const std::string value = row.cell(column);
        if (!value.empty() && value != first.cell(column)) {
            throw wrong_value(column, value,
                              "an earlier row of the unit says otherwise; leave it empty or write "
                              "the same");
        }
    }
}

} // namespace

std::vector<schedule::Unit> units_from_csv(const std::string& text, const geo::Projection& lonlat) {
    const CsvTable table = parse_csv(text);
    geo::within("line 1", [&] { check_columns(table); });
    std::vector<schedule::Unit> units;
    std::vector<NamedRow> first_rows;
    for (const CsvRow& cells : table.rows) {
        geo::within(fmt::format("line {}", cells.line), [&] {
            const NamedRow row(table, cells);
            const schedule::UnitId name(row.cell("unit"));
            const auto known = std::ranges::find(units, name, &schedule::Unit::name);
            if (known != units.end()) {
                check_same_unit(row, first_rows[static_cast<std::size_t>(known - units.begin())]);
                known->shifts.push_back(shift_in(row));
                return;
            }
            schedule::Unit unit = unit_in(row, lonlat);
            unit.shifts.push_back(shift_in(row));
            check_unit(unit, units);
            units.push_back(std::move(unit));
            first_rows.push_back(row);
        });
    }
    return units;
}

} // namespace io
