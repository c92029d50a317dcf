#include "problems.hpp"
#include "schedule/demand.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace schedule::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// What nobody can walk, whatever the rule says of gaps.
std::string faults(const std::vector<Violation>& violations) {
    std::string text;
    for (const Violation& violation : violations) {
        if (violation.kind != ViolationKind::gap &&
            violation.kind != ViolationKind::gap_inherited &&
            violation.kind != ViolationKind::missing_zone) {
            text += violation.text + "\n";
        }
    }
    return text;
}

TEST(Restrictions, EveryPlanCanBeWalked) {
    for (unsigned seed = 0; seed < 120; ++seed) {
        SCOPED_TRACE(seed);
        const Problem problem = restricted_problem(seed);
        const Plan plan = make_plan(problem, {.seed = seed, .effort = 150});
        EXPECT_EQ(faults(check(problem, plan.visits)), "");
    }
}

TEST(Restrictions, TheCertificateForbidsNoPlanThatWasFound) {
    for (unsigned seed = 0; seed < 120; ++seed) {
        SCOPED_TRACE(seed);
        Problem problem = restricted_problem(seed);
        for (Place& place : problem.places) {
            place.last_attended.reset();
        }
        const Plan plan = make_plan(problem, {.seed = seed, .effort = 150});
        if (check(problem, plan.visits).empty()) {
            EXPECT_FALSE(certificate(problem).forbids) << certificate(problem).sentence;
        }
    }
}

} // namespace
} // namespace schedule::test
