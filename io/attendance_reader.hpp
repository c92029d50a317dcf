#pragma once

#include "geo/time_zone.hpp"
#include "schedule/attendance.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace io {

/// The headers under which a file keeps attendances; letter case is ignored.
struct AttendanceColumns {
    std::string zone_id = "zone_id";
    std::string unit = "unit"; ///< may be missing in the file
    std::string start = "start";
    std::string end = "end";
    std::string kind = "kind";     ///< may be missing in the file: then all are tasked
    std::string tasked = "tasked"; ///< the word for a tasked attendance, letter case ignored
    std::string background = "background"; ///< the word for background presence
};

/// Why a row of an attendance file could not be used.
enum class AttendanceFault {
    no_zone,
    no_start,
    no_end,
    bad_start,
    bad_end,
    end_before_start,
    bad_kind
};

/// "bad-start".
std::string_view code(AttendanceFault fault);

struct AttendanceProblem {
    std::uint64_t line = 0;
    std::string column;
    AttendanceFault fault = AttendanceFault::no_zone;
};

struct ReadAttendances {
    std::vector<schedule::Attendance> attendances; ///< in the order of the file
    std::vector<AttendanceProblem> problems;       ///< rows left out, in the order of the file
};

/// Reads attendances from CSV (docs/formats/attendance.md). A bad row is a problem, not an error.
///
/// \param time_zone for times without an offset.
/// \throws geo::Error (input) if the file cannot be read or lacks a column that is needed.
ReadAttendances read_attendances(const std::string& path, const geo::TimeZone& time_zone,
                                 const AttendanceColumns& columns = {});

} // namespace io
