#pragma once

#include "cluster/ward_layout.hpp"

#include <cstdint>

namespace cluster {

/// How much work is spent on a ward's set of discs.
struct SearchBudget {
    unsigned moves = 0;     ///< attempts to do better; the same number gives the same discs
    unsigned most = 0;      ///< at most so many discs in the ward
    std::uint64_t seed = 0; ///< draws what is attempted
};

/// Betters the discs of one ward together by iterated local search; never makes them worse.
///
/// A move takes two or three neighbouring discs away, puts the first back where it is best while a
/// part of what they held is hidden (or under a smaller radius), the rest exactly where they are
/// best, moves each disc of the ward to its own best place, adds discs where there is room, and is
/// kept if the value has not fallen. From time to time the best set of all discs met so far takes
/// their place (best_packing). Time: about moves * (discs + 3) searches.
void better_discs(WardLayout& ward, const SearchBudget& budget);

} // namespace cluster
