#pragma once

#include "cluster/incident.hpp"
#include "cluster/ward.hpp"

#include <span>
#include <variant>
#include <vector>

namespace cluster {

/// A ward's place in the ranking of the force.
struct RankedWard {
    WardIndex ward = 0; ///< index into the wards given
    unsigned rank = 0;  ///< from 1
    std::uint32_t incidents = 0;
    double weight = 0;
    double per_square_kilometre = 0; ///< incidents / area
};

enum class RankBy { weight, count, density };

/// All wards, most first; wards without incidents come last with zero counts. Ties go to the lower
/// code.
std::vector<RankedWard> rank_wards(std::span<const Ward> wards, std::span<const Incident> incidents,
                                   RankBy by);

/// How many of the ranked wards are worked on: the first N, or the fewest first that hold a share
/// of all weight.
using WardChoice = std::variant<unsigned, double>;

/// The head of the ranking that `choice` selects; wards without incidents are never in it.
///
/// A share is reached when the sum of weights is at least share * total; a share of 1 takes every
/// ward that has any.
std::span<const RankedWard> top_wards(std::span<const RankedWard> ranking,
                                      const WardChoice& choice);

} // namespace cluster
