// Squares and cells have the same size, and the cells that a disc around a point of a square may
// reach are a span of columns in each of seven rows. So neither lists of cells nor of squares are
// kept: spans of occupied cells are found as a row is walked, and sums over them are differences of
// running sums.

#include "cluster/root_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <utility>

namespace cluster {

namespace {

constexpr std::int32_t rows_away = 3; // a radius is two cells long

/// How many columns away a disc may reach cells that are so many rows away.
constexpr std::array<std::int32_t, rows_away + 1> columns_away{3, 3, 2, 1};

constexpr double gap(std::int32_t cells) {
    return std::max(0, cells - 1);
}

constexpr bool in_reach(std::int32_t rows, std::int32_t columns) {
    return squared(gap(rows)) + squared(gap(columns)) <= squared(2);
}

constexpr bool is_the_reach(std::int32_t rows) {
    const std::int32_t columns = columns_away.at(static_cast<std::size_t>(rows));
    return in_reach(rows, columns) && !in_reach(rows, columns + 1);
}
static_assert(is_the_reach(0) && is_the_reach(1) && is_the_reach(2) && is_the_reach(3) &&
              !in_reach(rows_away + 1, 0));

std::int32_t columns_at(std::int32_t rows) {
    return columns_away[static_cast<std::size_t>(std::abs(rows))];
}

} // namespace

RootGrid::RootGrid(std::span<const LocalPoint> places, double radius) : side_(radius / 2) {
    sort_sites(places);
    std::int32_t next = rows_.empty() ? 0 : rows_.front().row - rows_away;
    for (const Row& occupied : rows_) {
        for (std::int32_t row = std::max(next, occupied.row - rows_away);
             row <= occupied.row + rows_away; ++row) {
            add_runs(row);
        }
        next = occupied.row + rows_away + 1;
    }
}

void RootGrid::sort_sites(std::span<const LocalPoint> places) {
    struct Entry {
        std::int32_t row;
        std::int32_t column;
        std::uint32_t site;
        auto operator<=>(const Entry&) const = default;
    };
    std::vector<Entry> entries;
    entries.reserve(places.size());
    for (std::uint32_t i = 0; i < places.size(); ++i) {
        entries.push_back({static_cast<std::int32_t>(std::floor(places[i].y / side_)),
                           static_cast<std::int32_t>(std::floor(places[i].x / side_)), i});
    }
    std::sort(entries.begin(), entries.end());
    sites_.reserve(entries.size());
    for (const Entry& entry : entries) {
        const bool new_row = cells_.empty() || cells_.back().row != entry.row;
        if (new_row) {
            rows_.push_back({entry.row, cells_.size(), cells_.size()});
        }
        if (new_row || cells_.back().column != entry.column) {
            cells_.push_back({entry.row, entry.column, static_cast<std::uint32_t>(sites_.size())});
            rows_.back().end = cells_.size();
        }
        sites_.push_back(entry.site);
    }
    cells_.push_back({0, 0, static_cast<std::uint32_t>(sites_.size())});
}

/// The squares of a row from which an occupied cell may be reached.
void RootGrid::add_runs(std::int32_t row) {
    std::vector<std::pair<std::int32_t, std::int32_t>> spans;
    for (std::int32_t dy = -rows_away; dy <= rows_away; ++dy) {
        const Row occupied = row_of(row + dy);
        for (std::size_t cell = occupied.first; cell < occupied.end; ++cell) {
            const std::int32_t column = cells_[cell].column;
            spans.emplace_back(column - columns_at(dy), column + columns_at(dy));
        }
    }
    std::sort(spans.begin(), spans.end());
    for (const auto& [from, to] : spans) {
        const bool joins =
            !runs_.empty() && runs_.back().row == row && from <= runs_.back().last_column + 1;
        if (!joins) {
            runs_.push_back({row, from, from - 1, size_});
        }
        Run& run = runs_.back();
        size_ += static_cast<std::size_t>(std::max(0, to - run.last_column));
        run.last_column = std::max(run.last_column, to);
    }
}

RootGrid::Row RootGrid::row_of(std::int32_t row) const {
    const auto found =
        std::lower_bound(rows_.begin(), rows_.end(), row,
                         [](const Row& each, std::int32_t wanted) { return each.row < wanted; });
    return found != rows_.end() && found->row == row ? *found : Row{row, 0, 0};
}

const RootGrid::Run& RootGrid::run_of(std::size_t root) const {
    const auto after =
        std::upper_bound(runs_.begin(), runs_.end(), root, [](std::size_t wanted, const Run& each) {
            return wanted < each.first_root;
        });
    return *std::prev(after);
}

Square RootGrid::square(std::size_t root) const {
    const Run& run = run_of(root);
    const std::int32_t column = run.first_column + static_cast<std::int32_t>(root - run.first_root);
    return {{(column + 0.5) * side_, (run.row + 0.5) * side_}, side_ / 2};
}

std::vector<Weight> RootGrid::upper_bounds(std::span<const Weight> site_weights) const {
    std::vector<Weight> before(cells_.size()); // what all cells before a cell hold
    for (std::size_t cell = 0; cell + 1 < cells_.size(); ++cell) {
        before[cell + 1] = before[cell];
        for (std::uint32_t i = cells_[cell].first_site; i < cells_[cell + 1].first_site; ++i) {
            before[cell + 1] += site_weights[sites_[i]];
        }
    }
    std::vector<Weight> bounds(size_);
    for (const Run& run : runs_) {
        for (std::int32_t dy = -rows_away; dy <= rows_away; ++dy) {
            const Row occupied = row_of(run.row + dy);
            std::size_t from = occupied.first;
            std::size_t to = occupied.first;
            for (std::int32_t column = run.first_column; column <= run.last_column; ++column) {
                while (from < occupied.end && cells_[from].column < column - columns_at(dy)) {
                    ++from;
                }
                while (to < occupied.end && cells_[to].column <= column + columns_at(dy)) {
                    ++to;
                }
                bounds[run.first_root + static_cast<std::size_t>(column - run.first_column)] +=
                    before[to] - before[from];
            }
        }
    }
    return bounds;
}

std::vector<std::uint32_t> RootGrid::sites_near(std::size_t root) const {
    const Run& run = run_of(root);
    const std::int32_t column = run.first_column + static_cast<std::int32_t>(root - run.first_root);
    std::vector<std::uint32_t> sites;
    for (std::int32_t dy = -rows_away; dy <= rows_away; ++dy) {
        const Row occupied = row_of(run.row + dy);
        const auto end = cells_.begin() + static_cast<std::ptrdiff_t>(occupied.end);
        auto cell =
            std::lower_bound(cells_.begin() + static_cast<std::ptrdiff_t>(occupied.first), end,
                             column - columns_at(dy), [](const Cell& each, std::int32_t wanted) {
                                 return each.column < wanted;
                             });
        for (; cell != end && cell->column <= column + columns_at(dy); ++cell) {
            sites.insert(sites.end(), sites_.begin() + cell->first_site,
                         sites_.begin() + std::next(cell)->first_site);
        }
    }
    return sites;
}

} // namespace cluster
