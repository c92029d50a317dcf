#include "cluster/coverage.hpp"

#include <algorithm>
#include <numbers>

namespace cluster {

namespace {

bool meet(const geo::Box& a, const geo::Box& b) {
    return a.low.easting_mm() <= b.high.easting_mm() && b.low.easting_mm() <= a.high.easting_mm() &&
           a.low.northing_mm() <= b.high.northing_mm() &&
           b.low.northing_mm() <= a.high.northing_mm();
}

/// Only shapes that may overlap are united first: that is what takes the time.
geo::SquareMetres area_covered(const geo::Polygon& ward, const std::vector<geo::Polygon>& shapes) {
    geo::SquareMetres area;
    std::vector<geo::Polygon> crowded;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        bool alone = true;
        for (std::size_t j = 0; alone && j < shapes.size(); ++j) {
            alone = i == j || !meet(shapes[i].bounds(), shapes[j].bounds());
        }
        if (alone) {
            area = area + shapes[i].area_shared_with(ward);
        } else {
            crowded.push_back(shapes[i]);
        }
    }
    return crowded.empty() ? area : area + geo::Polygon::united(crowded).area_shared_with(ward);
}

} // namespace

bool Cell::holds(const geo::GridPoint& place) const {
    const std::int64_t mm = geo::whole_millimetres(side);
    const std::int64_t east = place.easting_mm() - south_west.easting_mm();
    const std::int64_t north = place.northing_mm() - south_west.northing_mm();
    return east >= 0 && east < mm && north >= 0 && north < mm;
}

geo::Box Cell::box() const {
    const std::int64_t mm = geo::whole_millimetres(side);
    return {south_west, geo::GridPoint::at_millimetres(south_west.easting_mm() + mm,
                                                       south_west.northing_mm() + mm)};
}

bool ZoneSet::operator==(const ZoneSet& other) const {
    return cells == other.cells &&
           std::equal(discs.begin(), discs.end(), other.discs.begin(), other.discs.end(),
                      [](const ChosenDisc& a, const ChosenDisc& b) {
                          return a.ward == b.ward && a.disc == b.disc;
                      });
}

ZoneSet united(const ZoneSet& a, const ZoneSet& b) {
    ZoneSet both = a;
    std::copy_if(
        b.discs.begin(), b.discs.end(), std::back_inserter(both.discs), [&](const ChosenDisc& one) {
            return std::none_of(a.discs.begin(), a.discs.end(),
                                [&](const ChosenDisc& other) { return one.disc == other.disc; });
        });
    std::copy_if(b.cells.begin(), b.cells.end(), std::back_inserter(both.cells),
                 [&](const Cell& one) {
                     return std::find(a.cells.begin(), a.cells.end(), one) == a.cells.end();
                 });
    return both;
}

std::vector<std::uint32_t> sites_in(const ZoneSet& zones, const NeighbourIndex& sites) {
    std::vector<std::uint32_t> inside;
    for (const ChosenDisc& chosen : zones.discs) {
        const auto found = sites.within(chosen.disc.centre, chosen.disc.radius);
        inside.insert(inside.end(), found.begin(), found.end());
    }
    for (const Cell& cell : zones.cells) {
        const geo::GridPoint middle = geo::GridPoint::at(
            cell.south_west.easting() + cell.side / 2, cell.south_west.northing() + cell.side / 2);
        const geo::Metres around(cell.side.value() / std::numbers::sqrt2 + 0.01);
        for (const std::uint32_t site : sites.within(middle, around)) {
            if (cell.holds(sites.sites()[site].place)) {
                inside.push_back(site);
            }
        }
    }
    std::sort(inside.begin(), inside.end());
    inside.erase(std::unique(inside.begin(), inside.end()), inside.end());
    return inside;
}

std::vector<geo::Polygon> shapes_of(const ZoneSet& zones) {
    std::vector<geo::Polygon> shapes;
    for (const ChosenDisc& chosen : zones.discs) {
        shapes.push_back(geo::Polygon::disc(chosen.disc.centre, chosen.disc.radius));
    }
    for (const Cell& cell : zones.cells) {
        shapes.push_back(geo::Polygon::rectangle(cell.box()));
    }
    return shapes;
}

std::vector<geo::SquareMetres> areas_covered(std::span<const Ward> wards,
                                             std::span<const WardIndex> which,
                                             std::span<const geo::Polygon> shapes) {
    std::vector<geo::SquareMetres> areas(which.size());
    for (std::size_t i = 0; i < which.size(); ++i) {
        const geo::Polygon& ward = wards[which[i]].shape;
        const geo::Box bounds = ward.bounds();
        std::vector<geo::Polygon> near;
        std::copy_if(shapes.begin(), shapes.end(), std::back_inserter(near),
                     [&](const geo::Polygon& shape) { return meet(shape.bounds(), bounds); });
        areas[i] = area_covered(ward, near);
    }
    return areas;
}

} // namespace cluster
