#include "schedule/planner.hpp"

#include "geo/error.hpp"
#include "problems.hpp"
#include "schedule/outlook.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <tuple>

namespace schedule::test {
namespace {

using testing::IsEmpty;

constexpr PlanOptions brief{.effort = 100};

/// A square of zones, 800 m apart, for `days` from `first`; two units of 15:00 to 23:00.
Problem square(const std::string& first, int days, int side = 4) {
    Problem problem{.horizon = days_from(first, days), .zone = london()};
    for (int i = 0; i < side * side; ++i) {
        const int column = i % side;
        const int row = i / side;
        problem.places.push_back(place("Z" + std::to_string(i), grid(800.0 * column, 800.0 * row)));
    }
    problem.units = {unit("A", {shift("late", 15, 23)}), unit("B", {shift("late", 15, 23)})};
    return problem;
}

auto facts(const Visit& v) {
    return std::tie(v.id, v.zone, v.unit, v.shift, v.shift_day, v.seq, v.when, v.travel, v.reason,
                    v.status);
}

void expect_same(const std::vector<Visit>& a, const std::vector<Visit>& b) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_TRUE(facts(a[i]) == facts(b[i])) << a[i].id << " and " << b[i].id;
    }
}

TEST(MakePlan, KeepsThePlanningGapWhereCapacityIsAmple) {
    const Problem problem = square("2026-11-23", 14);
    const Plan plan = make_plan(problem, brief);
    EXPECT_THAT(check(problem, plan.visits), IsEmpty());
    for (const Outlook& seen : outlook(problem, plan)) {
        EXPECT_LE(seen.max_gap_h, 72) << seen.zone.text();
    }
}

TEST(MakePlan, KeepsTheRuleAcrossBothClockChanges) {
    for (const char* first : {"2026-03-25", "2026-10-21"}) {
        Problem problem = square(first, 10);
        problem.units.push_back(unit("N", {shift("night", 22, 6)}));
        EXPECT_THAT(check(problem, make_plan(problem, brief).visits), IsEmpty()) << first;
    }
}

TEST(MakePlan, IsTheSameEveryTimeAndAnotherForAnotherSeed) {
    const Problem problem = square("2026-11-23", 7);
    expect_same(make_plan(problem, {.seed = 3, .effort = 100}).visits,
                make_plan(problem, {.seed = 3, .effort = 100}).visits);
    const auto starts = [&](std::uint64_t seed) {
        std::vector<geo::Instant> result;
        for (const Visit& v : make_plan(problem, {.seed = seed, .effort = 100}).visits) {
            result.push_back(v.when.from);
        }
        return result;
    };
    EXPECT_NE(starts(3), starts(4));
}

TEST(MakePlan, AnUnchangedFutureStaysInPlace) {
    Problem problem = square("2026-11-23", 10);
    const Plan tonight = make_plan(problem, brief);
    Problem next = problem;
    next.horizon = days_from("2026-11-24", 9);
    next.former = tonight.visits;
    std::vector<Visit> later;
    for (const Visit& v : tonight.visits) {
        if (v.when.from >= next.horizon.from) {
            later.push_back(v);
        } else {
            for (Place& place : next.places) {
                if (place.zone == v.zone) {
                    place.last_attended = v.when.to;
                }
            }
        }
    }
    const auto same_place = [](const Visit& a, const Visit& b) {
        return a.id == b.id && a.unit == b.unit && a.when == b.when;
    };
    for (const Visit& v : make_plan(next, brief).visits) {
        EXPECT_TRUE(std::any_of(later.begin(), later.end(), [&](const Visit& old) {
            return same_place(old, v);
        })) << v.id;
    }
    EXPECT_EQ(make_plan(next, brief).visits.size(), later.size());
}

