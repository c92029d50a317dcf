#include "io/csv_text.hpp"
#include "io/unit_values.hpp"
#include "io/words.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace io {

namespace {

constexpr std::array<std::string_view, 18> known_columns{
    "unit",       "serves",    "base",          "base_name",
    "mode",       "speed_kmh", "officers",      "minutes_per_shift",
    "max_visits", "leave",     "shift",         "days",
    "dates",      "except",    "bank_holidays", "from",
    "to",         "breaks"};
/// Those that belong to the unit, so that a later row of it must not say otherwise.
constexpr std::array<std::string_view, 9> unit_columns{
    "serves",     "base", "base_name", "mode", "speed_kmh", "officers", "minutes_per_shift",
    "max_visits", "leave"};

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

/// "19:00-19:30", or "30 in 18:00-21:00" for so many minutes somewhere within.
schedule::Break break_in(const std::string& text) {
    constexpr std::string_view in = " in ";
    const std::size_t split = text.find(in);
    const std::string span = split == std::string::npos ? text : text.substr(split + in.size());
    const std::size_t dash = span.find('-');
    if (dash == std::string::npos) {
        throw wrong_value("breaks", text, "write 19:00-19:30, or 30 in 18:00-21:00");
    }
    schedule::Break pause{
        {time_of_day("breaks", span.substr(0, dash)), time_of_day("breaks", span.substr(dash + 1))},
        std::nullopt};
    if (split != std::string::npos) {
        pause.length = minutes_of("breaks", number_in("breaks", text.substr(0, split)));
    }
    return pause;
}

std::vector<schedule::DayRange> dates_in(std::string_view key, const NamedRow& row) {
    return dates_of(key, parts_of(row.cell(key), "|;"));
}

schedule::ShiftPattern shift_in(const NamedRow& row) {
    schedule::ShiftPattern shift;
    shift.name = row.cell("shift");
    shift.dates = dates_in("dates", row);
    shift.except = dates_in("except", row);
    const std::string days = row.cell("days");
    if (!days.empty() || shift.dates.empty()) {
        shift.days =
            days_of(days.empty() ? std::vector<std::string>{"daily"} : parts_of(days, " |;,"));
    }
    if (const std::string duty = row.cell("bank_holidays"); !duty.empty()) {
        shift.on_bank_holidays = bank_holiday_duty_of(duty);
    }
    for (const std::string& text : parts_of(row.cell("breaks"), "|;")) {
        shift.breaks.push_back(break_in(text));
    }
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
        unit.minutes_per_shift =
            minutes_of("minutes_per_shift", number_in("minutes_per_shift", minutes));
    }
    if (const std::string visits = row.cell("max_visits"); !visits.empty()) {
        unit.max_visits = count_of("max_visits", number_in("max_visits", visits));
    }
    if (const std::string officers = row.cell("officers"); !officers.empty()) {
        unit.officers = count_of("officers", number_in("officers", officers));
    }
    unit.base_name = row.cell("base_name");
    unit.leave = dates_in("leave", row);
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
    const std::string calendar = "England and Wales";
    const std::vector<geo::Day> holidays = bank_holidays_of(std::span(&calendar, 1));
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
            unit.bank_holidays = holidays;
            check_unit(unit, units);
            units.push_back(std::move(unit));
            first_rows.push_back(row);
        });
    }
    return units;
}

} // namespace io
