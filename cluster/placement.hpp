#pragma once

#include "cluster/coverage.hpp"
#include "cluster/ground.hpp"

#include <functional>
#include <span>
#include <vector>

namespace cluster {

/// Where a method would like the discs of a ward to stand, the best centre first.
using Preference = std::function<std::vector<geo::GridPoint>(const WardQuota&)>;

/// Discs by the wishes of a method and the rules of zones: ward after ward, the largest radius
/// first, each on the first centre that lies in its ward and keeps the separation from all discs
/// placed before.
///
/// Where no wish is left that is allowed, the disc goes on the site from which it holds the most
/// weight of its ward that no disc holds yet (ties: the lower northing, then easting), so that
/// every method has its number of discs wherever there is room. A disc that would hold nothing is
/// left out. Time: sites * neighbours for each disc without a wish.
ZoneSet placed_discs(const Ground& ground, const Preference& preference);

/// Discs anywhere they are allowed: centres even over the ward, drawn by `seed` and `draw`, until
/// one is legal, at most 10,000 times. Differs from draw to draw and ward to ward, and in nothing
/// else.
struct RandomDraw {
    std::uint64_t seed = 1;
    std::uint32_t draw = 0;
};
ZoneSet random_discs(const Ground& ground, RandomDraw draw);

} // namespace cluster
