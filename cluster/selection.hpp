#pragma once

#include "cluster/centre_region.hpp"
#include "cluster/ranking.hpp"
#include "cluster/site.hpp"
#include "cluster/zone.hpp"
#include "geo/progress.hpp"

#include <optional>
#include <span>
#include <vector>

namespace cluster {

/// What a zone's radius is chosen for, and when another zone is worth a patrol.
enum class Objective {
    balanced, ///< weight - 2 * mean density of the ward * area: grows only while the ring holds
              ///< twice the ward's mean; a zone that holds less than twice is none
    capture,  ///< most weight: always the largest radius
    pai,      ///< most weight for its area: always the smallest radius
};

/// Which wards the zones go to where there are not enough for all.
enum class Allocation {
    best,  ///< each further zone where it holds most
    equal, ///< as many in every ward, the first ones one more
};

/// Whether a ward may have fewer zones than its number.
enum class ZoneCount {
    at_most, ///< fewer where another is not worth a patrol
    exactly, ///< as many as fit and hold the minimum of incidents
};

/// How many moves the local search makes for each zone.
enum class Effort { fast, normal, thorough };

/// How zones are chosen.
struct SelectionOptions {
    geo::Metres radius_min{150};
    geo::Metres radius_max{200};
    Objective objective = Objective::balanced;
    unsigned zones_per_ward = 3;
    ZoneCount zone_count = ZoneCount::at_most;
    std::optional<unsigned> max_zones; ///< at most, over the whole force
    Allocation allocation = Allocation::best;
    std::uint32_t min_incidents = 5; ///< a zone holds at least so many incidents, of any ward
    Separation separation{};         ///< between any two zones of the force
    Effort effort = Effort::normal;
    unsigned threads = 1;              ///< changes nothing but the time
    geo::Progress* progress = nullptr; ///< counts wards whose discs were bettered
};

/// A disc chosen for a ward's own incidents.
struct ChosenDisc {
    WardIndex ward = 0;
    Disc disc;
    Weight weight; ///< of its ward's own sites inside that no other disc holds
};

/// The zones' discs, most value first.
///
/// Starts greedily with exact steps: the disc of most value over the whole force is taken next
/// (DiscSearch), what it holds counts for no other, and none may come nearer than the separation,
/// across ward edges too. Then each ward's discs are bettered together (better_discs), and zones
/// move to other wards where they hold more, within a budget of moves by `effort`. A ward is done
/// when it has its number or no disc of at least `min_incidents` is left that is worth its area
/// (ZoneCount::at_most).
///
/// \param wards all wards. \param sites of each ward, by its index (forecast_sites).
/// \param candidates the ranked wards that get zones; ties go to the ward ranked first.
/// The result does not depend on the order of rows or the number of threads. Time: a search each
/// for the greedy discs, and about moves * (discs in the ward + 3) more for each.
std::vector<ChosenDisc> choose_discs(std::span<const Ward> wards,
                                     std::span<const RankedWard> candidates,
                                     std::vector<std::vector<Site>> sites,
                                     const SelectionOptions& options);

} // namespace cluster
