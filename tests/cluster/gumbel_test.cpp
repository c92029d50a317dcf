#include "cluster/gumbel.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace cluster {
namespace {

TEST(Gumbel, FitsTheDistributionThatValuesCameFrom) {
    std::mt19937_64 random(11);
    std::extreme_value_distribution<double> gumbel(4, 1.5);
    std::vector<double> values(100'000);
    for (double& value : values) {
        value = gumbel(random);
    }
    const Gumbel fitted = fit_gumbel(values);
    EXPECT_NEAR(fitted.location, 4, 0.03);
    EXPECT_NEAR(fitted.scale, 1.5, 0.03);
}

TEST(Gumbel, UpperTailIsTheOneOfTheFormulaAndKeepsItsDigitsFarOut) {
    const Gumbel standard{0, 1};
    EXPECT_DOUBLE_EQ(standard.upper_tail(0), 1 - std::exp(-1.0));
    EXPECT_NEAR(standard.upper_tail(30) / std::exp(-30.0), 1, 1e-12);
}

TEST(ChanceOfMaximum, IsAboveZeroHoweverFarOutTheObservationLies) {
    const std::vector<double> replicates{1, 2, 3, 2.5};
    EXPECT_EQ(chance_of_maximum(1e6, replicates), 1e-9);
    EXPECT_EQ(chance_of_maximum(-1e6, replicates), 1);
}

TEST(ChanceOfMaximum, IsTheRankWhereAllReplicatesAreEqual) {
    const std::vector<double> zeros(99, 0.0);
    EXPECT_EQ(chance_of_maximum(0, zeros), 1);
    EXPECT_DOUBLE_EQ(chance_of_maximum(2, zeros), 0.01);
    EXPECT_DOUBLE_EQ(chance_of_maximum(2, std::vector<double>{1}), 0.5);
}

} // namespace
} // namespace cluster
