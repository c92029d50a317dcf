#include "schedule/way_charges.hpp"

#include "problems.hpp"

#include <gmock/gmock.h>

#include <random>

namespace schedule::test {
namespace {

/// Zones at random, some of them on one spot.
Problem some_zones(std::mt19937_64& random, std::size_t count) {
    Problem problem{.horizon = days_from("2026-11-23", 1), .zone = london()};
    for (std::size_t z = 0; z < count; ++z) {
        problem.places.push_back(place(std::string(1, static_cast<char>(65 + z)),
                                       grid(340000 + 300.0 * static_cast<double>(random() % 12),
                                            430000 + 300.0 * static_cast<double>(random() % 12))));
    }
    problem.units = {unit("A", {shift("late", 15, 23)})};
    return problem;
}

/// What is charged for tours of zones, less the price of their minutes of way.
double charged_beyond_cost(const Ground& ground, const WayCharges& charges, double minute_price,
                           const std::vector<std::vector<std::size_t>>& tours) {
    double sum = 0;
    std::vector<char> seen(ground.zones(), 0);
    for (const std::vector<std::size_t>& tour : tours) {
        for (std::size_t i = 0; i < tour.size(); ++i) {
            const std::size_t zone = tour[i];
            const bool stays = i > 0 && tour[i - 1] == zone;
            sum += seen[zone] == 0 ? charges.first[zone]
                   : stays         ? charges.stay[zone]
                                   : charges.again[zone];
            sum -= i > 0 ? minute_price * ground.travel(0, tour[i - 1], zone) : 0;
            seen[zone] = 1;
        }
    }
    return sum;
}

TEST(WayCharges, ReturnAtLeastWhatAnyToursPayBeyondTheirWays) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        std::mt19937_64 random(seed);
        const std::size_t zones = 1 + random() % 7;
        const Ground ground(some_zones(random, zones), {.unpredictability = 0});
        const WayNet net(ground, 0, 0);
        const double minute_price = static_cast<double>(random() % 4) / 2;
        std::vector<double> first;
        for (std::size_t z = 0; z < zones; ++z) {
            first.push_back(static_cast<double>(random() % 13) - 3);
        }
        const std::size_t count = 1 + random() % 3;
        const WayCharges charges = net.charges(minute_price, first, count);
        for (int draw = 0; draw < 300; ++draw) {
            std::vector<std::vector<std::size_t>> tours(count);
            for (std::vector<std::size_t>& tour : tours) {
                tour.resize(random() % 6);
                for (std::size_t& zone : tour) {
                    zone = random() % zones;
                }
            }
            EXPECT_LE(charged_beyond_cost(ground, charges, minute_price, tours),
                      charges.returned.value + 1e-9);
        }
    }
}

TEST(WayCharges, OfTwoZonesAreTheWayBetweenThem) {
    Problem problem{.horizon = days_from("2026-11-23", 1), .zone = london()};
    problem.places = {place("A", grid(340000, 430000)), place("B", grid(341000, 430000))};
    problem.units = {unit("A", {shift("late", 15, 23)})};
    const Ground ground(problem, {.unpredictability = 0});
    const WayNet net(ground, 0, 0);
    const double way = ground.travel(0, 0, 1);
    EXPECT_THAT(net.usual(), testing::ElementsAre(way, way));
    // One tour of both pays two ways, walks one and has two ends.
    const WayCharges charges = net.charges(1, net.usual(), 1);
    EXPECT_DOUBLE_EQ(charges.returned.value, way);
    EXPECT_THAT(charges.again, testing::ElementsAre(way, way));
    EXPECT_THAT(charges.stay, testing::ElementsAre(0, 0));
}

} // namespace
} // namespace schedule::test
