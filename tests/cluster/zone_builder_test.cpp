#include "cluster/zone_builder.hpp"

#include <gtest/gtest.h>

namespace cluster {
namespace {

using namespace geo::literals;
using std::chrono::days;
using std::chrono::hours;

const geo::TimeZone& london() {
    static const geo::TimeZone zone("Europe/London");
    return zone;
}

geo::GridPoint at(double easting, double northing) {
    return geo::GridPoint::at(geo::Metres(easting), geo::Metres(northing));
}

std::vector<Ward> wards() {
    return {{WardCode("W1"), "West",
             geo::Polygon::from_wkt("POLYGON((0 0,2000 0,2000 2000,0 2000,0 0))")},
            {WardCode("W2"), "East",
             geo::Polygon::from_wkt("POLYGON((2000 0,4000 0,4000 2000,2000 2000,2000 0))")}};
}

/// Four in West, one of them in the disc with one of East; the disc lies across the edge.
IncidentTable table() {
    IncidentTable result;
    result.incidents = {{.place = at(1900, 1000), .weight = 2, .ward = 0, .location = 0},
                        {.place = at(2050, 1000), .weight = 3, .ward = 1, .location = 1},
                        {.place = at(300, 300), .weight = 1, .ward = 0},
                        {.place = at(300, 310), .weight = 1, .ward = 0},
                        {.place = at(300, 320), .weight = 1, .ward = 0}};
    result.locations = {"On or near High Street", "On or near Market Place"};
    return result;
}

ZoneTextOptions year() {
    return {.period = {geo::Instant(days(0)), geo::Instant(days(365))}};
}

TEST(ZoneBuilder, CountsIncidentsOfAnyWardButSharesOnlyItsOwn) {
    const std::vector<ChosenDisc> discs{{0, {at(1950, 1000), 150_m}}};
    const auto zones = build_zones(wards(), table(), discs, london(), year());
    ASSERT_EQ(zones.size(), 1U);
    const Evidence& e = zones.front().zone.evidence;
    EXPECT_EQ(e.incidents, 2U);
    EXPECT_EQ(e.weight, 5);
    EXPECT_DOUBLE_EQ(e.ward_share, 2.0 / 5);
    ASSERT_TRUE(e.pai);
    const double area_in_ward =
        wards()[0].shape.area_within(at(1950, 1000), 150_m) / wards()[0].shape.area();
    EXPECT_DOUBLE_EQ(*e.pai, 0.25 / area_in_ward);
}

TEST(ZoneBuilder, RanksByWeightAndNumbersZonesWithinTheirWard) {
    const std::vector<ChosenDisc> discs{{0, {at(300, 300), 150_m}}, {0, {at(1950, 1000), 150_m}}};
    const auto zones = build_zones(wards(), table(), discs, london(), year());
    ASSERT_EQ(zones.size(), 2U);
    EXPECT_EQ(zones[0].zone.id, ZoneId("W1-1"));
    EXPECT_EQ(zones[0].zone.rank, 1U);
    EXPECT_EQ(zones[0].zone.evidence.weight, 5);
    EXPECT_EQ(zones[1].zone.id, ZoneId("W1-2"));
    EXPECT_EQ(zones[1].zone.ward_rank, 2U);
}

TEST(ZoneBuilder, NamesAZoneAfterTheCommonestLocationOnlyOnRequest) {
    const std::vector<ChosenDisc> discs{{0, {at(1900, 1000), 100_m}}};
    EXPECT_EQ(build_zones(wards(), table(), discs, london(), year()).front().zone.name, "West 1");
    ZoneTextOptions options = year();
    options.name_from_location = true;
    EXPECT_EQ(build_zones(wards(), table(), discs, london(), options).front().zone.name,
              "West 1, High Street");
}

TEST(ZoneBuilder, SaysWhyInFactsAlone) {
    const std::vector<ChosenDisc> discs{{0, {at(300, 300), 150_m}}};
    EXPECT_EQ(build_zones(wards(), table(), discs, london(), year()).front().zone.why,
              "3 serious violence incidents in 12 months within 150 m: 75 % of all in West, on 1.8 "
              "% of its area.");
}

TEST(ZoneBuilder, ExpectsAsManyIncidentsAWeekAsThereWere) {
    const std::vector<ChosenDisc> discs{{0, {at(300, 300), 150_m}}};
    const auto zone = build_zones(wards(), table(), discs, london(), year()).front();
    double sum = 0;
    for (const double hour : zone.expected) {
        sum += hour;
    }
    EXPECT_NEAR(sum, 3 / (365 / 7.0), 1e-12);
}

Incident lasting(geo::Instant from, std::chrono::seconds length) {
    return {.place = {}, .when = {from, from + length}};
}

TEST(AoristicProfile, SpreadsAnIncidentEvenlyOverTheHoursItLeavesOpen) {
    const geo::Instant friday = std::chrono::sys_days(std::chrono::year(2026) / 1 / 9) + hours(22);
    const std::vector<Incident> one{lasting(friday + std::chrono::minutes(30), hours(2))};
    const WeekProfile profile = aoristic_profile(one, london());
    EXPECT_DOUBLE_EQ(profile[4 * 24 + 22], 0.25);
    EXPECT_DOUBLE_EQ(profile[4 * 24 + 23], 0.5);
    EXPECT_DOUBLE_EQ(profile[5 * 24], 0.25);
}

TEST(AoristicProfile, ReadsHoursOffTheWallClockInSummer) {
    const geo::Instant july = std::chrono::sys_days(std::chrono::year(2026) / 7 / 10) + hours(22);
    const std::vector<Incident> one{lasting(july, std::chrono::minutes(1))};
    EXPECT_DOUBLE_EQ(aoristic_profile(one, london())[4 * 24 + 23], 1);
}

TEST(AoristicProfile, RecordsOfADayOrMoreSayNothingOfTheHour) {
    Incident month = lasting(geo::Instant(days(0)), days(30));
    month.precision = TimePrecision::month;
    Incident day = lasting(geo::Instant(days(0)), hours(24));
    day.precision = TimePrecision::day;
    const std::vector<Incident> vague{month, day, lasting(geo::Instant(days(3)), hours(25))};
    for (const double hour : aoristic_profile(vague, london())) {
        EXPECT_EQ(hour, 0);
    }
}

TEST(Peak, IsTheBlockThatStandsOut) {
    WeekProfile profile{};
    profile.fill(0.2);
    for (const unsigned day : {4U, 5U}) {
        for (unsigned hour = 21; hour < 26; ++hour) {
            profile[(day * 24 + hour) % 168] = 4;
        }
    }
    EXPECT_EQ(peak_text(profile), "Fri-Sat 21:00-02:00");
}

TEST(Peak, IsNotClaimedForAnEvenWeekOrAFewIncidents) {
    WeekProfile even{};
    even.fill(3);
    EXPECT_EQ(peak_text(even), std::nullopt);
    WeekProfile two{};
    two[100] = 2;
    EXPECT_EQ(peak_text(two), std::nullopt);
    EXPECT_EQ(peak_text(WeekProfile{}), std::nullopt);
}

TEST(ExpectedPerHour, LeansOnWhatIsAroundWhenTheZoneSaysLittle) {
    WeekProfile own{};
    WeekProfile around{};
    around[10] = 100;
    own[20] = 20;
    const WeekProfile expected = expected_per_hour(own, around, 2, 20);
    EXPECT_DOUBLE_EQ(expected[10], 1);
    EXPECT_DOUBLE_EQ(expected[20], 1);
    const WeekProfile nothing = expected_per_hour({}, {}, 1.68);
    EXPECT_DOUBLE_EQ(nothing[0], 0.01);
}

} // namespace
} // namespace cluster
