#include "cluster/ranking.hpp"

#include <gtest/gtest.h>

namespace cluster {
namespace {

/// Ward A of 1 km2, B of 4 km2, C of 1 km2.
std::vector<Ward> wards() {
    return {
        {WardCode("A"), "A", geo::Polygon::from_wkt("POLYGON((0 0,1000 0,1000 1000,0 1000,0 0))")},
        {WardCode("B"), "B",
         geo::Polygon::from_wkt("POLYGON((2000 0,4000 0,4000 2000,2000 2000,2000 0))")},
        {WardCode("C"), "C",
         geo::Polygon::from_wkt("POLYGON((5000 0,6000 0,6000 1000,5000 1000,5000 0))")}};
}

/// A: two of weight 1; B: three of weight 1; C: one of weight 5.
std::vector<Incident> incidents() {
    std::vector<Incident> list;
    for (const auto& [ward, weight] :
         {std::pair{0U, 1.0}, {0U, 1.0}, {1U, 1.0}, {1U, 1.0}, {1U, 1.0}, {2U, 5.0}}) {
        list.push_back({.weight = weight, .ward = ward});
    }
    return list;
}

std::vector<WardIndex> order(RankBy by) {
    std::vector<WardIndex> result;
    for (const RankedWard& ward : rank_wards(wards(), incidents(), by)) {
        result.push_back(ward.ward);
    }
    return result;
}

TEST(Ranking, OrdersByWeightCountOrDensity) {
    EXPECT_EQ(order(RankBy::weight), (std::vector<WardIndex>{2, 1, 0}));
    EXPECT_EQ(order(RankBy::count), (std::vector<WardIndex>{1, 0, 2}));
    EXPECT_EQ(order(RankBy::density), (std::vector<WardIndex>{0, 2, 1}));
}

TEST(Ranking, TiesGoToTheLowerCode) {
    std::vector<Incident> even{{.ward = 2}, {.ward = 0}, {.ward = 1}};
    const auto ranking = rank_wards(wards(), even, RankBy::weight);
    EXPECT_EQ(ranking[0].ward, 0U);
    EXPECT_EQ(ranking[2].ward, 2U);
    EXPECT_EQ(ranking[2].rank, 3U);
}

TEST(TopWards, TakesTheFirstNOrTheFewestThatHoldAShare) {
    const auto ranking = rank_wards(wards(), incidents(), RankBy::weight); // 5, 3, 2
    EXPECT_EQ(top_wards(ranking, 2U).size(), 2U);
    EXPECT_EQ(top_wards(ranking, 9U).size(), 3U);
    EXPECT_EQ(top_wards(ranking, 0.5).size(), 1U) << "exactly half is half";
    EXPECT_EQ(top_wards(ranking, 0.51).size(), 2U);
    EXPECT_EQ(top_wards(ranking, 1.0).size(), 3U);
    EXPECT_EQ(top_wards(ranking, 0.0).size(), 0U);
}

TEST(TopWards, LeaveOutWardsWithoutIncidents) {
    const std::vector<Incident> one{{.ward = 1}};
    EXPECT_EQ(top_wards(rank_wards(wards(), one, RankBy::weight), 3U).size(), 1U);
}

} // namespace
} // namespace cluster
