#include "cluster/angular_sweep.hpp"
#include "cluster/forecast.hpp"
#include "cluster/selection.hpp"

#include <gtest/gtest.h>

#include <random>

namespace cluster {
namespace {

using namespace geo::literals;

geo::Polygon box(double west, double south, double east, double north) {
    const auto corner = [](double x, double y) {
        return std::to_string(x) + " " + std::to_string(y);
    };
    return geo::Polygon::from_wkt("POLYGON((" + corner(west, south) + "," + corner(east, south) +
                                  "," + corner(east, north) + "," + corner(west, north) + "," +
                                  corner(west, south) + "))");
}

/// Two wards side by side, 2 km square each, meeting at easting 2000.
std::vector<Ward> two_wards() {
    return {{WardCode("W1"), "West", box(0, 0, 2000, 2000)},
            {WardCode("W2"), "East", box(2000, 0, 4000, 2000)}};
}

/// `count` incidents at one place of a ward.
void stack(std::vector<Incident>& incidents, WardIndex ward, double easting, double northing,
           int count) {
    for (int i = 0; i < count; ++i) {
        incidents.push_back(
            {.place = geo::GridPoint::at(geo::Metres(easting), geo::Metres(northing)),
             .ward = ward});
    }
}

std::vector<ChosenDisc> choose(const std::vector<Ward>& wards,
                               const std::vector<Incident>& incidents,
                               const SelectionOptions& options) {
    return choose_discs(wards, top_wards(rank_wards(wards, incidents, RankBy::weight), 20U),
                        forecast_sites({.incidents = incidents}, wards.size(), {}), options);
}

std::vector<Incident> random_incidents(std::uint64_t seed, std::size_t count) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> where(0, 1);
    std::vector<Incident> incidents;
    while (incidents.size() < count) {
        const double x = 4000 * where(random);
        const double y = 2000 * where(random) * where(random);
        stack(incidents, x < 2000 ? 0 : 1, x, y, 1);
    }
    return incidents;
}

TEST(Selection, TakesTheHeaviestDiscsFirstAndAtMostKInAWard) {
    std::vector<Incident> incidents;
    stack(incidents, 0, 500, 500, 9);
    stack(incidents, 0, 1500, 500, 8);
    stack(incidents, 0, 500, 1500, 7);
    stack(incidents, 1, 3000, 1000, 6);
    const auto chosen = choose(two_wards(), incidents, {.zones_per_ward = 2, .min_incidents = 1});
    ASSERT_EQ(chosen.size(), 3U);
    EXPECT_TRUE(chosen[0].disc.holds(geo::GridPoint::at(500_m, 500_m)));
    EXPECT_TRUE(chosen[1].disc.holds(geo::GridPoint::at(1500_m, 500_m)));
    EXPECT_EQ(chosen[2].ward, 1U);
}

TEST(Selection, NoTwoZonesOverlapAcrossAWardEdge) {
    std::vector<Incident> incidents;
    stack(incidents, 0, 1990, 1000, 9);
    stack(incidents, 1, 2010, 1000, 8);
    const auto chosen = choose(two_wards(), incidents, {.zones_per_ward = 1, .min_incidents = 1});
    ASSERT_EQ(chosen.size(), 1U)
        << "what the first zone holds of the other ward counts for no second";
}

TEST(Selection, AZoneHoldsAtLeastMinIncidents) {
    std::vector<Incident> incidents;
    stack(incidents, 0, 500, 500, 5);
    stack(incidents, 0, 1500, 1500, 4);
    EXPECT_EQ(choose(two_wards(), incidents, {.min_incidents = 5}).size(), 1U);
    EXPECT_EQ(choose(two_wards(), incidents, {.min_incidents = 6}).size(), 0U);
}

TEST(Selection, MaxZonesHoldsForTheWholeForce) {
    const auto incidents = random_incidents(7, 300);
    EXPECT_EQ(choose(two_wards(), incidents, {.max_zones = 3U, .min_incidents = 1}).size(), 3U);
}

TEST(Selection, ObjectivesChooseTheRadius) {
    std::vector<Incident> incidents;
    stack(incidents, 0, 500, 500, 30);
    stack(incidents, 0, 680, 500, 1);
    stack(incidents, 0, 1700, 1700, 20);
    const auto radius = [&](Objective objective) {
        return choose(two_wards(), incidents, {.objective = objective, .zones_per_ward = 1})
            .front()
            .disc.radius;
    };
    EXPECT_EQ(radius(Objective::capture), 200_m);
    EXPECT_EQ(radius(Objective::pai), 150_m);
    EXPECT_EQ(radius(Objective::balanced), 150_m) << "one more incident does not pay for the ring";
}

TEST(Selection, TheFirstDiscIsTheBestThereIs) {
    const auto incidents = random_incidents(11, 400);
    std::vector<Incident> west;
    std::copy_if(incidents.begin(), incidents.end(), std::back_inserter(west),
                 [](const Incident& i) { return i.ward == 0; });
    const auto chosen = choose(two_wards(), west, {.zones_per_ward = 1, .min_incidents = 1});
    ASSERT_EQ(chosen.size(), 1U);
    const auto held = std::count_if(west.begin(), west.end(), [&](const Incident& i) {
        return chosen.front().disc.holds(i.place);
    });
    EXPECT_LE(Weight::of(static_cast<double>(held)), heaviest_disc(sites_of(west), 200_m));
    EXPECT_GE(Weight::of(static_cast<double>(held) * 1.02), heaviest_disc(sites_of(west), 200_m))
        << "only the ward's edge may keep it from the best disc of the plane";
}

TEST(Selection, EqualSharesTheZonesAmongWardsAndBestPutsThemWhereTheyHoldMost) {
    std::vector<Incident> incidents;
    stack(incidents, 0, 300, 300, 20);
    stack(incidents, 0, 1500, 300, 18);
    stack(incidents, 0, 300, 1500, 16);
    stack(incidents, 1, 3000, 1000, 6);
    SelectionOptions options{.objective = Objective::capture, .max_zones = 2U};
    const auto in_west = [&] {
        const auto chosen = choose(two_wards(), incidents, options);
        return std::count_if(chosen.begin(), chosen.end(),
                             [](const ChosenDisc& c) { return c.ward == 0; });
    };
    EXPECT_EQ(in_west(), 2);
    options.allocation = Allocation::equal;
    EXPECT_EQ(in_west(), 1);
}

TEST(Selection, WardsAreComparedByWhatZonesHoldThoughAreaIsDearerWhereViolenceIsDense) {
    std::vector<Incident> incidents;
    stack(incidents, 0, 500, 500, 24);
    for (int i = 0; i < 16; ++i) { // make the ward dense, and its area dear
        stack(incidents, 0, 100 + 120 * i, 1900, 4);
    }
    stack(incidents, 1, 3000, 1000, 22);
    const auto chosen = choose(two_wards(), incidents, {.zones_per_ward = 1, .max_zones = 1U});
    ASSERT_EQ(chosen.size(), 1U);
    EXPECT_EQ(chosen.front().ward, 0U) << "24 hold more than 22";
}

TEST(Selection, ExactlyKTakesZonesThatAreNotWorthTheirArea) {
    std::vector<Incident> incidents;
    stack(incidents, 0, 500, 500, 200);
    stack(incidents, 0, 1500, 1500, 5); // less than twice the ward's mean density
    SelectionOptions options{.objective = Objective::balanced, .zones_per_ward = 2};
    EXPECT_EQ(choose(two_wards(), incidents, options).size(), 1U);
    options.zone_count = ZoneCount::exactly;
    EXPECT_EQ(choose(two_wards(), incidents, options).size(), 2U);
}

class RandomForces : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomForces, AreTheSameInAnyRowOrderAndAtAnyNumberOfThreads) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    auto incidents = random_incidents(GetParam(), 250);
    const auto one = choose(two_wards(), incidents, {.min_incidents = 1, .threads = 1});
    std::shuffle(incidents.begin(), incidents.end(), std::mt19937_64(GetParam()));
    const auto other = choose(two_wards(), incidents, {.min_incidents = 1, .threads = 4});
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].disc, other[i].disc);
        EXPECT_EQ(one[i].ward, other[i].ward);
    }
}

