#include "io/exclusion_reader.hpp"

#include "tests/io/reading_fixture.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace {

using geo::Metres;
using reading::error_of;
using reading::Folder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

io::ReadExclusions read_places(const Folder& folder, io::ExclusionOptions options) {
    return io::read_exclusions(options, reading::two_wards(folder));
}

/// `easting northing reach` in metres of each place that is a point.
std::vector<std::string> told(const io::ReadExclusions& read) {
    std::vector<std::string> lines;
    for (const io::ExcludedPlace& place : read.places) {
        const auto& point = std::get<geo::GridPoint>(place.shape);
        lines.push_back(fmt::format("{:.0f} {:.0f} {:.0f}", point.easting().value(),
                                    point.northing().value(), place.reach.value()));
    }
    return lines;
}

TEST(ReadExclusions, TableOfPlacesMayGiveEachItsRadius) {
    const Folder folder;
    const auto path = folder.write("places.csv", "Name,Easting,Northing,Radius (m)\n"
                                                 "Custody,330500,436500,120\n"
                                                 "Court,331500,\"436,600\",\n");
    EXPECT_THAT(told(read_places(folder, {{path}, {}, {}})),
                ElementsAre("330500 436500 120", "331500 436600 50"));
    EXPECT_THAT(told(read_places(folder, {{path}, Metres(80), {}})),
                ElementsAre("330500 436500 120", "331500 436600 80"));
}

TEST(ReadExclusions, LongitudeAndLatitudeAreKnownByNameOrByValue) {
    const Folder folder;
    const auto named = folder.write("a.csv", "lon,lat\n-3.05,53.8185\n");
    const auto unnamed = folder.write("b.csv", "X,Y\n-3.05,53.8185\n");
    const auto places = told(read_places(folder, {{named, unnamed}, {}, {}}));
    ASSERT_EQ(places.size(), 2U);
    EXPECT_EQ(places[0], places[1]);
    EXPECT_EQ(places[0], "330971 436314 50");
}

TEST(ReadExclusions, CrsOfATableMayBeNamed) {
    const Folder folder;
    const auto path = folder.write("a.csv", "x,y\n-339524,7135857\n"); // Web Mercator
    const auto places = told(read_places(folder, {{path}, {}, "EPSG:3857"}));
    ASSERT_EQ(places.size(), 1U);
    EXPECT_EQ(places[0], "330971 436314 50");
}

TEST(ReadExclusions, PolygonsAndPointsOfALayerAreBroughtToTheGrid) {
    const Folder folder;
    const auto path = folder.write("places.geojson", R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"buffer":10},"geometry":{"type":"Polygon","coordinates":[[[-3.06,53.815],[-3.05,53.815],[-3.05,53.82],[-3.06,53.82],[-3.06,53.815]]]}},
{"type":"Feature","properties":{"buffer":null},"geometry":{"type":"Polygon","coordinates":[[[-3.06,53.815],[-3.05,53.815],[-3.05,53.82],[-3.06,53.82],[-3.06,53.815]]]}},
{"type":"Feature","properties":{"buffer":null},"geometry":{"type":"MultiPoint","coordinates":[[-3.05,53.8185],[-3.049,53.8185]]}}]})");
    const io::ReadExclusions places = read_places(folder, {{path}, {}, {}});
    ASSERT_EQ(places.places.size(), 4U);
    const auto& polygon = std::get<geo::Polygon>(places.places[0].shape);
    EXPECT_NEAR(polygon.area().square_kilometres(), 0.366, 0.01);
    EXPECT_EQ(places.places[0].reach, Metres(10));
    EXPECT_EQ(places.places[1].reach, Metres(0)) << "inside the polygon, nothing beyond";
    EXPECT_EQ(places.places[3].reach, Metres(50));
    EXPECT_THAT(places.warnings, IsEmpty());
}

TEST(ReadExclusions, FileWithNoPlaceNearTheWardsIsWarnedOf) {
    const Folder folder;
    const auto far = folder.write("far.csv", "easting,northing\n430500,236500\n");
    const auto near = folder.write("near.csv", "easting,northing\n332040,436500\n");
    const io::ReadExclusions places = read_places(folder, {{far, near}, {}, {}});
    ASSERT_EQ(places.warnings.size(), 1U) << "40 m beside the ward is near for a radius of 50 m";
    EXPECT_THAT(places.warnings[0], HasSubstr("far.csv: no place of it lies near the wards"));
}

struct BadPlaces {
    const char* what;
    const char* file;
    const char* text; ///< nullptr: the file is not there
    const char* says;
};

class BadExclusions : public testing::TestWithParam<BadPlaces> {};

TEST_P(BadExclusions, AreRefusedInOneLineWithPlaceAndRemedy) {
    const Folder folder;
    const std::string path = GetParam().text != nullptr
                                 ? folder.write(GetParam().file, GetParam().text)
                                 : folder.path(GetParam().file);
    const geo::Error error = error_of([&] { read_places(folder, {{path}, {}, {}}); });
    EXPECT_EQ(error.kind(), geo::ErrorKind::input);
    EXPECT_THAT(error.what(), testing::StartsWith(path));
    EXPECT_THAT(error.what(), HasSubstr(GetParam().says));
    EXPECT_THAT(error.what(), testing::Not(HasSubstr("\n")));
}

INSTANTIATE_TEST_SUITE_P(
    ReadExclusions, BadExclusions,
    testing::Values(
        BadPlaces{"missing", "a.csv", nullptr, "no such file"},
        BadPlaces{"no_columns", "a.csv", "Name,Town\nCustody,Blackpool\n",
                  "no coordinates recognised among the columns 'Name', 'Town'"},
        BadPlaces{"no_number", "a.csv", "Name,Easting,Northing\nA,330500,436500\nB,here,436500\n",
                  "line 3: Easting: 'here' is no coordinate"},
        BadPlaces{"empty_cell", "a.csv", "Easting,Northing\n330500,\n",
                  "line 2: Northing: '' is no coordinate; write a number or remove the line"},
        BadPlaces{"radius", "a.csv", "Easting,Northing,Radius\n330500,436500,wide\n",
                  "line 2: Radius: 'wide' is no radius; write metres from 0 to 5000"},
        BadPlaces{"radius_too_large", "a.csv", "Easting,Northing,Radius\n330500,436500,9000\n",
                  "'9000' is no radius"},
        BadPlaces{"header_only", "a.csv", "Easting,Northing\n", "no places in it"},
        BadPlaces{"off_the_earth", "a.csv", "lon,lat\n-3,53\n-3,253\n",
                  "line 3: it has no place on the grid if its coordinates are EPSG:4326"},
        BadPlaces{
            "line", "a.geojson",
            R"({"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[-3,53],[-3.1,53]]}})",
            "feature 1: it is neither a point nor a polygon"},
        BadPlaces{"no_geometry", "a.geojson",
                  R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[-3,53]}},
{"type":"Feature","properties":{"a":1},"geometry":null}]})",
                  "feature 2: there is no point and no polygon"}),
    [](const auto& tested) { return std::string(tested.param.what); });

} // namespace
