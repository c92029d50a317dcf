#pragma once

#include "geo/projection.hpp"
#include "io/published.hpp"
#include "io/report_data.hpp"

#include <span>
#include <vector>

namespace cli {

/// Wards as the report draws them: all but those that may be told to be without incidents and
/// zones. Outlines have as few points as it takes for all together to stay small; neighbours keep
/// the edge they share.
/// \param lonlat from EPSG:4326 to the analysis grid.
std::vector<io::ReportWard> report_wards(std::span<const io::PublishedWard> wards,
                                         const geo::Projection& lonlat);

} // namespace cli
