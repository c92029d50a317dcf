#include "io/disclosure.hpp"
#include "io/zones_writer.hpp"
#include "published_sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

namespace io {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr unsigned side = 3;           ///< wards in a row of the square county
constexpr double ward_metres = 2'000;  ///< from edge to edge
constexpr std::size_t outside_all = 0; ///< where incidents are that no zone holds

/// Incidents of a small county by ward and by zone: what nobody outside is to find out.
struct World {
    std::vector<cluster::Disc> zones;
    std::vector<std::size_t> ward_of_zone;
    std::map<std::pair<std::size_t, std::size_t>, std::uint32_t> counts; ///< (ward, 1 + zone)

    std::uint32_t in_zone(std::size_t zone) const {
        return sum([&](const auto& cell) { return cell.second == zone + 1; });
    }
    std::uint32_t in_ward(std::size_t ward) const {
        return sum([&](const auto& cell) { return cell.first == ward; });
    }
    std::uint32_t& outside_zones(std::size_t ward) { return counts[{ward, outside_all}]; }
    std::uint32_t& own(std::size_t zone) { return counts[{ward_of_zone[zone], zone + 1}]; }

  private:
    template <typename Belongs>
    std::uint32_t sum(Belongs belongs) const {
        std::uint32_t total = 0;
        for (const auto& [cell, count] : counts) {
            total += belongs(cell) ? count : 0;
        }
        return total;
    }
};

geo::Polygon ward_shape(std::size_t ward) {
    const double west = 300'000 + ward_metres * static_cast<double>(ward % side);
    const double south = 400'000 + ward_metres * static_cast<double>(ward / side);
    return geo::Polygon::rectangle(
        {geo::GridPoint::at(geo::Metres(west), geo::Metres(south)),
         geo::GridPoint::at(geo::Metres(west + ward_metres), geo::Metres(south + ward_metres))});
}

/// A county whose zones lie within wards and over edges, with few and with many incidents.
World random_world(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto below = [&](std::uint64_t end) { return random() % end; };
    World world;
    for (std::size_t ward = 0; ward < std::size_t{side} * side; ++ward) {
        world.outside_zones(ward) = static_cast<std::uint32_t>(below(below(2) == 0 ? 7 : 40));
        for (std::uint64_t left = below(4); left > 0; --left) {
            const geo::GridPoint corner = ward_shape(ward).bounds().low;
            const auto inside = [&] {
                return geo::Metres(static_cast<double>(below(std::uint64_t{2} * 1'000)));
            };
            world.zones.push_back(
                {geo::GridPoint::at(corner.easting() + inside(), corner.northing() + inside()),
                 geo::Metres(150)});
            world.ward_of_zone.push_back(ward);
            const std::size_t zone = world.zones.size() - 1;
            world.own(zone) = 1 + static_cast<std::uint32_t>(below(below(2) == 0 ? 5 : 30));
            for (std::size_t other = 0; other < std::size_t{side} * side; ++other) {
                const cluster::Disc& disc = world.zones.back();
                if (other != ward &&
                    ward_shape(other).area_within(disc.centre, disc.radius).value() > 0) {
                    world.counts[{other, zone + 1}] = static_cast<std::uint32_t>(below(4));
                }
            }
        }
    }
    return world;
}

/// The world as the program publishes it: counts are weights.
Publication publication(const World& world) {
    Publication all;
    std::map<std::size_t, std::uint32_t> zones_of;
    for (std::size_t i = 0; i < world.zones.size(); ++i) {
        const std::size_t ward = world.ward_of_zone[i];
        const std::uint32_t count = world.in_zone(i);
        cluster::Zone zone;
        zone.ward_code = cluster::WardCode("W" + std::to_string(ward));
        zone.ward_rank = ++zones_of[ward];
        zone.id = cluster::ZoneId(zone.ward_code.text() + "-" + std::to_string(zone.ward_rank));
        zone.ward_name = "Ward " + std::to_string(ward);
        zone.name = zone.ward_name + ", Some Street";
        zone.rank = static_cast<unsigned>(i + 1);
        zone.disc = world.zones[i];
        zone.evidence.incidents = count;
        zone.evidence.interval = cluster::poisson_interval(count);
        zone.evidence.weight = count;
        const double in_ward = world.in_ward(ward);
        World copy = world;
        zone.evidence.ward_share = copy.own(i) / in_ward;
        zone.evidence.pai = zone.evidence.ward_share * ward_metres * ward_metres / (150 * 150 * 3);
        zone.why = std::to_string(count) + " incidents";
        all.zones.push_back(published(zone));
    }
    for (std::size_t ward = 0; ward < std::size_t{side} * side; ++ward) {
        const std::uint32_t count = world.in_ward(ward);
        all.wards.push_back({.ward = {cluster::WardCode("W" + std::to_string(ward)),
                                      "Ward " + std::to_string(ward), ward_shape(ward)},
                             .incidents = count,
                             .weight = count,
                             .per_square_kilometre = count / 4.0,
                             .chosen = true,
                             .zones = zones_of[ward],
                             .count_band = count_band(count)});
    }
    // Ranked by weight, as the program ranks them.
    std::ranges::stable_sort(all.wards, std::ranges::greater(), &PublishedWard::incidents);
    for (std::size_t i = 0; i < all.wards.size(); ++i) {
        all.wards[i].rank = static_cast<unsigned>(i + 1);
    }
    return all;
}

/// Everything that partners get to see, as one text.
std::string seen(const World& world) {
    const Publication told = disclosed(publication(world), Audience::partner);
    std::string text = zones_geojson(told.zones, sample_lonlat(), london());
    for (const PublishedWard& ward : told.wards) {
        const auto shown = [&](const auto& value) {
            text += value ? std::to_string(*value) + " " : "- ";
        };
        text += ward.ward.code.text() + " ";
        shown(ward.rank);
        shown(ward.incidents);
        shown(ward.weight);
        shown(ward.per_square_kilometre);
        shown(ward.chosen);
        shown(ward.zones);
        text += std::string(ward.count_band.value_or("-")) + "\n";
    }
    return text;
}

class PartnersCannotWorkOut : public testing::TestWithParam<std::uint64_t> {};

// For every count under 5 that a reader could be after, and every other value under 5, there is a
// county with that value of which partners are told exactly the same. Whoever sees the files, and
// knows the rule that they are made by, cannot tell one from another.

TEST_P(PartnersCannotWorkOut, AZonesSmallCount) {
    SCOPED_TRACE(GetParam());
    const World world = random_world(GetParam());
    for (std::size_t zone = 0; zone < world.zones.size(); ++zone) {
        const std::uint32_t count = world.in_zone(zone);
        World base = world;
        const std::uint32_t elsewhere = count - base.own(zone); // in other wards
        if (count >= least_told_count) {
            continue;
        }
        for (std::uint32_t value = elsewhere + 1; value < least_told_count; ++value) {
            World other = world;
            // What the zone gains the rest of its ward loses, if there is as much.
            std::uint32_t& rest = other.outside_zones(world.ward_of_zone[zone]);
            const std::uint32_t both = rest + count;
            rest = both > value ? both - value : 0;
            other.own(zone) = value - elsewhere;
            EXPECT_EQ(seen(other), seen(world)) << "zone " << zone << ": " << value;
        }
    }
}

TEST_P(PartnersCannotWorkOut, WhatAWardsZonesLeaveOfASmallCount) {
    SCOPED_TRACE(GetParam());
    const World world = random_world(GetParam());
    for (std::size_t ward = 0; ward < std::size_t{side} * side; ++ward) {
        World base = world;
        if (base.outside_zones(ward) >= least_told_count) {
            continue;
        }
        for (std::uint32_t value = 0; value < least_told_count; ++value) {
            World other = world;
            other.outside_zones(ward) = value;
            EXPECT_EQ(seen(other), seen(world)) << "ward " << ward << ": " << value;
        }
    }
}

TEST_P(PartnersCannotWorkOut, WhichIncidentsOfAZoneLieBeyondItsWard) {
    SCOPED_TRACE(GetParam());
    const World world = random_world(GetParam());
    for (const auto& [cell, count] : world.counts) {
        const auto& [ward, zone] = cell;
        if (zone == outside_all || ward == world.ward_of_zone[zone - 1]) {
            continue;
        }
        for (std::uint32_t value = 0; value < least_told_count; ++value) {
            World other = world;
            const std::uint32_t zone_total = world.in_zone(zone - 1);
            const std::uint32_t ward_total = world.in_ward(ward);
            if (zone_total + value <= count + other.own(zone - 1) - 1 ||
                other.own(zone - 1) + count <= value) {
                continue; // would leave the zone nothing of its own
            }
            other.counts[cell] = value;
            other.own(zone - 1) = other.own(zone - 1) + count - value;
            // Both wards' totals stay as they are told.
            std::uint32_t& here = other.outside_zones(ward);
            std::uint32_t& home = other.outside_zones(world.ward_of_zone[zone - 1]);
            const std::uint32_t home_before = home;
            if (here + count < value || home + value < count) {
                continue; // the rest of the ward would have to be negative
            }
            here = here + count - value;
            home = home_before + value - count;
            ASSERT_EQ(other.in_ward(ward), ward_total);
            EXPECT_EQ(seen(other), seen(world)) << "ward " << ward << ", zone " << zone - 1;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PartnersCannotWorkOut, testing::Range<std::uint64_t>(1, 13));

TEST(Disclosed, TellsThePartnerCountsThatGiveNothingAway) {
    World world;
    world.zones = {
        {geo::GridPoint::at(geo::Metres(301'000), geo::Metres(401'000)), geo::Metres(150)}};
    world.ward_of_zone = {0};
    world.own(0) = 12;
    world.outside_zones(0) = 5;
    world.outside_zones(1) = 6;
    const Publication told = disclosed(publication(world), Audience::partner);
    EXPECT_EQ(told.zones[0].evidence.incidents, 12U);
    EXPECT_TRUE(told.zones[0].evidence.pai.has_value());
    EXPECT_EQ(told.wards[0].incidents, 17U);
    EXPECT_EQ(told.wards[1].incidents, 6U);
    EXPECT_FALSE(told.wards[2].incidents.has_value());
    EXPECT_FALSE(told.wards[2].chosen.has_value()); // "not chosen" may mean that it has none
}

TEST(Disclosed, WithholdsTheWardWhoseZoneLeavesItFew) {
    World world;
    world.zones = {
        {geo::GridPoint::at(geo::Metres(301'000), geo::Metres(401'000)), geo::Metres(150)}};
    world.ward_of_zone = {0};
    world.own(0) = 12;
    world.outside_zones(0) = 4;
    const Publication told = disclosed(publication(world), Audience::partner);
    EXPECT_EQ(told.zones[0].evidence.incidents, 12U);
    EXPECT_FALSE(told.zones[0].evidence.pai.has_value()); // of the ward's count
    EXPECT_FALSE(told.wards[0].incidents.has_value());
    EXPECT_FALSE(told.wards[0].per_square_kilometre.has_value());
    EXPECT_FALSE(told.wards[0].count_band.has_value());
}

TEST(Disclosed, LeavesPartnersNoWeightNoOffenceAndNoStreet) {
    const Publication told = disclosed({sample_zones(), {}}, Audience::partner);
    for (const PublishedZone& zone : told.zones) {
        EXPECT_FALSE(zone.evidence.weight.has_value());
        EXPECT_FALSE(zone.evidence.ward_share.has_value());
        EXPECT_FALSE(zone.evidence.offences.has_value());
    }
    EXPECT_EQ(told.zones[0].name, "Mereside 1");
    EXPECT_EQ(told.zones[0].why,
              "40 serious violence incidents within 162 m; they peak Fri-Sat 21:00-02:00.");
}

TEST(Disclosed, NamesAZoneOfAnotherProgramByItsIdForPartners) {
    std::vector<PublishedZone> zones = sample_zones();
    zones[0].ward_name.clear();
    EXPECT_EQ(disclosed({zones, {}}, Audience::partner).zones[0].name, "X05000001-1");
}

TEST(Disclosed, GivesThePublicWardsByCodeWithABandAndNothingElse) {
    World world = random_world(3);
    Publication all = publication(world);
    std::ranges::reverse(all.wards);
    const Publication told = disclosed(all, Audience::everyone);
    EXPECT_TRUE(told.zones.empty());
    ASSERT_EQ(told.wards.size(), std::size_t{side} * side);
    for (std::size_t i = 0; i < told.wards.size(); ++i) {
        const PublishedWard& ward = told.wards[i];
        EXPECT_EQ(ward.ward.code.text(), "W" + std::to_string(i));
        EXPECT_EQ(ward.count_band, count_band(world.in_ward(i)));
        EXPECT_FALSE(ward.rank || ward.incidents || ward.weight || ward.per_square_kilometre ||
                     ward.chosen || ward.zones);
    }
}

TEST(Disclosed, KeepsEverythingForTheForceItself) {
    const World world = random_world(5);
    const Publication told = disclosed(publication(world), Audience::internal);
    EXPECT_EQ(told.zones[0].evidence.incidents, world.in_zone(0));
    EXPECT_THAT(told.zones[0].name, HasSubstr("Some Street"));
}

TEST(CountBand, BeginsAtItsLeastCount) {
    EXPECT_EQ(count_band(0), "fewer than 10");
    EXPECT_EQ(count_band(9), "fewer than 10");
    EXPECT_EQ(count_band(10), "10 to 24");
    EXPECT_EQ(count_band(99), "50 to 99");
    EXPECT_EQ(count_band(100), "100 or more");
    EXPECT_EQ(count_band(4'000'000'000), "100 or more");
}

Manifest full_manifest() {
    Manifest manifest;
    manifest.inputs = {{"custody/robberies.csv", "ab12", InputRows{20, 13, 7, 2}}};
    manifest.left_out = {{"domestic", 3}};
    manifest.warnings = {"robberies.csv: 2 rows ..."};
    manifest.wards = {3, 2, 1};
    manifest.zones = {2, 13, 1};
    manifest.plan.emplace();
    manifest.backtest = "{\"held\": 3}";
    return manifest;
}

TEST(DisclosedManifest, HasNeitherFilesNorRowsNorSumsForPartners) {
    const Manifest told = disclosed(full_manifest(), Audience::partner);
    EXPECT_TRUE(told.inputs.empty() && told.left_out.empty() && told.warnings.empty());
    EXPECT_FALSE(told.zones->incidents.has_value());
    EXPECT_FALSE(told.wards->with_incidents.has_value());
    EXPECT_TRUE(told.plan.has_value());
}

TEST(DisclosedManifest, HasNoZonesAndNoPlanForThePublic) {
    const Manifest told = disclosed(full_manifest(), Audience::everyone);
    EXPECT_FALSE(told.zones || told.plan || told.backtest);
    EXPECT_THAT(manifest_json(told, london()), Not(HasSubstr("robberies")));
}

using Told = std::vector<std::optional<std::uint32_t>>;

Told told_counts(const std::vector<std::uint32_t>& counts) {
    return disclosed_counts(counts, Audience::partner);
}

TEST(DisclosedCounts, TellsAllWhereNoneIsSmall) {
    EXPECT_THAT(told_counts({5, 9, 70}), ElementsAre(5, 9, 70));
    EXPECT_TRUE(told_counts({}).empty());
}

TEST(DisclosedCounts, WithholdsAnotherWhereTheTotalWouldGiveASmallOneAway) {
    EXPECT_THAT(told_counts({3, 9, 70}), ElementsAre(std::nullopt, std::nullopt, 70));
    EXPECT_THAT(told_counts({4, 4, 9, 70}),
                ElementsAre(std::nullopt, std::nullopt, std::nullopt, 70));
}

TEST(DisclosedCounts, WithholdsNoMoreWhereTheSmallOnesHideEachOther) {
    EXPECT_THAT(told_counts({2, 9, 2, 70}), ElementsAre(std::nullopt, 9, std::nullopt, 70));
}

TEST(DisclosedCounts, TellsThePublicNothing) {
    EXPECT_THAT(disclosed_counts(std::vector<std::uint32_t>{7, 8}, Audience::everyone),
                ElementsAre(std::nullopt, std::nullopt));
}

/// Every way to fill the withheld cells so that the total is right: what an attacker can do.
bool can_be(const Told& told, const std::vector<std::uint32_t>& counts, std::size_t cell,
            std::uint32_t value) {
    std::uint32_t left = 0; // of the total, for the other withheld ones
    std::uint32_t small_ones = 0;
    std::uint32_t larger = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (!told[i]) {
            left += counts[i];
            small_ones += i != cell && counts[i] < least_told_count ? 1U : 0U;
            larger += counts[i] >= least_told_count ? 1U : 0U;
        }
    }
    if (left < value + larger * least_told_count) {
        return false;
    }
    return larger > 0 || left - value <= small_ones * (least_told_count - 1);
}

TEST(DisclosedCounts, LeaveEverySmallCountFreeWhateverTheTotal) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937_64 random(seed);
        std::vector<std::uint32_t> counts(2 + random() % 12);
        for (std::uint32_t& count : counts) {
            count = static_cast<std::uint32_t>(random() % (random() % 2 == 0 ? 6 : 40));
        }
        const Told told = told_counts(counts);
        const bool all_withheld = std::ranges::none_of(told, [](const auto& t) { return !!t; });
        for (std::size_t i = 0; i < counts.size(); ++i) {
            if (counts[i] >= least_told_count || all_withheld) {
                continue;
            }
            ASSERT_FALSE(told[i].has_value());
            for (std::uint32_t value = 0; value < least_told_count; ++value) {
                EXPECT_TRUE(can_be(told, counts, i, value)) << i << " as " << value;
            }
        }
    }
}

} // namespace
} // namespace io
