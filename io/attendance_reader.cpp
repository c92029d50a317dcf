#include "io/attendance_reader.hpp"

#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/calendar_reader.hpp"
#include "io/connection_text.hpp"
#include "io/file_text.hpp"
#include "io/placed_table.hpp"
#include "io/words.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/core.h>
#include <fmt/ranges.h>
#include <limits>
#include <variant>

namespace io {

namespace {

using schedule::Attendance;
using Kind = Attendance::Kind;

constexpr std::array<std::string_view, 4> layer_names_tried{"attendance", "attendances", "pings",
                                                            "track_points"};

// What columns are called, too, where the configuration does not say otherwise.
constexpr std::array<std::string_view, 1> zone_names{"zone"};
constexpr std::array<std::string_view, 2> start_names{"from", "start_time"};
constexpr std::array<std::string_view, 2> end_names{"to", "end_time"};
constexpr std::array<std::string_view, 2> time_names{"timestamp", "datetime"};

/// Two columns that say a place, by the names they usually have.
struct UsualPlace {
    std::string_view x;
    std::string_view y;
    bool degrees = true;
};
constexpr std::array<UsualPlace, 4> usual_places{
    {{"longitude", "latitude"}, {"lon", "lat"}, {"lng", "lat"}, {"easting", "northing", false}}};

using Position = std::optional<std::size_t>;

Position find(const CsvTable& table, std::string_view name,
              std::span<const std::string_view> others = {}) {
    Position found = table.column(name);
    for (auto other = others.begin(); !found && other != others.end(); ++other) {
        found = table.column(*other);
    }
    return found;
}

[[noreturn]] void lacks(const CsvTable& table, std::string_view column) {
    throw geo::Error(geo::ErrorKind::input,
                     fmt::format("there is no column '{}', only {}; name the columns "
                                 "in the configuration",
                                 column, fmt::join(table.columns, ", ")));
}

std::size_t needed(const CsvTable& table, const std::string& column, Position found) {
    if (!found) {
        lacks(table, column);
    }
    return *found;
}

/// Where a table keeps what; nothing for a column that it lacks.
struct Positions {
    Position zone, unit, start, end, kind, visit, arrests, searches, time, x, y;
};

Positions positions(const CsvTable& table, const AttendanceColumns& columns) {
    Positions at{.zone = find(table, columns.zone_id, zone_names),
                 .unit = table.column(columns.unit),
                 .start = find(table, columns.start, start_names),
                 .end = find(table, columns.end, end_names),
                 .kind = table.column(columns.kind),
                 .visit = table.column(columns.visit_id),
                 .arrests = table.column(columns.arrests),
                 .searches = table.column(columns.searches),
                 .time = find(table, columns.time, time_names)};
    if (columns.x || columns.y) {
        at.x = needed(table, columns.x.value_or("x"), table.column(columns.x.value_or("x")));
        at.y = needed(table, columns.y.value_or("y"), table.column(columns.y.value_or("y")));
        return at;
    }
    for (const UsualPlace& usual : usual_places) {
        if (table.column(usual.x) && table.column(usual.y)) {
            at.x = table.column(usual.x);
            at.y = table.column(usual.y);
            break;
        }
    }
    return at;
}

std::string text(const CsvRow& row, Position column) {
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

/// The place of a row, or why it has none.
using PlaceResult = std::variant<geo::GridPoint, AttendanceFault>;

/// A table with the places of its rows on the grid.
class Places {
  public:
    Places(const PlacedTable& read, const Positions& at, const AttendanceReading& reading) {
        if (!at.x && !read.has_points()) {
            return;
        }
        const std::string crs = crs_of(read, at, reading);
        std::vector<geo::SourcePoint> points;
        std::vector<std::size_t> rows;
        for (std::size_t i = 0; i < read.table.rows.size(); ++i) {
            const auto point = at.x ? from_cells(read.table.rows[i], at) : from_layer(read, i);
            results_.emplace_back(AttendanceFault::bad_position);
            if (const auto* const fault = std::get_if<AttendanceFault>(&point)) {
                results_.back() = *fault;
            } else {
                points.push_back(std::get<geo::SourcePoint>(point));
                rows.push_back(i);
            }
        }
        const geo::Projection projection(crs, reading.grid);
        const auto placed = projection.to_grid(points);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (placed[i]) {
                results_[rows[i]] = *placed[i];
            }
        }
    }

    bool any() const { return !results_.empty(); }
    PlaceResult of(std::size_t row) const {
        return any() ? results_[row] : PlaceResult(AttendanceFault::no_position);
    }

  private:
    using Point = std::variant<geo::SourcePoint, AttendanceFault>;

    static std::string crs_of(const PlacedTable& read, const Positions& at,
                              const AttendanceReading& reading) {
        if (reading.grid.empty()) {
            throw geo::Error(geo::ErrorKind::input,
                             "has positions, and no zones are known to look them up in; give "
                             "each row its zone");
        }
        if (reading.columns.crs) {
            return *reading.columns.crs;
        }
        if (!at.x) {
            if (!read.crs) {
                throw geo::Error(geo::ErrorKind::input,
                                 "has points without a coordinate reference system; name it in the "
                                 "configuration: [attendance] crs = \"EPSG:27700\"");
            }
            return *read.crs;
        }
        const std::string& name = read.table.columns[*at.x];
        const auto usual = std::ranges::find_if(
            usual_places, [&](const UsualPlace& u) { return same_word(u.x, name); });
        const bool degrees = usual != usual_places.end() && usual->degrees;
        return degrees ? "EPSG:4326" : reading.grid;
    }

    static Point checked(const geo::SourcePoint& point) {
        return point.x == 0 && point.y == 0 ? Point(AttendanceFault::no_position) : Point(point);
    }

    static Point from_layer(const PlacedTable& read, std::size_t row) {
        const auto& point = read.points[row];
        return point ? checked(*point) : Point(AttendanceFault::no_position);
    }

    static Point from_cells(const CsvRow& row, const Positions& at) {
        const std::string x_text = text(row, at.x);
        const std::string y_text = text(row, at.y);
        if (x_text.empty() || y_text.empty()) {
            return AttendanceFault::no_position;
        }
        const auto x = number_of(x_text);
        const auto y = number_of(y_text);
        return x && y ? checked({*x, *y}) : Point(AttendanceFault::bad_position);
    }

    std::vector<PlaceResult> results_;
};

/// The zone that holds the place: of several, the one in whose circle it is most central.
std::optional<cluster::ZoneId> zone_at(const geo::GridPoint& place,
                                       std::span<const schedule::ZoneDisc> zones) {
    std::optional<cluster::ZoneId> best;
    double least = 0;
    for (const schedule::ZoneDisc& zone : zones) {
        const double radii =
            geo::distance(place, zone.disc.centre).value() / zone.disc.radius.value();
        if (zone.disc.holds(place) && (!best || radii < least)) {
            best = zone.zone;
            least = radii;
        }
    }
    return best;
}

void sort_problems(ReadAttendances& read) {
    std::stable_sort(read.problems.begin(), read.problems.end(),
                     [](const AttendanceProblem& a, const AttendanceProblem& b) {
                         return std::tie(a.file, a.line) < std::tie(b.file, b.line);
                     });
}

/// Reads all files, one after the other.
class Reader {
  public:
    explicit Reader(const AttendanceReading& reading) : reading_(reading) {}

