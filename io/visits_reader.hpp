#pragma once

#include "geo/time_zone.hpp"
#include "schedule/plan.hpp"

#include <string>
#include <vector>

namespace io {

/// Reads planned visits from visits.geojson, from any layer that GDAL opens with the same columns,
/// or from a CSV such as roster.csv, edited in a spreadsheet or not.
///
/// Needed are `zone_id`, `unit`, `start_time` and `end_time` (or `start` and `end`, as in
/// roster.csv). Where it is left out, `visit_id` is "line 12" or "feature 12", `shift_day` (or
/// `date`) the duty day (06:00 to 05:59) of the start, `shift` is empty, `seq` is 0, `reason` is
/// rule and `status` planned. Visits come in the order of the file.
/// \param time_zone for times without an offset.
/// \throws geo::Error (input) with file, line, column, value and remedy of the first fault.
std::vector<schedule::Visit> read_visits(const std::string& path, const geo::TimeZone& time_zone);

} // namespace io
