#include "cluster/bootstrap.hpp"
#include "cluster/chance.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace cluster {
namespace {

/// One origin and two methods: ours, whose zones are set 0, and hindsight, set 1.
Contest contest_of(const std::vector<Part>& incidents) {
    const Entry entry{.covered = geo::SquareMetres(1), .area = geo::SquareMetres(10)};
    Contest contest{.cast = Cast(1), .methods = 2, .hindsight = 1, .entries = {entry, entry}};
    contest.entries[0].first_set = 0;
    contest.entries[1].first_set = 1;
    contest.entries[0].sets = contest.entries[1].sets = 1;
    for (const Part& part : incidents) {
        contest.cast.add({part});
    }
    return contest;
}

constexpr std::uint64_t ours = 1;
constexpr std::uint64_t best = 2;

Estimate measured(const Contest& contest, Measure measure, const BootstrapOptions& options = {}) {
    return estimates(contest, options)[0].at(static_cast<std::size_t>(measure)).value();
}

TEST(Bootstrap, CountsEachRoleForItself) {
    const auto sums = tallies(contest_of({{Role::test, ours | best},
                                          {Role::test, best},
                                          {Role::test, 0},
                                          {Role::training, ours},
                                          {Role::training, 0},
                                          {Role::none, ours | best}}));
    ASSERT_EQ(sums.size(), 4U) << "two methods at the origin, two pooled";
    EXPECT_EQ(sums[0].held, 1);
    EXPECT_EQ(sums[0].incidents, 3);
    EXPECT_EQ(sums[0].best_held, 2);
    EXPECT_EQ(sums[0].training_held, 1);
    EXPECT_EQ(sums[0].training_incidents, 2);
    EXPECT_EQ(sums[2].held, sums[0].held);
}

TEST(Bootstrap, SeveralDrawsOfAMethodCountByTheirMean) {
    Contest contest = contest_of({{Role::test, 1}, {Role::test, 3}, {Role::test, 0}});
    contest.entries[0].sets = 2;
    EXPECT_DOUBLE_EQ(tallies(contest)[0].held, 1.5);
}

/// Incidents of which a part lies in the zones, drawn by a seed.
Contest drawn(std::uint64_t seed, double share) {
    Chance chance(seed, {});
    std::vector<Part> incidents(150);
    for (Part& part : incidents) {
        part = {Role::test, chance.unit() < share ? ours | best : 0};
    }
    return contest_of(incidents);
}

TEST(Bootstrap, IntervalsCoverAKnownHitRateAboutNineteenTimesInTwenty) {
    constexpr double share = 0.4;
    constexpr int trials = 400;
    int covered = 0;
    for (std::uint64_t seed = 1; seed <= trials; ++seed) {
        const Estimate rate = measured(drawn(seed, share), Measure::hit_rate,
                                       {.resamples = 300, .seed = seed + 1000});
        covered += rate.low <= share && share <= rate.high ? 1 : 0;
    }
    // Binomial (400, 0.95) has a standard deviation of 4.4; percentile intervals run a little
    // narrow.
    EXPECT_GE(covered, 365);
    EXPECT_LE(covered, 395);
}

TEST(Bootstrap, IntervalIsAsWideAsTheBinomialOne) {
    const Estimate rate = measured(drawn(7, 0.4), Measure::hit_rate);
    const double deviation = std::sqrt(rate.value * (1 - rate.value) / 150);
    EXPECT_NEAR(rate.high - rate.low, 2 * 1.96 * deviation, 0.25 * deviation);
    EXPECT_LT(rate.low, rate.value);
    EXPECT_GT(rate.high, rate.value);
}

TEST(Bootstrap, HindsightIsHeldToTheSameResample) {
    const Estimate pei = measured(drawn(3, 0.4), Measure::pei);
    EXPECT_EQ(pei.low, 1) << "zones that hold what hindsight holds do so in every resample";
    EXPECT_EQ(pei.high, 1);
}

TEST(Bootstrap, AnIncidentInTwoTestsIsDrawnForBoth) {
    // Two origins test the same incidents; the pooled interval must be that of one.
    Contest once = drawn(5, 0.4);
    Contest twice{.cast = Cast(2), .methods = 2, .hindsight = 1, .entries = once.entries};
    twice.entries.insert(twice.entries.end(), once.entries.begin(), once.entries.end());
    for (const auto& [parts, count] : once.cast.kinds()) {
        for (std::uint32_t i = 0; i < count; ++i) {
            twice.cast.add({parts.front(), parts.front()});
        }
    }
    const auto pooled = estimates(twice, {})[4].at(0).value();
    const Estimate single = measured(once, Measure::hit_rate);
    EXPECT_DOUBLE_EQ(pooled.low, single.low);
    EXPECT_DOUBLE_EQ(pooled.high, single.high);
}

TEST(Bootstrap, JaccardIsOfTheWardsDrawn) {
    Contest contest = drawn(5, 0.4);
    contest.wards = 2;
    contest.entries[0].by_ward = {{geo::SquareMetres(2), geo::SquareMetres(4)},
                                  {geo::SquareMetres(0), geo::SquareMetres(4)}};
    const Estimate jaccard = measured(contest, Measure::jaccard);
    EXPECT_DOUBLE_EQ(jaccard.value, 0.25);
    EXPECT_DOUBLE_EQ(jaccard.low, 0);
    EXPECT_DOUBLE_EQ(jaccard.high, 0.5);
}

TEST(Bootstrap, IsTheSameAtAnyNumberOfThreads) {
    const Contest contest = drawn(9, 0.4);
    const Estimate one = measured(contest, Measure::hit_rate, {.threads = 1});
    const Estimate four = measured(contest, Measure::hit_rate, {.threads = 4});
    EXPECT_EQ(one.low, four.low);
    EXPECT_EQ(one.high, four.high);
}

} // namespace
} // namespace cluster