    void take(const std::string& path) {
        file_ = static_cast<std::uint32_t>(read_.files.size());
        read_.files.push_back({.path = without_password(path)});
        const std::string ending = std::filesystem::path(path).extension().string();
        if (same_word(ending, ".ics") || same_word(ending, ".ical")) {
            geo::within(path, [&] { take_calendar(path); });
            return;
        }
        const PlacedTable table = read_placed_table(path, layer_names_tried);
        geo::within(without_password(path), [&] { take_table(table); });
    }

    ReadAttendances finished() {
        find_stays();
        sort_problems(read_);
        for (const AttendanceProblem& problem : read_.problems) {
            read_.files[problem.file].rows_left_out +=
                schedule::leaves_out(problem.fault) ? 1U : 0U;
        }
        return std::move(read_);
    }

  private:
    AttendanceFile& file() { return read_.files[file_]; }

    void fault(std::uint64_t line, std::string column, AttendanceFault what) {
        read_.problems.push_back({line, std::move(column), what, file_});
    }

    void keep(Attendance attendance, std::uint64_t line) {
        read_.attendances.push_back(std::move(attendance));
        read_.origins.push_back({{file_, line}});
    }

    void take_calendar(const std::string& path) {
        file().form = AttendanceForm::calendar;
        file().row_word = "event";
        for (auto& event : read_calendar(read_text(path), reading_.time_zone)) {
            const std::uint64_t number = ++file().rows_read;
            if (auto* const bad = std::get_if<CalendarFault>(&event)) {
                fault(number, bad->property, bad->fault);
            } else {
                keep(std::get<Attendance>(std::move(event)), number);
            }
        }
    }

