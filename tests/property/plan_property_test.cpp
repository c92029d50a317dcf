// Properties of plans over random problems, and the checker against every kind of damage.
#include "tests/schedule/problems.hpp"

#include "schedule/demand.hpp"
#include "schedule/outlook.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

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

/// A plan that is sound, with several visits a shift and a zone that unit B does not serve.
Problem sound_problem() {
    Problem problem{.horizon = days_from("2026-11-23", 8), .zone = london()};
    for (int i = 0; i < 12; ++i) {
        const int column = i % 4;
        const int row = i / 4;
        problem.places.push_back(
            place("Z" + std::to_string(i), grid(1500.0 * column, 1500.0 * row)));
    }
    problem.units = {unit("A", {shift("late", 15, 23)}), unit("B", {shift("late", 15, 23)})};
    problem.units[0].minutes_per_shift = Minutes(150);
    problem.units[1].minutes_per_shift = Minutes(150);
    problem.units[1].serves = {"Z0", "Z1", "Z2", "Z3", "Z4", "Z5"};
    return problem;
}

struct Damage {
    const char* name;
    ViolationKind expected;
    /// Damages visit v, and says whether it could.
    std::function<bool(std::vector<Visit>& visits, std::size_t v)> apply;
};

void shift_by(Visit& visit, Minutes by) {
    visit.when = {visit.when.from + by, visit.when.to + by};
}

/// The next visit of the same zone, or of the same unit's shift.
template <typename Same>
Visit* next_visit(std::vector<Visit>& visits, std::size_t v, const Same& same) {
    const auto found =
        std::find_if(visits.begin() + static_cast<std::ptrdiff_t>(v) + 1, visits.end(),
                     [&](const Visit& o) { return same(o, visits[v]); });
    return found == visits.end() ? nullptr : &*found;
}

bool same_shift(const Visit& a, const Visit& b) {
    return a.unit == b.unit && a.shift_day == b.shift_day;
}

std::vector<Damage> damages() {
    using Kind = ViolationKind;
    using Visits = std::vector<Visit>;
    const auto always = [](auto change) {
        return [change](Visits& visits, std::size_t v) {
            change(visits[v]);
            return true;
        };
    };
    return {
        {"shortened", Kind::wrong_length, always([](Visit& v) { v.when.to -= Minutes(5); })},
        {"lengthened", Kind::wrong_length,
         always([](Visit& v) { v.when.to += std::chrono::seconds(1); })},
        {"moved to the morning", Kind::outside_shift,
         always([](Visit& v) { shift_by(v, Minutes(-9 * 60)); })},
        {"given another shift's name", Kind::outside_shift,
         always([](Visit& v) { v.shift = "early"; })},
        {"moved a month on", Kind::outside_horizon,
         always([](Visit& v) { shift_by(v, std::chrono::days(30)); })},
        {"sent to a zone that is not there", Kind::unknown_zone,
         always([](Visit& v) { v.zone = cluster::ZoneId("Z99"); })},
        {"given to a unit that is not there", Kind::unknown_unit,
         always([](Visit& v) { v.unit = UnitId("C"); })},
        {"renumbered", Kind::sequence, always([](Visit& v) { v.seq += 1; })},
        {"given to a unit that does not serve the zone", Kind::wrong_unit,
         [](Visits& visits, std::size_t v) {
             const bool possible = visits[v].zone.text() > "Z5" || visits[v].zone.text() == "Z10" ||
                                   visits[v].zone.text() == "Z11";
             visits[v].unit = UnitId("B");
             return possible;
         }},
        {"given the next visit's id", Kind::duplicate_id,
         [](Visits& visits, std::size_t v) {
             visits[v].id = visits[(v + 1) % visits.size()].id;
             return true;
         }},
        {"pushed into the next visit", Kind::overlap,
         [](Visits& visits, std::size_t v) {
             const Visit* next = next_visit(visits, v, same_shift);
             if (next != nullptr) {
                 shift_by(visits[v],
                          std::chrono::floor<Minutes>(next->when.from - visits[v].when.from) -
                              Minutes(14));
             }
             return next != nullptr;
         }},
        {"pushed right up to the next visit", Kind::travel,
         [](Visits& visits, std::size_t v) {
             const Visit* next = next_visit(visits, v, same_shift);
             if (next != nullptr) {
                 shift_by(visits[v],
                          std::chrono::floor<Minutes>(next->when.from - visits[v].when.to));
             }
             return next != nullptr && !(next->zone == visits[v].zone);
         }},
        {"moved to the clock time of the next", Kind::same_clock_time,
         [](Visits& visits, std::size_t v) {
             const Visit* next = next_visit(
                 visits, v, [](const Visit& a, const Visit& b) { return a.zone == b.zone; });
             const auto on_that_day =
                 std::count_if(visits.begin(), visits.end(), [&](const Visit& o) {
                     return o.zone == visits[v].zone && o.shift_day == visits[v].shift_day;
                 });
             if (next != nullptr && on_that_day == 1) {
                 const auto days =
                     std::chrono::round<std::chrono::days>(next->when.from - visits[v].when.from);
                 visits[v].when = {next->when.from - days, next->when.to - days};
                 return days.count() > 0;
             }
             return false;
         }},
        {"sent to another zone, all of its own left out", Kind::missing_zone,
         [](Visits& visits, std::size_t v) {
             const cluster::ZoneId zone = visits[v].zone;
             std::erase_if(visits, [&](const Visit& o) { return o.zone == zone; });
             return true;
         }},
        {"left out with all of its zone after it", Kind::gap,
         [](Visits& visits, std::size_t v) {
             const Visit first = visits[v];
             std::erase_if(visits, [&](const Visit& o) {
                 return o.zone == first.zone && o.when.from >= first.when.from;
             });
             // What is left of the zone ends early enough for the absence to pass four days.
             return first.when.from < at("2026-11-26 00:00");
         }},
    };
}

TEST(Damage, OfEveryKindIsFoundInEveryVisit) {
    const Problem problem = sound_problem();
    const std::vector<Visit> plan = make_plan(problem, {.effort = 50}).visits;
    ASSERT_THAT(check(problem, plan), testing::IsEmpty());
    for (const Damage& damage : damages()) {
        int applied = 0;
        for (std::size_t v = 0; v < plan.size(); ++v) {
            std::vector<Visit> damaged = plan;
            if (damage.apply(damaged, v)) {
                ++applied;
                EXPECT_THAT(kinds(check(problem, damaged)), testing::Contains(damage.expected))
                    << damage.name << ": " << plan[v].id;
            }
        }
        EXPECT_GT(applied, 5) << damage.name;
    }
}

TEST(Damage, ByOneVisitTooManyExceedsTheMinutesOfItsShift) {
    Problem problem = sound_problem();
    const std::vector<Visit> plan = make_plan(problem, {.effort = 50}).visits;
    for (Unit& unit : problem.units) {
        unit.minutes_per_shift = Minutes(100);
    }
    EXPECT_THAT(kinds(check(problem, plan)), testing::Contains(ViolationKind::shift_minutes));
}

} // namespace
} // namespace schedule::test
