#include "io/zones_writer.hpp"
#include "published_sample.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace io {
namespace {

using Json = nlohmann::ordered_json;

Json written(const std::vector<PublishedZone>& zones) {
    return Json::parse(zones_geojson(zones, sample_lonlat(), london()));
}

std::vector<std::string> keys(const Json& object) {
    std::vector<std::string> names;
    for (const auto& [key, value] : object.items()) {
        names.push_back(key);
    }
    return names;
}

TEST(ZonesGeojson, HasTheContractsKeysInOneOrderWithAndWithoutAPlan) {
    const std::vector<std::string> contract{
        "zone_id",  "name",       "ward_code", "ward_name", "rank",       "ward_rank",
        "radius_m", "easting",    "northing",  "incidents", "count_low",  "count_high",
        "weight",   "ward_share", "pai",       "p_value",   "q_value",    "peak",
        "trend",    "offences",   "visits",    "visit_min", "last_visit", "next_visit",
        "due_by",   "max_gap_h",  "rule_ok",   "schedule",  "why"};
    for (const auto& zones : {sample_zones(), planned_sample_zones()}) {
        const Json collection = written(zones);
        ASSERT_EQ(collection["features"].size(), 2U);
        for (const Json& feature : collection["features"]) {
            EXPECT_EQ(keys(feature["properties"]), contract);
        }
    }
    for (const std::string& key : contract) {
        EXPECT_LE(key.size(), 10U) << key;
    }
}

TEST(ZonesGeojson, GivesCentreAndRadiusExactly) {
    const Json properties = written(sample_zones())["features"][0]["properties"];
    EXPECT_EQ(properties["easting"].dump(), "331234.567");
    EXPECT_EQ(properties["northing"].dump(), "436000.125");
    EXPECT_EQ(properties["radius_m"].dump(), "162.5");
}

TEST(ZonesGeojson, WritesRealNumbersWithADecimalSoThatEveryReaderSeesOneType) {
    const Json properties = written(sample_zones())["features"][1]["properties"];
    EXPECT_EQ(properties["radius_m"].dump(), "200.0");
    EXPECT_EQ(properties["weight"].dump(), "7.0");
}

TEST(ZonesGeojson, OutlineIsAClosedCounterClockwiseRingOfSevenDecimals) {
    const Json document = written(sample_zones());
    for (const Json& feature : document["features"]) {
        EXPECT_EQ(feature["geometry"]["type"], "Polygon");
        ASSERT_EQ(feature["geometry"]["coordinates"].size(), 1U);
        const Json& ring = feature["geometry"]["coordinates"][0];
        ASSERT_EQ(ring.size(), 129U);
        EXPECT_EQ(ring.front(), ring.back());
        double twice_area = 0;
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const double x = ring[i][0];
            const double y = ring[i][1];
            EXPECT_EQ(std::round(x * 1e7) / 1e7, x);
            EXPECT_EQ(std::round(y * 1e7) / 1e7, y);
            twice_area += x * ring[i + 1][1].get<double>() - ring[i + 1][0].get<double>() * y;
        }
        EXPECT_GT(twice_area, 0);
    }
}

TEST(ZonesGeojson, WritesTimesInLocalTimeWithTheirOffset) {
    const Json collection = written(planned_sample_zones());
    const Json& before = collection["features"][0]["properties"];
    EXPECT_EQ(before["last_visit"], "2027-03-26T22:00:00+00:00");
    EXPECT_EQ(before["next_visit"], "2027-03-27T23:07:00+00:00");
    EXPECT_EQ(before["due_by"], "2027-03-31T00:00:00+01:00");
    const Json& after = collection["features"][1]["properties"];
    EXPECT_EQ(after["schedule"], Json({"2027-03-28T02:11:00+01:00"}));
    EXPECT_EQ(after["last_visit"], nullptr);
    EXPECT_EQ(after["rule_ok"], false);
    EXPECT_EQ(after["visits"], 1);
}

TEST(ZonesGeojson, LeavesAbsentEvidenceNull) {
    const Json properties = written(sample_zones())["features"][1]["properties"];
    for (const char* key : {"count_low", "count_high", "pai", "p_value", "q_value", "peak", "trend",
                            "offences", "visits", "schedule", "rule_ok"}) {
        EXPECT_TRUE(properties[key].is_null()) << key;
    }
}

TEST(ZonesGeojson, NeverRoundsAProbabilityToNothing) {
    auto zones = sample_zones();
    zones[0].evidence.p_value = 1.23456e-9;
    EXPECT_EQ(written(zones)["features"][0]["properties"]["p_value"].get<double>(), 1.235e-9);
}

TEST(ZonesGeojson, HasNoCrsMemberAndOneFeatureALine) {
    const std::string text = zones_geojson(sample_zones(), sample_lonlat(), london());
    EXPECT_FALSE(Json::parse(text).contains("crs"));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
    EXPECT_TRUE(text.ends_with("\n]}\n"));
}

TEST(ZonesGeojson, OfNoZoneIsAnEmptyCollection) {
    const Json collection = written({});
    EXPECT_EQ(collection["type"], "FeatureCollection");
    EXPECT_TRUE(collection["features"].is_array());
    EXPECT_TRUE(collection["features"].empty());
}

TEST(ZonesGeojson, SurvivesANameThatIsNotUtf8) {
    auto zones = sample_zones();
    zones[0].name = "Caf\xE9";
    EXPECT_EQ(written(zones)["features"][0]["properties"]["name"], "Caf\xEF\xBF\xBD");
}

} // namespace
} // namespace io
