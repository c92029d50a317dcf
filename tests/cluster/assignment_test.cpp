#include "cluster/assignment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace cluster {
namespace {

using Pairs = std::vector<std::optional<std::size_t>>;

std::int64_t total(const Gains& gain, const Pairs& pairs) {
    std::int64_t sum = 0;
    for (std::size_t r = 0; r < pairs.size(); ++r) {
        sum += pairs[r] ? gain[r][*pairs[r]] : 0;
    }
    return sum;
}

/// The slow twin: every way to give the rows from `row` on columns of their own, or none.
std::int64_t most(const Gains& gain, std::size_t row, std::vector<bool>& taken) {
    if (row == gain.size()) {
        return 0;
    }
    std::int64_t best = most(gain, row + 1, taken);
    for (std::size_t c = 0; c < taken.size(); ++c) {
        if (!taken[c]) {
            taken[c] = true;
            best = std::max(best, gain[row][c] + most(gain, row + 1, taken));
            taken[c] = false;
        }
    }
    return best;
}

TEST(BestAssignment, OfNothingIsNothing) {
    EXPECT_TRUE(best_assignment({}).empty());
    EXPECT_EQ(best_assignment({{}, {}}), (Pairs{std::nullopt, std::nullopt}));
}

TEST(BestAssignment, GivesUpABestPairWhereTheRestGainsMore) {
    EXPECT_EQ(best_assignment({{10, 9}, {9, 0}}), (Pairs{1, 0}));
}

TEST(BestAssignment, MakesNoPairWithoutGain) {
    EXPECT_EQ(best_assignment({{0, 5}, {0, 4}}), (Pairs{1, std::nullopt}));
}

TEST(BestAssignment, LeavesRowsAloneThatFindNoColumn) {
    EXPECT_EQ(best_assignment({{3}, {7}, {5}}), (Pairs{std::nullopt, 0, std::nullopt}));
}

TEST(BestAssignment, GainsWhatTheBestOfAllWaysGains) {
    for (unsigned seed = 1; seed <= 400; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937_64 random(seed);
        Gains gain(1 + random() % 6, std::vector<std::int64_t>(1 + random() % 6));
        for (auto& row : gain) {
            for (std::int64_t& value : row) {
                value = random() % 3 == 0 ? 0 : static_cast<std::int64_t>(random() % 20);
            }
        }
        const Pairs pairs = best_assignment(gain);
        std::set<std::size_t> columns;
        for (const auto& column : pairs) {
            EXPECT_TRUE(!column || columns.insert(*column).second) << "a column is taken twice";
        }
        std::vector<bool> taken(gain.front().size());
        EXPECT_EQ(total(gain, pairs), most(gain, 0, taken));
    }
}

} // namespace
} // namespace cluster
