#include "schedule/renewal.hpp"

#include "problems.hpp"
#include "schedule/ground.hpp"
#include "schedule/standing_visits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace schedule {
namespace {

using test::at;
using test::day;
using test::days_from;
using test::london;

/// Six zones, an evening unit and one that works over midnight.
Problem town(std::string_view first) {
    Problem problem{.horizon = days_from(first, 14), .zone = london()};
    for (int z = 0; z < 6; ++z) {
        problem.places.push_back(test::place(std::string("Z").append(std::to_string(z)),
                                             test::grid(340000 + 600 * z, 430000)));
        problem.places.back().risk.fill(0.01 * (z + 1));
    }
    problem.units = {test::unit("Late", {test::shift("late", 15, 23)}),
                     test::unit("Night", {test::shift("night", 22, 6)})};
    for (Unit& unit : problem.units) {
        unit.minutes_per_shift = Minutes(60);
    }
    return problem;
}

/// A force that keeps its plan from night to night.
class Nights {
  public:
    Problem problem;
    Renewal renewal;
    RenewedPlan plan;
    std::vector<Visit> lost; ///< tonight

    explicit Nights(Problem first) : problem(std::move(first)) {
        renewal.in_force_since.assign(problem.places.size(), problem.horizon.from);
    }

    const RenewedPlan& run(geo::Instant now) {
        const geo::Day today = london().day(now);
        problem.horizon = {london().midnight(today),
                           london().midnight(today + std::chrono::days(14))};
        renewal.now = now;
        StandingVisits standing = standing_visits(problem, renewal.former, now);
        renewal.former = standing.visits;
        renewal.opened_again = !standing.lost.empty();
        lost = std::move(standing.lost);
        plan = renew_plan(problem, renewal, {.effort = 200});
        renewal.former = plan.plan.visits;
        renewal.issued_until = plan.issued_until;
        return plan;
    }

