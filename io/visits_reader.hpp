#pragma once

#include "geo/time_zone.hpp"
#include "schedule/plan.hpp"

#include <string>
#include <vector>

namespace io {

/// Reads planned visits from visits.geojson, from any layer that GDAL opens with the same columns,
/// or from a CSV such as roster.csv.
///
/// Needed are `zone_id`, `unit`, `start_time` and `end_time` (roster.csv: `start`, `end`). Left
/// out, `visit_id` is "line N" or "feature N", `shift_day` (roster.csv: `date`) the duty day (06:00
/// to 05:59) of the start, `seq` the order of starts within unit, shift and day. Visits come in the
/// order of the file. \param time_zone for times without an offset. \throws geo::Error (input) with
/// file, line and column of the first fault.
std::vector<schedule::Visit> read_visits(const std::string& path, const geo::TimeZone& time_zone);

} // namespace io
