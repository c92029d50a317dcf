// The documented set of planning problems: label heavy.
#include "instances.hpp"
#include "schedule/demand.hpp"
#include "schedule/plan_quality.hpp"
#include "simple_plans.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace schedule::test {
namespace {

class DocumentedInstance : public testing::TestWithParam<Instance> {};

TEST_P(DocumentedInstance, IsKeptByTheBoundOrOneUnitMoreAndTheCheckerAgrees) {
    SCOPED_TRACE(GetParam().name);
    const Problem problem = problem_of(GetParam(), 1);
    const UnitsNeeded needed = units_needed(problem);
    ASSERT_TRUE(needed.found);
    ASSERT_TRUE(needed.lower_bound);
    EXPECT_LE(*needed.found, *needed.lower_bound + 1);
    const Problem enough = with_units(problem, *needed.found);
    EXPECT_THAT(check(enough, make_plan(enough, {.effort = 500}).visits), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(All, DocumentedInstance, testing::ValuesIn(instances()));

TEST(DocumentedInstances, AtLeastSixAreWithinATenthOfTheCertificate) {
    int tight = 0;
    for (const Instance& instance : instances()) {
        const Problem problem = problem_of(instance, 1);
        const UnitsNeeded needed = units_needed(problem);
        const Certificate proof = certificate(with_units(problem, needed.found.value_or(1)));
        tight += proof.available.count() * 10 <= proof.needed.count() * 11 ? 1 : 0;
    }
    EXPECT_GE(tight, 6);
}

TEST(DocumentedInstances, FiftyZonesHoldMostOfTheBoundAndAreFarAboveSimplePlans) {
    const auto all = instances();
    const auto fifty = std::find_if(all.begin(), all.end(), [](const Instance& instance) {
        return std::string_view(instance.name) == "fifty";
    });
    const Problem problem = problem_of(*fifty, 1);
    const PlanOptions options{.unpredictability = 0};
    const PlanQuality quality =
        assess(problem, make_plan(problem, options), options, yardsticks(problem, options));
    const Ground truth(problem, options);
    ASSERT_TRUE(quality.share());
    EXPECT_GE(*quality.share(), 0.95);
    EXPECT_GE(quality.worth.lift, 1.4 * value_greedy_lift(truth));
    EXPECT_GE(quality.worth.lift, 2 * earliest_deadline_lift(truth));
}

} // namespace
} // namespace schedule::test
