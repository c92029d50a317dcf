#include "schedule/delivery.hpp"

#include "attendances.hpp"

#include <gtest/gtest.h>

#include <random>
#include <tuple>

namespace schedule::test {
namespace {

using State = Delivery::State;
using std::chrono::hours;

TEST(Deliveries, AnAttendanceUpToFourHoursOffStandsForAVisit) {
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00"))};
    const auto state = [&](std::string_view start) {
        return deliveries(visits, std::vector{attended("Z", "A", start)}, {}).front().state;
    };
    EXPECT_EQ(state("2026-11-02 08:00"), State::delivered);
    EXPECT_EQ(state("2026-11-02 16:00"), State::delivered);
    EXPECT_EQ(state("2026-11-02 07:59"), State::missed);
    EXPECT_EQ(state("2026-11-02 16:01"), State::missed);
}

TEST(Deliveries, OneAttendanceStandsForOneVisit) {
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00")),
                                    visit("w", "Z", "A", at("2026-11-02 14:00"))};
    const auto result = deliveries(visits, std::vector{attended("Z", "A", "2026-11-02 13:30")}, {});
    EXPECT_EQ(result[0].state, State::missed);
    EXPECT_EQ(result[1].state, State::delivered);
    EXPECT_EQ(result[1].late, -Minutes(30));
    EXPECT_EQ(result[1].attendance, 0U);
}

TEST(Deliveries, ABriefAttendanceIsToldApart) {
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00"))};
    const std::vector<Attendance> log{attended("Z", "A", "2026-11-02 12:00", 9),
                                      attended("Z", "B", "2026-11-02 15:00", 10)};
    EXPECT_EQ(deliveries(visits, {log.data(), 1}, {}).front().state, State::brief);
    const Delivery both = deliveries(visits, log, {}).front();
    EXPECT_EQ(both.state, State::delivered);
    EXPECT_TRUE(both.other_unit);
}

TEST(Deliveries, WhatNamesItsVisitIsThatVisitWheneverItWas) {
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00")),
                                    visit("w", "Z", "A", at("2026-11-03 12:00"))};
    std::vector<Attendance> log{attended("Z", "A", "2026-11-03 12:00")};
    log[0].visit.emplace("v");
    const auto result = deliveries(visits, log, {});
    EXPECT_EQ(result[0].state, State::delivered);
    EXPECT_EQ(result[0].late, hours(24));
    EXPECT_EQ(result[1].state, State::missed);
    log[0].visit.emplace("of another plan");
    EXPECT_EQ(deliveries(visits, log, {})[1].state, State::delivered);
}

TEST(Deliveries, BackgroundPresenceDeliversNothingUnlessTheRuleCountsIt) {
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00"))};
    const std::vector<Attendance> log{passed("Z", "A", "2026-11-02 12:00")};
    EXPECT_EQ(deliveries(visits, log, {}).front().state, State::missed);
    EXPECT_EQ(deliveries(visits, log, {.count_background = true}).front().state, State::delivered);
}

TEST(Deliveries, AVisitIsOpenUntilItsGraceHasPassed) {
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00"))};
    const auto state = [&](std::string_view as_of, std::span<const Attendance> log = {}) {
        return deliveries(visits, log, {}, {.as_of = at(as_of)}).front().state;
    };
    EXPECT_EQ(state("2026-11-02 12:15"), State::open);
    EXPECT_EQ(state("2026-11-02 16:14"), State::open);
    EXPECT_EQ(state("2026-11-02 16:15"), State::missed) << "four hours after its end";
    EXPECT_EQ(deliveries(visits, {}, {}).front().state, State::missed);
    const std::vector<Attendance> brief{attended("Z", "A", "2026-11-02 12:00", 5)};
    EXPECT_EQ(state("2026-11-02 12:15", brief), State::brief) << "what happened is told";
}

TEST(Deliveries, AnAttendanceGoesToTheVisitThatHasNoOther) {
    // 13:30 is nearer to w, which 16:30 can stand for; taken alone, v would be left.
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00")),
                                    visit("w", "Z", "A", at("2026-11-02 14:00"))};
    const std::vector<Attendance> log{attended("Z", "A", "2026-11-02 13:30"),
                                      attended("Z", "A", "2026-11-02 16:30")};
    const auto result = deliveries(visits, log, {});
    EXPECT_EQ(result[0].attendance, 0U);
    EXPECT_EQ(result[1].attendance, 1U);
}

TEST(Deliveries, OfTwoThatNameAVisitTheOneThatCountsIsIt) {
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00")),
                                    visit("w", "Z", "A", at("2026-11-02 13:00"))};
    std::vector<Attendance> log{attended("Z", "A", "2026-11-02 12:00", 5),
                                attended("Z", "A", "2026-11-02 13:00")};
    log[0].visit.emplace("v");
    log[1].visit.emplace("v");
    const auto result = deliveries(visits, log, {});
    EXPECT_EQ(result[0].attendance, 1U);
    EXPECT_EQ(result[1].state, State::missed) << "the other says that it was for v";
}

/// How good a pairing is, as the header orders it.
struct Worth {
    int named = 0;
    int counted = 0;
    int attended = 0;
    int own_unit = 0;
    std::int64_t apart = 0;

