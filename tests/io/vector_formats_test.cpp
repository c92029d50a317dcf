#include "reading_fixture.hpp"

#include <gdal_utils.h>

#include <algorithm>
#include <array>
#include <vector>

namespace {

using reading::Folder;

/// One export, five rows: three that count, one elsewhere, one of another offence.
constexpr std::string_view crimes = "Reference,HO Class,Date From,Easting,Northing\n"
                                    "A1,8N,2024-03-02 21:15,330500,436500\n"
                                    "A2,1,2024-04-02 23:00,331500.5,436500.25\n"
                                    "A3,008N,2024-05-02 01:00,330100,436900\n"
                                    "A4,8N,2024-05-02 01:00,400000,436900\n"
                                    "A5,99,2024-05-02 01:00,330100,436900\n";

/// Writes the export in another format with GDAL's own driver, as points; returns its path.
std::string converted(const Folder& folder, const std::string& driver, const std::string& name) {
    GDALAllRegister();
    const std::string source = folder.write("crimes.csv", crimes);
    std::vector<std::string> words{"-f", driver, "-a_srs", "EPSG:27700"};
    if (driver == "KML") { // which is longitude and latitude always
        words = {"-f", driver, "-s_srs", "EPSG:27700", "-t_srs", "EPSG:4326"};
    }
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    const std::array<const char*, 3> columns{"X_POSSIBLE_NAMES=Easting",
                                             "Y_POSSIBLE_NAMES=Northing", nullptr};
    GDALDatasetH from =
        GDALOpenEx(source.c_str(), GDAL_OF_VECTOR, nullptr, columns.data(), nullptr);
    const std::string target = folder.path(name);
    GDALVectorTranslateOptions* options = GDALVectorTranslateOptionsNew(arguments.data(), nullptr);
    int failed = 0;
    GDALDatasetH to = GDALVectorTranslate(target.c_str(), nullptr, 1, &from, options, &failed);
    EXPECT_NE(to, nullptr) << driver;
    GDALVectorTranslateOptionsFree(options);
    GDALClose(to);
    GDALClose(from);
    return target;
}

struct Format {
    std::string driver;
    std::string file;
};

class VectorFormats : public testing::TestWithParam<Format> {};

TEST_P(VectorFormats, GiveTheSameIncidentsAsTheCsvTheyWereMadeFrom) {
    const Folder folder;
    auto options = reading::options_for({converted(folder, GetParam().driver, GetParam().file)});
    const io::ReadIncidents read = reading::read(folder, options);
    ASSERT_EQ(read.files.size(), 1U);
    EXPECT_EQ(read.files.front().rows.rows_read, 5U);
    EXPECT_EQ(read.files.front().rows.rows_used, 3U);
    ASSERT_EQ(read.table.incidents.size(), 3U);
    // FlatGeobuf gives its features in the order of its index, so find the row by its time.
    const geo::Instant spring =
        std::chrono::sys_days(std::chrono::year(2024) / 4 / 2) + std::chrono::hours(22);
    const auto found =
        std::ranges::find_if(read.table.incidents, [&](const cluster::Incident& incident) {
            return incident.when.from == spring;
        });
    ASSERT_NE(found, read.table.incidents.end());
    const geo::GridPoint expected =
        geo::GridPoint::at(geo::Metres(331500.5), geo::Metres(436500.25));
    EXPECT_LE(geo::distance(found->place, expected).value(), 0.01);
    EXPECT_EQ(found->ward, 1U);
}

INSTANTIATE_TEST_SUITE_P(Drivers, VectorFormats,
                         testing::Values(Format{"CSV", "again.csv"}, Format{"GPKG", "crimes.gpkg"},
                                         Format{"GeoJSON", "crimes.geojson"},
                                         Format{"FlatGeobuf", "crimes.fgb"},
                                         Format{"XLSX", "crimes.xlsx"}, Format{"KML", "crimes.kml"},
                                         Format{"ESRI Shapefile", "crimes.shp"}),
                         [](const testing::TestParamInfo<Format>& format) {
                             std::string name = format.param.driver;
                             std::erase(name, ' ');
                             return name;
                         });

TEST(VectorFormats, AConnectionStringAndAFileAreReadTogether) {
    const Folder folder;
    const std::string vrt = folder.write(
        "layers.vrt", "<OGRVRTDataSource><OGRVRTLayer name=\"crimes\"><SrcDataSource>" +
                          converted(folder, "GPKG", "crimes.gpkg") +
                          "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
    const std::string csv =
        folder.write("more.csv", "Reference,HO Class,Date From,Easting,Northing\n"
                                 "B1,8N,2024-06-02 21:15,330600,436600\n");
    const io::ReadIncidents read = reading::read(folder, reading::options_for({vrt, csv}));
    EXPECT_EQ(read.table.incidents.size(), 4U);
    EXPECT_EQ(read.files.size(), 2U);
}

} // namespace
