#pragma once

#include "cluster/zone.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace cluster {

/// What discs hold, and how many threads may look for it.
struct ContentsOptions {
    unsigned threads = 1; ///< changes the time taken, nothing else
};

/// Which incidents lie in each of the closed discs, of any ward; one may lie in several.
///
/// result[i] are positions of the incidents in discs[i], by place, those on one place in the order
/// given. The discs are sorted into a lattice and each incident looks for those near it, so memory
/// grows with what is found and not with the incidents. Time O(discs + incidents + found log
/// found).
std::vector<std::vector<std::uint32_t>> incidents_inside(std::span<const Disc> discs,
                                                         std::span<const Incident> incidents,
                                                         const ContentsOptions& options = {});

} // namespace cluster
