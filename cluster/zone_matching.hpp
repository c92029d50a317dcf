#pragma once

#include "cluster/incident.hpp"
#include "cluster/weight.hpp"
#include "cluster/zone.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace cluster {

/// What became of a zone in force when zones were sought anew.
enum class Fate {
    kept,    ///< a candidate stands where the zone stands
    drifted, ///< a candidate is the same zone, a little off or of another size
    split,   ///< two candidates or more share what the zone holds; one of them may carry it on
    merged,  ///< what it holds went to a candidate that carries on another zone
    gone,    ///< no candidate holds a fair share of what it holds
};

/// "kept".
std::string_view word(Fate fate);

/// When two discs are the same zone.
struct MatchOptions {
    geo::Metres gate{200};      ///< centres further apart are never the same zone; this included
    geo::Metres same_place{10}; ///< centre and radius off by no more than this: kept
    double fair_share = 0.25;   ///< of a zone's weight: what a split or a merger takes, at least
    unsigned threads = 1;       ///< changes nothing but the time
};

/// A zone in force beside the candidates.
struct ZoneMatch {
    Fate fate = Fate::gone;
    std::optional<std::size_t> candidate; ///< that carries the zone on; nothing if merged or gone
    geo::Metres moved{0};                 ///< to that candidate's centre
    std::vector<std::size_t> heirs; ///< candidates with a fair share of its weight, most weight
                                    ///< first
};

/// How zones in force and candidates go together.
struct Matching {
    std::vector<ZoneMatch> zones;                         ///< of each zone in force
    std::vector<std::optional<std::size_t>> of_candidate; ///< the zone in force that each candidate
                                                          ///< carries on; nothing: a new zone
};

/// Matches zones in force with candidates one to one, so that they agree best in all.
///
/// Two discs agree by the mean of two shares: the incidents' weight inside both over that inside
/// either, and the area of both over that of either (Jaccard 1912). Pairs whose discs do not
/// overlap, or whose centres are further apart than the gate, are never made. Exact and
/// deterministic (best_assignment). Time O(n^2) for n zones that are far from most others.
///
/// \param incidents with their final weights, of any ward.
Matching match_zones(std::span<const Disc> in_force, std::span<const Disc> candidates,
                     std::span<const Incident> incidents, const MatchOptions& options = {});

} // namespace cluster
