#include "cli/attendances.hpp"

#include "io/connection_text.hpp"
#include "schedule/delivery.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>

namespace cli {

namespace {

/// Rows that say once more what others say: none is worth a line of its own.
bool loses_nothing(io::AttendanceFault fault) {
    return fault == io::AttendanceFault::duplicate || fault == io::AttendanceFault::overlapping;
}

/// What a store has, as one more file, without what the files say, too: most of it came from them.
void add_stored(io::ReadAttendances& read, std::span<const schedule::Attendance> stored,
                const std::string& store) {
    std::set<schedule::AttendanceIdentity> told;
    for (const schedule::Attendance& attendance : read.attendances) {
        told.insert(identity(attendance));
    }
    io::AttendanceFile file{.path = io::without_password(store), .row_word = "row"};
    const auto number = static_cast<std::uint32_t>(read.files.size());
    for (const schedule::Attendance& attendance : stored) {
        if (!told.contains(identity(attendance))) {
            read.attendances.push_back(attendance);
            read.origins.push_back({{number, ++file.rows_read}});
        }
    }
    read.files.push_back(std::move(file));
}

} // namespace

KnownAttendances read_attendances(const Settings& settings, const Surroundings& around) {
    schedule::PresenceOptions presence = settings.presence;
    presence.now = around.as_of;
    io::ReadAttendances read =
        io::read_attendances(settings.attendance, {.time_zone = around.time_zone,
                                                   .zones = around.discs,
                                                   .grid = around.crs,
                                                   .columns = settings.attendance_columns,
                                                   .presence = presence});
    read.attendances = schedule::tasked_by_plan(std::move(read.attendances), around.plan);
    if (!around.stored.empty()) {
        add_stored(read, around.stored, settings.store.value_or(""));
    }
    io::ComparedAttendances known =
        io::compared(std::move(read), around.zones, {.now = around.as_of});
    return {std::move(known.read), std::move(known.attendances)};
}

std::vector<std::string> attendance_warnings(const io::ReadAttendances& read) {
    constexpr std::size_t few = 5;
    using Key = std::pair<std::uint32_t, io::AttendanceFault>;
    std::map<Key, std::vector<const io::AttendanceProblem*>> by_reason;
    for (const io::AttendanceProblem& problem : read.problems) {
        by_reason[{problem.file, problem.fault}].push_back(&problem);
    }
    std::vector<std::string> warnings;
    for (const io::AttendanceProblem& problem : read.problems) {
        const io::AttendanceFile& file = read.files[problem.file];
        const auto& alike = by_reason[{problem.file, problem.fault}];
        const std::string fate =
            schedule::leaves_out(problem.fault) ? "left out" : "used all the same";
        if (alike.size() <= few && !loses_nothing(problem.fault)) {
            warnings.push_back(fmt::format(
                "{}: {} {}: {}{}{}; the row is {}", file.path, file.row_word, problem.line,
                problem.column, problem.column.empty() ? "" : ": ", io::code(problem.fault), fate));
        } else if (alike.front() == &problem) {
            warnings.push_back(fmt::format("{}: {} of {} rows: {} ({}); they are {}", file.path,
                                           alike.size(), file.rows_read, io::code(problem.fault),
                                           io::meaning(problem.fault), fate));
        }
    }
    return warnings;
}

KnownAttendances apply_attendances(const Settings& settings, const geo::TimeZone& time_zone,
                                   geo::Instant before, std::vector<schedule::Place>& places,
                                   const std::string& crs) {
    if (settings.attendance.empty()) {
        return {};
    }
    Surroundings around{.time_zone = time_zone, .crs = crs, .as_of = before};
    for (const schedule::Place& place : places) {
        around.zones.push_back(place.zone);
        if (place.radius) {
            around.discs.push_back({place.zone, {place.centre, *place.radius}});
        }
    }
    KnownAttendances known = read_attendances(settings, around);
    for (schedule::Place& place : places) {
        place.last_attended =
            schedule::last_counted_end(known.attendances, place.zone, before, settings.rule);
    }
    return known;
}

} // namespace cli
