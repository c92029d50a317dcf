#include "schedule/presence.hpp"

#include "attendances.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace schedule::test {
namespace {

using std::chrono::seconds;
using Texts = std::vector<std::string>;

const geo::Instant noon = at("2026-11-02 12:00");

/// Z around (0, 0) with 100 m, Y around (1000, 0) with 150 m.
const std::vector<ZoneDisc>& two_zones() {
    static const std::vector<ZoneDisc> zones{
        {cluster::ZoneId("Z"), {grid(0, 0), geo::Metres(100)}},
        {cluster::ZoneId("Y"), {grid(1000, 0), geo::Metres(150)}}};
    return zones;
}

/// A ping a minute from noon, so many metres east of the middle of Z.
std::vector<Ping> east(const std::vector<double>& metres) {
    std::vector<Ping> pings;
    for (const double each : metres) {
        pings.push_back(
            {UnitId("A"), noon + Minutes(static_cast<int>(pings.size())), grid(each, 0)});
    }
    return pings;
}

Texts stays(const std::vector<Ping>& pings, const PresenceOptions& options = {}) {
    Texts texts;
    for (const Attendance& a : presence(pings, two_zones(), options).attendances) {
        texts.push_back(a.zone.text() + " " + std::to_string((a.when.from - noon).count()) + "-" +
                        std::to_string((a.when.to - noon).count()));
    }
    return texts;
}

TEST(Presence, ReachesFromRimToRimOnTheStraightWay) {
    // From 200 to 0 the rim at 100 is crossed half way, and a quarter of the way back to 500.
    EXPECT_EQ(stays(east({400, 200, 0, 0, 400})), Texts{"Z 90-195"});
}

TEST(Presence, TheRimIsInside) {
    EXPECT_EQ(stays(east({100, 100, 100.001, 300})), Texts{"Z 0-60"});
}

TEST(Presence, BeginsAndEndsWithAPingWhereNothingWasHeardBesides) {
    std::vector<Ping> pings = east({300, 0, 0, 300});
    pings[0].when -= seconds(300);
    pings[3].when += seconds(300);
    EXPECT_EQ(stays(pings), Texts{"Z 60-120"});
}

TEST(Presence, SilenceIsNotClaimed) {
    std::vector<Ping> pings = east({0, 0, 0, 0});
    pings[2].when = pings[1].when + seconds(301);
    pings[3].when = pings[2].when + seconds(300);
    EXPECT_EQ(stays(pings), (Texts{"Z 0-60", "Z 361-661"}));
}

TEST(Presence, JitterOverTheRimDoesNotEndAStay) {
    EXPECT_EQ(stays(east({0, 140, 0, 0})), Texts{"Z 0-180"});
    EXPECT_EQ(stays(east({0, 151, 0, 0})), (Texts{"Z 0-40", "Z 80-180"}));
}

TEST(Presence, AnExcursionOfOverTwoMinutesEndsAStay) {
    EXPECT_EQ(stays(east({0, 140, 0})), Texts{"Z 0-120"});
    EXPECT_EQ(stays(east({0, 140, 140, 0})), (Texts{"Z 0-43", "Z 137-180"}));
    std::vector<Ping> sparse = east({0, 0});
    sparse[1].when = noon + seconds(290);
    EXPECT_EQ(stays(sparse), Texts{"Z 0-290"});
}

TEST(Presence, AnotherZoneEndsAStay) {
    EXPECT_EQ(stays(east({0, 1000, 0})), (Texts{"Z 0-6", "Y 51-69", "Z 114-120"}));
}

TEST(Presence, StaysInCirclesThatOverlapDoNot) {
    const std::vector<ZoneDisc> zones{{cluster::ZoneId("Z"), {grid(0, 0), geo::Metres(100)}},
                                      {cluster::ZoneId("X"), {grid(120, 0), geo::Metres(100)}}};
    const Presence found = presence(east({0, 0, 160, 160}), zones);
    ASSERT_EQ(found.attendances.size(), 2U);
    EXPECT_LE(found.attendances[0].when.to, found.attendances[1].when.from);
}

TEST(Presence, APassBetweenTwoPingsIsNotSeenAndALonePingHasNoLength) {
    EXPECT_EQ(stays(east({-500, 500})), Texts{});
    EXPECT_EQ(stays(east({0})), Texts{"Z 0-0"});
}

TEST(Presence, UnitsAreKeptApart) {
    std::vector<Ping> pings = east({0, 0, 0});
    for (Ping other : east({300, 300, 300})) {
        other.unit = UnitId("B");
        pings.push_back(other);
    }
    const Presence found = presence(pings, two_zones());
    ASSERT_EQ(found.attendances.size(), 1U);
    EXPECT_EQ(found.attendances[0].unit.text(), "A");
    EXPECT_EQ(found.attendances[0].kind, Attendance::Kind::background);
    EXPECT_EQ(found.attendances[0].source, Attendance::Source::pings);
    EXPECT_EQ(found.outside, 3U);
    EXPECT_EQ(found.interval, seconds(60));
}

TEST(Presence, LeavesOutWhatCannotBeAndSaysWhy) {
    std::vector<Ping> pings = east({0, 50000, 0, 0, 0});
    pings.push_back({UnitId("A"), noon, grid(900, 0)});
    pings.push_back({UnitId(""), noon, grid(0, 0)});
    pings.push_back({UnitId("A"), noon + Minutes(60), grid(0, 0)});
    const Presence found = presence(pings, two_zones(), {.now = noon + Minutes(59)});
    Texts faults;
    for (const RowFault& fault : found.faults) {
        faults.push_back(std::to_string(fault.row) + " " + std::string(code(fault.fault)));
    }
    EXPECT_EQ(faults, (Texts{"1 stray-position", "5 duplicate", "6 no-unit", "7 future"}));
    ASSERT_EQ(found.attendances.size(), 1U);
    EXPECT_EQ(found.attendances[0].when.length(), Minutes(4));
}

TEST(Presence, IsTheSameInAnyOrder) {
    const std::vector<Ping> pings = east({0, 140, 300, 900, 1100, 1300, 0, 0, 80, 120, 400});
    std::vector<Ping> turned(pings.rbegin(), pings.rend());
    EXPECT_EQ(stays(pings), stays(turned));
}

/// A patrol second by second: to the zone, about in it for some minutes, and away.
struct Walk {
    std::vector<geo::GridPoint> places;
    int inside = 0; ///< seconds in Z
};

Walk random_walk(std::mt19937& random) {
    const auto draw = [&](double low, double high) {
        return low + (high - low) * static_cast<double>(random() % 100'000) / 100'000;
    };
    constexpr double pace = 1.4; // metres a second
    constexpr double turn = 2 * 3.14159265358979;
    const double from = draw(0, turn);
    const double to = draw(0, turn);
    std::vector<std::pair<double, double>> stops{{1000 * std::cos(from), 1000 * std::sin(from)}};
    for (int i = 0; i < 12; ++i) {
        const double angle = draw(0, turn);
        const double out = draw(0, 80);
        stops.emplace_back(out * std::cos(angle), out * std::sin(angle));
    }
    stops.emplace_back(1000 * std::cos(to), 1000 * std::sin(to));
    Walk walk;
    for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
        const double dx = stops[i + 1].first - stops[i].first;
        const double dy = stops[i + 1].second - stops[i].second;
        const int steps = std::max(1, static_cast<int>(std::hypot(dx, dy) / pace));
        for (int s = 0; s < steps; ++s) {
            const double share = static_cast<double>(s) / steps;
            walk.places.push_back(grid(stops[i].first + share * dx, stops[i].second + share * dy));
            walk.inside += two_zones()[0].disc.holds(walk.places.back()) ? 1 : 0;
        }
    }
    return walk;
}

TEST(Presence, IsOutByLessThanAnIntervalAtEitherEndAndClaimsNoMoreThanWasOnAverage) {
    for (const int interval : {10, 30, 60, 120, 300}) {
        SCOPED_TRACE(interval);
        std::mt19937 random(7);
        double sum = 0;
        double squares = 0;
        constexpr int walks = 400;
        for (int i = 0; i < walks; ++i) {
            const Walk walk = random_walk(random);
            std::vector<Ping> pings;
            for (std::size_t t = random() % static_cast<unsigned>(interval); t < walk.places.size();
                 t += static_cast<std::size_t>(interval)) {
                pings.push_back({UnitId("A"), noon + seconds(t), walk.places[t]});
            }
            seconds found{0};
            for (const Attendance& a : presence(pings, {two_zones().data(), 1}).attendances) {
                found += a.when.length();
            }
            const auto error = static_cast<double>(found.count() - walk.inside);
            EXPECT_LE(std::abs(error), 2 * interval + 2);
            sum += error;
            squares += error * error;
        }
        EXPECT_LT(sum / walks, 1);
        EXPECT_GT(sum / walks, interval <= 120 ? -4 : -100);
        RecordProperty("mean_error_s_at_" + std::to_string(interval), std::to_string(sum / walks));
        RecordProperty("rms_error_s_at_" + std::to_string(interval),
                       std::to_string(std::sqrt(squares / walks)));
    }
}

} // namespace
} // namespace schedule::test
