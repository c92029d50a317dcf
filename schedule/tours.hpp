#pragma once

#include "schedule/ground.hpp"

#include <cstddef>
#include <vector>

namespace schedule {

/// Travel times between some stops, by position in the list they were made from.
using Ways = std::vector<std::vector<Minute>>;

/// A short round trip through all stops, as positions: nearest neighbour from the first stop, then
/// 2-opt (Croes 1958) until nothing gets shorter or 50 passes are done. O(n^2) a pass.
std::vector<std::size_t> round_trip(const Ways& ways);

/// A round trip cut where it stands into the fewest tours that take at most `longest` each, stops
/// of `visit` minutes and the ways between them counted; a stop that alone takes longer is a tour.
/// Among as many tours the longest is made short.
std::vector<std::vector<std::size_t>> cut_into_tours(const std::vector<std::size_t>& trip,
                                                     const Ways& ways, Minute visit,
                                                     Minute longest);

} // namespace schedule
