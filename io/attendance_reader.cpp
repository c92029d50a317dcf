#include "io/attendance_reader.hpp"

#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/table_reader.hpp"
#include "io/words.hpp"

#include <array>
#include <fmt/core.h>
#include <fmt/ranges.h>
#include <variant>

namespace io {

namespace {

using Kind = schedule::Attendance::Kind;

/// Where the file keeps what; nothing for a column it may lack and does.
struct Positions {
    std::size_t zone = 0;
    std::size_t start = 0;
    std::size_t end = 0;
    std::optional<std::size_t> unit;
    std::optional<std::size_t> kind;
};

std::size_t needed(const CsvTable& table, const std::string& column) {
    const auto found = table.column(column);
    if (!found) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("there is no column '{}', only {}; name the columns "
                                     "in the configuration",
                                     column, fmt::join(table.columns, ", ")));
    }
    return *found;
}

Positions positions(const CsvTable& table, const AttendanceColumns& columns) {
    return {needed(table, columns.zone_id), needed(table, columns.start),
            needed(table, columns.end), table.column(columns.unit), table.column(columns.kind)};
}

std::string text(const CsvRow& row, std::optional<std::size_t> column) {
    return column ? std::string(without_guard(row.cells[*column])) : "";
}

/// A time with its hour; a bare day or month does not say when anybody was there.
std::optional<geo::Instant> instant(const std::string& text, const geo::TimeZone& time_zone) {
    const auto time = geo::read_time(text);
    if (!time || time->precision != geo::ReadTime::Precision::second) {
        return std::nullopt;
    }
    return geo::first_instant(*time, time_zone);
}

std::optional<Kind> kind_of(const std::string& word, const AttendanceColumns& columns) {
    if (word.empty() || same_word(word, columns.tasked)) {
        return Kind::tasked;
    }
    return same_word(word, columns.background) ? std::optional(Kind::background) : std::nullopt;
}

using RowResult = std::variant<schedule::Attendance, AttendanceProblem>;

RowResult read_row(const CsvRow& row, const Positions& at, const AttendanceColumns& columns,
                   const geo::TimeZone& time_zone) {
    const auto fault = [&](const std::string& column, AttendanceFault what) {
        return AttendanceProblem{row.line, column, what};
    };
    const std::string zone = text(row, at.zone);
    const std::string start_text = text(row, at.start);
    const std::string end_text = text(row, at.end);
    if (zone.empty()) {
        return fault(columns.zone_id, AttendanceFault::no_zone);
    }
    const auto start = instant(start_text, time_zone);
    if (!start) {
        return fault(columns.start,
                     start_text.empty() ? AttendanceFault::no_start : AttendanceFault::bad_start);
    }
    const auto end = instant(end_text, time_zone);
    if (!end) {
        return fault(columns.end,
                     end_text.empty() ? AttendanceFault::no_end : AttendanceFault::bad_end);
    }
    if (*end < *start) {
        return fault(columns.end, AttendanceFault::end_before_start);
    }
    const auto kind = kind_of(text(row, at.kind), columns);
    if (!kind) {
        return fault(columns.kind, AttendanceFault::bad_kind);
    }
    return schedule::Attendance{cluster::ZoneId(zone), schedule::UnitId(text(row, at.unit)),
                                geo::TimeSpan{*start, *end}, *kind};
}

} // namespace

std::string_view code(AttendanceFault fault) {
    constexpr std::array<std::string_view, 7> codes{
        "no-zone", "no-start", "no-end", "bad-start", "bad-end", "end-before-start", "bad-kind"};
    return codes[static_cast<std::size_t>(fault)];
}

ReadAttendances read_attendances(const std::string& path, const geo::TimeZone& time_zone,
                                 const AttendanceColumns& columns) {
    const CsvTable table = read_table(path, "attendance");
    const Positions at = geo::within(path, [&] { return positions(table, columns); });
    ReadAttendances read;
    for (const CsvRow& row : table.rows) {
        RowResult result = read_row(row, at, columns, time_zone);
        if (auto* const attendance = std::get_if<schedule::Attendance>(&result)) {
            read.attendances.push_back(std::move(*attendance));
        } else {
            read.problems.push_back(std::get<AttendanceProblem>(std::move(result)));
        }
    }
    return read;
}

} // namespace io
