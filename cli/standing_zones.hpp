#pragma once

#include "cli/steps.hpp"
#include "cluster/zone_matching.hpp"
#include "io/store.hpp"

#include <vector>

namespace cli {

/// The zones in force, by id.
std::vector<io::StoredZone> in_force(const std::vector<io::StoredZone>& history);

/// The zones in force, counted and tested again where they stand: their ids, names, places and
/// radii are those of the store. In the order of rank.
///
/// \param tonight the wards' ranking, from tonight's search.
/// \throws geo::Error (input) if a zone lies in no ward.
FoundZones score_zones(const Settings& settings, const Evidence& evidence,
                       const std::vector<io::StoredZone>& zones, const cluster::Hotspots& tonight,
                       const geo::TimeZone& time_zone, Stopwatch& watch);

/// Zones in force beside tonight's candidates.
struct Drift {
    std::vector<io::StoredZone> zones;           ///< in force, by id
    std::vector<io::StoredCandidate> candidates; ///< in the order of rank
    cluster::Matching matching;                  ///< of the two
};

/// Matches candidates with the zones in force and calls them by what they carry on; a new one gets
/// the id it would have if it were adopted, which was never given to another.
///
/// \param history all zones that ever were.
Drift drift_of(const Settings& settings, const Evidence& evidence,
               const std::vector<io::StoredZone>& history, const FoundZones& candidates);

/// matches.csv: a row for each zone in force, then one for each new candidate
/// (docs/formats/matches.csv.md).
///
/// \param scored the zones in force as scored tonight. \param now to count weeks below the minimum.
std::string matches_csv(const Drift& drift, const FoundZones& scored, std::uint32_t min_incidents,
                        geo::Instant now);

} // namespace cli
