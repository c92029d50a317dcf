#include "cluster/local_search.hpp"

#include "cluster/local_geometry.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

namespace cluster {
namespace {

using namespace geo::literals;

geo::GridPoint at(double easting, double northing) {
    return geo::GridPoint::at(geo::Metres(easting), geo::Metres(northing));
}

geo::Polygon field() {
    return geo::Polygon::from_wkt("POLYGON((0 0,2000 0,2000 2000,0 2000,0 0))");
}

DiscChoice fixed_radius() {
    return {.radius_min = 200_m, .radius_max = 200_m, .above = 0};
}

/// Three heaps in a row, 300 m apart: the middle one is heaviest, but a disc on it leaves room for
/// no other, while two discs hold the outer ones.
std::vector<Site> row_of_heaps() {
    return {{at(700, 1000), Weight::of(8), 8},
            {at(1000, 1000), Weight::of(10), 10},
            {at(1300, 1000), Weight::of(8), 8}};
}

/// The middle disc first, as greedy does where it holds most.
WardLayout greedy_start() {
    WardLayout ward(row_of_heaps(), field(), fixed_radius());
    ward.place({at(1000, 1000), 200_m});
    return ward;
}

TEST(LocalSearch, LeavesTheHeaviestDiscForTwoThatHoldMore) {
    WardLayout ward = greedy_start();
    better_discs(ward, {.moves = 20, .most = 2, .seed = 1});
    EXPECT_EQ(ward.discs().size(), 2U);
    EXPECT_GE(ward.value(), 18) << "a disc between two heaps holds both, the other the third";
}

std::vector<Site> random_sites(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<Site> sites;
    for (int i = 0; i < 120; ++i) {
        const auto coordinate = [&] { return static_cast<double>(random() % 2000); };
        const double x = coordinate();
        sites.push_back(
            {at(x, coordinate()), Weight::of(1 + static_cast<double>(random() % 5)), 1});
    }
    merge_equal_places(sites);
    return sites;
}

class RandomLayouts : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomLayouts, AreNeverMadeWorseAndKeepTheirDiscsApart) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    WardLayout ward(random_sites(GetParam()), field(), fixed_radius());
    better_discs(ward, {.moves = 0, .most = 4});
    const double greedy = ward.value();
    better_discs(ward, {.moves = 30, .most = 4, .seed = GetParam()});
    EXPECT_GE(ward.value(), greedy);
    for (std::size_t i = 0; i < ward.discs().size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            EXPECT_TRUE(apart(ward.discs()[i], ward.discs()[j], {}));
        }
    }
}

TEST_P(RandomLayouts, AreWorthTheSumOfTheSitesThatTheirDiscsHold) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    const std::vector<Site> sites = random_sites(GetParam());
    DiscChoice choice = fixed_radius();
    choice.separation.factor = 0.5;
    WardLayout ward(sites, field(), choice);
    better_discs(ward, {.moves = 10, .most = 4, .seed = 3});
    Weight held;
    for (const Site& site : sites) {
        const auto discs = ward.discs();
        if (std::any_of(discs.begin(), discs.end(),
                        [&](const Disc& disc) { return disc.holds(site.place); })) {
            held += site.weight;
        }
    }
    EXPECT_NEAR(ward.value(), held.value(), 1e-9) << "each site once, though discs overlap";
}

TEST_P(RandomLayouts, HoldTheMinimumOfIncidentsInEveryDisc) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    std::vector<Site> sites = random_sites(GetParam());
    sites.front().weight = Weight::of(1000); // one grave incident, nearly alone
    DiscChoice choice = fixed_radius();
    choice.min_incidents = 5;
    const DiscSearch search(sites, field());
    const auto found = search.best(choice, {});
    ASSERT_TRUE(found);
    const auto held = std::count_if(sites.begin(), sites.end(), [&](const Site& site) {
        return found->disc.holds(site.place);
    });
    EXPECT_GE(held, 5);
    EXPECT_EQ(found->incidents, static_cast<std::uint32_t>(held));
}

TEST_P(RandomLayouts, TurnWithTheirPlaces) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    std::vector<Site> sites = random_sites(GetParam());
    const double before = DiscSearch(sites, field()).best(fixed_radius(), {})->value;
    for (Site& site : sites) { // a quarter turn of the ward around its middle
        site.place = geo::GridPoint::at_millimetres(2'000'000 - site.place.northing_mm(),
                                                    site.place.easting_mm());
    }
    EXPECT_EQ(DiscSearch(sites, field()).best(fixed_radius(), {})->value, before);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomLayouts, testing::Range<std::uint64_t>(1, 9));

TEST(SharedArea, OfTwoDiscsIsThatOfTheirLens) {
    EXPECT_EQ(shared_area({{0, 0}, 1}, {{2, 0}, 1}), 0) << "discs that touch";
    EXPECT_DOUBLE_EQ(shared_area({{0, 0}, 3}, {{1, 0}, 1}), std::numbers::pi) << "one in the other";
    EXPECT_NEAR(shared_area({{0, 0}, 1}, {{1, 0}, 1}),
                2 * std::numbers::pi / 3 - std::sqrt(3.0) / 2, 1e-12);
}

} // namespace
} // namespace cluster
