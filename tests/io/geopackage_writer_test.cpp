#include "child_process.hpp"
#include "geo/error.hpp"
#include "io/geopackage_writer.hpp"
#include "io/table_reader.hpp"
#include "published_sample.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <sys/resource.h>

namespace io {
namespace {

const std::vector<std::string> issue_files{"a.csv"};

std::vector<Issue> sample_issues() {
    return {{0, 0, "", Reason::not_serious, 120, std::nullopt},
            {0, 17, "Easting", Reason::stacked_point, 3,
             geo::GridPoint::at_millimetres(331'000'500, 436'000'250)}};
}

PublishedWard sample_ward() {
    return {{cluster::WardCode("X05000001"), "Mereside",
             geo::Polygon::from_wkt("POLYGON((331000 435000,332000 435000,332000 437000,331000 "
                                    "437000,331000 435000))")},
            1,
            40,
            52.5,
            20,
            true,
            1,
            count_band(40)};
}

struct Sample {
    std::vector<PublishedZone> zones = planned_sample_zones();
    std::vector<schedule::Visit> visits = sample_visits();
    std::vector<PublishedWard> wards{sample_ward()};
    std::vector<Issue> issues = sample_issues();

    LayersContent view(IssuePlaces places = IssuePlaces::hidden) const {
        return {
            "EPSG:27700",      zones, visits, wards, issues, issue_files, places, at("2027-03-27"),
            Audience::internal};
    }
};

/// The text of a field of a layer's feature.
std::string cell(const CsvTable& table, std::size_t row, const char* column) {
    return table.rows.at(row).cells.at(table.column(column).value());
}

OGRLayerH layer_of(const DatasetHandle& dataset, const char* name) {
    return GDALDatasetGetLayerByName(dataset.get(), name);
}

class WrittenGeoPackage : public testing::Test {
  protected:
    TemporaryFolder folder;
    std::string path = (folder / "patrolzones.gpkg").string();
};

TEST_F(WrittenGeoPackage, HasItsLayersInTheAnalysisCrs) {
    write_geopackage(path, Sample().view(), london());
    const DatasetHandle dataset = open_vector(path);
    EXPECT_EQ(layer_names(dataset), (std::vector<std::string>{"zones", "rings", "visits", "wards",
                                                              "issues", "layer_styles"}));
    for (const LayerDefinition& layer : layer_definitions().first(5)) {
        const std::string name(layer.name);
        OGRSpatialReferenceH crs = OGR_L_GetSpatialRef(layer_of(dataset, name.c_str()));
        ASSERT_NE(crs, nullptr);
        EXPECT_STREQ(OSRGetAuthorityCode(crs, nullptr), "27700") << name;
    }
}

TEST_F(WrittenGeoPackage, TellsTimesInUtc) {
    write_geopackage(path, Sample().view(), london());
    const CsvTable zones = read_table(path, "zones");
    EXPECT_EQ(cell(zones, 0, "due_by"), "2027/03/30 23:00:00+00");
    EXPECT_EQ(cell(zones, 0, "schedule"), "2027-03-27T23:07:00+00:00");
    const CsvTable visits = read_table(path, "visits");
    EXPECT_EQ(cell(visits, 1, "start_time"), "2027/03/28 01:11:00+00");
    EXPECT_EQ(cell(visits, 1, "shift_day"), "2027/03/27");
}

TEST_F(WrittenGeoPackage, HasTheTypesThatAGisExpects) {
    write_geopackage(path, Sample().view(), london());
    const DatasetHandle dataset = open_vector(path);
    const auto field = [&](const char* layer, const char* name) {
        OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer_of(dataset, layer));
        return OGR_FD_GetFieldDefn(definition, OGR_FD_GetFieldIndex(definition, name));
    };
    EXPECT_EQ(OGR_Fld_GetSubType(field("zones", "rule_ok")), OFSTBoolean);
    EXPECT_EQ(OGR_Fld_GetSubType(field("wards", "chosen")), OFSTBoolean);
    EXPECT_EQ(OGR_Fld_GetType(field("zones", "next_visit")), OFTDateTime);
    EXPECT_EQ(OGR_Fld_GetType(field("zones", "radius_m")), OFTReal);
    EXPECT_EQ(OGR_Fld_GetType(field("zones", "incidents")), OFTInteger64);
    EXPECT_EQ(OGR_Fld_GetType(field("visits", "end_time")), OFTDateTime);
    EXPECT_EQ(OGR_Fld_GetType(field("visits", "shift_day")), OFTDate);
}

TEST_F(WrittenGeoPackage, LeavesAbsentValuesNull) {
    Sample sample;
    sample.zones = sample_zones();
    write_geopackage(path, sample.view(), london());
    const CsvTable zones = read_table(path, "zones");
    for (const char* column : {"count_low", "count_high", "pai", "p_value", "q_value", "peak",
                               "trend", "offences", "visits", "due_by", "rule_ok", "schedule"}) {
        EXPECT_EQ(cell(zones, 1, column), "") << column;
    }
    EXPECT_EQ(cell(zones, 1, "why"), sample.zones[1].why);
}

TEST_F(WrittenGeoPackage, DrawsZonesWithTheAreaOfTheirDisc) {
    write_geopackage(path, Sample().view(), london());
    const DatasetHandle dataset = open_vector(path);
    OGRLayerH zones = layer_of(dataset, "zones");
    const FeatureHandle feature(OGR_L_GetFeature(zones, 2));
    OGRGeometryH outline = OGR_F_GetGeometryRef(static_cast<OGRFeatureH>(feature.get()));
    EXPECT_NEAR(OGR_G_Area(outline), 3.14159265 * 200 * 200, 0.5);
}

TEST_F(WrittenGeoPackage, CarriesTheRankingOfTheWards) {
    write_geopackage(path, Sample().view(), london());
    const CsvTable wards = read_table(path, "wards");
    EXPECT_EQ(cell(wards, 0, "ward_code"), "X05000001");
    EXPECT_EQ(cell(wards, 0, "rank"), "1");
    EXPECT_EQ(cell(wards, 0, "incidents"), "40");
    EXPECT_EQ(cell(wards, 0, "area_km2"), "2");
    EXPECT_EQ(cell(wards, 0, "chosen"), "1");
    EXPECT_EQ(cell(wards, 0, "zones"), "1");
}

/// How many features of the layer `issues` have a geometry.
int issue_places(const std::string& path) {
    const DatasetHandle dataset = open_vector(path);
    OGRLayerH layer = layer_of(dataset, "issues");
    int found = 0;
    while (const FeatureHandle feature{OGR_L_GetNextFeature(layer)}) {
        found += OGR_F_GetGeometryRef(static_cast<OGRFeatureH>(feature.get())) != nullptr ? 1 : 0;
    }
    return found;
}

TEST_F(WrittenGeoPackage, HidesThePlacesOfIssuesUnlessAsked) {
    write_geopackage(path, Sample().view(), london());
    EXPECT_EQ(issue_places(path), 0);
    const CsvTable issues = read_table(path, "issues");
    EXPECT_EQ(cell(issues, 0, "line"), "");
    EXPECT_EQ(cell(issues, 1, "reason"), "stacked-point");
    EXPECT_EQ(cell(issues, 1, "action"), "used");
    const std::string shown = (folder / "shown.gpkg").string();
    write_geopackage(shown, Sample().view(IssuePlaces::shown), london());
    EXPECT_EQ(issue_places(shown), 1);
}

TEST_F(WrittenGeoPackage, HasNoVisitsLayerWhereNothingWasPlanned) {
    const Sample sample;
    LayersContent content = sample.view();
    content.visits = std::nullopt;
    write_geopackage(path, content, london());
    EXPECT_EQ(layer_names(open_vector(path)),
              (std::vector<std::string>{"zones", "rings", "wards", "issues", "layer_styles"}));
}

TEST_F(WrittenGeoPackage, IsIndexedInSpace) {
    write_geopackage(path, Sample().view(), london());
    const DatasetHandle dataset = open_vector(path);
    EXPECT_EQ(OGR_L_TestCapability(layer_of(dataset, "wards"), OLCFastSpatialFilter), 1);
    EXPECT_EQ(OGR_L_TestCapability(layer_of(dataset, "zones"), OLCFastSpatialFilter), 1);
}

TEST_F(WrittenGeoPackage, HoldsTheSameBytesForTheSameContent) {
    write_geopackage(path, Sample().view(), london());
    const std::string again = (folder / "again.gpkg").string();
    write_geopackage(again, Sample().view(), london());
    EXPECT_EQ(content(path), content(again));
}

TEST_F(WrittenGeoPackage, HoldsTenThousandIssues) {
    Sample sample;
    sample.issues.assign(10'000, sample.issues[1]);
    write_geopackage(path, sample.view(IssuePlaces::shown), london());
    EXPECT_EQ(read_table(path, "issues").rows.size(), 10'000U);
}

TEST_F(WrittenGeoPackage, LeavesNoFileWhenItCannotBeWrittenToItsEnd) {
    const int result = in_child([&] {
        // The limit on a file's size fails a write in the middle, as a full disk does.
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{60'000, 60'000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        Sample sample;
        sample.issues.assign(5'000, sample.issues[1]);
        try {
            write_geopackage(path, sample.view(), london());
        } catch (const geo::Error& error) {
            return error.kind() == geo::ErrorKind::input ? 0 : 1;
        }
        return 2;
    });
    EXPECT_EQ(result, 0);
    EXPECT_EQ(listing(folder.path()), std::set<std::string>{});
}

TEST_F(WrittenGeoPackage, RefusesAFolderThatIsNotThere) {
    EXPECT_THROW(write_geopackage(folder / "missing/x.gpkg", Sample().view(), london()),
                 geo::Error);
}

} // namespace
} // namespace io