    void take_table(const PlacedTable& read) {
        const Positions at = positions(read.table, reading_.columns);
        const bool placed = at.x || read.has_points();
        file().row_word = read.table.row_word;
        file().rows_read = read.table.rows.size();
        if (at.time && placed && !at.start && !at.end) {
            file().form = AttendanceForm::pings;
            take_pings(read, at);
            return;
        }
        const AttendanceColumns& columns = reading_.columns;
        if (!at.zone && !placed) {
            lacks(read.table, columns.zone_id);
        }
        needed(read.table, columns.start, at.start);
        needed(read.table, columns.end, at.end);
        // Places are looked at where rows may need them: a layer of named zones may lie anywhere.
        const Places places = at.zone && reading_.grid.empty() ? Places(PlacedTable(), {}, reading_)
                                                               : Places(read, at, reading_);
        for (std::size_t i = 0; i < read.table.rows.size(); ++i) {
            take_row(read.table, i, at, places);
        }
    }

    /// The name of the column as the file writes it, else as it should be.
    static std::string name(const CsvTable& table, Position column, std::string_view otherwise) {
        return column ? table.columns[*column] : std::string(otherwise);
    }

    void take_row(const CsvTable& table, std::size_t index, const Positions& at,
                  const Places& places) {
        const CsvRow& row = table.rows[index];
        Attendance attendance;
        const auto bad = [&](Position column, std::string_view otherwise, AttendanceFault what) {
            fault(row.line, name(table, column, otherwise), what);
        };
        if (const auto zone = zone_of(row, index, at, places);
            const auto* const what = std::get_if<AttendanceFault>(&zone)) {
            bad(*what == AttendanceFault::no_zone ? at.zone : at.x, "geometry", *what);
            return;
        } else {
            attendance.zone = std::get<cluster::ZoneId>(zone);
        }
        const std::string start_text = text(row, at.start);
        const std::string end_text = text(row, at.end);
        const auto start = instant(start_text, reading_.time_zone);
        if (!start) {
            bad(at.start, "",
                start_text.empty() ? AttendanceFault::no_start : AttendanceFault::bad_start);
            return;
        }
        const auto end = instant(end_text, reading_.time_zone);
        if (!end) {
            bad(at.end, "", end_text.empty() ? AttendanceFault::no_end : AttendanceFault::bad_end);
            return;
        }
        if (*end < *start) {
            bad(at.end, "", AttendanceFault::end_before_start);
            return;
        }
        const auto kind = kind_of(text(row, at.kind), reading_.columns);
        if (!kind) {
            bad(at.kind, "", AttendanceFault::bad_kind);
            return;
        }
        attendance.unit = schedule::UnitId(text(row, at.unit));
        attendance.when = {*start, *end};
        attendance.kind = *kind;
        add_particulars(attendance, table, row, at);
        keep(std::move(attendance), row.line);
    }

    std::variant<cluster::ZoneId, AttendanceFault>
    zone_of(const CsvRow& row, std::size_t index, const Positions& at, const Places& places) const {
        const std::string named = text(row, at.zone);
        if (!named.empty()) {
            return cluster::ZoneId(named);
        }
        if (!places.any()) {
            return AttendanceFault::no_zone;
        }
        const PlaceResult place = places.of(index);
        if (const auto* const what = std::get_if<AttendanceFault>(&place)) {
            return at.zone && *what == AttendanceFault::no_position ? AttendanceFault::no_zone
                                                                    : *what;
        }
        const auto zone = zone_at(std::get<geo::GridPoint>(place), reading_.zones);
        if (!zone) {
            return AttendanceFault::outside_zones;
        }
        return *zone;
    }

    void add_particulars(Attendance& attendance, const CsvTable& table, const CsvRow& row,
                         const Positions& at) {
        const std::string visit = text(row, at.visit);
        if (!visit.empty()) {
            attendance.visit = visit;
        }
        bool doubted = false;
        for (const auto& [column, number] : {std::pair(at.arrests, &attendance.arrests),
                                             std::pair(at.searches, &attendance.searches)}) {
            const std::string cell = text(row, column);
            const auto value = whole_number_of(cell);
            if (value && *value <= std::numeric_limits<std::uint32_t>::max()) {
                *number = static_cast<std::uint32_t>(*value);
            } else if (!cell.empty() && !doubted) {
                fault(row.line, name(table, column, ""), AttendanceFault::bad_number);
                doubted = true;
            }
        }
    }

