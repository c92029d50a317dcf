#pragma once

#include "cluster/centre_region.hpp"
#include "cluster/ranking.hpp"
#include "cluster/site.hpp"
#include "cluster/zone.hpp"

#include <optional>
#include <span>
#include <vector>

namespace cluster {

/// What a zone's radius is chosen for.
enum class Objective {
    balanced, ///< weight - 2 * mean density of the ward * area: grows only while the ring holds
              ///< twice the ward's mean
    capture,  ///< most weight: always the largest radius
    pai,      ///< most weight for its area: always the smallest radius
};

/// How zones are chosen.
struct SelectionOptions {
    geo::Metres radius_min{150};
    geo::Metres radius_max{200};
    Objective objective = Objective::capture;
    unsigned zones_per_ward = 3;       ///< at most; fewer where another holds too little
    std::optional<unsigned> max_zones; ///< at most, over the whole force
    std::uint32_t min_incidents = 5;   ///< a zone holds at least so many incidents, of any ward
    Separation separation{};           ///< between any two zones of the force
    unsigned threads = 1;              ///< changes nothing but the time
};

/// A disc chosen for a ward's own incidents.
struct ChosenDisc {
    WardIndex ward = 0;
    Disc disc;
};

/// The zones' discs, in the order in which they were chosen: over the whole force, the disc of most
/// value next.
///
/// Greedy with exact steps: every ward offers the best disc that it still has room for
/// (DiscSearch), the best offer is taken, and wards that it touches offer again. What a disc holds
/// counts for no other. A ward is done when it has its number, or its best disc holds fewer than
/// `min_incidents`, or (balanced) is not worth its area.
///
/// \param wards all wards. \param sites of each ward, by its index (forecast_sites).
/// \param candidates the ranked wards that get zones; ties between offers go to the ward ranked
/// first. Time: candidates * zones_per_ward searches, those at the start in parallel.
std::vector<ChosenDisc> choose_discs(std::span<const Ward> wards,
                                     std::span<const RankedWard> candidates,
                                     std::vector<std::vector<Site>> sites,
                                     const SelectionOptions& options);

} // namespace cluster
