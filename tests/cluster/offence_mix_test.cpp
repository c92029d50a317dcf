#include "cluster/offence_mix.hpp"

#include <gtest/gtest.h>

namespace cluster {
namespace {

IncidentTable table(const std::vector<int>& counts) {
    IncidentTable result;
    result.offences = {"Rape", "Robbery", "Homicide", "Wounding"};
    for (std::size_t offence = 0; offence < counts.size(); ++offence) {
        result.incidents.insert(result.incidents.end(), static_cast<std::size_t>(counts[offence]),
                                {.offence = static_cast<std::uint16_t>(offence)});
    }
    return result;
}

TEST(OffenceMix, NamesTheThreeCommonestWithTheirShares) {
    const IncidentTable some = table({10, 41, 4, 45});
    EXPECT_EQ(offence_mix(some, some.incidents), "Wounding 45 %, Robbery 41 %, Rape 10 %");
}

TEST(OffenceMix, OrdersEqualSharesByLabelAndLeavesOutTraces) {
    const IncidentTable some = table({1, 150, 0, 150});
    EXPECT_EQ(offence_mix(some, some.incidents), "Robbery 50 %, Wounding 50 %");
}

TEST(OffenceMix, IsNothingWithoutIncidentsOrLabels) {
    EXPECT_EQ(offence_mix(table({}), {}), std::nullopt);
    IncidentTable unlabelled = table({3});
    unlabelled.offences.clear();
    EXPECT_EQ(offence_mix(unlabelled, unlabelled.incidents), std::nullopt);
}

} // namespace
} // namespace cluster
