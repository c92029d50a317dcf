// Best one-to-one assignment by shortest augmenting paths with dual prices (Kuhn 1955; Jonker &
// Volgenant 1987). Rows enter one after another; each is led to a free column along the path that
// costs least in reduced costs, and the prices are raised so that none stays negative. Unlike the
// textbook's, pairs without gain are taken back at the end: to leave a row alone is no worse.
#include "cluster/assignment.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace cluster {

namespace {

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

/// Rows no more than columns; cost is -gain.
class Assignment {
  public:
    explicit Assignment(const Gains& gain)
        : gain_(gain), columns_(gain.front().size()), row_price_(gain.size()),
          column_price_(columns_), row_of_(columns_, none), column_of_(gain.size(), none) {}

    void add(std::size_t row) {
        start_path(row);
        std::size_t last = none;
        while (last == none) {
            last = step();
        }
        take_path(last);
    }

    std::size_t column_of(std::size_t row) const { return column_of_[row]; }

  private:
    void start_path(std::size_t row) {
        root_ = row;
        here_ = row;
        length_ = 0;
        distance_.assign(columns_, std::numeric_limits<std::int64_t>::max());
        from_.assign(columns_, none);
        reached_.assign(columns_, false);
    }

    /// Reaches the nearest column; returns it if it is free.
    std::size_t step() {
        std::size_t nearest = none;
        for (std::size_t c = 0; c < columns_; ++c) {
            if (reached_[c]) {
                continue;
            }
            const std::int64_t way =
                length_ - gain_[here_][c] - row_price_[here_] - column_price_[c];
            if (way < distance_[c]) {
                distance_[c] = way;
                from_[c] = here_;
            }
            if (nearest == none || distance_[c] < distance_[nearest]) {
                nearest = c;
            }
        }
        reached_[nearest] = true;
        length_ = distance_[nearest];
        here_ = row_of_[nearest];
        return here_ == none ? nearest : none;
    }

    /// Raises the prices, then moves every row of the path on to the column that it was led to.
    void take_path(std::size_t last) {
        row_price_[root_] += length_;
        for (std::size_t c = 0; c < columns_; ++c) {
            if (reached_[c] && c != last) {
                column_price_[c] -= length_ - distance_[c];
                row_price_[row_of_[c]] += length_ - distance_[c];
            }
        }
        for (std::size_t column = last; column != none;) {
            const std::size_t row = from_[column];
            row_of_[column] = row;
            column = std::exchange(column_of_[row], column);
        }
    }

    const Gains& gain_;
    std::size_t columns_;
    std::vector<std::int64_t> row_price_;
    std::vector<std::int64_t> column_price_;
    std::vector<std::size_t> row_of_;    ///< of each column
    std::vector<std::size_t> column_of_; ///< of each row

    // The path of the row being added.
    std::size_t root_ = 0;
    std::size_t here_ = 0;
    std::int64_t length_ = 0;
    std::vector<std::int64_t> distance_;
    std::vector<std::size_t> from_; ///< the row that reaches each column soonest
    std::vector<bool> reached_;
};

Gains transposed(const Gains& gain) {
    Gains other(gain.front().size(), std::vector<std::int64_t>(gain.size()));
    for (std::size_t r = 0; r < gain.size(); ++r) {
        for (std::size_t c = 0; c < gain[r].size(); ++c) {
            other[c][r] = gain[r][c];
        }
    }
    return other;
}

} // namespace

std::vector<std::optional<std::size_t>> best_assignment(const Gains& gain) {
    std::vector<std::optional<std::size_t>> pairs(gain.size());
    if (gain.empty() || gain.front().empty()) {
        return pairs;
    }
    const bool turned = gain.size() > gain.front().size();
    const Gains wide = turned ? transposed(gain) : gain;
    Assignment assignment(wide);
    for (std::size_t row = 0; row < wide.size(); ++row) {
        assignment.add(row);
    }
    for (std::size_t row = 0; row < wide.size(); ++row) {
        const std::size_t column = assignment.column_of(row);
        if (wide[row][column] > 0) {
            pairs[turned ? column : row] = turned ? row : column;
        }
    }
    return pairs;
}

} // namespace cluster
