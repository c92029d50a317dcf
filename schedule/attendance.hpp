#pragma once

#include "cluster/zone.hpp"
#include "schedule/unit.hpp"

#include <span>

namespace schedule {

/// Presence of a unit in a zone that really happened.
struct Attendance {
    enum class Kind { tasked, background };

    cluster::ZoneId zone;
    UnitId unit;
    geo::TimeSpan when;
    Kind kind = Kind::tasked;
};

/// Whether the attendance resets the gap: tasked (or background where the rule counts it) and long
/// enough.
bool counts(const Attendance& attendance, const Rule& rule);

/// The end of the last attendance of `zone` that counts and ended by `before`, or nothing.
std::optional<geo::Instant> last_counted_end(std::span<const Attendance> attendances,
                                             const cluster::ZoneId& zone, geo::Instant before,
                                             const Rule& rule);

} // namespace schedule
