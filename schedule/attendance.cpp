#include "schedule/attendance.hpp"

#include <algorithm>

namespace schedule {

AttendanceIdentity identity(const Attendance& attendance) {
    return {attendance.zone, attendance.unit, attendance.when.from, attendance.when.to,
            attendance.kind};
}

bool counts(const Attendance& attendance, const Rule& rule) {
    const bool kind_counts = attendance.kind == Attendance::Kind::tasked || rule.count_background;
    return kind_counts && attendance.when.length() >= rule.min_dwell;
}

std::optional<geo::Instant> last_counted_end(std::span<const Attendance> attendances,
                                             const cluster::ZoneId& zone, geo::Instant before,
                                             const Rule& rule) {
    std::optional<geo::Instant> last;
    for (const Attendance& attendance : attendances) {
        if (attendance.zone == zone && attendance.when.to <= before && counts(attendance, rule)) {
            last = last ? std::max(*last, attendance.when.to) : attendance.when.to;
        }
    }
    return last;
}

} // namespace schedule
