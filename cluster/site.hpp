#pragma once

#include "cluster/incident.hpp"
#include "cluster/weight.hpp"

#include <span>
#include <vector>

namespace cluster {

/// One distinct location with everything that stands on it. Street-level data puts thousands of
/// incidents on a few hundred locations, so search works on sites.
struct Site {
    geo::GridPoint place;
    Weight weight;
    std::uint32_t incidents = 0;
};

/// The distinct locations of the incidents, in the order of GridPoint; sums do not depend on the
/// order of incidents.
std::vector<Site> sites_of(std::span<const Incident> incidents);

/// Sorts by place and adds up what stands on the same one.
void merge_equal_places(std::vector<Site>& sites);

} // namespace cluster
