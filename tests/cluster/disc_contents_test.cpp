#include "cluster/disc_contents.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

namespace cluster {
namespace {

using namespace geo::literals;

geo::GridPoint at(double x, double y) {
    return geo::GridPoint::at(geo::Metres(x), geo::Metres(y));
}

using Positions = std::vector<std::uint32_t>;

TEST(IncidentsInside, AreGivenByPlaceAndThoseOnOnePlaceInTheirOrder) {
    const std::vector<Incident> incidents{
        {.place = at(5, 5)}, {.place = at(900, 5)}, {.place = at(-5, -5)}, {.place = at(5, 5)}};
    const std::vector<Disc> discs{{at(0, 0), 150_m}};
    EXPECT_EQ(incidents_inside(discs, incidents).front(), (Positions{2, 0, 3}));
}

TEST(IncidentsInside, OneExactlyOnTheRimIsInsideAndAMillimetreFurtherIsNot) {
    const std::vector<Incident> incidents{{.place = at(150, 0)}, {.place = at(150.001, 0)}};
    const std::vector<Disc> discs{{at(0, 0), 150_m}};
    EXPECT_EQ(incidents_inside(discs, incidents).front(), Positions{0});
}

TEST(IncidentsInside, OneInTwoDiscsIsInBoth) {
    const std::vector<Incident> incidents{{.place = at(0, 0)}};
    const std::vector<Disc> discs{{at(-100, 0), 150_m}, {at(100, 0), 200_m}, {at(500, 0), 1_m}};
    EXPECT_EQ(incidents_inside(discs, incidents), (std::vector<Positions>{{0}, {0}, {}}));
}

TEST(IncidentsInside, AreNoneOfNoDiscs) {
    const std::vector<Incident> incidents{{.place = at(0, 0)}};
    EXPECT_TRUE(incidents_inside({}, incidents).empty());
}

Positions gone_through(const Disc& disc, std::span<const Incident> incidents) {
    Positions inside;
    for (std::uint32_t i = 0; i < incidents.size(); ++i) {
        if (disc.holds(incidents[i].place)) {
            inside.push_back(i);
        }
    }
    std::sort(inside.begin(), inside.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::tie(incidents[a].place, a) < std::tie(incidents[b].place, b);
    });
    return inside;
}

TEST(IncidentsInside, AreThoseThatGoingThroughAllOfThemFinds) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937_64 random(seed);
        const auto between = [&](int low, int high) {
            return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
        };
        std::vector<Incident> incidents(400);
        for (Incident& incident : incidents) {
            incident.place = at(between(-60, 60) * 10, between(-60, 60) * 10);
        }
        std::vector<Disc> discs;
        for (int d = 0; d < 15; ++d) {
            discs.push_back(
                {at(between(-600, 600), between(-600, 600)), geo::Metres(between(1, 20) * 10)});
        }
        const auto found = incidents_inside(discs, incidents, {.threads = 3});
        for (std::size_t d = 0; d < discs.size(); ++d) {
            EXPECT_EQ(found[d], gone_through(discs[d], incidents)) << "disc " << d;
        }
    }
}

} // namespace
} // namespace cluster
