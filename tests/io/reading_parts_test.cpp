#include "geo/error.hpp"
#include "io/field_mapping.hpp"
#include "io/gdal.hpp"
#include "io/number_text.hpp"
#include "io/offence_definition.hpp"
#include "io/stacked_points.hpp"
#include "tests/io/reading_fixture.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace {

using io::Field;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(ReadNumber, TakesWhatExportsWrite) {
    EXPECT_EQ(io::read_number("359012"), 359012);
    EXPECT_EQ(io::read_number(" -3.0512 "), -3.0512);
    EXPECT_EQ(io::read_number("+53.8"), 53.8);
    EXPECT_EQ(io::read_number("359,012"), 359012);
    EXPECT_EQ(io::read_number("1,359,012.25"), 1359012.25);
    EXPECT_EQ(io::read_number("359 012"), 359012);
}

TEST(ReadNumber, RefusesWhatIsNoNumber) {
    for (const char* text : {"", " ", "abc", "12a", "nan", "inf", "1e999", "3,05", "35,9012",
                             ",359", "359,", "1,2345,678", "--3", "+-3", "1.2.3", "12-3"}) {
        EXPECT_FALSE(io::read_number(text)) << text;
    }
}

TEST(NormalCode, WrittenFormsOfOneClassAreEqual) {
    EXPECT_EQ(io::normal_code("4/1"), io::normal_code("4.1"));
    EXPECT_EQ(io::normal_code("004/01"), io::normal_code("4.1"));
    EXPECT_EQ(io::normal_code(" 8n "), io::normal_code("008N"));
    EXPECT_EQ(io::normal_code("8 N"), "8N");
    EXPECT_NE(io::normal_code("4.1"), io::normal_code("4.10"));
    EXPECT_EQ(io::normal_code("10D"), "10D");
    EXPECT_EQ(io::normal_code("0"), "0");
}

TEST(MatchesAny, StarStandsForAnyText) {
    EXPECT_TRUE(io::matches_any(" No  Crime - transferred", {"no crime*"}));
    EXPECT_TRUE(io::matches_any("CANCELLED", {"x", "*cancel*"}));
    EXPECT_TRUE(io::matches_any("abcabd", {"*ab*d"}));
    EXPECT_FALSE(io::matches_any("not cancelled", {"cancel*"}));
    EXPECT_FALSE(io::matches_any("open", {}));
}

TEST(ParseDefinition, KeepsTheOrderOfGravityAndTheWeights) {
    const io::OffenceDefinition definition =
        io::parse_definition("name = \"mine\"\noffences = [{name = \"Homicide\", codes = [\"1\", "
                             "\"4/1\"], weight = 74},\n"
                             "{code = \"8n\"}, {category = \"Robbery\", name = \"Robbery\"}]",
                             "file");
    EXPECT_EQ(definition.name, "mine");
    ASSERT_EQ(definition.offences.size(), 3U);
    EXPECT_EQ(definition.offences[0].weight, 74);
    EXPECT_THAT(definition.offences[0].codes, ElementsAre("1", "4.1"));
    EXPECT_EQ(definition.offences[1].name, "8N");
    EXPECT_THAT(definition.offences[2].categories, ElementsAre("robbery"));
}

TEST(ParseDefinition, FaultsSayTheLineAndTheRemedy) {
    const auto says = [](const char* text) {
        const geo::Error error = reading::error_of([&] { io::parse_definition(text, "x"); });
        EXPECT_EQ(error.kind(), geo::ErrorKind::usage);
        return std::string(error.what());
    };
    EXPECT_THAT(says("name = \"x\"\ncode = [\"1\"]"),
                HasSubstr("line 2: unknown key 'code'; did you mean 'codes'?"));
    EXPECT_THAT(says("name = \"x\""), HasSubstr("no offence is defined"));
    EXPECT_THAT(says("codes = [1]"), HasSubstr("line 1: codes must be a text in quotes"));
    EXPECT_THAT(says("offences = [{code = \"1\", weight = 0}]"),
                HasSubstr("weight must be a number above 0"));
    EXPECT_THAT(says("codes = ["), HasSubstr("line 1"));
}

TEST(OffenceLookup, FindsCategoriesCodesAndLeadingCodes) {
    const io::OffenceDefinition definition = io::parse_definition(
        "offences = [{codes = [\"4.1\"]}, {codes = [\"8N\"], categories = [\"Robbery\"]}]", "x");
    io::OffenceLookup lookup(definition);
    for (int again = 0; again < 2; ++again) {
        EXPECT_EQ(lookup.find("004/1")->offence, 0);
        EXPECT_EQ(lookup.find("8N Assault with injury")->offence, 1);
        EXPECT_EQ(lookup.find(" ROBBERY ")->offence, 1);
        EXPECT_FALSE(lookup.find("8"));
        EXPECT_FALSE(lookup.find(""));
        EXPECT_FALSE(lookup.find("4.10"));
        EXPECT_FALSE(lookup.find("Robbery of a bank"));
    }
    EXPECT_NE(lookup.find("8N")->written, lookup.find("Robbery")->written);
}

TEST(Definitions, BuiltInOneForPoliceDataIsWarnedOf) {
    const io::OffenceDefinition& definition = io::data_police_uk_definition();
    EXPECT_TRUE(definition.warning);
    io::OffenceLookup lookup(definition);
    EXPECT_TRUE(lookup.find("Violence and sexual offences"));
    EXPECT_TRUE(lookup.find("Robbery"));
    EXPECT_FALSE(lookup.find("Anti-social behaviour"));
}

