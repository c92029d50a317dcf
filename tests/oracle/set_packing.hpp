#pragma once

#include "cluster/centre_region.hpp"
#include "cluster/disc_search.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace oracle {

/// What a set of discs must keep to.
struct PackingRules {
    unsigned most = 3;                ///< discs at most
    cluster::Separation separation{}; ///< between any two; a factor of 1 or more, so that no site
                                      ///< lies in two discs except on rims that touch
};

/// The best set of discs out of a list of candidates.
struct Packing {
    std::vector<std::size_t> chosen; ///< indices into the candidates, ascending
    double value = 0;                ///< the sum of their values
    double bound = 0;                ///< no set of candidates is worth more
    bool proven = false;             ///< value is the optimum; else it lies between value and bound
};

/// Solves the set packing problem: choose at most `most` candidates, every two of them apart, for
/// the largest sum of FoundDisc::value.
///
/// Discs are apart if no point of the plane lies inside two of them (drawn larger by the
/// separation's factor), so the rows of the linear relaxation are points: of all discs over a point
/// at most one. GLPK solves it, points being added where a solution breaks them and columns where
/// their prices say that they would pay (row and column generation). Then every set whose reduced
/// costs leave it above the best known is looked at (reduced-cost fixing, Dantzig, Fulkerson &
/// Johnson 1954), which is few of them, since the relaxation is within a few per cent.
///
/// \param known a set that is allowed (indices), such as what is to be tested; may be empty.
/// Candidates without positive value are never chosen. Cost: seconds for 100,000 candidates.
Packing best_packing(std::span<const cluster::FoundDisc> candidates, const PackingRules& rules,
                     std::span<const std::size_t> known);

} // namespace oracle
