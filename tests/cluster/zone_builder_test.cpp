#include "cluster/zone_builder.hpp"

#include <gtest/gtest.h>

#include <array>
#include <numeric>

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

const geo::Instant new_year = std::chrono::sys_days(std::chrono::year(2025) / 1 / 1);

geo::TimeSpan day_of_year(int day) {
    return {new_year + days(day), new_year + days(day + 1)};
}

/// All on New Year's Day: four in West, one of them in the disc with one of East; the disc lies
/// across the edge.
IncidentTable table() {
    IncidentTable result;
    result.incidents = {{.place = at(1900, 1000), .weight = 2, .ward = 0, .location = 0},
                        {.place = at(2050, 1000), .weight = 3, .ward = 1, .location = 1},
                        {.place = at(300, 300), .weight = 1, .ward = 0},
                        {.place = at(300, 310), .weight = 1, .ward = 0},
                        {.place = at(300, 320), .weight = 1, .ward = 0}};
    for (Incident& incident : result.incidents) {
        incident.when = day_of_year(0);
        incident.precision = TimePrecision::day;
    }
    result.locations = {"On or near High Street", "On or near Market Place"};
    return result;
}

ZoneTextOptions year() {
    return {.period = {new_year, new_year + days(365)}};
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

TEST(ZoneBuilder, GivesTheReportItsCountsByMonthAndHourAndTheZonesShareOfItsWard) {
    IncidentTable timed = table();
    // Wednesday 1 January 2025, 21:00 to 23:00: half an incident in each of two hours.
    timed.incidents[0].when = {new_year + hours(21), new_year + hours(23)};
    timed.incidents[0].precision = TimePrecision::span;
    const std::vector<ChosenDisc> discs{{0, {at(1950, 1000), 150_m}}};
    const BuiltZone zone = build_zones(wards(), timed, discs, london(), year()).front();
    ASSERT_EQ(zone.months.size(), 12U);
    EXPECT_EQ(zone.months.front().incidents, 2U);
    EXPECT_EQ(zone.months.back().incidents, 0U);
    EXPECT_DOUBLE_EQ(zone.recorded.at(2 * 24 + 21), 0.5);
    EXPECT_DOUBLE_EQ(std::accumulate(zone.recorded.begin(), zone.recorded.end(), 0.0), 1);
    EXPECT_DOUBLE_EQ(zone.own.incidents / zone.own.area, *zone.zone.evidence.pai);
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

double per_week(const BuiltZone& zone) {
    return std::accumulate(zone.expected.begin(), zone.expected.end(), 0.0);
}

TEST(ZoneBuilder, ExpectsAsManyIncidentsAWeekAsThereWereInTheMonthsWithData) {
    const std::vector<ChosenDisc> discs{{0, {at(300, 300), 150_m}}};
    IncidentTable january = table();
    january.baseline.resize(10, {.place = at(900, 900), .when = day_of_year(0)});
    EXPECT_NEAR(per_week(build_zones(wards(), january, discs, london(), year()).front()),
                3 / (31 / 7.0), 1e-12);
    IncidentTable whole_year = january;
    for (int month = 0; month < 12; ++month) {
        const BaselineCrime crime{.place = at(900, 900), .when = day_of_year(15 + 30 * month)};
        whole_year.baseline.insert(whole_year.baseline.end(), 10, crime);
    }
    EXPECT_NEAR(per_week(build_zones(wards(), whole_year, discs, london(), year()).front()),
                3 / (365 / 7.0), 1e-12);
}

TEST(ZoneBuilder, ExpectsMoreWhereIncidentsAreRecent) {
    const std::vector<ChosenDisc> discs{{0, {at(300, 300), 150_m}}};
    IncidentTable even;
    for (int day = 0; day < 365; ++day) {
        even.incidents.push_back({.place = at(300, 300), .when = day_of_year(day)});
    }
    ZoneTextOptions options = year();
    options.recency = {.as_of = options.period.to, .half_life = Recency::Days(100)};
    EXPECT_NEAR(per_week(build_zones(wards(), even, discs, london(), options).front()), 7, 0.01);
    IncidentTable recent = even;
    recent.incidents.erase(recent.incidents.begin() + 100, recent.incidents.begin() + 200);
    IncidentTable old = even;
    old.incidents.erase(old.incidents.begin() + 250, old.incidents.begin() + 350);
    EXPECT_GT(per_week(build_zones(wards(), recent, discs, london(), options).front()),
              per_week(build_zones(wards(), old, discs, london(), options).front()) + 1);
}

TEST(ZoneBuilder, GivesTheCountItsInterval) {
    const std::vector<ChosenDisc> discs{{0, {at(300, 300), 150_m}}};
    const auto zones = build_zones(wards(), table(), discs, london(), year());
    EXPECT_EQ(zones.front().zone.evidence.interval, poisson_interval(3));
}

/// One incident a day at one place of West, half as many as that in the first half of the year.
IncidentTable rising() {
    IncidentTable result;
    result.offences = {"Robbery"};
    for (int day = 0; day < 365; day += day < 180 ? 2 : 1) {
        result.incidents.push_back(
            {.place = at(300, 300), .when = day_of_year(day), .precision = TimePrecision::day});
    }
    return result;
}

TEST(ZoneBuilder, SaysInTheSentenceWhatIsClearAndOnlyThat) {
    const std::vector<ChosenDisc> discs{{0, {at(300, 300), 150_m}}};
    const std::vector<Significance> clear{{0.001, 0.01}};
    const std::vector<Significance> unclear{{0.04, 0.06}};
    ZoneTextOptions options = year();
    options.significance = clear;
    const Zone zone = build_zones(wards(), rising(), discs, london(), options).front().zone;
    EXPECT_EQ(zone.why,
              "275 serious violence incidents in 12 months within 150 m: 100 % of all in West, on "
              "1.8 % of its area; more than the ward's other crime explains; rising: 184 in the "
              "last 6 months, 91 in the 6 before.");
    EXPECT_EQ(zone.evidence.trend, Trend::rising);
    EXPECT_EQ(zone.evidence.offences, "Robbery 100 %");
    EXPECT_EQ(zone.evidence.peak, std::nullopt);
    EXPECT_EQ(zone.evidence.p_value, 0.001);
    EXPECT_EQ(zone.evidence.q_value, 0.01);
    options.significance = unclear;
    const Zone other = build_zones(wards(), rising(), discs, london(), options).front().zone;
    EXPECT_EQ(other.why.find("explains"), std::string::npos);
    EXPECT_EQ(other.evidence.q_value, 0.06);
}

TEST(ZoneBuilder, CountsMonthsOfDataWhereSomeAreMissing) {
    const std::vector<ChosenDisc> discs{{0, {at(300, 300), 150_m}}};
    IncidentTable gappy = rising();
    std::erase_if(gappy.incidents, [](const Incident& incident) {
        return incident.when.from >= new_year + days(31) &&
               incident.when.from < new_year + days(59);
    });
    const std::string why = build_zones(wards(), gappy, discs, london(), year()).front().zone.why;
    EXPECT_NE(why.find(" in 11 months of data within"), std::string::npos) << why;
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

TEST(ShrunkShares, LeanOnTheWardThenOnTheForceWhenTheZoneSaysLittle) {
    WeekProfile zone{};
    WeekProfile ward{};
    WeekProfile force{};
    zone[10] = 20;
    ward[20] = 20;
    force[30] = 1e12;
    const WeekProfile shares = shrunk_shares(std::array{zone, ward, force}, 20);
    EXPECT_NEAR(shares[10], 0.5, 1e-9);
    EXPECT_NEAR(shares[20], 0.25, 1e-9);
    EXPECT_NEAR(shares[30], 0.25, 1e-9);
}

TEST(ShrunkShares, AreEvenWhereNothingSaysWhen) {
    const WeekProfile shares = shrunk_shares(std::array{WeekProfile{}, WeekProfile{}});
    for (const double share : shares) {
        EXPECT_DOUBLE_EQ(share, 1.0 / 168);
    }
}

} // namespace
} // namespace cluster
