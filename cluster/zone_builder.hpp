#pragma once

#include "cluster/evidence.hpp"
#include "cluster/month_counts.hpp"
#include "cluster/profile.hpp"
#include "cluster/recency.hpp"
#include "cluster/selection.hpp"
#include "cluster/significance.hpp"
#include "cluster/zone.hpp"

#include <span>
#include <vector>

namespace cluster {

/// How zones are named and described.
struct ZoneTextOptions {
    bool name_from_location =
        false; ///< add the commonest location text to the name (public street names only)
    geo::TimeSpan period; ///< what the incidents span, for "in 12 months"
    Recency recency;      ///< of the expected rate, the same as of the incidents' weights
    std::span<const Significance> significance; ///< of each disc, in their order; or none
    NullModel null = NullModel::all_crime;      ///< what that was tested against
    unsigned threads = 1;
};

/// A zone together with what the plan and the report need to know of it.
struct BuiltZone {
    Zone zone;
    WeekProfile expected;   ///< incidents per week by hour of the week, recent ones counting more
    WeekProfile recorded{}; ///< its incidents by hour of the week (aoristic_profile)
    std::vector<MonthCount> months = {}; ///< its incidents by month with data
    OwnShare own = {};                   ///< what it holds of its ward
};

/// Turns chosen discs into zones: counts again what is inside (all incidents, of any ward), ranks,
/// names and explains.
///
/// What is expected each week is the sum of the incidents' recency factors over the weeks that the
/// months with data are worth, spread by the zone's profile, shrunk towards its ward's and the
/// force's (shrunk_shares). The evidence is taken from the incidents and the published centre and
/// radius alone, over the whole force; nothing of the search is trusted. Ids
/// are the ward's code and the zone's rank in it: "E05001651-1". Result in the order of rank.
std::vector<BuiltZone> build_zones(std::span<const Ward> wards, const IncidentTable& table,
                                   std::span<const ChosenDisc> discs,
                                   const geo::TimeZone& time_zone, const ZoneTextOptions& options);

} // namespace cluster