TEST_P(RandomForces, KeepTheirZonesApartInsideTheirWards) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    const auto wards = two_wards();
    const auto incidents = random_incidents(GetParam() + 100, 250);
    for (const Objective objective : {Objective::balanced, Objective::capture, Objective::pai}) {
        const auto chosen = choose(
            wards, incidents, {.objective = objective, .zones_per_ward = 4, .min_incidents = 1});
        ASSERT_GT(chosen.size(), 2U);
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            EXPECT_TRUE(wards[chosen[i].ward].shape.covers(chosen[i].disc.centre));
            for (std::size_t j = 0; j < i; ++j) {
                EXPECT_TRUE(apart(chosen[i].disc, chosen[j].disc, {}));
            }
        }
    }
}

TEST_P(RandomForces, MoreZonesNeverHoldLess) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    const auto incidents = random_incidents(GetParam() + 200, 250);
    std::size_t before = 0;
    for (unsigned k = 1; k <= 4; ++k) {
        const auto chosen =
            choose(two_wards(), incidents, {.zones_per_ward = k, .min_incidents = 1});
        const auto held = static_cast<std::size_t>(
            std::count_if(incidents.begin(), incidents.end(), [&](const Incident& incident) {
                return std::any_of(chosen.begin(), chosen.end(), [&](const ChosenDisc& c) {
                    return c.disc.holds(incident.place);
                });
            }));
        EXPECT_GE(held, before);
        before = held;
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomForces, testing::Range<std::uint64_t>(1, 9));

} // namespace
} // namespace cluster