io::FieldMapping mapped(const std::vector<std::string>& columns,
                        const io::IncidentColumns& configured = {}) {
    return io::map_fields(columns, configured, io::CoordinatePreference::grid);
}

TEST(MapFields, KnowsDataPoliceUk) {
    const io::FieldMapping mapping = mapped(
        {"Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
         "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context"});
    EXPECT_TRUE(mapping.data_police_uk);
    EXPECT_EQ(mapping.coordinates, io::CoordinateKind::lon_lat);
    EXPECT_EQ(mapping[Field::x], 4U);
    EXPECT_EQ(mapping[Field::y], 5U);
    EXPECT_EQ(mapping[Field::from], 1U);
    EXPECT_EQ(mapping[Field::offence], 9U);
    EXPECT_EQ(mapping[Field::reference], 0U);
    EXPECT_EQ(mapping[Field::location], 6U);
    EXPECT_FALSE(mapping[Field::status]);
}

TEST(MapFields, KnowsPoliceExportsWhateverTheirCaseAndPunctuation) {
    const io::FieldMapping mapping =
        mapped({"CRIME_NUMBER", "ho-class", "Crime Location EASTING", "Crime Location NORTHING",
                "Committed From (Date)", "Committed From (Time)", "Committed To Date",
                "Committed To Time", "Status", "Location", "WD23NM", "WD23CD"});
    EXPECT_EQ(mapping.coordinates, io::CoordinateKind::grid);
    EXPECT_EQ(mapping[Field::reference], 0U);
    EXPECT_EQ(mapping[Field::offence], 1U);
    EXPECT_EQ(mapping[Field::x], 2U);
    EXPECT_EQ(mapping[Field::y], 3U);
    EXPECT_EQ(mapping[Field::from], 4U);
    EXPECT_EQ(mapping[Field::from_time], 5U);
    EXPECT_EQ(mapping[Field::to], 6U);
    EXPECT_EQ(mapping[Field::to_time], 7U);
    EXPECT_EQ(mapping[Field::status], 8U);
    EXPECT_EQ(mapping[Field::ward], 11U);
    EXPECT_FALSE(mapping[Field::location]) << "an address must not slip out";
}

TEST(MapFields, ConfiguredColumnWinsOverARecognisedOne) {
    io::IncidentColumns configured;
    configured.offence = "local code";
    configured.x = "Longitude";
    configured.y = "Latitude";
    const io::FieldMapping mapping = mapped(
        {"Easting", "Northing", "Longitude", "Latitude", "HO Class", "Local Code"}, configured);
    EXPECT_EQ(mapping[Field::offence], 5U);
    EXPECT_EQ(mapping[Field::x], 2U);
    EXPECT_EQ(mapping.coordinates, io::CoordinateKind::lon_lat);
}

TEST(MapFields, ConfiguredColumnThatIsNotThereNamesTheNearest) {
    io::IncidentColumns configured;
    configured.status = "Statsu";
    const geo::Error error = reading::error_of([&] { mapped({"X", "Y", "Status"}, configured); });
    EXPECT_EQ(error.kind(), geo::ErrorKind::usage);
    EXPECT_THAT(error.what(),
                HasSubstr("incidents.status: there is no column 'Statsu'; did you mean 'Status'?"));
}

TEST(MapFields, StartTimeAloneHoldsDateAndTime) {
    const io::FieldMapping mapping = mapped({"x", "y", "Start Time", "End Time"});
    EXPECT_EQ(mapping[Field::from], 2U);
    EXPECT_FALSE(mapping[Field::from_time]);
    EXPECT_EQ(mapping[Field::to], 3U);
}

TEST(ImprobableStack, DefaultOfTheGeocoderStandsOut) {
    std::vector<std::uint32_t> sizes(500, 1);
    sizes.push_back(35);
    EXPECT_EQ(io::improbable_stack(sizes), 35U);
    sizes.back() = 19;
    EXPECT_FALSE(io::improbable_stack(sizes)) << "fewer than 20 are never improbable";
}

TEST(ImprobableStack, FewBusyPlacesOfSnappedDataDo) {
    constexpr unsigned seed = 11;
    SCOPED_TRACE(fmt::format("seed {}", seed));
    std::mt19937 random(seed);
    std::lognormal_distribution<double> size(std::log(4.0), 1.0);
    std::vector<std::uint32_t> sizes;
    for (int i = 0; i < 5000; ++i) {
        sizes.push_back(static_cast<std::uint32_t>(size(random)) + 1);
    }
    const auto smallest = io::improbable_stack(sizes).value_or(1000000);
    EXPECT_LE(std::count_if(sizes.begin(), sizes.end(), [&](auto s) { return s >= smallest; }), 5);
    EXPECT_GT(smallest, 90U);

    sizes.push_back(5000);
    ASSERT_TRUE(io::improbable_stack(sizes));
    EXPECT_LE(*io::improbable_stack(sizes), 5000U);
}

TEST(ImprobableStack, NoPointsHaveNone) {
    EXPECT_FALSE(io::improbable_stack({}));
}

TEST(Utf8Text, BytesThatAreNotUtf8AreWindows1252) {
    EXPECT_EQ(io::utf8_text("Caf\xE9 \x80"), "Caf\xC3\xA9 \xE2\x82\xAC");
    EXPECT_EQ(io::utf8_text("Caf\xC3\xA9"), "Caf\xC3\xA9");
    EXPECT_EQ(io::utf8_text(""), "");
}

} // namespace
