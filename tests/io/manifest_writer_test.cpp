#include "io/manifest_writer.hpp"
#include "published_sample.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace io {
namespace {

using Json = nlohmann::ordered_json;

Manifest full_manifest() {
    Manifest manifest;
    manifest.version = "0.1.0";
    manifest.exit_code = 4;
    manifest.seed = 18'446'744'073'709'551'615U;
    manifest.options = {{"top_wards", std::int64_t{20}},
                        {"overwrite", true},
                        {"min_separation", 1.0},
                        {"config", std::monostate{}},
                        {"incidents.paths", std::vector<std::string>{"a.csv", "b.csv"}},
                        {"incidents.crs", std::string("EPSG:27700")}};
    manifest.inputs = {{"a.csv", std::string(64, 'a'), InputRows{10, 4, 6, 5}},
                       {"PG:dbname=vrn", std::nullopt, std::nullopt}};
    manifest.left_out = {{"not-serious", 5}, {"no-date", 1}};
    manifest.projection = geo::ProjectionFacts{"EPSG:4326", "EPSG:27700", "Helmert", 2.0};
    manifest.plan =
        ManifestPlan{{at("2027-03-27"), at("2027-04-03")}, 3, std::uint64_t{4}, 60, 2, 0, 5};
    manifest.timings_s = {{"read", 0.12345}};
    return manifest;
}

TEST(ManifestJson, SaysWhatTheContractAsks) {
    const Json json = Json::parse(manifest_json(full_manifest(), london()));
    EXPECT_EQ(json["program"], "patrolzones");
    EXPECT_EQ(json["exit_code"], 4);
    EXPECT_EQ(json["seed"].get<std::uint64_t>(), 18'446'744'073'709'551'615U);
    EXPECT_EQ(json["inputs"][0], Json({{"path", "a.csv"},
                                       {"sha256", std::string(64, 'a')},
                                       {"rows_read", 10},
                                       {"rows_used", 4},
                                       {"rows_left_out", 6},
                                       {"rows_baseline", 5}}));
    EXPECT_EQ(json["left_out"], Json({{"not-serious", 5}, {"no-date", 1}}));
    EXPECT_EQ(json["projection"]["accuracy_m"], 2.0);
    EXPECT_EQ(json["plan"]["start"], "2027-03-27T00:00:00+00:00");
    EXPECT_EQ(json["plan"]["end"], "2027-04-03T00:00:00+01:00");
    EXPECT_EQ(json["plan"]["units_needed"], 4);
    EXPECT_EQ(json["timings_s"]["read"], 0.123);
    EXPECT_GT(json["peak_memory_mb"].get<double>(), 1);
}

TEST(ManifestJson, PutsOptionsOfATableInATable) {
    const Json options = Json::parse(manifest_json(full_manifest(), london()))["options"];
    EXPECT_EQ(
        options,
        Json({{"top_wards", 20},
              {"overwrite", true},
              {"min_separation", 1.0},
              {"config", nullptr},
              {"incidents", {{"paths", Json::array({"a.csv", "b.csv"})}, {"crs", "EPSG:27700"}}}}));
}

TEST(ManifestJson, WritesNullForTheChecksumOfADatabaseAndForPartsThatThereAreNot) {
    const Json json = Json::parse(manifest_json(full_manifest(), london()));
    EXPECT_TRUE(json["inputs"][1]["sha256"].is_null());
    EXPECT_FALSE(json["inputs"][1].contains("rows_read"));
    EXPECT_TRUE(json["zones"].is_null());
    const Json empty = Json::parse(manifest_json(Manifest{}, london()));
    for (const char* key : {"projection", "wards", "zones", "plan"}) {
        EXPECT_TRUE(empty[key].is_null()) << key;
    }
}

} // namespace
} // namespace io
