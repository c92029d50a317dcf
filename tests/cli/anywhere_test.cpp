// Whole zone finding in other countries, in other coordinate systems and on ground that is not a
// tidy ward.

#include "cli/steps.hpp"
#include "geo/projection.hpp"
#include "tests/io/reading_fixture.hpp"

#include <fmt/format.h>

#include <random>

namespace {

using geo::GridPoint;
using geo::Metres;
using geo::SourcePoint;
using reading::Folder;

struct Found {
    cli::Evidence evidence;
    cli::FoundZones zones;
};

Found find(cli::Settings settings) {
    settings.start = reading::day("2026-01-01");
    const geo::TimeZone time_zone(settings.time_zone);
    cli::Stopwatch watch;
    Found found{cli::read_evidence(settings, time_zone, watch), {}};
    cli::weigh_incidents(settings, time_zone, found.evidence);
    found.zones = cli::find_zones(settings, found.evidence, time_zone, watch);
    return found;
}

/// What must hold of any zones: legal radii, centres in their wards, counts that a recount gives.
void expect_sound(const Found& found) {
    for (const cluster::BuiltZone& built : found.zones.zones) {
        const cluster::Zone& zone = built.zone;
        SCOPED_TRACE(zone.id.text());
        EXPECT_GE(zone.disc.radius, Metres(150));
        EXPECT_LE(zone.disc.radius, Metres(200));
        std::uint32_t inside = 0;
        for (const cluster::Incident& incident : found.evidence.incidents.table.incidents) {
            inside += geo::within(incident.place, zone.disc.centre, zone.disc.radius) ? 1U : 0U;
        }
        EXPECT_EQ(zone.evidence.incidents, inside);
        for (const cluster::Ward& ward : found.evidence.wards.wards) {
            EXPECT_TRUE(ward.code != zone.ward_code || ward.shape.covers(zone.disc.centre));
        }
    }
}

/// Two districts of about 5.5 km by 5.5 km beside each other, as corners in degrees.
struct City {
    const char* name;
    SourcePoint south_west;
    SourcePoint size; ///< of a district, in degrees
    const char* time_zone;
    const char* first_in_utc; ///< 2025-06-01T23:30 there
};

std::string district(const SourcePoint& low, const SourcePoint& size,
                     const geo::Projection* projection) {
    std::vector<SourcePoint> corners{{low.x, low.y},
                                     {low.x + size.x, low.y},
                                     {low.x + size.x, low.y + size.y},
                                     {low.x, low.y + size.y},
                                     {low.x, low.y}};
    std::string text;
    for (SourcePoint corner : corners) {
        if (projection != nullptr) {
            const GridPoint place =
                projection->to_grid(std::vector<SourcePoint>{corner}).front().value();
            corner = {place.easting().value(), place.northing().value()};
        }
        text += fmt::format("{}{:.9f} {:.9f}", text.empty() ? "" : ",", corner.x, corner.y);
    }
    return "\"POLYGON((" + text + "))\"";
}

std::string wards_text(const City& city, const std::string& crs) {
    const geo::Projection projection("EPSG:4326", crs);
    const geo::Projection* to = crs == "EPSG:4326" ? nullptr : &projection;
    const SourcePoint east{city.south_west.x + city.size.x, city.south_west.y};
    return "WKT,code,name\n" + district(city.south_west, city.size, to) + ",D1,West\n" +
           district(east, city.size, to) + ",D2,East\n";
}

/// Incidents all over both districts, and a cluster in the middle of the western one.
std::string incidents_text(const City& city, unsigned count) {
    std::mt19937_64 random(9);
    const auto part = [&] { return static_cast<double>(random() % 1000000) / 1e6; };
    std::string text = "offense,date,longitude,latitude\n";
    for (unsigned i = 0; i < count; ++i) {
        const bool clustered = i % 10 == 0;
        const double x = clustered ? 0.5 + 0.02 * part() : 2 * part();
        // A straight edge of a ward is not a parallel: keep a little away from it.
        const double y = clustered ? 0.5 + 0.02 * part() : 0.01 + 0.98 * part();
        text +=
            fmt::format("BATTERY,2025-06-{:02}T23:30,{:.7f},{:.7f}\n", i % 28 + 1,
                        city.south_west.x + x * city.size.x, city.south_west.y + y * city.size.y);
    }
    return text;
}

struct Abroad {
    City city;
    const char* wards_crs;
    const char* analysis_crs;
};

constexpr City chicago{
    "Chicago", {-87.80, 41.75}, {0.066, 0.05}, "America/Chicago", "2025-06-02T04:30:00+00:00"};
constexpr City belfast{
    "Belfast", {-6.00, 54.56}, {0.085, 0.05}, "Europe/London", "2025-06-01T22:30:00+00:00"};
constexpr City paris{
    "Paris", {2.26, 48.83}, {0.075, 0.05}, "Europe/Paris", "2025-06-01T21:30:00+00:00"};
constexpr City sydney{
    "Sydney", {151.10, -33.95}, {0.06, 0.05}, "Australia/Sydney", "2025-06-01T13:30:00+00:00"};

class AnyCity : public testing::TestWithParam<Abroad> {};

TEST_P(AnyCity, IsAnalysedOnAGridInMetres) {
    const auto& [city, wards_crs, analysis_crs] = GetParam();
    const Folder folder;
    cli::Settings settings;
    settings.incidents = {folder.write("incidents.csv", incidents_text(city, 3000))};
    settings.wards = {
        folder.write("wards.csv", wards_text(city, wards_crs)), {}, {}, {}, wards_crs};
    settings.definition = folder.write("violence.toml", "categories = [\"battery\"]");
    settings.time_zone = city.time_zone;
    settings.hotspots.selection.effort = cluster::Effort::fast;
    const Found found = find(settings);
    EXPECT_EQ(found.evidence.wards.analysis_crs, analysis_crs);
    EXPECT_EQ(found.evidence.incidents.table.incidents.size(), 3000U);
    for (const cluster::Ward& ward : found.evidence.wards.wards) {
        EXPECT_NEAR(ward.shape.area().square_kilometres(), 30.5, 1) << "metres, not feet";
    }
    expect_sound(found);
    ASSERT_FALSE(found.zones.zones.empty());
    const cluster::Zone& first = found.zones.zones.front().zone;
    EXPECT_EQ(first.ward_code.text(), "D1");
    EXPECT_GE(first.evidence.incidents, 300U) << "the cluster of 110 m by 110 m lies in one zone";
    EXPECT_EQ(geo::iso_text(found.evidence.incidents.table.incidents.front().when.from,
                            geo::TimeZone("UTC")),
              city.first_in_utc);
}

INSTANTIATE_TEST_SUITE_P(Anywhere, AnyCity,
                         testing::Values(Abroad{chicago, "EPSG:4326", "EPSG:32616"},
                                         Abroad{chicago, "EPSG:3435", "EPSG:32616"}, // US feet
                                         Abroad{belfast, "EPSG:4326", "EPSG:32630"},
                                         Abroad{belfast, "EPSG:29903", "EPSG:29903"},
                                         Abroad{paris, "EPSG:2154", "EPSG:2154"},
                                         Abroad{paris, "EPSG:3857", "EPSG:32631"}, // 52 % too long
                                         Abroad{sydney, "EPSG:4326", "EPSG:32756"}),
                         [](const auto& tested) {
                             const std::string crs = tested.param.wards_crs;
                             return std::string(tested.param.city.name) + crs.substr(5);
                         });

TEST(Anywhere, DistrictsOfThirtySquareKilometresMayHoldTwentyThousandIncidents) {
    const Folder folder;
    cli::Settings settings;
    settings.incidents = {folder.write("incidents.csv", incidents_text(chicago, 40000))};
    settings.wards = {
        folder.write("wards.csv", wards_text(chicago, "EPSG:4326")), {}, {}, {}, "EPSG:4326"};
    settings.definition = folder.write("violence.toml", "categories = [\"battery\"]");
    settings.time_zone = "America/Chicago";
    settings.hotspots.selection.effort = cluster::Effort::fast;
    const Found found = find(settings);
    EXPECT_EQ(found.evidence.incidents.table.incidents.size(), 40000U);
    EXPECT_FALSE(found.zones.zones.empty());
    expect_sound(found);
}

/// Wards and incidents in metres on UTM 16N, each ward odd in a way of its own.
class OddGround {
  public:
    OddGround() {
        ward("W01", square(0, 0, 2000));
        ward("W02", square(2000, 0, 2000));
        ward("W03", square(4000, 0, 2000));
        ward("W04", square(6000, 0, 2000));
        ward("W05", square(0, 2000, 2000));
        ward("W06", "(" + ring(2000, 2000, 2000) + "," + ring(2500, 2500, 1000) + ")");
        ward("W07", square(4000, 2000, 300) + "," + square(4700, 2000, 300) + "," +
                        square(5400, 2000, 300));
        ward("W08", square(6000, 2000, 1200));
        ward("W09", square(6800, 2000, 1200)); // overlaps W08
        ward("W10", square(0, 4000, 100));     // smaller than a zone
        ward("W11", square(3000, 4000, 800));
        ward("W12", square(3000, 4000, 800));  // the same place as W11
        ward("W13", square(5000, 4000, 800));  // nothing happens there
        ward("W14", square(2500, 2500, 1000)); // the hole of W06
        incident(1000, 1000);
        for (int i = 0; i < 1000; ++i) {
            incident(4990, 1000);
        }
        for (int i = 0; i < 200; ++i) {
            incident(6100 + i * 9, 1000);                              // one line in W04
            incident(i * 10, 4000);                                    // northern edge of W05
            incident(2000, 2000 + i * 10);                             // between W05 and W06
            incident(2000 + any(2000), 2000 + any(2000));              // W06 and its hole
            incident(6000 + any(2000), 2000 + any(1200));              // W08 and W09
            incident(4000 + 700 * any(3) + any(301), 2000 + any(301)); // the islands of W07
            incident(3000 + any(801), 4000 + any(801));
        }
        for (int i = 0; i < 30; ++i) {
            incident(3000, 1010);                // all of W02 on one point
            incident(any(101), 4001 + any(100)); // W10
        }
    }

