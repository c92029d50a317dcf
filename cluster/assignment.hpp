#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace cluster {

/// What pairing row `r` with column `c` is worth: gain[r][c], all rows of one length; 0 for pairs
/// that may not be.
using Gains = std::vector<std::vector<std::int64_t>>;

/// The one-to-one pairing of rows with columns of most gain in all, exactly.
///
/// result[r] is the column of row r, or nothing: a pair without gain is never made. Whole numbers,
/// so the result is exact and the same everywhere; among equals the one that the order of rows and
/// columns leads to. Time O(rows^2 * columns) for no more rows than columns. Source: Kuhn 1955,
/// by shortest augmenting paths as in Jonker & Volgenant 1987.
///
/// \param gain no negative ones, and none above 2^40.
std::vector<std::optional<std::size_t>> best_assignment(const Gains& gain);

} // namespace cluster
