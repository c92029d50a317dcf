// Properties of plans over random problems.
#include "tests/schedule/problems.hpp"

#include "schedule/demand.hpp"
#include "schedule/outlook.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

namespace schedule::test {
namespace {

class RandomProblem : public testing::TestWithParam<unsigned> {};

bool is_gap(ViolationKind kind) {
    return kind == ViolationKind::gap || kind == ViolationKind::gap_inherited ||
           kind == ViolationKind::missing_zone;
}

TEST_P(RandomProblem, ThePlanCanBeWalkedAndKeepsTheRule) {
    SCOPED_TRACE(testing::Message() << "seed " << GetParam());
    const Problem problem = random_problem(GetParam());
    const Plan plan = make_plan(problem, {.seed = GetParam(), .effort = 60});
    std::size_t planned_gaps = 0;
    for (const Violation& violation : check(problem, plan.visits)) {
        EXPECT_TRUE(is_gap(violation.kind)) << violation.text;
        planned_gaps += violation.kind == ViolationKind::gap ? 1 : 0;
    }
    if (!certificate(problem).forbids) {
        EXPECT_EQ(planned_gaps, 0U) << "units are ample and the certificate allows it";
    }
}

TEST_P(RandomProblem, OutlookAndCheckerAgreeWhichZonesBreach) {
    SCOPED_TRACE(testing::Message() << "seed " << GetParam());
    Problem problem = random_problem(GetParam());
    problem.units.resize(1); // far too few, so that there is something to agree on
    const Plan plan = make_plan(problem, {.effort = 20});
    const auto violations = check(problem, plan.visits);
    for (const Outlook& seen : outlook(problem, plan)) {
        const bool breach =
            std::any_of(violations.begin(), violations.end(), [&](const Violation& violation) {
                return is_gap(violation.kind) && violation.zone == seen.zone;
            });
        EXPECT_EQ(seen.rule_ok, !breach) << seen.zone.text();
    }
}

TEST_P(RandomProblem, TheCertificateNeverForbidsWhatAPlanDoes) {
    SCOPED_TRACE(testing::Message() << "seed " << GetParam());
    Problem problem = random_problem(GetParam());
    problem.units.resize(1 + GetParam() % 4);
    const auto violations = kinds(check(problem, make_plan(problem, {.effort = 60}).visits));
    if (std::find(violations.begin(), violations.end(), ViolationKind::gap) == violations.end()) {
        EXPECT_FALSE(certificate(problem).forbids) << certificate(problem).sentence;
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomProblem, testing::Range(1U, 41U));

/// Units that are all alike, and zones that were attended or not: a problem for which the
/// certificate's number of units means something. Clock changes, year ends, a leap day, shifts over
/// midnight, Monday to Friday, five days on and two off, duty days.
Problem uniform_problem(unsigned seed) {
    std::mt19937 random(seed);
    const auto draw = [&](int low, int high) {
        return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
    };
    const std::array<const char*, 6> starts = {"2026-03-26", "2026-10-21", "2026-12-28",
                                               "2028-02-25", "2026-06-10", "2027-10-29"};
    Problem problem{.horizon = days_from(starts[seed % starts.size()], draw(5, 21)),
                    .zone = london()};
    const int zones = draw(3, 45);
    const int side = draw(2, 12) * 1000;
    for (int z = 0; z < zones; ++z) {
        Place next = place(std::string("Z").append(std::to_string(z)),
                           grid(340000 + draw(0, side), 430000 + draw(0, side)));
        for (double& risk : next.risk) {
            risk = draw(0, 100) / 100.0;
        }
        if (seed % 3 == 0 && draw(0, 1) == 0) {
            next.last_attended = problem.horizon.from - Minutes(draw(0, 30 * 60));
        }
        problem.places.push_back(next);
    }
    constexpr std::array<bool, 7> five_on = {false, false, true, true, true, true, true};
    const std::array<ShiftPattern, 5> patterns = {
        shift("late", 15, 23), shift("night", 22, 6), shift("weekdays", 14, 22, weekdays),
        shift("five on", 16, 24, five_on), shift("evening", 18, 2)};
    Unit one = unit("1", {patterns[static_cast<std::size_t>(draw(0, 4))]});
    one.minutes_per_shift = Minutes(draw(60, 300));
    if (draw(0, 1) == 0) {
        one.base = problem.places.front().centre;
    }
    problem.units = {one};
    if (seed % 4 == 1) {
        problem.rule.gap_mode = GapMode::duty_day;
    }
    return problem;
}

/// So many copies of the first unit.
void crew(Problem& problem, unsigned number) {
    const Unit first = problem.units.front();
    problem.units.assign(number, first);
    for (unsigned u = 0; u < number; ++u) {
        problem.units[u].name = UnitId(std::to_string(u + 1));
    }
}

class UniformProblem : public testing::TestWithParam<unsigned> {};

TEST_P(UniformProblem, OneUnitMoreThanTheBoundKeepsTheRule) {
    SCOPED_TRACE(testing::Message() << "seed " << GetParam());
    Problem problem = uniform_problem(GetParam());
    const auto bound = certificate(problem).lower_bound;
    if (!bound || *bound > 12) {
        GTEST_SKIP() << "no number of these units can, or more than a test has time for";
    }
    crew(problem, *bound + 1);
    ASSERT_FALSE(certificate(problem).forbids);
    const Plan plan = make_plan(problem, {.seed = GetParam()});
    for (const Violation& violation : check(problem, plan.visits)) {
        EXPECT_EQ(violation.kind, ViolationKind::gap_inherited)
            << *bound << " + 1 units: " << violation.text;
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, UniformProblem, testing::Range(1U, 61U));

} // namespace
} // namespace schedule::test
