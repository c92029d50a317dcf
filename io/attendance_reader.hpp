#pragma once

#include "geo/time_zone.hpp"
#include "schedule/attendance.hpp"
#include "schedule/attendance_log.hpp"
#include "schedule/presence.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace io {

/// The headers under which a file keeps attendances; letter case is ignored.
struct AttendanceColumns {
    std::string zone_id = "zone_id"; ///< or "zone"; may be missing where there are places
    std::string unit = "unit";       ///< may be missing in the file
    std::string start = "start";     ///< or "from", "start_time"
    std::string end = "end";         ///< or "to", "end_time"
    std::string kind = "kind";       ///< may be missing in the file: then all are tasked
    std::string tasked = "tasked";   ///< the word for a tasked attendance, letter case ignored
    std::string background = "background"; ///< the word for background presence
    std::string visit_id = "visit_id";     ///< of the planned visit; may be missing, as those below
    std::string arrests = "arrests";
    std::string searches = "searches";
    std::string time = "time";      ///< of a position; or "timestamp", "datetime"
    std::optional<std::string> x;   ///< longitude or easting; by the usual names when left out
    std::optional<std::string> y;   ///< latitude or northing; likewise
    std::optional<std::string> crs; ///< of x and y, or of a layer that names none; by the names
                                    ///< when left out: EPSG:4326, or the grid of the zones
};

using schedule::AttendanceFault;
using schedule::code;
using schedule::meaning;

/// A row that was left out or doubted.
struct AttendanceProblem {
    std::uint64_t line = 0; ///< or feature, or event
    std::string column;
    AttendanceFault fault = AttendanceFault::no_zone;
    std::uint32_t file = 0; ///< index into the files read
};

/// What a file turned out to hold.
enum class AttendanceForm { list, pings, calendar };

/// "list", "pings", "calendar".
std::string_view word(AttendanceForm form);

/// A file and what became of its rows.
struct AttendanceFile {
    std::string path; ///< a connection without its password
    AttendanceForm form = AttendanceForm::list;
    std::string row_word = "line"; ///< what problems count: "line", "feature", "event"
    std::uint64_t rows_read = 0;
    std::uint64_t rows_left_out = 0;              ///< of them, by the problems of this file
    std::uint64_t stays = 0;                      ///< found in pings
    std::optional<std::chrono::seconds> interval; ///< from ping to ping, median
};

/// A row of a file.
struct AttendanceRow {
    std::uint32_t file = 0;
    std::uint64_t line = 0; ///< or feature, or event
};

/// The rows that an attendance comes from: one, or the positions from a stay's first to its last.
using AttendanceOrigin = std::vector<AttendanceRow>;

struct ReadAttendances {
    std::vector<schedule::Attendance> attendances; ///< in the order of the files and their rows,
                                                   ///< then stays
    std::vector<AttendanceOrigin> origins;         ///< of each
    std::vector<AttendanceProblem> problems;       ///< in the order of the files and their rows
    std::vector<AttendanceFile> files;
};

/// What attendances are read with.
struct AttendanceReading {
    geo::TimeZone time_zone;                        ///< for times without an offset
    std::span<const schedule::ZoneDisc> zones = {}; ///< in which positions are looked up
    std::string grid = {};                          ///< CRS of the zones
    AttendanceColumns columns = {};
    schedule::PresenceOptions presence = {};
};

/// Reads attendances from files of any form (docs/formats/attendance.md): lists of attendances as
/// CSV or as any layer that GDAL opens, positions of units likewise (a table with a time, places
/// and no end, or GPX), calendars of visits (`.ics`).
///
/// A bad row is a problem, not an error. A row of a list that names no zone is in the zone that
/// holds its position: of several, the one whose centre is nearest in radii. Positions become stays
/// (schedule/presence.hpp), by unit over all the files. Rows are not yet compared with each other
/// (`compared`).
/// \throws geo::Error (input) that names the path if a file cannot be read, lacks a column that is
/// needed, or has positions in a CRS that nobody knows. A connection is named without its password.
ReadAttendances read_attendances(std::span<const std::string> paths,
                                 const AttendanceReading& reading);

/// As above, one file, whose rows all name their zones.
ReadAttendances read_attendances(const std::string& path, const geo::TimeZone& time_zone,
                                 const AttendanceColumns& columns = {});

/// Attendances that can all have happened, and what they were made of.
struct ComparedAttendances {
    std::vector<schedule::Attendance> attendances; ///< schedule::TidyLog's: overlaps joined
    ReadAttendances read; ///< without the attendances that were left out, each of the others as it
                          ///< was told; their rows are among the problems, and counted
};

/// Compares attendances with each other, with the zones and with the time (schedule::tidy), and
/// books what that says against the rows that they come from: a stay that is left out leaves out
/// its positions. A stay that overlaps other rows is used, and its positions are no problem.
///
/// \param read of any number of files. \param zones those there are; any where there are none.
ComparedAttendances compared(ReadAttendances read, std::span<const cluster::ZoneId> zones,
                             const schedule::LogOptions& options);

} // namespace io
