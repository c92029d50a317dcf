#include "schedule/plan_quality.hpp"

#include "geo/aside.hpp"
#include "instances.hpp"

#include <gmock/gmock.h>

namespace schedule::test {
namespace {

TEST(Yardsticks, AreTheSameWhenFoundBesideThePlan) {
    const Problem problem = problem_of({"few", 8, 4, 120, 18, 22, every_day, 7, 25, 2}, 4);
    const PlanOptions options{.moves_a_visit = 3};
    geo::Aside<Yardsticks> beside([&] { return yardsticks(problem, options, 2); });
    const Plan plan = make_plan(problem, options);
    const Yardsticks found = beside.get();
    const Yardsticks alone = yardsticks(problem, options);
    EXPECT_EQ(found.bound, alone.bound);
    ASSERT_TRUE(found.chance);
    EXPECT_EQ(found.chance->value, alone.chance->value);
    EXPECT_EQ(found.chance->lift, alone.chance->lift);
    EXPECT_GE(*found.bound, assess(problem, plan, options).worth.value);
}

} // namespace
} // namespace schedule::test
