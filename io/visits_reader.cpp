// Plans come back from people: opened in a spreadsheet, with columns moved, renamed and left out,
// dates in the local fashion, and now and then a cell that is no time at all. What can be read is
// read, what may mean two things is named, and what is no visit is a problem of its own row.
#include "io/visits_reader.hpp"

#include "geo/error.hpp"
#include "io/cell_time.hpp"
#include "io/connection_text.hpp"
#include "io/table_reader.hpp"
#include "io/words.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <span>
#include <string_view>

namespace io {

namespace {

using std::chrono::seconds;

constexpr std::chrono::hours duty_day_begins{6};

// The names that a column goes by, the first being ours; compared by `plain`.
constexpr std::array<std::string_view, 3> id_names{"visit_id", "id", "visit"};
constexpr std::array<std::string_view, 8> zone_names{"zone_id", "zone", "patrol_zone", "hotspot_id",
                                                     "hotspot", "beat", "location",    "place"};
constexpr std::array<std::string_view, 9> unit_names{
    "unit", "unit_name", "callsign", "patrol", "team", "officer", "officers", "resource", "who"};
constexpr std::array<std::string_view, 3> shift_names{"shift", "shift_name", "tour"};
constexpr std::array<std::string_view, 5> date_names{"shift_day", "date", "shift_date",
                                                     "patrol_date", "day"};
constexpr std::array<std::string_view, 5> seq_names{"seq", "sequence", "order", "stop", "no"};
constexpr std::array<std::string_view, 9> start_names{
    "start_time", "start", "starts", "from", "begin", "time_from", "arrive", "arrival", "time"};
constexpr std::array<std::string_view, 9> end_names{
    "end_time", "end", "ends", "to", "finish", "until", "time_to", "leave", "departure"};
constexpr std::array<std::string_view, 6> minutes_names{"minutes",   "duration", "duration_min",
                                                        "visit_min", "length",   "dwell"};
constexpr std::array<std::string_view, 1> reason_names{"reason"};
constexpr std::array<std::string_view, 1> status_names{"status"};
constexpr std::array<std::string_view, 1> travel_names{"travel_min"};

/// The letters and figures of a header, in lower case.
std::string plain(std::string_view header) {
    std::string text;
    for (const char c : header) {
        const bool capital = c >= 'A' && c <= 'Z';
        const bool other = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                           static_cast<unsigned char>(c) >= 0x80;
        if (capital || other) {
            text += capital ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return text;
}

/// `text` without blanks around it, no-break ones included.
std::string_view bare(std::string_view text) {
    constexpr std::string_view no_break = "\xC2\xA0";
    std::string_view left = trimmed(text);
    while (left.starts_with(no_break) || left.ends_with(no_break)) {
        left = left.starts_with(no_break) ? left.substr(no_break.size())
                                          : left.substr(0, left.size() - no_break.size());
        left = trimmed(left);
    }
    return left;
}

/// A column as the file writes it; without a position where the file lacks it.
struct Column {
    std::string name;
    std::optional<std::size_t> position;

    std::string in(const CsvRow& row) const {
        return position ? std::string(without_guard(bare(row.cells[*position]))) : "";
    }
};

Column named_column(const CsvTable& table, std::string_view name) {
    Column found{std::string(name), {}};
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (plain(table.columns[i]) != plain(name)) {
            continue;
        }
        if (found.position) {
            throw geo::Error(geo::ErrorKind::input,
                             fmt::format("the column '{}' is there twice; rename or delete one",
                                         table.columns[i]));
        }
        found = {table.columns[i], i};
    }
    return found;
}

using Names = std::span<const std::string_view>;

Column column(const CsvTable& table, const std::optional<std::string>& chosen, Names usual) {
    if (chosen) {
        Column found = named_column(table, *chosen);
        if (!found.position) {
            throw geo::Error(geo::ErrorKind::input,
                             fmt::format("there is no column '{}', only {}; correct [visits] in "
                                         "the configuration",
                                         *chosen, fmt::join(table.columns, ", ")));
        }
        return found;
    }
    for (const std::string_view name : usual) {
        if (Column found = named_column(table, name); found.position) {
            return found;
        }
    }
    return {std::string(usual.front()), {}};
}

struct Columns {
    Columns(const CsvTable& table, const VisitColumns& chosen)
        : id(column(table, chosen.visit_id, id_names)),
          zone(column(table, chosen.zone_id, zone_names)),
          unit(column(table, chosen.unit, unit_names)),
          shift(column(table, chosen.shift, shift_names)),
          date(column(table, chosen.date, date_names)), seq(column(table, chosen.seq, seq_names)),
          start(column(table, chosen.start, start_names)),
          end(column(table, chosen.end, end_names)),
          minutes(column(table, chosen.minutes, minutes_names)),
          travel(column(table, {}, travel_names)), reason(column(table, {}, reason_names)),
          status(column(table, {}, status_names)) {}

    Column id, zone, unit, shift, date, seq, start, end, minutes, travel, reason, status;
};

void require(const Columns& columns, const CsvTable& table) {
    const std::array<std::pair<const Column*, Names>, 4> needed{
        {{&columns.zone, zone_names},
         {&columns.unit, unit_names},
         {&columns.start, start_names},
         {columns.minutes.position ? &columns.minutes : &columns.end, end_names}}};
    for (const auto& [column, names] : needed) {
        if (!column->position) {
            throw geo::Error(
                geo::ErrorKind::input,
                fmt::format("there is no column '{}', only {}; rename one ({} do as well), or name "
                            "it in the configuration: [visits] {} = \"...\"",
                            names.front(), fmt::join(table.columns, ", "),
                            fmt::join(names.subspan(1), ", "),
                            names.front() == "end_time"     ? "end"
                            : names.front() == "start_time" ? "start"
                                                            : names.front()));
        }
    }
}

/// Rows by what is doubtful about them, in the order in which the doubts first came up.
class Doubts {
  public:
    void add(const std::string& what, const std::string& row) {
        auto found = std::ranges::find(list_, what, &Doubt::what);
        if (found == list_.end()) {
            found = list_.insert(list_.end(), {what, {}});
        }
        found->rows.push_back(row);
    }

    std::vector<std::string> warnings(const std::string& path) const {
        constexpr std::size_t most = 12;
        std::vector<std::string> texts;
        for (const Doubt& doubt : list_) {
            const std::span<const std::string> rows(doubt.rows);
            texts.push_back(fmt::format(
                "{}: {}: {}{}", path, doubt.what,
                fmt::join(rows.first(std::min(most, rows.size())), ", "),
                rows.size() > most ? fmt::format(" and {} more", rows.size() - most) : ""));
        }
        return texts;
    }

  private:
    struct Doubt {
        std::string what;
        std::vector<std::string> rows;
    };
    std::vector<Doubt> list_;
};

/// Ends the reading of a row that is no visit.
class Unreadable : public std::exception {
  public:
    explicit Unreadable(VisitProblem problem) : problem_(std::move(problem)) {}
    const VisitProblem& problem() const { return problem_; }

  private:
    VisitProblem problem_;
};

/// Reads one row; throws Unreadable where it is no visit.
class RowReader {
  public:
    RowReader(const CsvRow& row, std::string name, const Columns& columns,
              const geo::TimeZone& time_zone, geo::DateOrder order, Doubts& doubts)
        : row_(row), name_(std::move(name)), columns_(columns), time_zone_(time_zone),
          order_(order), doubts_(doubts) {}

    schedule::Visit visit() {
        if (row_.overflows) {
            throw Unreadable({name_, row_.line, "", "more cells than the header has columns",
                              "quote what holds a comma, or save the table again"});
        }
        schedule::Visit visit;
        visit.id = columns_.id.in(row_).empty() ? name_ : columns_.id.in(row_);
        visit.zone = cluster::ZoneId(text_in(columns_.zone));
        visit.unit = schedule::UnitId(text_in(columns_.unit));
        visit.shift = columns_.shift.in(row_);
        visit.shift_day = date_in_row().value_or(geo::Day{});
        visit.when = when();
        visit.seq = static_cast<unsigned>(count_in(columns_.seq));
        visit.travel = schedule::Minutes(static_cast<int>(count_in(columns_.travel)));
        visit.reason = word_in(columns_.reason, reason_of, schedule::Reason::rule);
        visit.status = word_in(columns_.status, status_of, schedule::Status::planned);
        return visit;
    }

  private:
    [[noreturn]] void refuse(const Column& column, std::string_view remedy) const {
        throw Unreadable({name_, row_.line, column.name, column.in(row_), std::string(remedy)});
    }

    std::string text_in(const Column& column) const {
        std::string text = column.in(row_);
        if (text.empty()) {
            refuse(column, "fill it in, or delete the row");
        }
        return text;
    }

    /// A number that the check can do without: what is none is a doubt.
    std::uint64_t count_in(const Column& column) {
        constexpr std::uint64_t most = 100'000;
        const std::string text = column.in(row_);
        const auto number = text.empty() ? std::optional<double>(0) : number_of(text);
        if (!number || *number < 0 || *number > most) {
            doubts_.add(fmt::format("'{}' is no whole number and is passed over", column.name),
                        name_);
            return 0;
        }
        return static_cast<std::uint64_t>(*number);
    }

    template <typename Value>
    Value word_in(const Column& column, std::optional<Value> (*meaning)(std::string_view),
                  Value otherwise) {
        const std::string text = column.in(row_);
        const auto value = text.empty() ? std::optional(otherwise) : meaning(text);
        if (!value) {
            doubts_.add(fmt::format("'{}' is none of the words known and is taken as '{}'",
                                    column.name, word(otherwise)),
                        name_);
        }
        return value.value_or(otherwise);
    }

    /// The day of the date column, where it says one.
    std::optional<geo::Day> date_in_row() {
        const std::string text = columns_.date.in(row_);
        const auto cell = read_cell_time(text, order_);
        if (!text.empty() && (!cell || !cell->day)) {
            doubts_.add(fmt::format("'{}' is no date and is passed over", columns_.date.name),
                        name_);
            return std::nullopt;
        }
        note_serial(columns_.date, cell);
        return cell ? cell->day : std::nullopt;
    }

    void note_serial(const Column& column, const std::optional<CellTime>& cell) {
        if (cell && cell->serial) {
            doubts_.add(fmt::format("'{}' is a spreadsheet's number of days and is read as one",
                                    column.name),
                        name_);
        }
    }

    CellTime cell_in(const Column& column) {
        const auto cell = read_cell_time(text_in(column), order_);
        if (!cell || !cell->of_day) {
            refuse(column, "write date and time, as in 2026-11-23 15:00");
        }
        note_serial(column, cell);
        return *cell;
    }

    /// The day of a start that is a time alone: that of the date column, or the night after it.
    geo::Day day_of_start(const CellTime& start) {
        if (start.day) {
            return *start.day;
        }
        const auto date = read_cell_time(columns_.date.in(row_), order_);
        if (!date || !date->day) {
            refuse(columns_.start, "write date and time, as in 2026-11-23 15:00, or give a column "
                                   "'date'");
        }
        if (*start.of_day >= duty_day_begins) {
            return *date->day;
        }
        doubts_.add(fmt::format("'{}' is a time before 06:00 without a date and is taken as the "
                                "night after '{}'",
                                columns_.start.name, columns_.date.name),
                    name_);
        return *date->day + std::chrono::days(1);
    }

    /// Every instant that a cell may mean.
    std::vector<geo::Instant> readings(const Column& column, const CellTime& cell, geo::Day day) {
        const geo::WallTime wall = day + *cell.of_day;
        if (cell.offset) {
            return {geo::Instant(wall.time_since_epoch() - *cell.offset)};
        }
        std::vector<geo::Instant> instants = time_zone_.instants(wall);
        if (instants.empty()) {
            refuse(column, "the clocks go forward over this time and never show it; write another");
        }
        return instants;
    }

    geo::TimeSpan when() {
        const CellTime start = cell_in(columns_.start);
        const geo::Day day = day_of_start(start);
        const auto starts = readings(columns_.start, start, day);
        if (columns_.end.in(row_).empty() && columns_.minutes.position) {
            const auto minutes = number_of(text_in(columns_.minutes));
            if (!minutes || *minutes <= 0 || *minutes > 1440) {
                refuse(columns_.minutes, "write the minutes that the visit lasts, as in 15");
            }
            name_choice(starts.size(), starts.front());
            return {starts.front(), starts.front() + seconds(std::lround(*minutes * 60))};
        }
        const CellTime end = cell_in(columns_.end);
        const bool next_day = !end.day && *end.of_day <= *start.of_day;
        const geo::Day end_day = end.day.value_or(day + std::chrono::days(next_day ? 1 : 0));
        return shortest(starts, readings(columns_.end, end, end_day));
    }

    /// Of all readings the one that makes the shortest visit, the earliest of those.
    geo::TimeSpan shortest(const std::vector<geo::Instant>& starts,
                           const std::vector<geo::Instant>& ends) {
        std::optional<geo::TimeSpan> best;
        for (const geo::Instant from : starts) {
            for (const geo::Instant to : ends) {
                if (to > from && (!best || to - from < best->length())) {
                    best = geo::TimeSpan{from, to};
                }
            }
        }
        if (!best) {
            refuse(columns_.end, "the visit must end after it starts");
        }
        name_choice(starts.size() * ends.size(), best->from);
        return *best;
    }

    void name_choice(std::size_t readings, geo::Instant chosen) {
        if (readings > 1) {
            doubts_.add(fmt::format("the clocks go back, the time comes twice, and is read as {}",
                                    geo::iso_text(chosen, time_zone_)),
                        name_);
        }
    }

    const CsvRow& row_;
    std::string name_;
    const Columns& columns_;
    const geo::TimeZone& time_zone_;
    geo::DateOrder order_;
    Doubts& doubts_;
};

ReadVisits read_rows(const CsvTable& table, const std::string& path, const geo::TimeZone& time_zone,
                     const VisitColumns& chosen) {
    const Columns columns(table, chosen);
    require(columns, table);
    ReadVisits read;
    Doubts doubts;
    for (const CsvRow& row : table.rows) {
        const std::string name = fmt::format("{} {}", table.row_word, row.line);
        if (std::ranges::all_of(row.cells, [](const std::string& c) { return bare(c).empty(); })) {
            doubts.add("a row without any text is passed over", name);
            continue;
        }
        try {
            read.visits.push_back(
                RowReader(row, name, columns, time_zone, chosen.date_order, doubts).visit());
        } catch (const Unreadable& row_fault) {
            read.problems.push_back(row_fault.problem());
        }
    }
    read.warnings = doubts.warnings(path);
    return read;
}

} // namespace

std::string VisitProblem::text() const {
    if (column.empty()) {
        return fmt::format("{}: {}; {}", row, value, remedy);
    }
    return fmt::format("{}: {}: '{}' cannot be; {}", row, column, value, remedy);
}

ReadVisits read_visits(const std::string& path, const geo::TimeZone& time_zone,
                       const VisitColumns& columns) {
    const CsvTable table = read_table(path, "visits");
    return geo::within(without_password(path), [&] {
        if (table.rows.empty() && table.columns.empty()) {
            return ReadVisits{}; // an empty collection has no columns either
        }
        ReadVisits read = read_rows(table, path, time_zone, columns);
        if (read.visits.empty() && !read.problems.empty()) {
            throw geo::Error(geo::ErrorKind::input,
                             fmt::format("{} (and so on: none of {} rows can be read)",
                                         read.problems.front().text(), read.problems.size()));
        }
        return read;
    });
}

} // namespace io
