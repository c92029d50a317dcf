#include "error_text.hpp"
#include "io/geopackage_writer.hpp"
#include "io/zones_reader.hpp"
#include "io/zones_writer.hpp"
#include "published_sample.hpp"
#include "temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

namespace io {
namespace {

using testing::HasSubstr;

void expect_equal(const cluster::Zone& a, const cluster::Zone& b) {
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.ward_code, b.ward_code);
    EXPECT_EQ(a.ward_name, b.ward_name);
    EXPECT_EQ(a.rank, b.rank);
    EXPECT_EQ(a.ward_rank, b.ward_rank);
    EXPECT_EQ(a.disc, b.disc);
    EXPECT_EQ(a.evidence.incidents, b.evidence.incidents);
    EXPECT_EQ(a.evidence.weight, b.evidence.weight);
    EXPECT_EQ(a.evidence.ward_share, b.evidence.ward_share);
    EXPECT_EQ(a.evidence.pai, b.evidence.pai);
    EXPECT_EQ(a.evidence.p_value, b.evidence.p_value);
    EXPECT_EQ(a.evidence.peak, b.evidence.peak);
    EXPECT_EQ(a.evidence.interval, b.evidence.interval);
    EXPECT_EQ(a.evidence.q_value, b.evidence.q_value);
    EXPECT_EQ(a.evidence.trend, b.evidence.trend);
    EXPECT_EQ(a.evidence.offences, b.evidence.offences);
    EXPECT_EQ(a.why, b.why);
}

/// A collection of one square of 200 m around the middle of Preston, with these properties.
std::string square(const std::string& properties) {
    const geo::Projection& lonlat = sample_lonlat();
    std::string corners;
    for (const auto& [east, north] :
         {std::pair{-100, -100}, {100, -100}, {100, 100}, {-100, 100}, {-100, -100}}) {
        const geo::SourcePoint p = lonlat.from_grid(
            geo::GridPoint::at(geo::Metres(353'900 + east), geo::Metres(429'300 + north)));
        corners += fmt::format("{}[{:.7f},{:.7f}]", corners.empty() ? "" : ",", p.x, p.y);
    }
    return "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{" +
           properties + "},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[" + corners +
           "]]}}]}";
}

TEST(ReadZones, GivesBackWhatZonesGeojsonPublished) {
    const TemporaryFolder folder;
    for (const auto& zones : {sample_zones(), planned_sample_zones()}) {
        const std::string text = zones_geojson(zones, sample_lonlat(), london());
        const ReadZones read = read_zones(folder.file("zones.geojson", text));
        EXPECT_EQ(read.analysis_crs, "EPSG:27700");
        EXPECT_TRUE(read.warnings.empty());
        ASSERT_EQ(read.zones.size(), zones.size());
        for (std::size_t i = 0; i < zones.size(); ++i) {
            expect_equal(read.zones[i], known_zones()[i]);
        }
    }
}

TEST(ReadZones, GivesBackWhatTheGeoPackagePublished) {
    const TemporaryFolder folder;
    const std::vector<PublishedZone> zones = planned_sample_zones();
    LayersContent content;
    content.crs = "EPSG:27700";
    content.zones = zones;
    write_geopackage(folder / "out.gpkg", content, london());
    const ReadZones read = read_zones((folder / "out.gpkg").string());
    ASSERT_EQ(read.zones.size(), zones.size());
    for (std::size_t i = 0; i < zones.size(); ++i) {
        expect_equal(read.zones[i], known_zones()[i]);
    }
}

TEST(ReadZones, MakesADiscOfAnyOutline) {
    const TemporaryFolder folder;
    const ReadZones read =
        read_zones(folder.file("z.geojson", square(R"("zone_id":"A","colour":"red")")));
    ASSERT_EQ(read.zones.size(), 1U);
    EXPECT_EQ(read.zones[0].id.text(), "A");
    EXPECT_EQ(read.zones[0].name, "A");
    EXPECT_EQ(read.zones[0].rank, 1U);
    const cluster::Disc& disc = read.zones[0].disc;
    EXPECT_LE(
        geo::distance(disc.centre, geo::GridPoint::at(geo::Metres(353'900), geo::Metres(429'300))),
        geo::Metres(0.02));
    EXPECT_NEAR(disc.radius.value(), 112.838, 0.02); // the circle of 40,000 square metres
    EXPECT_TRUE(read.warnings.empty());
}

TEST(ReadZones, TrustsTheOutlineWhereTheNumbersSayOtherwise) {
    const TemporaryFolder folder;
    const ReadZones read = read_zones(folder.file(
        "z.geojson",
        square(R"("zone_id":"A","easting":353950.0,"northing":429300.0,"radius_m":112.8)")));
    EXPECT_NEAR(read.zones.at(0).disc.centre.easting().value(), 353'900, 0.02);
    ASSERT_EQ(read.warnings.size(), 1U);
    EXPECT_THAT(read.warnings[0], HasSubstr("1 of 1"));
}

TEST(ReadZones, ReadsOntoTheGridAskedFor) {
    const TemporaryFolder folder;
    const ReadZones read =
        read_zones(folder.file("z.geojson", square(R"("zone_id":"A")")), "EPSG:32630");
    EXPECT_EQ(read.analysis_crs, "EPSG:32630");
    // Preston lies 2.7 degrees west of Greenwich, near the middle (3 W) of UTM zone 30.
    EXPECT_NEAR(read.zones.at(0).disc.centre.easting().value(), 520'000, 5'000);
}

TEST(ReadZones, NeedsAnIdAndAnOutlineInEachZoneAndNoIdTwice) {
    const TemporaryFolder folder;
    const auto refused = [&](const std::string& text) {
        const std::string path = folder.file("z.geojson", text);
        return error_text(geo::ErrorKind::input, [&] { read_zones(path); });
    };
    EXPECT_THAT(refused(square(R"("name":"A")")), HasSubstr("feature 1: has no zone_id"));
    const std::string once = square(R"("zone_id":"A")");
    const std::string feature = once.substr(once.find("{\"type\":\"Feature\","));
    EXPECT_THAT(refused(once.substr(0, once.size() - 2) + "," + feature),
                HasSubstr("feature 2: zone_id: 'A' comes twice"));
    EXPECT_THAT(refused(R"({"type":"FeatureCollection","features":[{"type":"Feature",
        "properties":{"zone_id":"A"},"geometry":{"type":"Point","coordinates":[-2.7,53.7]}}]})"),
                HasSubstr("A: has no polygon"));
}

TEST(ReadZones, OfAnEmptyCollectionGivesNoneAndSaysSo) {
    const TemporaryFolder folder;
    const ReadZones read =
        read_zones(folder.file("z.geojson", zones_geojson({}, sample_lonlat(), london())));
    EXPECT_TRUE(read.zones.empty());
    EXPECT_EQ(read.warnings.size(), 1U);
}

TEST(ReadZones, RefusesAFileThatIsMissingOrBroken) {
    const TemporaryFolder folder;
    EXPECT_THAT(
        error_text(geo::ErrorKind::input, [&] { read_zones((folder / "none.geojson").string()); }),
        HasSubstr("none.geojson"));
    const std::string half =
        zones_geojson(sample_zones(), sample_lonlat(), london()).substr(0, 900);
    const std::string path = folder.file("half.geojson", half);
    EXPECT_THAT(error_text(geo::ErrorKind::input, [&] { read_zones(path); }),
                HasSubstr("half.geojson"));
}

} // namespace
} // namespace io
