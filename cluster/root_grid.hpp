#pragma once

#include "cluster/local_geometry.hpp"
#include "cluster/weight.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cluster {

/// The squares of centres that a search for a disc begins with: all from which a disc of up to some
/// radius could hold a site. Made once for a set of places; what weighs what may change.
///
/// Squares and sites are sorted into cells of half the radius. Squares are numbered by row, then
/// column, and kept as runs of neighbours. Time to make: sorting the sites, and what it takes to
/// name the squares. Memory: a few numbers for each occupied cell, one for each site.
class RootGrid {
  public:
    RootGrid() = default;
    /// \param radius of the largest disc that will be sought, metres.
    RootGrid(std::span<const LocalPoint> places, double radius);

    /// The largest radius that the squares serve; 0 for none.
    double radius() const { return 2 * side_; }
    std::size_t size() const { return size_; }
    Square square(std::size_t root) const;

    /// For each square the sum of weights in the cells that a disc around a point of it may reach:
    /// no disc there holds more.
    std::vector<Weight> upper_bounds(std::span<const Weight> site_weights) const;

    /// The sites in those cells.
    std::vector<std::uint32_t> sites_near(std::size_t root) const;

  private:
    struct Cell {
        std::int32_t row = 0;
        std::int32_t column = 0;
        std::uint32_t first_site = 0; ///< in `sites_`; the next cell's is its end
    };
    /// The occupied cells of one row: cells_[first] to cells_[end - 1].
    struct Row {
        std::int32_t row = 0;
        std::size_t first = 0;
        std::size_t end = 0;
    };
    /// Squares next to each other in one row, both columns included.
    struct Run {
        std::int32_t row = 0;
        std::int32_t first_column = 0;
        std::int32_t last_column = 0;
        std::size_t first_root = 0; ///< number of the first of them
    };

    void sort_sites(std::span<const LocalPoint> places);
    void add_runs(std::int32_t row);
    Row row_of(std::int32_t row) const;
    const Run& run_of(std::size_t root) const;

    double side_ = 0;
    std::vector<Cell> cells_; ///< occupied, by row, then column; one more at the end
    std::vector<std::uint32_t> sites_;
    std::vector<Row> rows_; ///< occupied, ascending
    std::vector<Run> runs_; ///< ascending
    std::size_t size_ = 0;
};

} // namespace cluster
