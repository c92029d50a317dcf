#include "geo/error.hpp"
#include "geo/projection.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace geo {
namespace {

const std::array<double, 4> lancashire{-3.1, 53.5, -2.0, 54.3};

TEST(Projection, ComesBackToWithinMillimetres) {
    const Projection p("EPSG:4326", "EPSG:27700", lancashire);
    const GridPoint start = GridPoint::at(Metres(353'900.123), Metres(429'300.456));
    const SourcePoint there = p.from_grid(start);
    // PROJ inverts a Helmert transformation by its small-angle approximation, hence not to the last
    // digit.
    const auto back = p.to_grid(std::span(&there, 1)).front();
    ASSERT_TRUE(back);
    EXPECT_LE(distance(*back, start).value(), 0.005);
}

TEST(Projection, GivesNothingForPlacesThatAreNone) {
    const Projection p("EPSG:4326", "EPSG:27700", lancashire);
    const std::vector<SourcePoint> bad{{std::numeric_limits<double>::quiet_NaN(), 53},
                                       {std::numeric_limits<double>::infinity(), 53},
                                       {353'900, 429'300}};
    for (const auto& point : p.to_grid(bad)) {
        EXPECT_FALSE(point);
    }
}

TEST(Projection, NamesTheOperationAndItsAccuracy) {
    const Projection p("EPSG:4326", "EPSG:27700", lancashire);
    EXPECT_EQ(p.facts().from, "EPSG:4326");
    EXPECT_EQ(p.facts().to, "EPSG:27700");
    EXPECT_NE(p.facts().operation.find("British National Grid"), std::string::npos)
        << p.facts().operation;
    ASSERT_TRUE(p.facts().accuracy_m);
    EXPECT_LE(*p.facts().accuracy_m, 5);
}

TEST(Projection, SaysSoWhenNothingNeedsToBeDone) {
    const Projection p("EPSG:27700", "EPSG:27700", lancashire);
    EXPECT_EQ(p.facts().operation, "none needed");
    EXPECT_EQ(p.facts().accuracy_m, 0);
}

TEST(Projection, RefusesAnUnknownReferenceSystem) {
    EXPECT_THROW(Projection("EPSG:99999", "EPSG:27700"), Error);
}

TEST(AnalysisCrs, IsTheNationalGridInGreatBritain) {
    EXPECT_EQ(choose_analysis_crs("EPSG:4326", lancashire), "EPSG:27700");
    EXPECT_EQ(choose_analysis_crs("EPSG:4326", {-5.7, 49.9, -4.2, 51.0}), "EPSG:27700")
        << "Cornwall";
    EXPECT_EQ(choose_analysis_crs("EPSG:4326", {-7.7, 57.0, -6.2, 58.5}), "EPSG:27700")
        << "Outer Hebrides";
    EXPECT_EQ(choose_analysis_crs("EPSG:4326", {0.0, 51.0, 1.45, 51.5}), "EPSG:27700") << "Kent";
}

TEST(AnalysisCrs, IsNotTheNationalGridInIrelandOrFrance) {
    EXPECT_EQ(choose_analysis_crs("EPSG:4326", {-6.1, 54.5, -5.8, 54.7}), "EPSG:32630")
        << "Belfast";
    EXPECT_EQ(choose_analysis_crs("EPSG:4326", {-6.4, 53.2, -6.1, 53.45}), "EPSG:32629")
        << "Dublin";
    EXPECT_EQ(choose_analysis_crs("EPSG:4326", {1.75, 50.85, 2.0, 51.0}), "EPSG:32631") << "Calais";
}

TEST(AnalysisCrs, IsTheWardsOwnIfItIsMetricAndTrueToScale) {
    const std::array<double, 4> chicago{-87.9, 41.6, -87.5, 42.1};
    EXPECT_EQ(choose_analysis_crs("EPSG:26916", chicago), "EPSG:26916");
    EXPECT_EQ(choose_analysis_crs("EPSG:3435", chicago), "EPSG:32616") << "US survey feet";
    EXPECT_EQ(choose_analysis_crs("EPSG:3857", chicago), "EPSG:32616")
        << "Web Mercator is a third too long";
    EXPECT_EQ(choose_analysis_crs("EPSG:4326", {151.0, -34.1, 151.4, -33.6}), "EPSG:32756")
        << "Sydney";
}

TEST(MetricGrid, RefusesWhatLengthsCannotBeTakenIn) {
    EXPECT_NO_THROW(require_metric_grid("EPSG:27700", lancashire));
    EXPECT_NO_THROW(require_metric_grid("EPSG:32630", lancashire));
    for (const char* crs : {"EPSG:4326", "EPSG:3857", "EPSG:2277"}) {
        try {
            require_metric_grid(crs, lancashire);
            ADD_FAILURE() << crs << " was accepted";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage);
            EXPECT_NE(std::string(error.what()).find("EPSG:27700"), std::string::npos)
                << error.what();
        }
    }
}

} // namespace
} // namespace geo