    auto key() const { return std::tuple(named, counted, attended, own_unit, -apart); }
    bool operator<(const Worth& other) const { return key() < other.key(); }
};

/// The slow twin's view of one pair; nothing where it may not be made.
std::optional<Worth> worth(const Visit& v, const Attendance& a, std::span<const Visit> visits) {
    const bool names_any =
        a.visit && std::any_of(visits.begin(), visits.end(), [&](const Visit& other) {
            return other.id == *a.visit && other.zone == a.zone;
        });
    const bool named = names_any && *a.visit == v.id;
    const std::chrono::seconds apart = std::chrono::abs(a.when.from - v.when.from);
    if (v.zone != a.zone || a.kind != Attendance::Kind::tasked ||
        (names_any ? !named : apart > hours(4))) {
        return std::nullopt;
    }
    return Worth{named ? 1 : 0, a.when.length() >= Minutes(10) ? 1 : 0, 1,
                 v.unit == a.unit || a.unit.text().empty() ? 1 : 0, apart.count()};
}

/// The best of all ways to pair the visits from `v` on.
Worth best(std::span<const Visit> visits, std::span<const Attendance> log, std::size_t v,
           const Worth& so_far, std::vector<bool>& used) {
    if (v == visits.size()) {
        return so_far;
    }
    Worth result = best(visits, log, v + 1, so_far, used);
    for (std::size_t a = 0; a < log.size(); ++a) {
        const auto pair = worth(visits[v], log[a], visits);
        if (pair && !used[a]) {
            used[a] = true;
            const Worth sum{so_far.named + pair->named, so_far.counted + pair->counted,
                            so_far.attended + pair->attended, so_far.own_unit + pair->own_unit,
                            so_far.apart + pair->apart};
            result = std::max(result, best(visits, log, v + 1, sum, used));
            used[a] = false;
        }
    }
    return result;
}

TEST(Deliveries, AreTheBestOfAllWaysToPairVisitsAndAttendances) {
    int attended_all = 0;
    for (unsigned seed = 1; seed <= 400; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const auto draw = [&](int below) {
            return static_cast<int>(random() % static_cast<unsigned>(below));
        };
        const auto id = [](int number) { return std::string("v").append(std::to_string(number)); };
        const auto one_of = [&](const char* letters) { return std::string(1, letters[draw(2)]); };
        const geo::Instant noon = at("2026-10-25 00:00"); // the clocks go back
        std::vector<Visit> visits;
        for (int i = draw(6); i >= 0; --i) {
            visits.push_back(visit(id(i), one_of("ZY"), one_of("AB"), noon + Minutes(draw(720))));
        }
        std::vector<Attendance> log;
        for (int i = draw(6); i >= 0; --i) {
            const geo::Instant start = noon + Minutes(draw(720));
            log.push_back({cluster::ZoneId(one_of("ZY")),
                           UnitId(draw(4) == 0 ? "" : one_of("AB")),
                           {start, start + Minutes(5 + draw(15))},
                           draw(6) == 0 ? Attendance::Kind::background : Attendance::Kind::tasked});
            if (draw(4) == 0) {
                log.back().visit = id(draw(8));
            }
        }
        Worth found;
        std::vector<bool> taken(log.size());
        const auto result = deliveries(visits, log, {});
        for (std::size_t v = 0; v < visits.size(); ++v) {
            if (result[v].attendance) {
                const std::size_t a = *result[v].attendance;
                EXPECT_FALSE(taken[a]) << "stands for two visits";
                taken[a] = true;
                const auto pair = worth(visits[v], log[a], visits);
                ASSERT_TRUE(pair);
                found = {found.named + pair->named, found.counted + pair->counted,
                         found.attended + pair->attended, found.own_unit + pair->own_unit,
                         found.apart + pair->apart};
                EXPECT_EQ(result[v].state, pair->counted > 0 ? State::delivered : State::brief);
            }
        }
        std::vector<bool> used(log.size());
        EXPECT_EQ(found.key(), best(visits, log, 0, {}, used).key());
        attended_all += found.attended;
    }
    EXPECT_GT(attended_all, 400); // else nothing was tested
}

TEST(TaskedByPlan, TurnsPositionsBesideAPlannedVisitOfTheUnitAlone) {
    const std::vector<Visit> visits{visit("v", "Z", "A", at("2026-11-02 12:00"))};
    std::vector<Attendance> log{
        passed("Z", "A", "2026-11-02 12:45"), passed("Z", "A", "2026-11-02 12:46"),
        passed("Z", "B", "2026-11-02 12:00"), passed("Y", "A", "2026-11-02 12:00"),
        passed("Z", "A", "2026-11-02 12:00")};
    for (std::size_t i = 0; i < 4; ++i) {
        log[i].source = Attendance::Source::pings;
    }
    std::vector<bool> tasked;
    for (const Attendance& attendance : tasked_by_plan(log, visits)) {
        tasked.push_back(attendance.kind == Attendance::Kind::tasked);
    }
    EXPECT_EQ(tasked, (std::vector<bool>{true, false, false, false, false}));
}

} // namespace
} // namespace schedule::test
