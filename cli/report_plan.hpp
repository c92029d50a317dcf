#pragma once

#include "cli/steps.hpp"
#include "io/report_data.hpp"

namespace cli {

/// What the plan means for a zone, and how far that is from breaking the rule.
io::ReportOutlook report_outlook(const schedule::Outlook& outlook,
                                 const schedule::Problem& problem);

/// The plan by unit and shift, shifts without visits too.
/// \param lonlat from EPSG:4326 to the analysis grid.
io::ReportPlan report_plan(const CheckedPlan& plan, const geo::Projection& lonlat);

} // namespace cli
