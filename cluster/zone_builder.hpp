#pragma once

#include "cluster/profile.hpp"
#include "cluster/selection.hpp"
#include "cluster/zone.hpp"

#include <span>
#include <vector>

namespace cluster {

/// How zones are named and described.
struct ZoneTextOptions {
    bool name_from_location =
        false; ///< add the commonest location text to the name (public street names only)
    geo::TimeSpan period; ///< what the incidents span, for "in 12 months"
    unsigned threads = 1;
};

/// A zone together with what the plan needs to know of it.
struct BuiltZone {
    Zone zone;
    WeekProfile expected; ///< incidents per week by hour of the week, shrunk towards the force
};

/// Turns chosen discs into zones: counts again what is inside (all incidents, of any ward), ranks,
/// names and explains.
///
/// The evidence is taken from the incidents and the published centre and radius alone, by a
/// neighbour index over the whole force; nothing of the search is trusted. Ids are the ward's code
/// and the zone's rank in it: "E05001651-1". Result in the order of rank.
std::vector<BuiltZone> build_zones(std::span<const Ward> wards, const IncidentTable& table,
                                   std::span<const ChosenDisc> discs,
                                   const geo::TimeZone& time_zone, const ZoneTextOptions& options);

} // namespace cluster
