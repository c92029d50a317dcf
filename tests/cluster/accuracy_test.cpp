#include "cluster/accuracy.hpp"

#include <gtest/gtest.h>

namespace cluster {
namespace {

/// 30 of 100 incidents on a tenth of 10 km2; hindsight 40; in training 45 of 120; a third kept.
Tally worked_example() {
    return {.held = 30,
            .incidents = 100,
            .best_held = 40,
            .training_held = 45,
            .training_incidents = 120,
            .covered = geo::SquareMetres(1e6),
            .area = geo::SquareMetres(10e6),
            .kept = geo::SquareMetres(0.5e6),
            .ever = geo::SquareMetres(1.5e6)};
}

TEST(Accuracy, MeasuresOfAWorkedExample) {
    const Tally tally = worked_example();
    EXPECT_DOUBLE_EQ(*value_of(Measure::hit_rate, tally), 0.3);
    EXPECT_DOUBLE_EQ(*value_of(Measure::pai, tally), 3.0);
    EXPECT_DOUBLE_EQ(*value_of(Measure::pei, tally), 0.75);
    EXPECT_DOUBLE_EQ(*value_of(Measure::rri, tally), 0.3 / 0.375);
    EXPECT_DOUBLE_EQ(*value_of(Measure::jaccard, tally), 1.0 / 3);
}

TEST(Accuracy, ZonesThatHoldEverythingReachTheCeilingOfPai) {
    Tally tally = worked_example();
    tally.held = tally.incidents;
    EXPECT_DOUBLE_EQ(*value_of(Measure::pai, tally), tally.area / tally.covered);
}

TEST(Accuracy, WhatWouldDivideByNothingHasNoValue) {
    for (const Measure measure : all_measures) {
        EXPECT_FALSE(value_of(measure, Tally())) << code(measure);
    }
}

TEST(Accuracy, OriginsArePooledBySumsAndNotByMeans) {
    Tally pooled = worked_example();
    pooled += {.held = 0,
               .incidents = 900,
               .covered = geo::SquareMetres(0),
               .area = geo::SquareMetres(10e6)};
    EXPECT_DOUBLE_EQ(*value_of(Measure::hit_rate, pooled), 0.03);
    EXPECT_DOUBLE_EQ(*value_of(Measure::pai, pooled), 0.6);
}

} // namespace
} // namespace cluster
