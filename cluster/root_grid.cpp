#include "cluster/root_grid.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace cluster {

namespace {

constexpr std::int32_t cells_away = 3; // a radius is two cells long

double gap(std::int32_t cells, double side) {
    return side * std::max(0, std::abs(cells) - 1);
}

} // namespace

RootGrid::Lists RootGrid::grouped(std::span<const std::pair<Cell, std::uint32_t>> sorted,
                                  std::vector<Cell>& keys) {
    Lists lists;
    for (const auto& [key, item] : sorted) {
        if (keys.empty() || keys.back() != key) {
            keys.push_back(key);
            lists.starts.push_back(static_cast<std::uint32_t>(lists.items.size()));
        }
        lists.items.push_back(item);
    }
    lists.starts.push_back(static_cast<std::uint32_t>(lists.items.size()));
    return lists;
}

RootGrid::RootGrid(std::span<const LocalPoint> places, double radius) : side_(radius / 2) {
    std::vector<std::pair<Cell, std::uint32_t>> entries;
    for (std::uint32_t i = 0; i < places.size(); ++i) {
        entries.emplace_back(Cell{static_cast<std::int32_t>(std::floor(places[i].y / side_)),
                                  static_cast<std::int32_t>(std::floor(places[i].x / side_))},
                             i);
    }
    std::sort(entries.begin(), entries.end());
    sites_in_cell_ = grouped(entries, cells_);

    entries.clear();
    const double reach = radius + touch;
    for (std::uint32_t cell = 0; cell < cells_.size(); ++cell) {
        for (std::int32_t dy = -cells_away; dy <= cells_away; ++dy) {
            for (std::int32_t dx = -cells_away; dx <= cells_away; ++dx) {
                if (std::hypot(gap(dx, side_), gap(dy, side_)) <= reach) {
                    entries.emplace_back(Cell{cells_[cell].first + dy, cells_[cell].second + dx},
                                         cell);
                }
            }
        }
    }
    std::sort(entries.begin(), entries.end());
    cells_near_root_ = grouped(entries, roots_);
}

Square RootGrid::square(std::size_t root) const {
    const auto& [row, column] = roots_[root];
    return {{(column + 0.5) * side_, (row + 0.5) * side_}, side_ / 2};
}

std::vector<Weight> RootGrid::upper_bounds(std::span<const Weight> site_weights) const {
    std::vector<Weight> in_cell(cells_.size());
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
        for (const std::uint32_t site : sites_in_cell_[cell]) {
            in_cell[cell] += site_weights[site];
        }
    }
    std::vector<Weight> bounds(roots_.size());
    for (std::size_t root = 0; root < roots_.size(); ++root) {
        for (const std::uint32_t cell : cells_near_root_[root]) {
            bounds[root] += in_cell[cell];
        }
    }
    return bounds;
}

std::vector<std::uint32_t> RootGrid::sites_near(std::size_t root) const {
    std::vector<std::uint32_t> sites;
    for (const std::uint32_t cell : cells_near_root_[root]) {
        const auto held = sites_in_cell_[cell];
        sites.insert(sites.end(), held.begin(), held.end());
    }
    return sites;
}

} // namespace cluster
