#include "geo/projection.hpp"

#include <gtest/gtest.h>

namespace geo {
namespace {

TEST(NationalGrid, IsWhereOrdnanceSurveyPutsCaisterWaterTower) {
    // OS, "A guide to coordinate systems in Great Britain" (2020), annexe C: 52°39'28.8282"N
    // 1°42'57.8663"E (ETRS89) is E 651409.804 N 313177.450. Without the OSTN15 grid PROJ's Helmert
    // is good to about 2 m.
    const Projection p("EPSG:4326", "EPSG:27700", std::array<double, 4>{1.0, 52.0, 2.0, 53.0});
    const SourcePoint caister{1 + 42 / 60.0 + 57.8663 / 3600, 52 + 39 / 60.0 + 28.8282 / 3600};
    const auto grid = p.to_grid(std::span(&caister, 1)).front();
    ASSERT_TRUE(grid);
    EXPECT_NEAR(grid->easting().value(), 651409.804, 5.0);
    EXPECT_NEAR(grid->northing().value(), 313177.450, 5.0);
}

} // namespace
} // namespace geo
