#include "io/exclusion.hpp"

#include "cluster/neighbour_index.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace io {

namespace {

using geo::GridPoint;
using geo::Metres;

/// The distance from a point to the segment between two others.
Metres distance_to_segment(const GridPoint& point, const std::pair<GridPoint, GridPoint>& segment) {
    // Relative to the point, so that doubles keep millimetres wherever on the grid it lies.
    const auto relative = [&](const GridPoint& p) {
        return std::pair(static_cast<double>(p.easting_mm() - point.easting_mm()),
                         static_cast<double>(p.northing_mm() - point.northing_mm()));
    };
    const auto [ax, ay] = relative(segment.first);
    const auto [bx, by] = relative(segment.second);
    const double dx = bx - ax;
    const double dy = by - ay;
    const double squared = dx * dx + dy * dy;
    const double along = squared > 0 ? std::clamp(-(ax * dx + ay * dy) / squared, 0.0, 1.0) : 0;
    return Metres(std::hypot(ax + along * dx, ay + along * dy) / 1000);
}

/// A place with what many questions about it share.
class Prepared {
  public:
    explicit Prepared(const ExcludedPlace& place) : place_(place) {
        const auto* polygon = std::get_if<geo::Polygon>(&place.shape);
        if (polygon != nullptr && place.reach > Metres(0)) {
            edges_ = polygon->edges();
        }
    }

    bool holds(const GridPoint& point) const {
        if (const auto* centre = std::get_if<GridPoint>(&place_.shape)) {
            return geo::within(point, *centre, place_.reach);
        }
        return std::get<geo::Polygon>(place_.shape).covers(point) ||
               std::any_of(edges_.begin(), edges_.end(), [&](const auto& edge) {
                   return distance_to_segment(point, edge) <= place_.reach;
               });
    }

  private:
    const ExcludedPlace& place_;
    std::vector<std::pair<GridPoint, GridPoint>> edges_; ///< only where there is a reach
};

/// A disc that covers the box.
std::pair<GridPoint, Metres> disc_around(const geo::Box& box) {
    const GridPoint centre =
        GridPoint::at_millimetres((box.low.easting_mm() + box.high.easting_mm()) / 2,
                                  (box.low.northing_mm() + box.high.northing_mm()) / 2);
    return {centre, geo::distance(centre, box.high) + Metres(0.01)};
}

} // namespace

bool lies_in(const GridPoint& point, const ExcludedPlace& place) {
    return Prepared(place).holds(point);
}

std::vector<std::uint32_t> points_in(std::span<const ExcludedPlace> places,
                                     std::span<const GridPoint> points) {
    std::vector<cluster::Site> sites(points.size());
    std::transform(points.begin(), points.end(), sites.begin(), [](const GridPoint& point) {
        return cluster::Site{point, {}, 0};
    });
    const cluster::NeighbourIndex index(sites);
    std::set<std::uint32_t> found;
    for (const ExcludedPlace& place : places) {
        const Prepared prepared(place);
        const auto [centre, radius] = disc_around(box_of(place));
        for (const std::uint32_t i : index.within(centre, radius)) {
            if (prepared.holds(points[i])) {
                found.insert(i);
            }
        }
    }
    return {found.begin(), found.end()};
}

geo::Box box_of(const ExcludedPlace& place) {
    const auto* centre = std::get_if<GridPoint>(&place.shape);
    const geo::Box box = centre != nullptr ? geo::Box{*centre, *centre}
                                           : std::get<geo::Polygon>(place.shape).bounds();
    const std::int64_t reach = geo::whole_millimetres(place.reach);
    return {
        GridPoint::at_millimetres(box.low.easting_mm() - reach, box.low.northing_mm() - reach),
        GridPoint::at_millimetres(box.high.easting_mm() + reach, box.high.northing_mm() + reach)};
}

} // namespace io
