#include "cluster/zone_matching.hpp"

#include <gtest/gtest.h>

#include <random>

namespace cluster {
namespace {

using geo::Metres;

Disc disc(double east, double north, double radius = 200) {
    return {geo::GridPoint::at(Metres(east), Metres(north)), Metres(radius)};
}

/// So many incidents of weight 1 on one place.
void add(std::vector<Incident>& incidents, double east, double north, int count) {
    incidents.insert(incidents.end(), static_cast<std::size_t>(count),
                     Incident{.place = geo::GridPoint::at(Metres(east), Metres(north))});
}

TEST(MatchZones, ACandidateAtTheSamePlaceKeepsTheZone) {
    std::vector<Incident> incidents;
    add(incidents, 1000, 1000, 9);
    const Matching found =
        match_zones(std::vector{disc(1000, 1000)}, std::vector{disc(1006, 1008)}, incidents);
    EXPECT_EQ(found.zones[0].fate, Fate::kept);
    EXPECT_EQ(found.zones[0].moved, Metres(10)) << "ten metres are the same place still";
    EXPECT_EQ(found.of_candidate[0], 0U);
}

TEST(MatchZones, ACandidateALittleOffIsTheZoneDrifted) {
    std::vector<Incident> incidents;
    add(incidents, 1000, 1000, 9);
    const Matching found =
        match_zones(std::vector{disc(1000, 1000)}, std::vector{disc(1060, 1080)}, incidents);
    EXPECT_EQ(found.zones[0].fate, Fate::drifted);
    EXPECT_EQ(found.zones[0].moved, Metres(100));
}

TEST(MatchZones, AnotherRadiusAtTheSamePlaceIsADrift) {
    const Matching found =
        match_zones(std::vector{disc(1000, 1000, 150)}, std::vector{disc(1000, 1000, 200)}, {});
    EXPECT_EQ(found.zones[0].fate, Fate::drifted);
}

TEST(MatchZones, CentresOnTheGateMayMatchAndBeyondItMayNot) {
    std::vector<Incident> incidents;
    add(incidents, 1100, 1000, 9);
    const std::vector zone{disc(1000, 1000)};
    EXPECT_EQ(match_zones(zone, std::vector{disc(1200, 1000)}, incidents).zones[0].candidate, 0U);
    const Matching beyond = match_zones(zone, std::vector{disc(1200.001, 1000)}, incidents);
    EXPECT_FALSE(beyond.zones[0].candidate);
    EXPECT_EQ(beyond.zones[0].fate, Fate::merged) << "the candidate took all that it holds";
}

TEST(MatchZones, NoCandidateNearMeansGoneAndTheCandidateIsNew) {
    std::vector<Incident> incidents;
    add(incidents, 1000, 1000, 2);
    add(incidents, 5000, 1000, 9);
    const Matching found =
        match_zones(std::vector{disc(1000, 1000)}, std::vector{disc(5000, 1000)}, incidents);
    EXPECT_EQ(found.zones[0].fate, Fate::gone);
    EXPECT_FALSE(found.of_candidate[0]);
}

TEST(MatchZones, TwoCandidatesThatShareAZoneSplitIt) {
    std::vector<Incident> incidents;
    add(incidents, 850, 1000, 6);
    add(incidents, 1150, 1000, 4);
    const Matching found =
        match_zones(std::vector{disc(1000, 1000)},
                    std::vector{disc(1200, 1000, 150), disc(800, 1000, 150)}, incidents);
    EXPECT_EQ(found.zones[0].fate, Fate::split);
    EXPECT_EQ(found.zones[0].candidate, 1U) << "the one with more of it carries it on";
    EXPECT_EQ(found.zones[0].heirs, (std::vector<std::size_t>{1, 0}));
}

TEST(MatchZones, AZoneWhoseIncidentsWentToAnothersCandidateIsMerged) {
    std::vector<Incident> incidents;
    add(incidents, 1000, 1000, 9);
    add(incidents, 1180, 1000, 3);
    const Matching found = match_zones(std::vector{disc(1000, 1000), disc(1330, 1000, 150)},
                                       std::vector{disc(1040, 1000)}, incidents);
    EXPECT_EQ(found.zones[0].fate, Fate::drifted);
    EXPECT_EQ(found.zones[1].fate, Fate::merged);
    EXPECT_EQ(found.zones[1].heirs, (std::vector<std::size_t>{0}));
}

TEST(MatchZones, WeightDecidesBetweenPlacesEquallyFar) {
    std::vector<Incident> incidents;
    add(incidents, 1050, 1000, 1);
    incidents.back().weight = 5;
    add(incidents, 950, 1000, 2);
    const Matching found =
        match_zones(std::vector{disc(1000, 1000)},
                    std::vector{disc(850, 1000, 150), disc(1150, 1000, 150)}, incidents);
    EXPECT_EQ(found.zones[0].candidate, 1U);
}

TEST(MatchZones, TheOrderOfZonesAndIncidentsChangesNothing) {
    for (unsigned seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937_64 random(seed);
        const auto place = [&] { return static_cast<double>(random() % 2000); };
        std::vector<Disc> zones;
        std::vector<Disc> candidates;
        std::vector<Incident> incidents;
        for (int i = 0; i < 12; ++i) {
            zones.push_back(disc(place(), place()));
            candidates.push_back(disc(place(), place(), 150));
        }
        for (int i = 0; i < 300; ++i) {
            add(incidents, place(), place(), 1);
        }
        const Matching found = match_zones(zones, candidates, incidents);
        std::reverse(zones.begin(), zones.end());
        std::reverse(candidates.begin(), candidates.end());
        std::shuffle(incidents.begin(), incidents.end(), random);
        const Matching other = match_zones(zones, candidates, incidents, {.threads = 3});
        for (std::size_t i = 0; i < zones.size(); ++i) {
            const ZoneMatch& a = found.zones[i];
            const ZoneMatch& b = other.zones[zones.size() - 1 - i];
            EXPECT_EQ(a.fate, b.fate);
            EXPECT_EQ(a.moved, b.moved);
            EXPECT_EQ(a.candidate ? 11 - *a.candidate : 99, b.candidate ? *b.candidate : 99);
        }
    }
}

} // namespace
} // namespace cluster
