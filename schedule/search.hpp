#pragma once

#include "geo/progress.hpp"
#include "schedule/draft.hpp"

#include <cstdint>

namespace schedule {

struct SearchOptions {
    std::uint32_t moves = 0;
    std::uint32_t first_round = 4000;  ///< moves until the search is cold for the first time
    bool only_the_rule = false;        ///< stop as soon as no gap is late
    geo::Progress* progress = nullptr; ///< counts moves
};

/// Improves a draft by large neighbourhood search: take some visits out, put the best in, keep what
/// is not much worse, and in the end the best there was.
///
/// Every move depends only on the seed, its number and the draft, so more moves never give a lower
/// score. Each costs about the zones times the stops of the turns it
/// touches.
void improve(Draft& draft, const SearchOptions& options);

} // namespace schedule
