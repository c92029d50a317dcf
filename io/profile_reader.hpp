#pragma once

#include "cluster/zone.hpp"
#include "schedule/plan.hpp"

#include <map>
#include <string>

namespace io {

/// Reads expected incidents by hour of the week from a CSV `zone_id,weekday,hour,expected`
/// (weekday 1 is Monday, hour 0 to 23, local time); cells not named are 0.
///
/// \throws geo::Error (input) with file, line and column of the first fault; a cell given twice is
/// one.
std::map<cluster::ZoneId, schedule::WeekProfile> read_profile(const std::string& path);

} // namespace io
