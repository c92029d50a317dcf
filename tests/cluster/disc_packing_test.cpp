#include "cluster/disc_packing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace cluster {
namespace {

using namespace geo::literals;

geo::GridPoint at(double easting, double northing) {
    return geo::GridPoint::at(geo::Metres(easting), geo::Metres(northing));
}

FoundDisc worth(double value, const geo::GridPoint& centre) {
    return {.disc = {centre, 200_m}, .weight = Weight::of(value), .value = value};
}

std::vector<FoundDisc> random_discs(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<FoundDisc> discs;
    for (int i = 0; i < 14; ++i) {
        const auto coordinate = [&] { return static_cast<double>(random() % 1200); };
        const double x = coordinate();
        discs.push_back(worth(static_cast<double>(1 + random() % 30), at(x, coordinate())));
    }
    std::stable_sort(discs.begin(), discs.end(),
                     [](const FoundDisc& a, const FoundDisc& b) { return a.value > b.value; });
    return discs;
}

double value_of(const std::vector<Disc>& chosen, const std::vector<FoundDisc>& discs) {
    double sum = 0;
    for (const Disc& disc : chosen) {
        sum += std::find_if(discs.begin(), discs.end(), [&](const FoundDisc& each) {
                   return each.disc == disc;
               })->value;
    }
    return sum;
}

/// The slow twin: every subset.
double best_of_all_subsets(const std::vector<FoundDisc>& discs, std::size_t most) {
    double best = 0;
    for (std::uint32_t subset = 0; subset < (1U << discs.size()); ++subset) {
        std::vector<Disc> chosen;
        double value = 0;
        bool fits = true;
        for (std::size_t i = 0; i < discs.size(); ++i) {
            if ((subset >> i & 1U) != 0) {
                fits = fits && std::all_of(chosen.begin(), chosen.end(), [&](const Disc& other) {
                           return apart(discs[i].disc, other, {});
                       });
                chosen.push_back(discs[i].disc);
                value += discs[i].value;
            }
        }
        if (fits && chosen.size() <= most) {
            best = std::max(best, value);
        }
    }
    return best;
}

class RandomPackings : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomPackings, AreWorthTheBestOfAllSubsets) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    const std::vector<FoundDisc> discs = random_discs(GetParam());
    for (const std::size_t most : {1U, 2U, 3U, 5U}) {
        EXPECT_EQ(value_of(best_packing(discs, {.most = most}), discs),
                  best_of_all_subsets(discs, most))
            << "at most " << most;
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomPackings, testing::Range<std::uint64_t>(1, 11));

TEST(DiscPacking, LeavesTheMostValuableDiscForTwoBesideIt) {
    const std::vector<FoundDisc> discs{worth(10, at(1000, 1000)), worth(8, at(700, 1000)),
                                       worth(8, at(1300, 1000))};
    EXPECT_EQ(value_of(best_packing(discs, {.most = 2}), discs), 16);
    EXPECT_EQ(value_of(best_packing(discs, {.most = 1}), discs), 10);
}

TEST(DiscPacking, TakesDiscsThatTouchAndNoneThatOverlap) {
    const std::vector<FoundDisc> touching{worth(3, at(1000, 1000)), worth(2, at(1400, 1000))};
    EXPECT_EQ(best_packing(touching, {.most = 2}).size(), 2U);
    const std::vector<FoundDisc> overlapping{worth(3, at(1000, 1000)),
                                             worth(2, at(1399.999, 1000))};
    EXPECT_EQ(best_packing(overlapping, {.most = 2}).size(), 1U);
}

TEST(DiscPacking, EndsWithTheBestSetSoFarWhenTheTrialsRunOut) {
    const std::vector<FoundDisc> discs{worth(10, at(1000, 1000)), worth(8, at(700, 1000)),
                                       worth(8, at(1300, 1000))};
    EXPECT_EQ(value_of(best_packing(discs, {.most = 2, .trials = 1}), discs), 10);
}

TEST(DiscPacking, OfNothingIsNothing) {
    EXPECT_TRUE(best_packing({}, {.most = 3}).empty());
}

} // namespace
} // namespace cluster
