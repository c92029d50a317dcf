#pragma once

#include "cluster/local_geometry.hpp"
#include "cluster/weight.hpp"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace cluster {

/// The squares of centres that a search for a disc begins with: all from which a disc of up to some
/// radius could hold a site. Made once for a set of places; what weighs what may change.
///
/// Squares and sites are sorted into cells of half the radius. Memory: some tens of numbers for
/// each occupied cell, one for each site.
class RootGrid {
  public:
    RootGrid() = default;
    /// \param radius of the largest disc that will be sought, metres.
    RootGrid(std::span<const LocalPoint> places, double radius);

    /// The largest radius that the squares serve; 0 for none.
    double radius() const { return 2 * side_; }
    std::size_t size() const { return roots_.size(); }
    Square square(std::size_t root) const;

    /// For each square the sum of weights in the cells that a disc around a point of it may reach:
    /// no disc there holds more.
    std::vector<Weight> upper_bounds(std::span<const Weight> site_weights) const;

    /// The sites in those cells.
    std::vector<std::uint32_t> sites_near(std::size_t root) const;

  private:
    using Cell = std::pair<std::int32_t, std::int32_t>; ///< row, column

    /// Lists one after another: list i is items[starts[i]] to items[starts[i + 1]].
    struct Lists {
        std::vector<std::uint32_t> starts;
        std::vector<std::uint32_t> items;

        std::span<const std::uint32_t> operator[](std::size_t i) const {
            return std::span(items).subspan(starts[i], starts[i + 1] - starts[i]);
        }
    };
    static Lists grouped(std::span<const std::pair<Cell, std::uint32_t>> sorted,
                         std::vector<Cell>& keys);

    double side_ = 0;
    std::vector<Cell> cells_; ///< occupied, ascending
    Lists sites_in_cell_;
    std::vector<Cell> roots_; ///< ascending
    Lists cells_near_root_;   ///< indices into `cells_`
};

} // namespace cluster
