#pragma once

#include "schedule/ground.hpp"

#include <cstddef>
#include <limits>
#include <vector>

namespace schedule {

/// Travel times between some stops, by position in the list they were made from.
using Ways = std::vector<std::vector<Minute>>;

/// A short round trip through all stops, as positions: nearest neighbour from the first stop, then
/// 2-opt (Croes 1958) until nothing gets shorter or 50 passes are done. O(n^2) a pass.
std::vector<std::size_t> round_trip(const Ways& ways);

/// What a tour may hold: minutes, stops of `visit` minutes and the ways between them counted, and
/// stops.
struct TourLimits {
    Minute visit = 15;
    Minute longest = 0;
    std::size_t most_stops = std::numeric_limits<std::size_t>::max();
};

/// A round trip cut where it stands into the fewest tours within the limits; a stop that alone
/// takes longer is a tour. Among as many tours the longest is made short.
std::vector<std::vector<std::size_t>> cut_into_tours(const std::vector<std::size_t>& trip,
                                                     const Ways& ways, const TourLimits& limits);

} // namespace schedule
