#include "cluster/weighting.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace cluster {
namespace {

using Kind = WeightTransform::Kind;

geo::GridPoint at(int easting) {
    return geo::GridPoint::at_millimetres(easting * 1000, 0);
}

std::vector<double> weights_of(std::vector<Incident> incidents, const Weighting& weighting) {
    weigh(incidents, weighting);
    std::vector<double> weights;
    for (const Incident& incident : incidents) {
        weights.push_back(incident.weight);
    }
    return weights;
}

TEST(WeightTransform, TamesLargeWeights) {
    EXPECT_EQ((WeightTransform{Kind::raw}.of(5475)), 5475);
    EXPECT_EQ((WeightTransform{Kind::square_root}.of(5476)), 74);
    EXPECT_EQ((WeightTransform{Kind::logarithm}.of(1023)), 10);
    EXPECT_EQ((WeightTransform{Kind::cap, 10}.of(5475)), 10);
    EXPECT_EQ((WeightTransform{Kind::cap, 10}.of(9.5)), 9.5);
}

TEST(WeightTransform, LeavesWeightOneAlone) {
    for (const Kind kind : {Kind::raw, Kind::square_root, Kind::logarithm, Kind::cap}) {
        EXPECT_EQ((WeightTransform{kind, 1}.of(1)), 1);
    }
}

TEST(WeightTransform, KeepsSmallWeightsPositiveAndTheirOrder) {
    for (const Kind kind : {Kind::raw, Kind::square_root, Kind::logarithm}) {
        EXPECT_GT((WeightTransform{kind}.of(0.001)), 0);
        EXPECT_LT((WeightTransform{kind}.of(0.001)), (WeightTransform{kind}.of(0.002)));
    }
}

TEST(Weigh, TransformsTheOffencesWeightBeforeRecencyHalvesIt) {
    const geo::Instant now{std::chrono::days(20000)};
    const geo::Instant year_ago = now - std::chrono::days(365);
    const Weighting weighting{.transform = {Kind::square_root},
                              .recency = {.as_of = now, .half_life = std::chrono::days(365)}};
    const auto weights = weights_of(
        {{.when = {now, now}, .weight = 100}, {.when = {year_ago, year_ago}, .weight = 100}},
        weighting);
    EXPECT_EQ(weights, (std::vector<double>{10, 5}));
}

TEST(Weigh, StackWeighsAsMuchAsTheCapOfItsOwnMeanIncidents) {
    const auto weights = weights_of({{.place = at(1), .weight = 1},
                                     {.place = at(2), .weight = 7},
                                     {.place = at(1), .weight = 2},
                                     {.place = at(1), .weight = 3},
                                     {.place = at(1), .weight = 6}},
                                    {.stack_cap = 2});
    EXPECT_EQ(weights, (std::vector<double>{0.5, 7, 1, 1.5, 3})) << "12 / 4 x 2 = 6 in all";
}

TEST(Weigh, StackOfJustTheCapKeepsItsWeight) {
    EXPECT_EQ(weights_of({{.place = at(1)}, {.place = at(1)}}, {.stack_cap = 2}),
              (std::vector<double>{1, 1}));
}

TEST(Weigh, OrderOfTheIncidentsChangesNothing) {
    constexpr unsigned seed = 11;
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    std::vector<Incident> incidents(200);
    for (Incident& incident : incidents) {
        incident.place = at(static_cast<int>(random() % 20));
        incident.weight = static_cast<double>(random() % 50 + 1);
    }
    const Weighting weighting{.transform = {Kind::logarithm}, .stack_cap = 5};
    auto forwards = weights_of(incidents, weighting);
    std::reverse(incidents.begin(), incidents.end());
    auto backwards = weights_of(incidents, weighting);
    std::reverse(backwards.begin(), backwards.end());
    EXPECT_EQ(forwards, backwards);
}

} // namespace
} // namespace cluster