    cli::Settings settings() const {
        cli::Settings settings;
        settings.incidents = {folder_.write("incidents.csv", incidents_)};
        settings.columns.crs = "EPSG:32616";
        settings.wards = {folder_.write("wards.csv", wards_), {}, {}, {}, "EPSG:32616"};
        settings.time_zone = "America/Chicago";
        settings.hotspots.selection.effort = cluster::Effort::fast;
        return settings;
    }

  private:
    static std::string ring(int x, int y, int size) {
        const int left = 450000 + x;
        const int low = 4630000 + y;
        return fmt::format("({0} {1},{2} {1},{2} {3},{0} {3},{0} {1})", left, low, left + size,
                           low + size);
    }
    static std::string square(int x, int y, int size) { return "(" + ring(x, y, size) + ")"; }

    void ward(const std::string& code, const std::string& polygons) {
        wards_ += fmt::format("\"MULTIPOLYGON({})\",{},{}\n", polygons, code, code);
    }
    void incident(int x, int y) {
        incidents_ +=
            fmt::format("2025-06-{:02}T21:00,{},{}\n", ++count_ % 28 + 1, 450000 + x, 4630000 + y);
    }
    int any(unsigned below) { return static_cast<int>(random_() % below); }

    std::mt19937_64 random_{12};
    unsigned count_ = 0;
    std::string wards_ = "WKT,code,name\n";
    std::string incidents_ = "date,x,y\n";
    Folder folder_;
};

std::uint32_t incidents_of(const Found& found, std::string_view ward) {
    std::uint32_t most = 0;
    for (const cluster::BuiltZone& built : found.zones.zones) {
        if (built.zone.ward_code.text() == ward) {
            most = std::max(most, built.zone.evidence.incidents);
        }
    }
    return most;
}

class OddWards : public testing::TestWithParam<cluster::Objective> {};

TEST_P(OddWards, AreSearchedSoundly) {
    const OddGround ground;
    cli::Settings settings = ground.settings();
    settings.hotspots.selection.objective = GetParam();
    settings.hotspots.selection.min_incidents = 1;
    const Found found = find(settings);
    ASSERT_EQ(found.evidence.wards.analysis_crs, "EPSG:32616");
    expect_sound(found);
    EXPECT_GE(incidents_of(found, "W02"), 30U) << "all incidents on one point";
    EXPECT_GE(incidents_of(found, "W03"), 1000U) << "a thousand on one point";
    EXPECT_GT(incidents_of(found, "W04"), 20U) << "on one line";
    EXPECT_GT(incidents_of(found, "W05"), 10U) << "on its edges";
    EXPECT_GT(incidents_of(found, "W06"), 5U) << "with a hole";
    if (GetParam() == cluster::Objective::capture) { // else they are not worth a patrol
        EXPECT_GT(incidents_of(found, "W07"), 20U) << "islands";
        EXPECT_GE(incidents_of(found, "W10"), 30U) << "smaller than a zone";
    }
    EXPECT_EQ(incidents_of(found, "W12"), 0U) << "what two wards hold belongs to the lower code";
    EXPECT_EQ(incidents_of(found, "W13"), 0U);
}

TEST_P(OddWards, KeepTheirZonesWhateverTheNumberOfThreads) {
    const OddGround ground;
    cli::Settings settings = ground.settings();
    settings.hotspots.selection.objective = GetParam();
    const Found one = find(settings);
    settings.hotspots.selection.threads = 3;
    const Found three = find(settings);
    ASSERT_EQ(one.zones.zones.size(), three.zones.zones.size());
    for (std::size_t i = 0; i < one.zones.zones.size(); ++i) {
        EXPECT_EQ(one.zones.zones[i].zone.disc.centre, three.zones.zones[i].zone.disc.centre);
        EXPECT_EQ(one.zones.zones[i].zone.disc.radius, three.zones.zones[i].zone.disc.radius);
    }
}

std::string word_of(const testing::TestParamInfo<cluster::Objective>& tested) {
    switch (tested.param) {
    case cluster::Objective::capture:
        return "capture";
    case cluster::Objective::balanced:
        return "balanced";
    case cluster::Objective::pai:
        break;
    }
    return "pai";
}

INSTANTIATE_TEST_SUITE_P(Anywhere, OddWards,
                         testing::Values(cluster::Objective::capture, cluster::Objective::balanced,
                                         cluster::Objective::pai),
                         word_of);

TEST(Anywhere, CappedStackNoLongerOutweighsEveryStreet) {
    const auto first_ward = [](std::optional<std::uint32_t> cap) {
        const OddGround ground;
        cli::Settings settings = ground.settings();
        settings.stack_cap = cap;
        const Found found = find(settings);
        return found.zones.zones.front().zone.ward_code.text();
    };
    EXPECT_EQ(first_ward({}), "W03");
    EXPECT_NE(first_ward(20), "W03");
}

} // namespace
