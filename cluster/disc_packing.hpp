#pragma once

#include "cluster/disc_search.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace cluster {

/// What may be chosen together.
struct PackingLimits {
    std::size_t most = 0;        ///< at most so many discs
    Separation separation{};     ///< of any two of them
    std::size_t trials = 50'000; ///< discs tried before the search ends with the best so far
};

/// The discs whose values add up to most, each chosen alone being worth what `value` says.
///
/// Depth first from the most valuable disc down, cut where even the next values in a row could not
/// beat the best set so far; exact unless the trials run out. Discs that share ground would count
/// it twice, so sums are true from a separation of 1 up.
///
/// \param discs most valuable first.
std::vector<Disc> best_packing(std::span<const FoundDisc> discs, const PackingLimits& limits);

} // namespace cluster
