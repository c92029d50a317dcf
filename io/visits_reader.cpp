#include "io/visits_reader.hpp"

#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/table_reader.hpp"
#include "io/words.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>
#include <initializer_list>

namespace io {

namespace {

geo::Error fault(std::string_view column, std::string_view value, std::string_view remedy) {
    return {geo::ErrorKind::input, fmt::format("{}: '{}' cannot be; {}", column, value, remedy)};
}

/// A column under the name that the file gives it; absent if the file lacks it.
struct Column {
    std::string name;
    std::optional<std::size_t> position;

    std::string in(const CsvRow& row) const {
        return position ? std::string(without_guard(row.cells[*position])) : "";
    }
};

Column column(const CsvTable& table, std::initializer_list<const char*> names) {
    for (const char* const name : names) {
        if (const auto position = table.column(name)) {
            return {name, position};
        }
    }
    return {*names.begin(), std::nullopt};
}

Column needed(const CsvTable& table, std::initializer_list<const char*> names) {
    Column found = column(table, names);
    if (!found.position) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("there is no column '{}', only {}; give visits.geojson or "
                                     "roster.csv",
                                     *names.begin(), fmt::join(table.columns, ", ")));
    }
    return found;
}

struct Columns {
    explicit Columns(const CsvTable& table)
        : id(column(table, {"visit_id"})), zone(needed(table, {"zone_id"})),
          unit(needed(table, {"unit"})), shift(column(table, {"shift"})),
          day(column(table, {"shift_day", "date"})), seq(column(table, {"seq"})),
          start(needed(table, {"start_time", "start"})), end(needed(table, {"end_time", "end"})),
          travel(column(table, {"travel_min"})), reason(column(table, {"reason"})),
          status(column(table, {"status"})) {}

    Column id, zone, unit, shift, day, seq, start, end, travel, reason, status;
};

std::string text_in(const CsvRow& row, const Column& column) {
    std::string text = column.in(row);
    if (text.empty()) {
        throw fault(column.name, text, "fill it in");
    }
    return text;
}

geo::Instant instant_in(const CsvRow& row, const Column& column, const geo::TimeZone& time_zone) {
    const std::string text = column.in(row);
    const auto time = geo::read_time(text);
    if (!time || time->precision != geo::ReadTime::Precision::second) {
        throw fault(column.name, text, "write date and time, as in 2026-11-23T15:00:00+00:00");
    }
    return geo::first_instant(*time, time_zone);
}

geo::Day day_in(const CsvRow& row, const Column& column, geo::WallTime start) {
    const std::string text = column.in(row);
    if (text.empty()) {
        constexpr std::chrono::hours duty_day_begins{6};
        return std::chrono::floor<std::chrono::days>(start - duty_day_begins);
    }
    const auto day = geo::read_day(text);
    if (!day) {
        throw fault(column.name, text, "write a day, as in 2026-11-23");
    }
    return *day;
}

std::uint64_t count_in(const CsvRow& row, const Column& column) {
    const std::string text = column.in(row);
    const auto count = text.empty() ? std::optional<std::uint64_t>(0) : whole_number_of(text);
    if (!count || *count > 100'000) {
        throw fault(column.name, text, "write a whole number");
    }
    return *count;
}

template <typename Value>
Value word_in(const CsvRow& row, const Column& column,
              std::optional<Value> (*meaning)(std::string_view), std::string_view remedy) {
    const std::string text = column.in(row);
    const auto value = text.empty() ? std::optional<Value>(Value{}) : meaning(text);
    if (!value) {
        throw fault(column.name, text, remedy);
    }
    return *value;
}

schedule::Visit visit_in(const CsvRow& row, const Columns& columns, const std::string& place,
                         const geo::TimeZone& time_zone) {
    schedule::Visit visit;
    visit.id = columns.id.in(row).empty() ? place : columns.id.in(row);
    visit.zone = cluster::ZoneId(text_in(row, columns.zone));
    visit.unit = schedule::UnitId(text_in(row, columns.unit));
    visit.shift = columns.shift.in(row);
    visit.when = {instant_in(row, columns.start, time_zone),
                  instant_in(row, columns.end, time_zone)};
    if (visit.when.to <= visit.when.from) {
        throw fault(columns.end.name, columns.end.in(row), "the visit must end after it starts");
    }
    visit.shift_day = day_in(row, columns.day, time_zone.wall_time(visit.when.from));
    visit.seq = static_cast<unsigned>(count_in(row, columns.seq));
    visit.travel = schedule::Minutes(static_cast<int>(count_in(row, columns.travel)));
    visit.reason = word_in(row, columns.reason, reason_of, "write rule or risk");
    visit.status = word_in(row, columns.status, status_of, "write planned or issued");
    return visit;
}

} // namespace

std::vector<schedule::Visit> read_visits(const std::string& path, const geo::TimeZone& time_zone) {
    const CsvTable table = read_table(path, "visits");
    return geo::within(path, [&] {
        std::vector<schedule::Visit> visits;
        if (table.rows.empty()) {
            return visits; // an empty collection has no columns either
        }
        const Columns columns(table);
        for (const CsvRow& row : table.rows) {
            const std::string place = fmt::format("{} {}", table.row_word, row.line);
            visits.push_back(
                geo::within(place, [&] { return visit_in(row, columns, place, time_zone); }));
        }
        return visits;
    });
}

} // namespace io
