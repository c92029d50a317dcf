#include "schedule/tours.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <numeric>
#include <random>

namespace schedule {
namespace {

Ways on_a_line(const std::vector<int>& places) {
    Ways ways(places.size(), std::vector<Minute>(places.size()));
    for (std::size_t i = 0; i < places.size(); ++i) {
        for (std::size_t j = 0; j < places.size(); ++j) {
            ways[i][j] = std::abs(places[i] - places[j]);
        }
    }
    return ways;
}

Minute round_length(const std::vector<std::size_t>& trip, const Ways& ways) {
    Minute length = ways[trip.back()][trip.front()];
    for (std::size_t i = 1; i < trip.size(); ++i) {
        length += ways[trip[i - 1]][trip[i]];
    }
    return length;
}

TEST(RoundTrip, OnALineGoesThereAndBackOnce) {
    const Ways ways = on_a_line({5, 0, 9, 2, 7, 1});
    EXPECT_EQ(round_length(round_trip(ways), ways), 18);
}

TEST(RoundTrip, VisitsEachStopOnceAndIsNoLongerThanNearestNeighbourOnRandomPlaces) {
    constexpr unsigned seed = 7;
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    Ways ways(40, std::vector<Minute>(40, 0));
    for (std::size_t i = 0; i < 40; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            ways[i][j] = ways[j][i] = 1 + static_cast<Minute>(random() % 50);
        }
    }
    const auto trip = round_trip(ways);
    std::vector<std::size_t> all(40);
    std::iota(all.begin(), all.end(), std::size_t{0});
    EXPECT_THAT(trip, testing::UnorderedElementsAreArray(all));
    for (std::size_t i = 0; i + 2 < trip.size(); ++i) {
        for (std::size_t j = i + 2; j + 1 < trip.size(); ++j) {
            EXPECT_LE(ways[trip[i]][trip[i + 1]] + ways[trip[j]][trip[j + 1]],
                      ways[trip[i]][trip[j]] + ways[trip[i + 1]][trip[j + 1]])
                << "two legs could be exchanged";
        }
    }
}

TEST(RoundTrip, NoStopsAndOneStopAreTrips) {
    EXPECT_TRUE(round_trip({}).empty());
    EXPECT_THAT(round_trip({{0}}), testing::ElementsAre(0));
}

TEST(CutIntoTours, TakesTheFewestToursThatFit) {
    const Ways ways = on_a_line({0, 1, 2, 50, 51, 52});
    const auto tours = cut_into_tours({1, 2, 3, 4, 5, 0}, ways, {15, 47});
    EXPECT_THAT(tours, testing::UnorderedElementsAre(testing::ElementsAre(0, 1, 2),
                                                     testing::ElementsAre(3, 4, 5)));
}

TEST(CutIntoTours, NoTourHasMoreStopsThanAShiftHoldsVisits) {
    const auto tours = cut_into_tours({0, 1, 2, 3, 4}, on_a_line({0, 1, 2, 3, 4}), {15, 480, 2});
    EXPECT_EQ(tours.size(), 3U);
    for (const auto& tour : tours) {
        EXPECT_LE(tour.size(), 2U);
    }
}

TEST(CutIntoTours, AStopTooLongForAnyTourIsATourOfItsOwn) {
    EXPECT_EQ(cut_into_tours({0, 1}, on_a_line({0, 1}), {15, 10}).size(), 2U);
}

} // namespace
} // namespace schedule
