#pragma once

#include "cli/settings.hpp"
#include "cluster/zone.hpp"
#include "schedule/attendance.hpp"
#include "schedule/compliance.hpp"
#include "schedule/plan.hpp"
#include "schedule/presence.hpp"

#include <string>
#include <vector>

namespace cli {

/// Zones whose attendance is watched, and what a store knows of it.
struct Watched {
    std::vector<cluster::Zone> zones;              ///< of those of a store: id, name, ward and disc
    std::vector<schedule::WatchedZone> in_force;   ///< of each of `zones`: from when, until when
    std::vector<schedule::ZoneDisc> discs;         ///< in which positions are looked up
    std::string crs;                               ///< of the discs
    std::vector<schedule::Visit> visits;           ///< planned and issued; none without a store
    std::vector<schedule::Attendance> attendances; ///< as they were told, of all nights; likewise
    std::vector<std::string> warnings;
};

/// The zones of the settings' zones file, taken to be in force always; else those of their store:
/// every zone that was in force before the report's end, with the days on which it came into force
/// and was retired. A zone that moved under its id was in force all along.
///
/// \throws geo::Error (usage) if the settings name neither.
Watched watched_zones(const Settings& settings, geo::Instant as_of);

} // namespace cli
