#pragma once

#include "schedule/attendance.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace schedule {

/// Why a row about attendance was left out or doubted: of a list, a calendar, or a position. All
/// the reasons there are, in the order of precedence.
enum class AttendanceFault : std::uint8_t {
    // the row as it stands
    no_zone,
    no_start,
    no_end,
    bad_start,
    bad_end,
    end_before_start,
    bad_kind,
    cancelled,
    no_unit,
    no_position,
    bad_position,
    outside_zones,
    // the row beside the zones, the time of the report and other rows
    unknown_zone,
    future,
    too_long,
    duplicate,
    stray_position,
    two_places,
    // doubts: the row is used
    overlapping,
    bad_number,
};

/// The code as it stands in files: "bad-start".
std::string_view code(AttendanceFault fault);
/// What the code means, for people.
std::string_view meaning(AttendanceFault fault);
/// Whether a row with this fault is left out; else it is used all the same.
bool leaves_out(AttendanceFault fault);

/// What cannot be, and what is forgiven.
struct LogOptions {
    std::optional<geo::Instant>
        now; ///< what ends later has not happened; anything may when left out
    std::chrono::hours longest{24};    ///< what lasts longer was not logged off
    std::chrono::seconds forgiven{60}; ///< how long a unit may be in two zones, for rounded times
};

/// What is wrong with the row at an index.
struct RowFault {
    std::size_t row = 0;
    AttendanceFault fault = AttendanceFault::duplicate;

    friend bool operator==(const RowFault&, const RowFault&) = default;
};

/// Attendances that can all have happened.
struct TidyLog {
    std::vector<Attendance> attendances; ///< by start, then end, zone, unit and kind
    std::vector<RowFault> faults;        ///< by row, one a row at most
};

/// Makes of rows from any number of sources attendances that do not contradict each other.
///
/// Left out, by the first reason that applies: a zone that is not among `zones` (any is known where
/// there are none), an end after `now`, a length over `longest`, the same unit, zone, times and
/// kind as an earlier row, and a unit in another zone at the same time for longer than `forgiven`.
/// Of two places at once the tasked row stands before background, then the one that starts first,
/// ends first, comes first. Rows of one unit in one zone that overlap are one attendance, from the
/// first start to the last end, with the most arrests and searches of any; background presence is
/// what is not tasked of it, and may fall into parts. Such rows are `overlapping` and used. Rows
/// that only touch stay apart, and rows without a unit are compared with nothing but their
/// duplicates. Independent of the order of the rows but for which of two equals is the duplicate.
/// Time O(n log n) for n rows.
TidyLog tidy(std::span<const Attendance> rows, std::span<const cluster::ZoneId> zones,
             const LogOptions& options = {});

} // namespace schedule
