#pragma once

#include "schedule/draft.hpp"

#include <cstdint>

namespace schedule {

struct SearchOptions {
    std::uint32_t moves = 0;
    bool only_the_rule = false; ///< stop as soon as no gap is late
};

/// Improves a draft by large neighbourhood search: take some visits out, put the best in, keep what
/// is not worse.
///
/// Every move depends only on the seed, its number and the draft, and a draft never gets worse:
/// more moves never give a worse plan. Each costs about the zones times the stops of the turns it
/// touches.
void improve(Draft& draft, const SearchOptions& options);

} // namespace schedule
