#pragma once

#include "cluster/zone.hpp"
#include "schedule/attendance_log.hpp"

#include <span>
#include <vector>

namespace schedule {

/// Where a unit was at a moment.
struct Ping {
    UnitId unit;
    geo::Instant when;
    geo::GridPoint place;
};

/// A zone as positions see it.
struct ZoneDisc {
    cluster::ZoneId zone;
    cluster::Disc disc;
};

/// How positions become presence.
struct PresenceOptions {
    std::chrono::seconds longest_gap{300}; ///< nothing is known between pings further apart
    std::chrono::seconds excursion{120};   ///< out of the zone for at most so long is still there,
    geo::Metres jitter{50};                ///< if never further out than this beyond the circle
    double fastest_m_s = 70; ///< a ping that takes more from the last and to the next is astray
    Attendance::Kind kind = Attendance::Kind::background; ///< of all presence found
    std::optional<geo::Instant> now;                      ///< later pings are left out
};

/// What pings say about zones.
struct Presence {
    std::vector<Attendance> attendances;          ///< by unit, then start
    std::vector<std::vector<std::size_t>> rows;   ///< of each, the pings from its first to its last
    std::vector<RowFault> faults;                 ///< pings left out, by row
    std::size_t outside = 0;                      ///< pings that were used and lie in no zone
    std::optional<std::chrono::seconds> interval; ///< median from ping to ping of a unit, gaps
                                                  ///< over `longest_gap` aside
};

/// Time that units spent inside zones, from their positions.
///
/// Each unit's pings are taken in the order of time. A stay begins with a ping inside a circle (the
/// rim included; of several circles the one whose centre is nearest in radii) and ends with the
/// last one inside it before the unit was outside for longer than `excursion`, further out than
/// `jitter`, in another zone, or unheard for longer than `longest_gap`. At either end, where the
/// neighbouring ping outside is not further than `longest_gap` away, the stay reaches to the moment
/// at which the straight line between both crosses the circle, to the second; else to the ping
/// itself. A stay is never longer than the time between the pings around it, nor shorter than
/// between those inside; with pings every s seconds each end is out by less than s
/// (docs/methods/compliance.md has the error measured). A pass between two pings outside is not
/// seen, and a lone ping is a stay of no length. Left out, by the first that applies: pings after
/// `now` (future), of no unit, of the same unit and moment as an earlier one (duplicate), and
/// strays. Deterministic and independent of the order of the pings, but for duplicates. Time O(n
/// (log n + z)) for n pings and z zones, whose memory is small.
Presence presence(std::span<const Ping> pings, std::span<const ZoneDisc> zones,
                  const PresenceOptions& options = {});

} // namespace schedule
