#include "cluster/false_discovery.hpp"
#include "cluster/poisson_interval.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cluster {
namespace {

TEST(PoissonInterval, IsThePublishedOne) {
    // Pearson, E. S. and Hartley, H. O. (1966), Biometrika Tables for Statisticians, vol. 1, table
    // 40: confidence limits for the expectation of a Poisson variable, 0.95. Three decimals there.
    struct Row {
        std::uint32_t count;
        double low;
        double high;
    };
    for (const Row& row : {Row{0, 0, 3.689}, Row{1, 0.0253, 5.572}, Row{2, 0.242, 7.225},
                           Row{3, 0.619, 8.767}, Row{5, 1.623, 11.668}, Row{10, 4.795, 18.390},
                           Row{20, 12.217, 30.889}, Row{50, 37.111, 65.919}}) {
        EXPECT_NEAR(poisson_interval(row.count).low, row.low, 0.001) << row.count;
        EXPECT_NEAR(poisson_interval(row.count).high, row.high, 0.001) << row.count;
    }
}

TEST(QValues, DiscoverWhatBenjaminiAndHochbergDiscover) {
    // Benjamini & Hochberg (1995), section 3.2: fifteen p-values of a trial of thrombolysis; at a
    // rate of 0.05 their procedure rejects the first four (Bonferroni: three).
    const std::vector<std::optional<double>> p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201,
                                               0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
                                               0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
    const auto q = q_values(p);
    EXPECT_EQ(std::count_if(q.begin(), q.end(), [](const auto& value) { return *value <= 0.05; }),
              4);
    EXPECT_LE(*q[3], 0.05);
}

} // namespace
} // namespace cluster
