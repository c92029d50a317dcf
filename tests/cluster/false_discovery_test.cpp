#include "cluster/false_discovery.hpp"

#include <gtest/gtest.h>

namespace cluster {
namespace {

using Values = std::vector<std::optional<double>>;

TEST(QValues, AreTheHandWorkedOnes) {
    // Sorted .01 .02 .03 .5: times 4 / rank .04 .04 .04 .5, from the last down never more.
    const Values q = q_values(Values{0.03, 0.5, 0.01, 0.02});
    EXPECT_DOUBLE_EQ(*q[0], 0.04);
    EXPECT_DOUBLE_EQ(*q[1], 0.5);
    EXPECT_DOUBLE_EQ(*q[2], 0.04);
    EXPECT_DOUBLE_EQ(*q[3], 0.04);
}

TEST(QValues, NeverFallBelowASmallerPValuesAndNeverPassOne) {
    const Values q = q_values(Values{0.04, 0.041, 0.9, 1.0});
    EXPECT_DOUBLE_EQ(*q[0], 0.082);
    EXPECT_DOUBLE_EQ(*q[1], 0.082);
    EXPECT_DOUBLE_EQ(*q[2], 1.0);
    EXPECT_DOUBLE_EQ(*q[3], 1.0);
}

TEST(QValues, UntestedZonesHaveNoneAndCountAsNoTest) {
    const Values q = q_values(Values{std::nullopt, 0.02, std::nullopt, 0.04});
    EXPECT_EQ(q[0], std::nullopt);
    EXPECT_DOUBLE_EQ(*q[1], 0.04);
    EXPECT_DOUBLE_EQ(*q[3], 0.04);
    EXPECT_TRUE(q_values(Values{}).empty());
}

} // namespace
} // namespace cluster
