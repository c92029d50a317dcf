#pragma once

#include "cluster/incident.hpp"
#include "cluster/recency.hpp"
#include "cluster/site.hpp"

#include <vector>

namespace cluster {

/// How the past is turned into what the search maximises.
struct ForecastOptions {
    double borrowed = 0.15; ///< what another recorded crime adds, in mean incidents; 0: nothing
    Recency recency;        ///< of the other crimes; the incidents' weights have theirs already
    unsigned threads = 1;   ///< changes nothing but the time
};

/// Where the violence of the months to come is expected: for each ward the distinct places with the
/// weights of their incidents and, times `borrowed`, of the other recorded crimes in the ward
/// (those that patrols do not generate).
///
/// result[w] are the sites of ward w, in the order of GridPoint; Site::incidents counts incidents
/// only. Does not depend on the order of the records.
std::vector<std::vector<Site>> forecast_sites(const IncidentTable& table, std::size_t wards,
                                              const ForecastOptions& options);

} // namespace cluster
