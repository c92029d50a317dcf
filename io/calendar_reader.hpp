#pragma once

#include "geo/time_zone.hpp"
#include "schedule/attendance_log.hpp"

#include <string>
#include <variant>
#include <vector>

namespace io {

/// An event of a calendar that is no attendance.
struct CalendarFault {
    std::string property; ///< the one at fault: "DTEND"
    schedule::AttendanceFault fault = schedule::AttendanceFault::no_zone;
};

/// The events of an iCalendar file (RFC 5545), in their order: attendances, or why not.
///
/// Zone and unit come from X-PATROLZONES-ZONE and X-PATROLZONES-UNIT; without these, as in
/// roster.ics, the zone is what stands before `-yyyymmdd-hhmm` in the UID, up to an `@`, and the
/// unit is the first of CATEGORIES. The visit is X-PATROLZONES-VISIT,
/// else that part of the UID. The times are those of the event as it stands now, moved or
/// shortened; DTEND may be a DURATION. A time ends in Z, names a time zone of the system or one
/// that the file describes, or is local. STATUS:CANCELLED is cancelled. Recurrence is not followed.
/// \param time_zone for times that name none.
/// \throws geo::Error (input) if the text is no calendar.
std::vector<std::variant<schedule::Attendance, CalendarFault>>
read_calendar(const std::string& text, const geo::TimeZone& time_zone);

} // namespace io