TEST(MakePlan, AMissedVisitIsMadeUpForAndLittleElseMoves) {
    Problem problem = square("2026-11-23", 10);
    problem.units = {unit("A", {shift("late", 15, 23)})};
    problem.units[0].minutes_per_shift = Minutes(200);
    const Plan tonight = make_plan(problem, brief);
    problem.former = tonight.visits;
    problem.places[5].last_attended = at("2026-11-19 20:00"); // due on the first evening by 20:00
    const Plan replanned = make_plan(problem, brief);
    EXPECT_THAT(check(problem, replanned.visits), IsEmpty());
    const auto kept =
        std::count_if(tonight.visits.begin(), tonight.visits.end(), [&](const Visit& old) {
            return std::any_of(
                replanned.visits.begin(), replanned.visits.end(),
                [&](const Visit& v) { return v.id == old.id && v.unit == old.unit; });
        });
    EXPECT_GE(kept * 10, static_cast<long>(tonight.visits.size()) * 9);
}

TEST(MakePlan, IssuedVisitsStayAndKeepTheirStatus) {
    Problem problem = square("2026-11-23", 5);
    Visit issued = visit("by hand", "Z7", "B", at("2026-11-23 19:07"), 1);
    issued.shift = "late";
    issued.status = Status::issued;
    problem.former = {issued};
    const Plan plan = make_plan(problem, brief);
    const auto kept = std::find_if(plan.visits.begin(), plan.visits.end(),
                                   [](const Visit& v) { return v.status == Status::issued; });
    ASSERT_NE(kept, plan.visits.end());
    EXPECT_EQ(kept->id, "by hand");
    EXPECT_EQ(kept->when, issued.when);
    EXPECT_EQ(kept->unit.text(), "B");
    EXPECT_THAT(check(problem, plan.visits), IsEmpty());
}

TEST(MakePlan, UnitsVisitOnlyWhatTheyServe) {
    Problem problem = square("2026-11-23", 7);
    problem.units[0].serves = {"z0", "Z1", "z2", "Z3"};
    problem.places[9].ward_name = "Bispham";
    problem.units[1].serves = {"CLAREMONT", "bispham"};
    problem.places[0].ward_name = "Layton";
    problem.places[0].ward_code = "E05000002";
    const Plan plan = make_plan(problem, brief);
    EXPECT_THAT(check(problem, plan.visits), IsEmpty());
    for (const Visit& v : plan.visits) {
        EXPECT_TRUE(v.zone.text() != "Z0" || v.unit.text() == "A");
    }
}

TEST(MakePlan, SpendsWhatIsLeftWhereAndWhenTheRiskIs) {
    Problem problem = square("2026-11-23", 14);
    for (Unit& u : problem.units) {
        u.minutes_per_shift = Minutes(120);
    }
    for (std::size_t z = 0; z < problem.places.size(); ++z) {
        for (std::size_t h = 0; h < 168; ++h) {
            const bool night = h % 24 >= 20;
            problem.places[z].risk[h] = (z < 4 ? 1.0 : 0.1) * (night ? 1.0 : 0.1);
        }
    }
    const Plan plan = make_plan(problem, {.unpredictability = 0, .effort = 200});
    EXPECT_THAT(check(problem, plan.visits), IsEmpty());
    double met = 0;
    for (const Visit& v : plan.visits) {
        const auto place = std::find_if(problem.places.begin(), problem.places.end(),
                                        [&](const Place& p) { return p.zone == v.zone; });
        met += place->risk[geo::hour_of_week(london().wall_time(v.when.from))];
    }
    // Four of sixteen zones and three of eight hours on shift are ten times as risky as the rest.
    const double mean = (0.25 + 0.75 * 0.1) * (3.0 / 8 + 5.0 / 8 * 0.1);
    EXPECT_GT(met / static_cast<double>(plan.visits.size()), 2 * mean);
}

TEST(MakePlan, WithoutAProfileEveryZoneIsVisitedAboutAsOften) {
    const Problem problem = square("2026-11-23", 14);
    const Plan plan = make_plan(problem, {.unpredictability = 0, .effort = 200});
    std::size_t fewest = plan.visits.size();
    std::size_t most = 0;
    for (const Outlook& seen : outlook(problem, plan)) {
        fewest = std::min(fewest, seen.starts.size());
        most = std::max(most, seen.starts.size());
    }
    EXPECT_LE(most, fewest * 3 / 2);
}

