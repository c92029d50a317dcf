#include "cluster/assignment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace cluster {
namespace {

using Pairs = std::vector<std::optional<std::size_t>>;
using Rows = std::vector<std::vector<PossiblePair>>;
using Gains = std::vector<std::vector<std::int64_t>>;

/// What pairs gain, a row a line, 0 for those that may not be.
Pairs best(const Gains& gains) {
    Rows rows(gains.size());
    for (std::size_t r = 0; r < gains.size(); ++r) {
        for (std::size_t c = 0; c < gains[r].size(); ++c) {
            if (gains[r][c] != 0) {
                rows[r].push_back({c, {{gains[r][c]}}});
            }
        }
    }
    return best_assignment(rows, gains.empty() ? 0 : gains.front().size());
}

Gain gain_of(const std::vector<PossiblePair>& row, std::size_t column) {
    const auto found =
        std::find_if(row.begin(), row.end(), [&](const auto& p) { return p.column == column; });
    return found == row.end() ? Gain{} : found->gain;
}

Gain total(const Rows& rows, const Pairs& pairs) {
    Gain sum;
    for (std::size_t r = 0; r < pairs.size(); ++r) {
        sum += pairs[r] ? gain_of(rows[r], *pairs[r]) : Gain{};
    }
    return sum;
}

/// The slow twin: every way to give the rows from `row` on columns of their own, or none.
Gain most(const Rows& rows, std::size_t row, std::vector<bool>& taken) {
    if (row == rows.size()) {
        return {};
    }
    Gain best = most(rows, row + 1, taken);
    for (const PossiblePair& pair : rows[row]) {
        if (!taken[pair.column]) {
            taken[pair.column] = true;
            best = std::max(best, pair.gain + most(rows, row + 1, taken));
            taken[pair.column] = false;
        }
    }
    return best;
}

TEST(BestAssignment, OfNothingIsNothing) {
    EXPECT_TRUE(best_assignment({}, 3).empty());
    EXPECT_EQ(best({{}, {}}), (Pairs{std::nullopt, std::nullopt}));
}

TEST(BestAssignment, GivesUpABestPairWhereTheRestGainsMore) {
    EXPECT_EQ(best({{10, 9}, {9, 0}}), (Pairs{1, 0}));
}

TEST(BestAssignment, MakesNoPairWithoutGain) {
    EXPECT_EQ(best({{-2, 5}, {-1, 4}}), (Pairs{1, std::nullopt}));
}

TEST(BestAssignment, LeavesRowsAloneThatFindNoColumn) {
    EXPECT_EQ(best({{3}, {7}, {5}}), (Pairs{std::nullopt, 0, std::nullopt}));
}

TEST(BestAssignment, NoNumberOfLesserGainsOutweighsAGreaterOne) {
    const Gain great{{1, -1'000'000'000}};
    const Gain small{{0, 1'000'000'000}};
    const Rows rows{{{0, great}, {1, small}}, {{0, small}}, {{1, small}}};
    EXPECT_EQ(best_assignment(rows, 2), (Pairs{0, std::nullopt, 1}));
}

TEST(BestAssignment, GainsWhatTheBestOfAllWaysGains) {
    for (unsigned seed = 1; seed <= 600; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937_64 random(seed);
        const auto draw = [&](std::uint64_t below) {
            return static_cast<std::int64_t>(random() % below);
        };
        const std::size_t columns = 1 + random() % 6;
        Rows rows(1 + random() % 6);
        for (auto& row : rows) {
            for (std::size_t c = 0; c < columns; ++c) {
                if (draw(3) != 0) {
                    row.push_back({c, {{draw(2), draw(3), draw(20) - 2}}});
                }
            }
        }
        const Pairs pairs = best_assignment(rows, columns);
        std::set<std::size_t> used;
        for (const auto& column : pairs) {
            EXPECT_TRUE(!column || used.insert(*column).second) << "a column is taken twice";
        }
        std::vector<bool> taken(columns);
        EXPECT_EQ(total(rows, pairs), most(rows, 0, taken));
    }
}

} // namespace
} // namespace cluster