    void take_pings(const PlacedTable& read, const Positions& at) {
        const Places places(read, at, reading_);
        for (std::size_t i = 0; i < read.table.rows.size(); ++i) {
            const CsvRow& row = read.table.rows[i];
            const std::string time_text = text(row, at.time);
            const auto time = instant(time_text, reading_.time_zone);
            if (!time) {
                fault(row.line, name(read.table, at.time, ""),
                      time_text.empty() ? AttendanceFault::no_start : AttendanceFault::bad_start);
                continue;
            }
            const PlaceResult place = places.of(i);
            if (const auto* const what = std::get_if<AttendanceFault>(&place)) {
                fault(row.line, name(read.table, at.x, "geometry"), *what);
                continue;
            }
            pings_.push_back(
                {schedule::UnitId(text(row, at.unit)), *time, std::get<geo::GridPoint>(place)});
            ping_rows_.push_back({file_, row.line});
        }
    }

    void find_stays() {
        if (pings_.empty()) {
            return;
        }
        schedule::Presence found = schedule::presence(pings_, reading_.zones, reading_.presence);
        for (const schedule::RowFault& bad : found.faults) {
            const AttendanceRow& row = ping_rows_[bad.row];
            read_.problems.push_back({row.line, "", bad.fault, row.file});
        }
        for (std::size_t i = 0; i < found.attendances.size(); ++i) {
            AttendanceOrigin origin;
            std::transform(found.rows[i].begin(), found.rows[i].end(), std::back_inserter(origin),
                           [&](std::size_t ping) { return ping_rows_[ping]; });
            ++read_.files[ping_rows_[found.rows[i].front()].file].stays;
            read_.attendances.push_back(std::move(found.attendances[i]));
            read_.origins.push_back(std::move(origin));
        }
        for (AttendanceFile& each : read_.files) {
            each.interval = each.form == AttendanceForm::pings ? found.interval : std::nullopt;
        }
    }

    const AttendanceReading& reading_;
    std::uint32_t file_ = 0;
    ReadAttendances read_;
    std::vector<schedule::Ping> pings_;
    std::vector<AttendanceRow> ping_rows_; ///< of each of `pings_`
};

} // namespace

std::string_view word(AttendanceForm form) {
    constexpr std::array<std::string_view, 3> words{"list", "pings", "calendar"};
    return words[static_cast<std::size_t>(form)];
}

ReadAttendances read_attendances(std::span<const std::string> paths,
                                 const AttendanceReading& reading) {
    Reader reader(reading);
    for (const std::string& path : paths) {
        reader.take(path);
    }
    return reader.finished();
}

ReadAttendances read_attendances(const std::string& path, const geo::TimeZone& time_zone,
                                 const AttendanceColumns& columns) {
    return read_attendances({&path, 1}, {.time_zone = time_zone, .columns = columns});
}

ComparedAttendances compared(ReadAttendances read, std::span<const cluster::ZoneId> zones,
                             const schedule::LogOptions& options) {
    schedule::TidyLog log = schedule::tidy(read.attendances, zones, options);
    std::vector<bool> left_out(read.attendances.size());
    for (const schedule::RowFault& bad : log.faults) {
        left_out[bad.row] = schedule::leaves_out(bad.fault);
        const bool stay = read.attendances[bad.row].source == Attendance::Source::pings;
        if (stay && !left_out[bad.row]) {
            continue;
        }
        for (const AttendanceRow& row : read.origins[bad.row]) {
            read.problems.push_back({row.line, "", bad.fault, row.file});
            read.files[row.file].rows_left_out += left_out[bad.row] ? 1U : 0U;
        }
    }
    sort_problems(read);
    ComparedAttendances result{std::move(log.attendances), {}};
    result.read.problems = std::move(read.problems);
    result.read.files = std::move(read.files);
    for (std::size_t i = 0; i < left_out.size(); ++i) {
        if (!left_out[i]) {
            result.read.attendances.push_back(std::move(read.attendances[i]));
            result.read.origins.push_back(std::move(read.origins[i]));
        }
    }
    return result;
}

} // namespace io