TEST(MakePlan, MoreEffortIsNeverWorse) {
    Problem problem = square("2026-11-23", 7);
    problem.units = {unit("A", {shift("late", 15, 23)})};
    problem.units[0].minutes_per_shift = Minutes(60);
    const auto hours_late = [&](std::uint32_t effort) {
        std::chrono::seconds late{0};
        for (const Violation& gap : check(problem, make_plan(problem, {.effort = effort}).visits)) {
            late += gap.when->length() - problem.rule.max_gap;
        }
        return std::chrono::duration<double, std::ratio<3600>>(late).count();
    };
    const auto breaches = [&](std::uint32_t effort) {
        return check(problem, make_plan(problem, {.effort = effort}).visits).size();
    };
    EXPECT_GE(breaches(0), breaches(200));
    double before = hours_late(0);
    for (const std::uint32_t effort : {5U, 20U, 50U, 100U, 200U, 400U}) {
        const double now = hours_late(effort);
        EXPECT_LE(now, before + 0.5) << effort << " moves"; // starts are drawn anew within the hour
        before = now;
    }
}

TEST(MakePlan, AnOverdueZoneComesFirst) {
    Problem problem = square("2026-11-23", 4);
    problem.places[6].last_attended = at("2026-11-10 12:00");
    const Plan plan = make_plan(problem, brief);
    EXPECT_THAT(kinds(check(problem, plan.visits)),
                testing::ElementsAre(ViolationKind::gap_inherited));
    const auto seen = outlook(problem, plan)[6];
    ASSERT_TRUE(seen.next_visit);
    EXPECT_LE(*seen.next_visit, at("2026-11-23 16:00"));
}

TEST(MakePlan, WithTooFewUnitsEveryZoneIsStillVisited) {
    Problem problem = square("2026-11-23", 14);
    problem.units = {unit("A", {shift("late", 15, 23)})};
    problem.units[0].minutes_per_shift = Minutes(40); // two visits a day for sixteen zones
    const Plan plan = make_plan(problem, brief);
    for (const Outlook& seen : outlook(problem, plan)) {
        EXPECT_FALSE(seen.starts.empty()) << seen.zone.text();
    }
    for (const Violation& violation : check(problem, plan.visits)) {
        EXPECT_EQ(violation.kind, ViolationKind::gap) << violation.text;
    }
}

TEST(MakePlan, NothingToVisitOrNobodyToGoIsAnEmptyPlan) {
    Problem problem = square("2026-11-23", 7);
    problem.units.clear();
    EXPECT_THAT(make_plan(problem, brief).visits, IsEmpty());
    problem = square("2026-11-23", 7);
    problem.places.clear();
    EXPECT_THAT(make_plan(problem, brief).visits, IsEmpty());
}

TEST(MakePlan, VisitsComeByStartAndAreNumberedWithinTheirShift) {
    const Plan plan = make_plan(square("2026-11-23", 3), brief);
    EXPECT_TRUE(
        std::is_sorted(plan.visits.begin(), plan.visits.end(), [](const Visit& a, const Visit& b) {
            return std::tie(a.when.from, a.unit) < std::tie(b.when.from, b.unit);
        }));
    EXPECT_EQ(plan.visits.front().seq, 1U);
}

TEST(MakePlan, NonsenseIsRefused) {
    Problem problem = square("2026-11-23", 3);
    EXPECT_THROW(make_plan(problem, {.unpredictability = 1.5}), geo::Error);
    problem.units[1].name = problem.units[0].name;
    EXPECT_THROW(make_plan(problem), geo::Error);
    problem = square("2026-11-23", 3);
    problem.horizon.to = problem.horizon.from;
    EXPECT_THROW(make_plan(problem), geo::Error);
    problem = square("2026-11-23", 3);
    problem.units[0].speed_kmh = 0;
    EXPECT_THROW(make_plan(problem), geo::Error);
}

} // namespace
} // namespace schedule::test
