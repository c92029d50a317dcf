// Best one-to-one assignment by shortest augmenting paths with dual prices (Kuhn 1955; Jonker &
// Volgenant 1987). Rows enter one after another; each is led to a free column along the path that
// costs least in reduced costs, and the prices are raised so that none stays negative. Unlike the
// textbook's, pairs are a list a row, and every row has a column of its own on top, worth nothing:
// to be left alone is a way out for any row, so a search ends as soon as nothing nearby gains more.
#include "cluster/assignment.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace cluster {

namespace {

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

/// Cost is minus gain. Columns from `columns` on are the rows' own.
class Assignment {
  public:
    Assignment(std::span<const std::vector<PossiblePair>> rows, std::size_t columns)
        : rows_(rows), columns_(columns), row_price_(rows.size()), column_of_(rows.size(), none),
          column_price_(columns + rows.size()), row_of_(columns + rows.size(), none),
          distance_(columns + rows.size()), from_(columns + rows.size(), none),
          reached_(columns + rows.size()) {}

    void add(std::size_t row) {
        start_path();
        std::size_t here = row;
        std::size_t last = none;
        while (last == none) {
            look_around(here);
            const std::size_t column = nearest();
            here = row_of_[column];
            last = here == none ? column : none;
        }
        raise_prices(row, last);
        take_path(last);
    }

    std::size_t column_of(std::size_t row) const { return column_of_[row]; }

  private:
    using Way = std::pair<Gain, std::size_t>; ///< length, column

    void start_path() {
        for (const std::size_t column : seen_) {
            from_[column] = none;
            reached_[column] = false;
        }
        seen_.clear();
        ahead_ = {};
        length_ = {};
    }

    void look_around(std::size_t row) {
        const Gain nothing;
        for (const PossiblePair& pair : rows_[row]) {
            if (nothing < pair.gain) {
                see(row, pair.column, pair.gain);
            }
        }
        see(row, columns_ + row, nothing);
    }

    void see(std::size_t row, std::size_t column, const Gain& gain) {
        if (reached_[column]) {
            return;
        }
        const Gain way = length_ - gain - row_price_[row] - column_price_[column];
        if (from_[column] == none) {
            seen_.push_back(column);
        } else if (!(way < distance_[column])) {
            return;
        }
        distance_[column] = way;
        from_[column] = row;
        ahead_.emplace(way, column);
    }

    /// Reaches the nearest column that was seen, the first among equals. There is one: the own
    /// column of the row that enters is free.
    std::size_t nearest() {
        while (reached_[ahead_.top().second]) {
            ahead_.pop(); // seen again by a shorter way since
        }
        const std::size_t column = ahead_.top().second;
        ahead_.pop();
        reached_[column] = true;
        length_ = distance_[column];
        return column;
    }

    void raise_prices(std::size_t root, std::size_t last) {
        row_price_[root] += length_;
        for (const std::size_t column : seen_) {
            if (reached_[column] && column != last) {
                const Gain rise = length_ - distance_[column];
                column_price_[column] -= rise;
                row_price_[row_of_[column]] += rise;
            }
        }
    }

    /// Moves every row of the path on to the column that it was led to.
    void take_path(std::size_t last) {
        for (std::size_t column = last; column != none;) {
            const std::size_t row = from_[column];
            row_of_[column] = row;
            column = std::exchange(column_of_[row], column);
        }
    }

    std::span<const std::vector<PossiblePair>> rows_;
    std::size_t columns_;
    std::vector<Gain> row_price_;
    std::vector<std::size_t> column_of_; ///< of each row
    std::vector<Gain> column_price_;
    std::vector<std::size_t> row_of_; ///< of each column

    // The path of the row being added.
    Gain length_;
    std::vector<Gain> distance_;
    std::vector<std::size_t> from_; ///< the row that reaches each column soonest; none: not seen
    std::vector<bool> reached_;
    std::vector<std::size_t> seen_;
    std::priority_queue<Way, std::vector<Way>, std::greater<>> ahead_;
};

} // namespace

Gain& Gain::operator+=(const Gain& other) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        parts[i] += other.parts[i];
    }
    return *this;
}

Gain& Gain::operator-=(const Gain& other) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        parts[i] -= other.parts[i];
    }
    return *this;
}

std::vector<std::optional<std::size_t>>
best_assignment(std::span<const std::vector<PossiblePair>> rows, std::size_t columns) {
    Assignment assignment(rows, columns);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        assignment.add(row);
    }
    std::vector<std::optional<std::size_t>> pairs(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (assignment.column_of(row) < columns) {
            pairs[row] = assignment.column_of(row);
        }
    }
    return pairs;
}

} // namespace cluster
