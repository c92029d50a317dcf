#pragma once

#include "schedule/attendance.hpp"

#include "problems.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace schedule::test {

/// "Z A 2026-11-23 15:00" for 15 minutes.
inline Attendance attended(const std::string& zone, const std::string& unit, std::string_view start,
                           int minutes = 15, Attendance::Kind kind = Attendance::Kind::tasked) {
    return {cluster::ZoneId(zone), UnitId(unit), {at(start), at(start) + Minutes(minutes)}, kind};
}

inline Attendance passed(const std::string& zone, const std::string& unit, std::string_view start,
                         int minutes = 15) {
    return attended(zone, unit, start, minutes, Attendance::Kind::background);
}

/// "Z A 15:00-15:15 tasked", London time.
inline std::string drawn(const Attendance& attendance) {
    const auto clock = [](geo::Instant instant) {
        return geo::clock_text(london().wall_time(instant));
    };
    const bool tasked = attendance.kind == Attendance::Kind::tasked;
    return attendance.zone.text() + " " + attendance.unit.text() + " " +
           clock(attendance.when.from) + "-" + clock(attendance.when.to) +
           (tasked ? " tasked" : " background");
}

inline std::vector<std::string> drawn(const std::vector<Attendance>& attendances) {
    std::vector<std::string> texts;
    texts.reserve(attendances.size());
    for (const Attendance& attendance : attendances) {
        texts.push_back(drawn(attendance));
    }
    return texts;
}

} // namespace schedule::test
