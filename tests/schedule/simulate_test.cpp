#include "schedule/simulate.hpp"

#include "geo/error.hpp"
#include "problems.hpp"

#include <gmock/gmock.h>

namespace schedule::test {
namespace {

using testing::HasSubstr;

/// Zones 800 m apart, four weeks from a Monday, one late unit that has time for all of them daily.
Problem ample(int zones, std::chrono::hours plan_gap) {
    Problem problem{.horizon = days_from("2026-11-23", 28), .zone = london()};
    problem.rule.plan_gap = plan_gap;
    for (int i = 0; i < zones; ++i) {
        const int column = i % 3;
        const int row = i / 3;
        problem.places.push_back(
            place(std::string("Z").append(std::to_string(i)), grid(800.0 * column, 800.0 * row)));
    }
    problem.units = {unit("A", {shift("late", 15, 23)})};
    return problem;
}

/// As the rule needs and no more: a plan without visits beyond the rule.
Plan rule_visits_only(const Problem& problem) {
    Plan plan = make_plan(problem, {.effort = 0});
    std::erase_if(plan.visits, [](const Visit& visit) { return visit.reason == Reason::risk; });
    return plan;
}

const PlanOptions quick{.effort = 0};
const SimulationOptions few{.replicates = 12, .effort = 0};

Street missing(double rate) {
    return {.miss_rate = rate};
}

TEST(Simulate, WithoutMissesAFeasiblePlanNeverBreaches) {
    const Problem problem = ample(6, std::chrono::hours(72));
    const Robustness seen = simulate(problem, make_plan(problem, quick), quick, missing(0), few);
    EXPECT_EQ(seen.breach.value, 0);
    EXPECT_EQ(seen.breach.low, 0);
    EXPECT_GT(seen.breach.high, 0);
    EXPECT_EQ(seen.planned, 0);
    EXPECT_EQ(seen.counted, 1);
    EXPECT_EQ(seen.nights_replanned, 0);
    EXPECT_EQ(seen.by_zone.size(), 6U);
    EXPECT_EQ(seen.by_week.size(), 4U);
}

TEST(Simulate, WithoutMissesTheChanceIsThePlansOwn) {
    const Problem problem = ample(6, std::chrono::hours(72));
    Plan plan = make_plan(problem, quick);
    // Z0 is left out from the third week on: due in it, four days after its last visit at most.
    std::erase_if(plan.visits, [&](const Visit& visit) {
        return visit.zone.text() == "Z0" && visit.when.from >= at("2026-12-07 00:00");
    });
    const Robustness seen = simulate(problem, plan, quick, missing(0), few);
    EXPECT_DOUBLE_EQ(seen.planned, 2.0 / 24);
    EXPECT_DOUBLE_EQ(seen.breach.value, seen.planned);
    EXPECT_DOUBLE_EQ(seen.by_zone[0].value, 0.5);
    EXPECT_DOUBLE_EQ(seen.by_zone[1].value, 0);
    EXPECT_DOUBLE_EQ(seen.by_week[2].value, 1.0 / 6);
    EXPECT_DOUBLE_EQ(seen.by_week[1].value, 0);
}

TEST(Simulate, WhereNothingTakesPlaceEveryZoneBreachesInEveryWeek) {
    const Problem problem = ample(3, std::chrono::hours(72));
    const Robustness seen =
        simulate(problem, rule_visits_only(problem), quick, missing(1), {.replicates = 2});
    EXPECT_EQ(seen.breach.value, 1);
    EXPECT_EQ(seen.breach.high, 1);
    EXPECT_LT(seen.breach.low, 1);
    EXPECT_EQ(seen.counted, 0);
    EXPECT_GT(seen.nights_replanned, 0);
}

TEST(Simulate, TheMoreVisitsAreMissedTheMoreBreaches) {
    const Problem problem = ample(9, std::chrono::hours(84));
    const Plan plan = rule_visits_only(problem);
    double before = 0;
    for (const double rate : {0.0, 0.1, 0.3, 0.6}) {
        const Robustness seen = simulate(problem, plan, quick, missing(rate), few);
        EXPECT_GE(seen.breach.high, before) << rate;
        EXPECT_NEAR(seen.counted, 1 - rate, 0.05) << rate;
        before = seen.breach.low;
    }
    EXPECT_GT(before, 0);
}

TEST(Simulate, AtATenthMissedPlanningAt60HoursBreaksLessThanAt93) {
    // Twelve zones, and time for a good two and a half times the visits that the rule needs; four
    // of the zones have nearly all the violence, and so what the rule leaves.
    const auto chance = [](std::chrono::hours gap) {
        Problem problem = ample(12, gap);
        problem.units[0].minutes_per_shift = Minutes(120);
        for (std::size_t z = 0; z < problem.places.size(); ++z) {
            problem.places[z].risk.fill(z < 4 ? 1 : 0.001);
        }
        const Plan plan = make_plan(problem, quick);
        return simulate(problem, plan, quick, missing(0.1), {.replicates = 20, .effort = 100})
            .breach;
    };
    const Share at_60 = chance(std::chrono::hours(60));
    const Share at_93 = chance(std::chrono::hours(93));
    EXPECT_LT(at_60.high, at_93.low) << at_60.value << " and " << at_93.value;
}

TEST(Simulate, ReplanningMendsWhatCanStillBeMended) {
    const Problem problem = ample(9, std::chrono::hours(60));
    const Plan plan = rule_visits_only(problem);
    const auto chance = [&](unsigned issued_days) {
        SimulationOptions options = few;
        options.issued_days = issued_days;
        return simulate(problem, plan, quick, missing(0.1), options).breach.value;
    };
    EXPECT_LT(chance(0), chance(28)); // all is issued: nothing is ever mended
}

TEST(Simulate, AVisitCutShortOfTheMinimumDoesNotCount) {
    const Problem problem = ample(6, std::chrono::hours(72));
    const Plan plan = rule_visits_only(problem);
    const auto counted = [&](std::vector<std::chrono::seconds> dwell) {
        return simulate(problem, plan, quick, {.dwell = std::move(dwell)}, few).counted;
    };
    EXPECT_EQ(counted({Minutes(10)}), 1);
    EXPECT_EQ(counted({Minutes(10) - std::chrono::seconds(1)}), 0);
    EXPECT_NEAR(counted({Minutes(5), Minutes(20)}), 0.5, 0.1);
}

TEST(Simulate, AShiftIsLostAsAWhole) {
    const Problem problem = ample(12, std::chrono::hours(60));
    const Plan plan = rule_visits_only(problem);
    const Robustness seen = simulate(problem, plan, quick, {.lost_shift_rate = 0.25}, few);
    EXPECT_NEAR(seen.counted, 0.75, 0.1);
}

TEST(Simulate, ThreadsChangeNothingAndSeedsDo) {
    const Problem problem = ample(6, std::chrono::hours(84));
    const Plan plan = rule_visits_only(problem);
    const auto counted = [&](std::uint64_t seed, unsigned threads) {
        SimulationOptions options = few;
        options.seed = seed;
        options.threads = threads;
        const Robustness seen = simulate(problem, plan, quick, missing(0.2), options);
        return std::pair(seen.counted, seen.breach.value);
    };
    EXPECT_EQ(counted(1, 1), counted(1, 4));
    EXPECT_NE(counted(1, 1), counted(2, 1));
}

TEST(Simulate, AZoneOverdueBeforeThePlanCountsFromItsFirstVisitOn) {
    Problem problem = ample(3, std::chrono::hours(72));
    problem.places[0].last_attended = problem.horizon.from - std::chrono::hours(120);
    const Robustness seen = simulate(problem, make_plan(problem, quick), quick, missing(0), few);
    EXPECT_EQ(seen.inherited, 1U);
    EXPECT_EQ(seen.breach.value, 0);
}

TEST(Simulate, RefusesRatesAndNumbersOutOfRange) {
    const Problem problem = ample(1, std::chrono::hours(72));
    const Plan plan = make_plan(problem, quick);
    EXPECT_THROW(simulate(problem, plan, quick, missing(1.5), few), geo::Error);
    EXPECT_THROW(simulate(problem, plan, quick, missing(0), {.replicates = 1}), geo::Error);
}

TEST(TryGaps, TheLongestGapUnderTheTargetWins) {
    std::vector<GapTrial> trials(3);
    for (std::size_t i = 0; i < trials.size(); ++i) {
        trials[i].plan_gap = std::chrono::hours(48 + 12 * i);
        trials[i].robustness.breach.high = 0.01 * static_cast<double>(i + 1);
    }
    EXPECT_EQ(gap_for_target(trials, 0.02), std::chrono::hours(60));
    EXPECT_EQ(gap_for_target(trials, 0.001), std::nullopt);
}

TEST(TryGaps, For96HoursAre48To93) {
    std::vector<long> hours;
    for (const std::chrono::hours gap : gaps_to_try(Rule{})) {
        hours.push_back(gap.count());
    }
    EXPECT_THAT(hours, testing::ElementsAre(48, 60, 72, 84, 93));
}

TEST(Street, OfTheLiteratureStays9Point6MinutesOn15AndMissesASixth) {
    const Street street = street_of_literature(Minutes(15));
    std::chrono::seconds sum{0};
    for (const std::chrono::seconds length : street.dwell) {
        sum += length;
    }
    EXPECT_NEAR(static_cast<double>(sum.count()) / 60 / static_cast<double>(street.dwell.size()),
                9.6, 0.01);
    EXPECT_NEAR(street.miss_rate, 1.0 / 6, 1e-12);
    EXPECT_EQ(street.dwell.back(), Minutes(15));
}

/// Attendances of Z, one a day at 15:00 from Monday 2026-11-23, of 10 to 14 minutes.
std::vector<Attendance> log_of(int days) {
    std::vector<Attendance> attendances;
    for (int i = 0; i < days; ++i) {
        const geo::Instant start = at("2026-11-23 15:00") + std::chrono::days(i);
        attendances.push_back({.zone = cluster::ZoneId("Z"),
                               .unit = UnitId("A"),
                               .when = {start, start + Minutes(10 + i % 5)}});
    }
    return attendances;
}

TEST(Street, IsLearntFromTheLog) {
    std::vector<Visit> past;
    for (int i = 0; i < 39; ++i) {
        // Every third one is planned at a time when nobody came.
        past.push_back(
            visit(std::to_string(i), "Z", "A",
                  at(i % 3 == 2 ? "2026-11-23 03:00" : "2026-11-23 16:30") + std::chrono::days(i)));
    }
    const Street street =
        learnt_street(log_of(40), past, Rule{}, street_of_literature(Minutes(15)));
    ASSERT_EQ(street.dwell.size(), 40U);
    EXPECT_EQ(street.dwell.front(), Minutes(10));
    EXPECT_EQ(street.dwell.back(), Minutes(14));
    EXPECT_NEAR(street.miss_rate, 1.0 / 3, 1e-12);
    EXPECT_THAT(street.source, HasSubstr("40 attendances"));
}

TEST(Street, StaysThatOfTheLiteratureWhereTheLogIsTooSmall) {
    const Street usual = street_of_literature(Minutes(15));
    const Street street = learnt_street(log_of(29), {}, Rule{}, usual);
    EXPECT_EQ(street.dwell, usual.dwell);
    EXPECT_THAT(street.source, HasSubstr("29 attendances"));
    // Lengths without an earlier plan say nothing about misses.
    EXPECT_EQ(learnt_street(log_of(30), {}, Rule{}, usual).miss_rate, usual.miss_rate);
}

} // namespace
} // namespace schedule::test
