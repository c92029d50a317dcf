#pragma once

#include "geo/point.hpp"
#include "geo/polygon.hpp"

#include <span>
#include <variant>
#include <vector>

namespace io {

/// A place whose incidents say nothing of where to patrol: a custody suite, a hospital, a prison, a
/// court, the headquarters that a geocoder falls back on.
struct ExcludedPlace {
    std::variant<geo::GridPoint, geo::Polygon> shape;
    geo::Metres
        reach; ///< around the point or beyond the polygon's edge, itself included; 0 or more
};

/// Whether `point` lies in the place: within its reach of the point, or in the polygon or within
/// its reach of it. The rim belongs to it.
bool lies_in(const geo::GridPoint& point, const ExcludedPlace& place);

/// The indices of the points that lie in any of the places, ascending.
///
/// Looks near each place only: O((n + found) log n) for n points.
std::vector<std::uint32_t> points_in(std::span<const ExcludedPlace> places,
                                     std::span<const geo::GridPoint> points);

/// The box around the place and its reach.
geo::Box box_of(const ExcludedPlace& place);

} // namespace io