    /// Every visit that ended by then took place, but for those that `missed` names.
    template <typename Missed>
    void attend(geo::Instant now, const Missed& missed) {
        for (const Visit& visit : plan.plan.visits) {
            if (visit.when.to > now || missed(visit)) {
                continue;
            }
            for (Place& place : problem.places) {
                if (place.zone == visit.zone) {
                    place.last_attended =
                        std::max(place.last_attended.value_or(visit.when.to), visit.when.to);
                }
            }
        }
    }
    void attend(geo::Instant now) {
        attend(now, [](const Visit&) { return false; });
    }
};

std::vector<Visit> issued(const std::vector<Visit>& visits) {
    std::vector<Visit> result;
    std::copy_if(visits.begin(), visits.end(), std::back_inserter(result),
                 [](const Visit& visit) { return visit.status == Status::issued; });
    return result;
}

std::vector<std::string> ids(const std::vector<Visit>& visits) {
    std::vector<std::string> result;
    std::transform(
        visits.begin(), visits.end(), std::back_inserter(result),
        [](const Visit& visit) { return visit.id + " " + visit.unit.text() + " " + visit.shift; });
    std::sort(result.begin(), result.end());
    return result;
}

TEST(RenewPlan, TheFirstNightPlansFromTheNextFullHourAndIssuesTwoDays) {
    Nights nights(town("2026-11-23"));
    const RenewedPlan& first = nights.run(at("2026-11-23 03:30"));
    ASSERT_FALSE(first.plan.visits.empty());
    EXPECT_GE(first.plan.visits.front().when.from, at("2026-11-23 04:00"));
    EXPECT_EQ(first.issued_until, day("2026-11-25"));
    for (const Visit& visit : first.plan.visits) {
        EXPECT_EQ(visit.status == Status::issued, visit.shift_day < day("2026-11-25"));
    }
}

TEST(RenewPlan, IssuedDaysStandToTheLetterAndGetNoFurtherVisit) {
    Nights nights(town("2026-11-23"));
    nights.run(at("2026-11-23 03:30"));
    for (int night = 1; night < 9; ++night) {
        SCOPED_TRACE(night);
        const geo::Instant now = at("2026-11-23 03:30") + std::chrono::days(night);
        std::vector<Visit> before = issued(nights.plan.plan.visits);
        std::erase_if(before, [&](const Visit& visit) { return visit.when.from < now; });
        const geo::Day until = nights.plan.issued_until;
        nights.attend(now, [&](const Visit& visit) { return visit.zone.text() == "Z2"; });
        std::vector<Visit> after = nights.run(now).plan.visits;
        std::erase_if(after, [&](const Visit& visit) { return visit.shift_day >= until; });
        EXPECT_EQ(ids(after), ids(before));
        EXPECT_TRUE(nights.lost.empty());
    }
}

TEST(RenewPlan, AShiftOverMidnightIsIssuedAsAWhole) {
    Nights nights(town("2026-11-23"));
    nights.run(at("2026-11-23 03:30"));
    bool after_midnight = false;
    for (const Visit& visit : nights.plan.plan.visits) {
        if (visit.shift_day == day("2026-11-24") &&
            london().day(visit.when.from) != day("2026-11-24")) {
            after_midnight = true;
            EXPECT_EQ(visit.status, Status::issued);
        }
    }
    EXPECT_TRUE(after_midnight) << "the night shift works past midnight";
}

TEST(RenewPlan, WhereEverythingTookPlaceTheFutureStaysInPlace) {
    Nights nights(town("2026-11-23"));
    nights.run(at("2026-11-23 03:30"));
    const geo::Instant now = at("2026-11-24 03:30");
    std::vector<Visit> before = nights.plan.plan.visits;
    nights.attend(now);
    std::vector<Visit> after = nights.run(now).plan.visits;
    const auto outside = [&](const Visit& visit) {
        return visit.when.from < now || visit.shift_day >= day("2026-12-06");
    };
    std::erase_if(before, outside);
    std::erase_if(after, outside);
    const std::vector<std::string> stand = ids(after);
    for (const std::string& id : ids(before)) {
        EXPECT_TRUE(std::binary_search(stand.begin(), stand.end(), id)) << id;
    }
}

TEST(RenewPlan, AMissedVisitPullsItsZoneForward) {
    Problem sparse = town("2026-11-23");
    sparse.units.pop_back();
    sparse.units[0].minutes_per_shift = Minutes(40); // two visits a day for six zones
    for (Place& place : sparse.places) {
        place.risk.fill(0);
    }
    Nights nights(sparse);
    nights.run(at("2026-11-23 03:30"));
    // The zone visited on the first evening was not.
    const std::string missed = nights.plan.plan.visits.front().zone.text();
    const auto first_beyond = [&](const std::vector<Visit>& visits) {
        const auto found = std::find_if(visits.begin(), visits.end(), [&](const Visit& visit) {
            return visit.zone.text() == missed && visit.shift_day >= day("2026-11-25");
        });
        return found == visits.end() ? at("2027-01-01") : found->when.from;
    };
    const geo::Instant now = at("2026-11-24 03:30");
    const geo::Instant before = first_beyond(nights.plan.plan.visits);
    nights.attend(now, [&](const Visit& visit) { return visit.zone.text() == missed; });
    const std::vector<Visit> after = nights.run(now).plan.visits;
    EXPECT_LE(first_beyond(after), before);
    EXPECT_LE(first_beyond(after), at("2026-11-23 00:00") + std::chrono::hours(96))
        << "it was never attended: 96 hours from the day it came into force";
}

TEST(RenewPlan, AUnitThatVanishedOpensTheIssuedDaysAndTheOthersVisitsStand) {
    Nights nights(town("2026-11-23"));
    nights.run(at("2026-11-23 03:30"));
    const geo::Instant now = at("2026-11-24 03:30");
    std::vector<Visit> of_late = issued(nights.plan.plan.visits);
    std::erase_if(of_late, [&](const Visit& visit) {
        return visit.when.from < now || visit.unit.text() != "Late";
    });
    nights.attend(now);
    nights.problem.units.pop_back();
    const RenewedPlan& after = nights.run(now);
    ASSERT_FALSE(nights.lost.empty());
    for (const Visit& visit : nights.lost) {
        EXPECT_EQ(visit.unit.text(), "Night");
    }
    const std::vector<std::string> stand = ids(after.plan.visits);
    for (const std::string& id : ids(of_late)) {
        EXPECT_TRUE(std::binary_search(stand.begin(), stand.end(), id)) << id;
    }
}

TEST(RenewPlan, ARetiredZonesIssuedVisitsAreLostAndNoOthers) {
    Nights nights(town("2026-11-23"));
    nights.run(at("2026-11-23 03:30"));
    nights.problem.places.pop_back();
    nights.renewal.in_force_since.pop_back();
    nights.run(at("2026-11-24 03:30"));
    ASSERT_FALSE(nights.lost.empty());
    for (const Visit& visit : nights.lost) {
        EXPECT_EQ(visit.zone.text(), "Z5");
    }
}

TEST(RenewPlan, ANightThatWasNotRunIsMadeUpFor) {
    Nights nights(town("2026-11-23"));
    nights.run(at("2026-11-23 03:30"));
    nights.attend(at("2026-11-27 03:30"));
    const RenewedPlan& later = nights.run(at("2026-11-27 03:30"));
    EXPECT_EQ(later.issued_until, day("2026-11-29"));
    EXPECT_GE(later.plan.visits.front().when.from, at("2026-11-27 03:30"));
}

TEST(RenewPlan, AClockThatWentBackTakesNoIssueBack) {
    Nights nights(town("2026-11-23"));
    nights.run(at("2026-11-23 03:30"));
    EXPECT_EQ(nights.run(at("2026-11-22 03:30")).issued_until, day("2026-11-25"));
}

TEST(RenewPlan, ListsOfAnotherLengthAreABug) {
    const Problem problem = town("2026-11-23");
    EXPECT_THROW(renew_plan(problem, {.now = problem.horizon.from}, {}), std::invalid_argument);
}

/// Ten nights of a random force, over both clock changes, year's end and a leap day: no issued
/// visit ever changes, and every plan can be walked.
TEST(RenewPlan, PlansOfRandomForcesCanBeWalkedNightAfterNight) {
    for (unsigned seed = 1; seed <= 25; ++seed) {
        SCOPED_TRACE(seed);
        Nights nights(test::random_problem(seed));
        geo::Instant now = nights.problem.horizon.from + std::chrono::minutes(210);
        std::vector<std::string> promised;
        for (int night = 0; night < 10; ++night, now += std::chrono::days(1)) {
            SCOPED_TRACE(night);
            if (night > 0) {
                std::vector<Visit> coming = issued(nights.plan.plan.visits);
                std::erase_if(coming, [&](const Visit& v) { return v.when.from < now; });
                promised = ids(coming);
                nights.attend(
                    now, [&](const Visit& visit) { return (key_of(visit.id) + seed) % 7 == 0; });
            }
            const RenewedPlan& plan = nights.run(now);
            EXPECT_TRUE(nights.lost.empty());
            const std::vector<std::string> stand = ids(plan.plan.visits);
            for (const std::string& id : promised) {
                EXPECT_TRUE(std::binary_search(stand.begin(), stand.end(), id)) << id;
            }
            for (const Violation& violation : test::check(nights.problem, plan.plan.visits)) {
                EXPECT_TRUE(violation.kind == ViolationKind::gap ||
                            violation.kind == ViolationKind::gap_inherited ||
                            violation.kind == ViolationKind::missing_zone)
                    << violation.text;
            }
        }
    }
}

} // namespace
} // namespace schedule
