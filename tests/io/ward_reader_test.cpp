#include "io/ward_reader.hpp"

#include "tests/io/reading_fixture.hpp"

#include <gmock/gmock.h>

namespace {

using reading::Folder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view square =
    "\"POLYGON((330000 436000,331000 436000,331000 437000,330000 437000,330000 436000))\"";
constexpr std::string_view next =
    "\"POLYGON((331000 436000,332000 436000,332000 437000,331000 437000,331000 436000))\"";
constexpr std::string_view bow =
    "\"POLYGON((330000 436000,331000 437000,331000 436000,330000 437000,330000 436000))\"";

io::ReadWards read(const Folder& folder, const std::string& text, io::WardOptions options = {}) {
    options.path = folder.write("w.csv", text);
    if (!options.crs) {
        options.crs = "EPSG:27700";
    }
    return io::read_wards(options, {});
}

std::string row(std::string_view shape, std::string_view rest) {
    return std::string(shape) + "," + std::string(rest) + "\n";
}

TEST(ReadWards, ComeInTheOrderOfTheirCodes) {
    const Folder folder;
    const io::ReadWards wards = reading::two_wards(folder);
    ASSERT_EQ(wards.wards.size(), 2U);
    EXPECT_EQ(wards.wards[0].code.text(), "E1");
    EXPECT_EQ(wards.wards[0].name, "Claremont");
    EXPECT_EQ(wards.analysis_crs, "EPSG:27700");
    EXPECT_NEAR(wards.wards[0].shape.area().value(), 1e6, 1);
    EXPECT_THAT(wards.warnings, IsEmpty());
}

class WardColumns : public testing::TestWithParam<const char*> {};

TEST_P(WardColumns, AreRecognised) {
    const Folder folder;
    const io::ReadWards wards =
        read(folder, std::string("WKT,") + GetParam() + "\n" + row(square, "E1,Claremont"));
    EXPECT_EQ(wards.wards.at(0).code.text(), "E1");
    EXPECT_EQ(wards.wards.at(0).name, "Claremont");
}

INSTANTIATE_TEST_SUITE_P(ReadWards, WardColumns,
                         testing::Values("WD23CD,WD23NM", "wd11cd,wd11nm", "Wd24Cd,Wd24Nm",
                                         "ward_code,ward_name", "WARD_CODE,WARD_NAME",
                                         "WARDCODE,Name"));

TEST(ReadWards, TakesTheColumnsThatAreConfigured) {
    const Folder folder;
    io::WardOptions options;
    options.code = "id";
    options.name = "beat";
    const io::ReadWards wards = read(folder, "WKT,beat,id\n" + row(square, "North,7"), options);
    EXPECT_EQ(wards.wards.at(0).code.text(), "7");
    EXPECT_EQ(wards.wards.at(0).name, "North");
}

TEST(ReadWards, FeaturesWithOneCodeAreOneWard) {
    const Folder folder;
    const io::ReadWards wards = read(folder, "WKT,WD23CD,WD23NM\n" + row(square, "E1,Claremont") +
                                                 row(next, "E1,Claremont"));
    ASSERT_EQ(wards.wards.size(), 1U);
    EXPECT_EQ(wards.rows_read, 2U);
    EXPECT_NEAR(wards.wards[0].shape.area().value(), 2e6, 1);
}

TEST(ReadWards, InvalidBoundaryIsRepairedAndNamed) {
    const Folder folder;
    const io::ReadWards wards = read(folder, "WKT,WD23CD\n" + row(bow, "E1") + row(next, "E2"));
    EXPECT_THAT(wards.warnings, ElementsAre("1 invalid ward boundary was repaired: E1"));
    EXPECT_NEAR(wards.wards[0].shape.area().value(), 5e5, 1);
    EXPECT_EQ(wards.wards[0].name, "E1");
}

TEST(ReadWards, GeneralisedBoundariesAreWarnedOf) {
    const Folder folder;
    io::WardOptions options;
    options.path = folder.write("Wards_December_2023_Boundaries_UK_BSC.csv",
                                "WKT,WD23CD\n" + row(square, "E1"));
    options.crs = "EPSG:27700";
    EXPECT_THAT(io::read_wards(options, {}).warnings, ElementsAre(HasSubstr("generalised")));
}

TEST(ReadWards, DegreesAreBroughtToTheNationalGrid) {
    const Folder folder;
    const std::string path = folder.write("w.geojson", R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"WD23CD":"E1","WD23NM":"Claremont"},"geometry":{"type":"Polygon","coordinates":
[[[-3.06,53.81],[-3.04,53.81],[-3.04,53.82],[-3.06,53.82],[-3.06,53.81]]]}}]})");
    const io::ReadWards wards = io::read_wards({path, {}, {}, {}, {}}, {});
    EXPECT_EQ(wards.crs, "EPSG:4326");
    EXPECT_EQ(wards.analysis_crs, "EPSG:27700");
    EXPECT_NEAR(wards.area[0], -3.06, 1e-9);
    EXPECT_NEAR(wards.area[3], 53.82, 1e-9);
    // 0.02 degrees by 0.01 degrees at 53.8 north: 1317 m by 1113 m.
    EXPECT_NEAR(wards.wards[0].shape.area().value(), 1317.0 * 1113.0, 0.005 * 1317 * 1113);
}

struct BadWards {
    const char* what;
    std::string text;
    const char* says;
};

class UnusableWards : public testing::TestWithParam<BadWards> {};

TEST_P(UnusableWards, EndInOneLineWithTheRemedy) {
    const Folder folder;
    io::WardOptions options;
    options.path = folder.write("w.csv", GetParam().text);
    const geo::Error error = reading::error_of([&] { io::read_wards(options, {}); });
    EXPECT_EQ(error.kind(), geo::ErrorKind::input);
    EXPECT_THAT(error.what(), HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(ReadWards, UnusableWards,
                         testing::Values(BadWards{"no_code", "WKT,area\n" + row(square, "x"),
                                                  "'WKT', 'area'; name the column"},
                                         BadWards{"no_crs", "WKT,WD23CD\n" + row(square, "E1"),
                                                  "set crs under [wards]"},
                                         BadWards{"empty", "", "is empty"}),
                         [](const auto& tested) { return std::string(tested.param.what); });

TEST(ReadWards, UnknownCrsIsRefused) {
    const Folder folder;
    io::WardOptions options;
    options.crs = "EPSG:999999";
    const geo::Error error =
        reading::error_of([&] { read(folder, "WKT,WD23CD\n" + row(square, "E1"), options); });
    EXPECT_EQ(error.kind(), geo::ErrorKind::input);
    EXPECT_THAT(error.what(), HasSubstr("EPSG:999999"));
}

TEST(ReadWards, PointsAreNoWards) {
    const Folder folder;
    const geo::Error error =
        reading::error_of([&] { read(folder, "WKT,WD23CD\nPOINT(330000 436000),E1\n"); });
    EXPECT_THAT(error.what(), HasSubstr("is no polygon"));
}

} // namespace
