#include "problems.hpp"
#include "schedule/construct.hpp"
#include "schedule/demand.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace schedule::test {
namespace {

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

/// Nine zones a kilometre apart and one unit, for eight days.
Problem nine_zones() {
    Problem problem{.horizon = days_from("2026-11-23", 8), .zone = london()};
    for (int z = 0; z < 9; ++z) {
        problem.places.push_back(
            place(std::string("Z").append(std::to_string(z)), grid(1000.0 * z, 0)));
    }
    problem.units = {unit("A", {shift("late", 15, 23)})};
    return problem;
}

TEST(Restrictions, NoWayToMakeAPlanPassesTheMostVisitsOfAShift) {
    Problem problem = nine_zones();
    problem.units[0].max_visits = 2;
    const Ground ground(problem, {});
    const auto most_visits_of = [&](const auto& make) {
        Draft draft(ground);
        make(draft);
        std::size_t most = 0;
        for (std::size_t k = 0; k < ground.turns().size(); ++k) {
            most = std::max(most, draft.stops(k).size());
        }
        return most;
    };
    EXPECT_EQ(most_visits_of([](Draft& draft) { visit_by_deadline(draft, {}); }), 2U);
    EXPECT_EQ(most_visits_of([](Draft& draft) { visit_in_tours(draft, 1); }), 2U);
    EXPECT_EQ(most_visits_of([](Draft& draft) { visit_in_rounds(draft, 1); }), 2U);
    EXPECT_EQ(most_visits_of([](Draft& draft) { fill(draft); }), 2U);
}

TEST(Restrictions, AnEarlierPlanIsKeptNoFurtherThanTheyAllow) {
    Problem problem = nine_zones();
    problem.former = make_plan(problem, {.effort = 0}).visits;
    problem.units[0].max_visits = 3;
    problem.units[0].shifts[0].breaks = {{clock_span(17, 20), {}}};
    problem.rule.hours = clock_span(15, 22);
    EXPECT_EQ(faults(check(problem, make_plan(problem, {.effort = 0}).visits)), "");
}

TEST(Restrictions, ABreakThatFloatsAvoidsAnEarlierPlansVisits) {
    Problem problem = nine_zones();
    problem.former = make_plan(problem, {.effort = 0}).visits;
    std::erase_if(problem.former, [](const Visit& v) { return v.zone.text() != "Z3"; });
    problem.units[0].shifts[0].breaks = {{clock_span(15, 23), Minutes(60)}};
    const Plan plan = make_plan(problem, {.effort = 0});
    EXPECT_EQ(faults(check(problem, plan.visits)), "");
    for (const Visit& old : problem.former) {
        EXPECT_TRUE(std::any_of(plan.visits.begin(), plan.visits.end(), [&](const Visit& v) {
            return v.zone == old.zone && v.when == old.when;
        })) << old.id;
    }
}

TEST(Restrictions, ABreakThatMayLieLaterForbidsNothing) {
    // Due by 15:20; the hour's break may be from 15:30 on.
    Problem problem = nine_zones();
    problem.places.resize(1);
    problem.places[0].last_attended = at("2026-11-19 15:20");
    problem.units[0].shifts[0] = shift("brief", 15, 16);
    problem.units[0].shifts[0].breaks = {{clock_span(15, 16), Minutes(30)}};
    EXPECT_FALSE(certificate(problem).forbids);
    EXPECT_EQ(kinds(check(problem, make_plan(problem).visits)), std::vector<ViolationKind>{});
}

} // namespace
} // namespace schedule::test
