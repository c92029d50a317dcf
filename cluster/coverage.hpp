#pragma once

#include "cluster/neighbour_index.hpp"
#include "cluster/selection.hpp"
#include "cluster/ward.hpp"

#include <span>
#include <vector>

namespace cluster {

/// A square of a grid. Its south and west edges belong to it, the others to its neighbours.
struct Cell {
    geo::GridPoint south_west;
    geo::Metres side;

    bool holds(const geo::GridPoint& place) const;
    geo::Box box() const;
    friend bool operator==(const Cell&, const Cell&) = default;
};

/// Where a method would send patrols: discs, or cells of a grid.
struct ZoneSet {
    std::vector<ChosenDisc> discs;
    std::vector<Cell> cells;

    /// The same zones in the same order.
    bool operator==(const ZoneSet& other) const;
};

/// All zones of both; those that both have, once.
ZoneSet united(const ZoneSet& a, const ZoneSet& b);

/// The sites that any zone of the set holds, ascending, each once.
std::vector<std::uint32_t> sites_in(const ZoneSet& zones, const NeighbourIndex& sites);

/// The shapes of the zones, for measuring areas that they cover together.
std::vector<geo::Polygon> shapes_of(const ZoneSet& zones);

/// Of each ward, the area that at least one of the shapes covers; discs as geo::Polygon::disc.
std::vector<geo::SquareMetres> areas_covered(std::span<const Ward> wards,
                                             std::span<const WardIndex> which,
                                             std::span<const geo::Polygon> shapes);

} // namespace cluster
