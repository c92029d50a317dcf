#include "schedule/load_balance.hpp"

#include "problems.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>

namespace schedule::test {
namespace {

constexpr unsigned units = 4;

/// Units alike, each an evening of 240 minutes, and zones that any of them may see, of the same
/// risk at all hours.
Problem shared(int zones) {
    Problem problem{.horizon = days_from("2026-11-23", 7), .zone = london()};
    for (int z = 0; z < zones; ++z) {
        problem.places.push_back(place(std::string("Z").append(std::to_string(z)),
                                       grid(340000 + 400 * z, 430000 + 150 * z)));
    }
    for (unsigned u = 0; u < units; ++u) {
        problem.units.push_back(
            unit(std::string("Unit ").append(std::to_string(u)), {shift("late", 18, 22)}));
    }
    return problem;
}

/// Unevenness by its definition.
double by_hand(const Ground& ground, const std::vector<Minute>& used,
               const std::vector<std::size_t>& pool) {
    std::vector<double> budget(used.size(), 0);
    for (const Turn& turn : ground.turns()) {
        budget[turn.unit] += turn.budget;
    }
    double sum = 0;
    for (std::size_t u = 0; u < used.size(); ++u) {
        double pool_used = 0;
        double pool_budget = 0;
        for (std::size_t other = 0; other < used.size(); ++other) {
            pool_used += pool[other] == pool[u] ? used[other] : 0;
            pool_budget += pool[other] == pool[u] ? budget[other] : 0;
        }
        const double off = used[u] / budget[u] - pool_used / pool_budget;
        sum += budget[u] * off * off;
    }
    return sum;
}

TEST(LoadBalance, IsWhatItsDefinitionSaysWhateverComesAndGoes) {
    Problem problem = shared(6);
    problem.units[1].shifts = {shift("short", 19, 20)};
    // Units 0 and 1 share Z0, 1 and 2 share Z1: one pool. Unit 3 stands alone.
    problem.units[0].serves = {"Z0"};
    problem.units[1].serves = {"Z0", "Z1"};
    problem.units[2].serves = {"Z1", "Z2", "Z3", "Z4"};
    problem.units[3].serves = {"Z5"};
    const Ground ground(problem, {.unpredictability = 0});
    LoadBalance loads(ground);
    EXPECT_EQ(loads.unevenness(), 0);
    std::vector<Minute> used(units, 0);
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        std::mt19937 random(seed);
        for (int step = 0; step < 200; ++step) {
            const std::size_t of = random() % units;
            const Minute minutes = random() % 3 == 0 ? -std::min(used[of], 17) : 17;
            const double before = loads.unevenness();
            const double change = loads.change(of, minutes);
            if (minutes > 0) {
                EXPECT_LE(loads.least_change(of) * minutes, change + 1e-9);
            }
            loads.add(of, minutes);
            used[of] += minutes;
            EXPECT_NEAR(loads.unevenness(), by_hand(ground, used, {0, 0, 0, 1}), 1e-7);
            EXPECT_NEAR(loads.unevenness() - before, change, 1e-7);
        }
    }
}

TEST(LoadBalance, AUnitThatSharesNoZoneIsHeldAgainstNoOther) {
    Problem problem = shared(2);
    problem.units.resize(2);
    problem.units[0].serves = {"Z0"};
    problem.units[1].serves = {"Z1"};
    const Ground ground(problem, {.unpredictability = 0});
    LoadBalance loads(ground);
    loads.add(0, 120);
    EXPECT_NEAR(loads.unevenness(), 0, 1e-9);
    EXPECT_NEAR(loads.least_change(1), 0, 1e-12);
}

/// Minutes of visits by unit.
std::map<UnitId, int> minutes_of(const std::vector<Visit>& visits) {
    std::map<UnitId, int> minutes;
    for (const Visit& visit : visits) {
        minutes[visit.unit] += 15;
    }
    return minutes;
}

TEST(LoadBalance, UnitsThatCouldTakeEachOthersWorkShareItEvenly) {
    // Five zones, an hour between two visits: far less work than four units have minutes.
    for (const double unpredictability : {0.0, 0.35}) {
        const Problem problem = shared(5);
        const Plan plan = make_plan(problem, {.unpredictability = unpredictability});
        EXPECT_THAT(check(problem, plan.visits), testing::IsEmpty());
        const std::map<UnitId, int> minutes = minutes_of(plan.visits);
        ASSERT_EQ(minutes.size(), units);
        const auto [least, most] =
            std::minmax_element(minutes.begin(), minutes.end(),
                                [](const auto& a, const auto& b) { return a.second < b.second; });
        EXPECT_LE(most->second - least->second, 0.1 * most->second)
            << least->second << " to " << most->second << " minutes at " << unpredictability;
    }
}

} // namespace
} // namespace schedule::test
