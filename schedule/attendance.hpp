#pragma once

#include "cluster/zone.hpp"
#include "schedule/unit.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tuple>

namespace schedule {

/// Presence of a unit in a zone that really happened.
struct Attendance {
    enum class Kind { tasked, background };
    /// What says so: somebody's list, a calendar of visits, or positions (presence.hpp).
    enum class Source { list, calendar, pings };

    cluster::ZoneId zone;
    UnitId unit; ///< empty where nothing says who
    geo::TimeSpan when;
    Kind kind = Kind::tasked;
    Source source = Source::list;
    std::optional<std::string> visit = {};      ///< id of the planned visit that it says it was
    std::optional<std::uint32_t> arrests = {};  ///< nothing where nothing says how many
    std::optional<std::uint32_t> searches = {}; ///< likewise
};

/// Who was where, when and as what: of attendances with the same, one is a copy of the other.
using AttendanceIdentity =
    std::tuple<cluster::ZoneId, UnitId, geo::Instant, geo::Instant, Attendance::Kind>;
AttendanceIdentity identity(const Attendance& attendance);

/// Whether the attendance resets the gap: tasked (or background where the rule counts it) and long
/// enough.
bool counts(const Attendance& attendance, const Rule& rule);

/// The end of the last attendance of `zone` that counts and ended by `before`, or nothing.
std::optional<geo::Instant> last_counted_end(std::span<const Attendance> attendances,
                                             const cluster::ZoneId& zone, geo::Instant before,
                                             const Rule& rule);

} // namespace schedule
