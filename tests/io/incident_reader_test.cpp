#include "io/incident_reader.hpp"

#include "tests/io/reading_fixture.hpp"

#include <cpl_vsi.h>
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>
#include <random>

namespace {

using io::Reason;
using reading::error_of;
using reading::Folder;
using reading::options_for;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view header = "URN,HO Class,Easting,Northing,Date From,Date To,Status,Ward\n";

/// `line reason` of each issue, in order.
std::vector<std::string> told(const io::ReadIncidents& read) {
    std::vector<std::string> lines;
    for (const io::Issue& issue : read.issues) {
        lines.push_back(fmt::format("{} {}", issue.line, io::code(issue.reason)));
    }
    return lines;
}

void expect_reconciled(const io::ReadIncidents& read) {
    std::vector<std::uint64_t> left_out(read.parts.size());
    for (const io::Issue& issue : read.issues) {
        left_out[issue.file] += io::action(issue.reason) == io::Action::left_out ? issue.rows : 0;
    }
    std::vector<io::RowCounts> by_file(read.files.size());
    std::uint64_t used = 0;
    for (std::size_t p = 0; p < read.parts.size(); ++p) {
        const io::RowCounts& rows = read.parts[p].rows;
        EXPECT_EQ(rows.rows_read, rows.rows_used + rows.rows_left_out) << read.parts[p].name;
        EXPECT_EQ(rows.rows_left_out, left_out[p]) << read.parts[p].name;
        used += rows.rows_used;
        io::RowCounts& sum = by_file[read.parts[p].file];
        sum.rows_read += rows.rows_read;
        sum.rows_used += rows.rows_used;
        sum.rows_left_out += rows.rows_left_out;
        sum.rows_baseline += rows.rows_baseline;
    }
    EXPECT_EQ(used, read.table.incidents.size());
    for (std::size_t f = 0; f < read.files.size(); ++f) {
        EXPECT_EQ(by_file[f], read.files[f].rows);
    }
}

io::ReadIncidents read_rows(std::string_view rows,
                            io::IncidentOptions options = reading::options_for({})) {
    const Folder folder;
    options.paths = {folder.write("export.csv", std::string(header) + std::string(rows))};
    io::ReadIncidents result = reading::read(folder, options);
    expect_reconciled(result);
    return result;
}

TEST(ReadIncidents, EveryReasonIsGivenToTheRowThatHasIt) {
    const io::ReadIncidents read = read_rows("A1,8N,330500,436500,01/02/2024,,,\n"  // 2 used
                                             "A2,34B,330500,436500,01/02/2024,,,\n" // 3 not serious
                                             "A3,8N,,436500,01/02/2024,,,\n"        // 4
                                             "A4,8N,0,0,01/02/2024,,,\n"            // 5
                                             "A5,8N,436500,330500,01/02/2024,,,\n"  // 6
                                             "A6,8N,340000,436500,01/02/2024,,,\n"  // 7
                                             "A7,8N,330500,436500,,,,\n"            // 8
                                             "A8,8N,330500,436500,01/02/2025,,,\n"  // 9
                                             "A9,8N,330500,436500,02/02/2024,01/02/2024,,\n" // 10
                                             "A1,8N,330500,436500,01/02/2024,,,\n"           // 11
                                             "A1,1,330500,436500,01/02/2024,,Cancelled,\n"   // 12
                                             "B1,8N,330500,436500,01/02/2024,,cancelled,\n"  // 13
                                             "B2,8N,here,436500,01/02/2024,,,\n"             // 14
                                             "B3,8N,330500,436500,soon,,,\n"                 // 15
                                             "B4,8N,330500,nan,01/02/2024,,,\n");            // 16
    EXPECT_THAT(told(read),
                ElementsAre("0 not-serious", "2 rounded-coordinates", "4 no-coordinates",
                            "5 zero-coordinates", "6 axes-swapped", "7 outside-area", "8 no-date",
                            "9 future-date", "10 to-before-from", "11 duplicate",
                            "12 same-incident", "13 cancelled", "14 unreadable", "15 unreadable",
                            "16 unreadable"));
    EXPECT_EQ(read.table.incidents.size(), 1U);
}

TEST(ReadIncidents, ColumnAtFaultIsNamed) {
    const io::ReadIncidents read = read_rows("A3,8N,330501,,01/02/2024,,,\n"
                                             "A7,8N,330501,436501,,,,\n"
                                             "A9,8N,330501,436501,02/02/2024,01/02/2024,,\n"
                                             "B1,8N,330501,436501,01/02/2024,,cancelled,\n"
                                             "B3,8N,330501,436501,01/02/2024,soon,,\n");
    std::vector<std::string> columns;
    for (const io::Issue& issue : read.issues) {
        columns.push_back(issue.column);
    }
    EXPECT_THAT(columns, ElementsAre("Northing", "Date From", "Date To", "Status", "Date To"));
}

TEST(ReadIncidents, FirstReasonInTheOrderOfTheContractIsGiven) {
    auto options = reading::options_for({});
    options.from = reading::day("2024-02-01");
    options.to = reading::day("2024-02-29");
    const io::ReadIncidents read =
        read_rows("A1,34B,,,01/02/2030,,cancelled,\n" // not serious, before all else
                  "A2,8N,,,01/03/2024,,cancelled,\n"  // outside the window, before coordinates
                  "A3,8N,,,,,cancelled,\n"            // no coordinates, before the date
                  "A4,8N,340000,436500,,,cancelled,\n"
                  "A5,8N,330501,436501,,,cancelled,\n",
                  options);
    EXPECT_THAT(told(read), ElementsAre("0 not-serious", "0 outside-window", "4 no-coordinates",
                                        "5 outside-area", "6 no-date"));
}

TEST(ReadIncidents, BothDaysOfTheWindowAreInIt) {
    auto options = reading::options_for({});
    options.from = reading::day("2024-02-01");
    options.to = reading::day("2024-02-29");
    const io::ReadIncidents read = read_rows("A1,8N,330501,436501,31/01/2024 23:59,,,\n"
                                             "A2,8N,330501,436501,01/02/2024 00:00,,,\n"
                                             "A3,8N,330501,436501,29/02/2024 23:59,,,\n"
                                             "A4,8N,330501,436501,01/03/2024 00:00,,,\n",
                                             options);
    EXPECT_EQ(read.table.incidents.size(), 2U);
    ASSERT_EQ(read.issues.size(), 1U);
    EXPECT_EQ(read.issues[0].reason, Reason::outside_window);
    EXPECT_EQ(read.issues[0].rows, 2U);
}

TEST(ReadIncidents, MonthLiesInTheWindowOnlyIfAllOfItDoes) {
    auto options = reading::options_for({});
    options.from = reading::day("2024-02-01");
    options.to = reading::day("2024-03-30");
    const io::ReadIncidents read = read_rows("A1,8N,330501,436501,2024-02,,,\n"
                                             "A2,8N,330501,436501,2024-03,,,\n",
                                             options);
    ASSERT_EQ(read.table.incidents.size(), 1U);
    EXPECT_EQ(read.table.month_only, 1U);
    EXPECT_EQ(read.table.incidents[0].precision, cluster::TimePrecision::month);
    EXPECT_EQ(read.table.incidents[0].when.length(), std::chrono::hours(29 * 24));
}

TEST(ReadIncidents, StartDecidesAndTheEndWhereThereIsNoStart) {
    auto options = reading::options_for({});
    options.from = reading::day("2024-02-01");
    options.to = reading::day("2024-02-29");
    const io::ReadIncidents read = read_rows("A1,8N,330501,436501,31/01/2024,02/02/2024,,\n"
                                             "A2,8N,330501,436501,,02/02/2024,,\n"
                                             "A3,8N,330501,436501,29/02/2024,02/03/2024,,\n",
                                             options);
    EXPECT_EQ(read.table.incidents.size(), 2U);
}

TEST(ReadIncidents, FromAndToMakeAHalfOpenSpan) {
    const io::ReadIncidents read =
        read_rows("A1,8N,330501,436501,01/02/2024 22:00,02/02/2024 01:30,,\n"
                  "A2,8N,330501,436501,01/02/2024 22:00,01/02/2024 22:00,,\n"
                  "A3,8N,330501,436501,01/02/2024,01/02/2024,,\n");
    ASSERT_EQ(read.table.incidents.size(), 3U);
    EXPECT_EQ(read.table.incidents[0].when.length(), std::chrono::minutes(210));
    EXPECT_EQ(read.table.incidents[1].when.length(), std::chrono::minutes(1));
    EXPECT_EQ(read.table.incidents[2].when.length(), std::chrono::hours(24));
    EXPECT_EQ(read.table.incidents[2].precision, cluster::TimePrecision::day);
}

TEST(ReadIncidents, PlaceOnAnEdgeBelongsToTheWardWithTheLowerCode) {
    const io::ReadIncidents read = read_rows("A1,8N,331000,436501,01/02/2024,,,\n"
                                             "A2,8N,331000.001,436501,01/02/2024,,,\n");
    ASSERT_EQ(read.table.incidents.size(), 2U);
    EXPECT_EQ(read.table.incidents[0].ward, 0U);
    EXPECT_EQ(read.table.incidents[1].ward, 1U);
}

TEST(ReadIncidents, GravestRowOfOneReferenceStands) {
    const io::ReadIncidents read = read_rows("A1,8N,330501,436501,01/02/2024,,,\n"
                                             "A1,1,330501,436501,01/02/2024,,,\n"
                                             "A1,8N,330502,436501,01/02/2024,,,\n");
    ASSERT_EQ(read.table.incidents.size(), 1U);
    EXPECT_EQ(read.table.offences[read.table.incidents[0].offence], "1");
    EXPECT_THAT(told(read), ElementsAre("2 same-incident", "4 same-incident"));
}

TEST(ReadIncidents, CancelledOrUnreadableRowNeverDisplacesAUsableOne) {
    const io::ReadIncidents read = read_rows("A1,1,330501,436501,01/02/2024,,Cancelled,\n"
                                             "A1,8N,330501,436501,01/02/2024,,,\n"
                                             "A2,1,x,436501,01/02/2024,,,\n"
                                             "A2,8N,330501,436501,01/02/2024,,,\n");
    EXPECT_EQ(read.table.incidents.size(), 2U);
    EXPECT_THAT(told(read), ElementsAre("2 same-incident", "4 same-incident"));
}

TEST(ReadIncidents, SameRowAfterItsCancelledTwinIsUsed) {
    const io::ReadIncidents read = read_rows("A1,8N,330501,436501,01/02/2024,,Cancelled,\n"
                                             "A1,8N,330501,436501,01/02/2024,,,\n");
    EXPECT_EQ(read.table.incidents.size(), 1U);
    EXPECT_THAT(told(read), ElementsAre("2 same-incident"));
}

TEST(ReadIncidents, RowsWithoutAReferenceAreNeverTheSame) {
    const io::ReadIncidents read = read_rows(",8N,330501,436501,01/02/2024,,,\n"
                                             ",8N,330501,436501,01/02/2024,,,\n"
                                             "N/A,8N,330501,436501,01/02/2024,,,\n"
                                             "N/A,8N,330501,436501,01/02/2024,,,\n");
    EXPECT_EQ(read.table.incidents.size(), 4U);
    EXPECT_THAT(read.issues, IsEmpty());
}

TEST(ReadIncidents, CoordinatesReadAnotherWayAreNamedAndCountedApart) {
    const std::string rows = "A1,8N,436501,330501,01/02/2024,,,\n"    // axes swapped
                             "A2,8N,-3.0500,53.8185,01/02/2024,,,\n"  // lon, lat
                             "A3,8N,53.8185,-3.0500,01/02/2024,,,\n"; // lat, lon
    const io::ReadIncidents left = read_rows(rows);
    EXPECT_EQ(left.axes, (io::AxesCounts{1, 2, 0}));
    EXPECT_THAT(told(left), ElementsAre("2 axes-swapped", "3 axes-swapped", "4 axes-swapped"));
    EXPECT_EQ(left.warnings.size(), 2U);

    auto options = reading::options_for({});
    options.axes = io::AxesRepair::repair;
    const io::ReadIncidents repaired = read_rows(rows, options);
    ASSERT_EQ(repaired.table.incidents.size(), 3U);
    EXPECT_EQ(repaired.table.incidents[0].place,
              geo::GridPoint::at(geo::Metres(330501), geo::Metres(436501)));
    EXPECT_EQ(repaired.table.incidents[1].place, repaired.table.incidents[2].place);
}

TEST(ReadIncidents, DoubtsAreListedAndTheRowsUsed) {
    const io::ReadIncidents read = read_rows("A1,8N,330500,436500,01/02/2024,,,claremont ward\n"
                                             "A2,8N,330501,436501,01/02/2024,,,E1\n"
                                             "A3,8N,330501,436501,01/02/2024,,,Talbot\n");
    EXPECT_EQ(read.table.incidents.size(), 3U);
    EXPECT_THAT(told(read), ElementsAre("2 rounded-coordinates", "4 ward-disagrees"));
}

TEST(ReadIncidents, ImprobableStackIsOneIssueAtItsFirstRow) {
    std::string rows;
    for (int i = 0; i < 60; ++i) {
        rows +=
            fmt::format("A{},8N,{},436501.5,01/02/2024,,,\n", i + 1, i < 40 ? 330001 + i : 330777);
    }
    const io::ReadIncidents read = read_rows(rows);
    ASSERT_EQ(read.issues.size(), 1U);
    EXPECT_EQ(read.issues[0].reason, Reason::stacked_point);
    EXPECT_EQ(read.issues[0].line, 42U);
    EXPECT_EQ(read.issues[0].rows, 20U);
    EXPECT_EQ(read.table.incidents.size(), 60U);
}

TEST(ReadIncidents, OtherCrimesInAWardAndTheWindowAreTheBaseline) {
    auto options = reading::options_for({});
    options.to = reading::day("2024-02-29");
    const io::ReadIncidents read =
        read_rows("A1,34B,330501,436501,01/02/2024,,,\n" // baseline
                  "A2,34B,340501,436501,01/02/2024,,,\n" // in no ward
                  "A3,34B,330501,436501,01/03/2024,,,\n" // outside the window
                  "A4,34B,,436501,01/02/2024,,,\n"       // no place
                  "A5,34B,331501,436501,01/02/2024,,,\n",
                  options);
    ASSERT_EQ(read.table.baseline.size(), 2U);
    EXPECT_EQ(read.table.baseline[1].ward, 1U);
    EXPECT_EQ(read.files[0].rows.rows_baseline, 2U);
    EXPECT_EQ(read.files[0].rows.rows_left_out, 5U);
}

TEST(ReadIncidents, WhatPatrolsGenerateLendsNoStrength) {
    auto options = options_for({});
    options.definition = io::parse_definition(
        "codes = [\"8N\"]\npatrol_generated = [\"10\", \"92\", \"drugs\"]", "test");
    const io::ReadIncidents read = read_rows("A1,092/65,330501,436501,01/02/2024,,,\n"
                                             "A2,Drugs,330501,436501,01/02/2024,,,\n"
                                             "A3,10D,330501,436501,01/02/2024,,,\n"
                                             "A4,104/2,330501,436501,01/02/2024,,,\n",
                                             options);
    ASSERT_EQ(read.table.baseline.size(), 4U) << "the baseline of evidence has them all";
    EXPECT_FALSE(read.table.baseline[0].lends);
    EXPECT_FALSE(read.table.baseline[1].lends);
    EXPECT_FALSE(read.table.baseline[2].lends);
    EXPECT_TRUE(read.table.baseline[3].lends) << "assault on a constable is no weapon";
}

io::ReadIncidents read_marked(io::IncidentOptions options) {
    const Folder folder;
    options.paths = {folder.write("export.csv",
                                  "HO Class,Easting,Northing,Date,Domestic,Location Type\n"
                                  "8N,330501,436501,01/02/2024,Y,Street\n"
                                  "8N,330501,436501,01/02/2024,N,Dwelling house\n"
                                  "8N,330501,436501,01/02/2024,N,Street\n"
                                  "34B,330501,436501,01/02/2024,Y,Street\n"
                                  "8N,330501,436501,01/02/2030,Y,Street\n")};
    options.to = reading::day("2024-12-31");
    io::ReadIncidents result = reading::read(folder, options);
    expect_reconciled(result);
    return result;
}

std::vector<std::string> told_with_rows(const io::ReadIncidents& read) {
    std::vector<std::string> lines;
    for (const io::Issue& issue : read.issues) {
        lines.push_back(fmt::format("{} {} x{}", io::code(issue.reason), issue.column, issue.rows));
    }
    return lines;
}

TEST(ReadIncidents, FiltersHaveReasonsOfTheirOwnOneLineAFile) {
    auto options = options_for({});
    options.filters = {io::usual_domestic_markers(), {"dwelling*"}};
    const io::ReadIncidents read = read_marked(options);
    EXPECT_THAT(told_with_rows(read), ElementsAre("not-serious HO Class x1", "domestic Domestic x2",
                                                  "location-type Location Type x1"));
    EXPECT_EQ(read.table.incidents.size(), 1U);
    EXPECT_THAT(read.warnings, IsEmpty());
}

TEST(ReadIncidents, FiltersOfTheDefinitionServeLikeOptions) {
    auto options = options_for({});
    options.definition->domestic_left_out = {"y"};
    options.filters.location_types = {"dwelling*"};
    EXPECT_EQ(read_marked(options).table.incidents.size(), 1U);
}

TEST(ReadIncidents, FilteredViolenceIsBaselineButLendsNoStrength) {
    auto options = options_for({});
    options.filters = {io::usual_domestic_markers(), {"dwelling*"}};
    const io::ReadIncidents read = read_marked(options);
    ASSERT_EQ(read.table.baseline.size(), 3U) << "the last row lies outside the window";
    EXPECT_FALSE(read.table.baseline[0].lends);
    EXPECT_FALSE(read.table.baseline[1].lends);
    EXPECT_TRUE(read.table.baseline[2].lends);
}

TEST(ReadIncidents, FilterThatLeavesNothingOutIsWarnedOf) {
    auto options = options_for({});
    options.filters = {{"flagged"}, {"prison*"}};
    EXPECT_THAT(read_marked(options).warnings,
                ElementsAre(HasSubstr("--leave-out-domestic left out no row"),
                            HasSubstr("--leave-out-location-types left out no row")));
}

TEST(ReadIncidents, FilterWithoutItsColumnIsRefused) {
    auto options = options_for({});
    options.filters.domestic = {"y"};
    const geo::Error error = error_of([&] { read_rows("A1,8N,1,2,01/02/2024,,,\n", options); });
    EXPECT_EQ(error.kind(), geo::ErrorKind::usage);
    EXPECT_THAT(error.what(), HasSubstr("--leave-out-domestic needs a column"));
    EXPECT_THAT(error.what(), HasSubstr("name it with domestic under [incidents]"));
}

TEST(ReadIncidents, DefinitionThatFiltersByAColumnThatIsNotThereIsWarnedOf) {
    auto options = options_for({});
    options.definition->location_types_left_out = {"dwelling*"};
    EXPECT_THAT(read_rows("A1,8N,330501,436501,01/02/2024,,,\n", options).warnings,
                ElementsAre(HasSubstr("leaves rows out by location_type, but there is no such")));
}

io::WeightTable harm(std::map<std::string, double> by_code) {
    return {"harm.csv", std::move(by_code), {}};
}

TEST(ReadIncidents, TableOfWeightsWinsOverTheDefinition) {
    auto options = options_for({});
    options.definition->offences[0].weight = 3;
    options.weights = harm({{"1", 5475}, {"8", 20}});
    const io::ReadIncidents read = read_rows("A1,8N,330501,436501,01/02/2024,,,\n"
                                             "A2,001,330501,436501,01/02/2024,,,\n",
                                             options);
    ASSERT_EQ(read.table.incidents.size(), 2U);
    EXPECT_EQ(read.table.incidents[0].weight, 20);
    EXPECT_EQ(read.table.incidents[1].weight, 5475);
}

TEST(ReadIncidents, TableThatLacksAClassIsRefused) {
    auto options = options_for({});
    options.weights = harm({{"1", 5475}});
    const geo::Error error =
        error_of([&] { read_rows("A1,1,330501,436501,01/02/2024,,,\n", options); });
    EXPECT_EQ(error.kind(), geo::ErrorKind::usage);
    EXPECT_THAT(error.what(), testing::StartsWith("harm.csv: no weight for 8N"));
}

TEST(ReadIncidents, TableOfWeightsNeedsAnOffenceColumn) {
    const Folder folder;
    auto options =
        options_for({folder.write("a.csv", "Easting,Northing,Date\n330501,436501,2024-01-01\n")});
    options.definition.reset();
    options.weights = harm({{"1", 5475}, {"8N", 20}});
    const geo::Error error = error_of([&] { reading::read(folder, options); });
    EXPECT_EQ(error.kind(), geo::ErrorKind::usage);
    EXPECT_THAT(error.what(), HasSubstr("no offence column for the weights of harm.csv"));
}

TEST(ReadIncidents, GravestRowOfOneReferenceBringsItsWeight) {
    auto options = options_for({});
    options.weights = harm({{"1", 5475}, {"8N", 20}});
    const io::ReadIncidents read = read_rows("A1,8N,330501,436501,01/02/2024,,,\n"
                                             "A1,1,330501,436501,01/02/2024,,,\n"
                                             "A1,8N,330501,436501,02/02/2024,,,\n",
                                             options);
    ASSERT_EQ(read.table.incidents.size(), 1U);
    EXPECT_EQ(read.table.incidents[0].weight, 5475);
    EXPECT_THAT(told(read), ElementsAre("2 same-incident", "4 same-incident"));
}

TEST(ReadIncidents, WithinOneOffenceTheHeavierRowIsGraver) {
    auto options = options_for({});
    options.definition = io::parse_definition(
        R"(offences = [{name = "Homicide", codes = ["4.1", "1"]}, {code = "8N"}])", "test");
    options.weights = harm({{"1", 5475}, {"4.1", 1095}, {"8N", 9999}});
    const io::ReadIncidents read = read_rows("A1,8N,330501,436501,01/02/2024,,,\n"
                                             "A1,4/1,330501,436501,01/02/2024,,,\n"
                                             "A1,1,330501,436501,01/02/2024,,,\n",
                                             options);
    ASSERT_EQ(read.table.incidents.size(), 1U);
    EXPECT_EQ(read.table.incidents[0].weight, 5475)
        << "the definition says what is grave, not the table";
}

TEST(ReadIncidents, RowsAtAnExcludedPlaceAreLeftOutAlsoAsBaseline) {
    auto options = options_for({});
    options.excluded = {
        {geo::GridPoint::at(geo::Metres(330500), geo::Metres(436500)), geo::Metres(50)}};
    const io::ReadIncidents read =
        read_rows("A1,8N,330550,436500,01/02/2024,,,\n"  // on the rim
                  "A2,8N,330551,436500,01/02/2024,,,\n"  // used
                  "A3,34B,330500,436500,01/02/2024,,,\n" // no baseline
                  "A4,34B,330551,436500,01/02/2024,,,\n" // baseline
                  "A5,8N,330501,436501,,,,\n",           // excluded, before its date
                  options);
    EXPECT_THAT(told(read), ElementsAre("0 not-serious", "2 excluded-place", "6 excluded-place"));
    EXPECT_EQ(read.table.incidents.size(), 1U);
    EXPECT_EQ(read.table.baseline.size(), 1U);
    EXPECT_EQ(read.files[0].rows.rows_baseline, 1U);
}

TEST(ReadIncidents, ThousandSeparatorsByteOrderMarkAndWindows1252AreUnderstood) {
    const Folder folder;
    auto options = reading::options_for(
        {folder.write("a.csv", "\xEF\xBB\xBFX,Y,Date,Offence code,Place\n"
                               "\"330,501\",\"436,501.5\",01/02/2024,008n,Caf\xE9 Row\n")});
    options.columns.location = "place";
    const io::ReadIncidents read = reading::read(folder, options);
    ASSERT_EQ(read.table.incidents.size(), 1U);
    EXPECT_EQ(read.table.incidents[0].place,
              geo::GridPoint::at(geo::Metres(330501), geo::Metres(436501.5)));
    EXPECT_THAT(read.table.locations, ElementsAre("Caf\xC3\xA9 Row"));
    EXPECT_FALSE(read.locations_are_public);
}

TEST(ReadIncidents, AddressesAreNotTakenUnlessConfigured) {
    const Folder folder;
    const io::ReadIncidents read = reading::read(
        folder, reading::options_for(
                    {folder.write("a.csv", "Easting,Northing,Date,Offence code,Location,Address\n"
                                           "330501,436501,01/02/2024,8N,1 High St,1 High St\n")}));
    EXPECT_THAT(read.table.locations, IsEmpty());
}

TEST(ReadIncidents, XAndYAreDegreesIfAllTheirValuesCouldBe) {
    const Folder folder;
    const io::ReadIncidents read = reading::read(
        folder, reading::options_for({folder.write("a.csv", "X,Y,Date,Offence code\n"
                                                            "-3.0500,53.8185,01/02/2024,8N\n")}));
    EXPECT_EQ(read.table.incidents.size(), 1U);
    EXPECT_EQ(read.projection.from, "EPSG:4326");
}

TEST(ReadIncidents, PointsOfAGeoJsonNeedNoColumns) {
    const Folder folder;
    const io::ReadIncidents read = reading::read(
        folder,
        reading::options_for({folder.write("a.geojson", R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"offence":"8N","occurred":"2024-02-01T21:00:00"},"geometry":{"type":"Point","coordinates":[-3.05,53.8185]}},
{"type":"Feature","properties":{"offence":"8N","occurred":"2024-02-01T21:00:00"},"geometry":null}]})")}));
    EXPECT_EQ(read.table.incidents.size(), 1U);
    ASSERT_EQ(read.issues.size(), 1U);
    EXPECT_EQ(read.issues[0].reason, Reason::no_coordinates);
    EXPECT_EQ(read.issues[0].line, 2U) << "the second feature";
    EXPECT_EQ(read.issues[0].column, "");
    expect_reconciled(read);
}

TEST(ReadIncidents, WeightColumnWinsOverTheDefinition) {
    const Folder folder;
    auto options =
        reading::options_for({folder.write("a.csv", "X,Y,Date,Offence code,Harm\n"
                                                    "330501,436501,01/02/2024,8N,2.5\n"
                                                    "330501,436501,01/02/2024,8N,\n"
                                                    "330501,436501,01/02/2024,8N,-1\n")});
    options.columns.weight = "harm";
    const io::ReadIncidents read = reading::read(folder, options);
    ASSERT_EQ(read.table.incidents.size(), 2U);
    EXPECT_EQ(read.table.incidents[0].weight, 2.5);
    EXPECT_EQ(read.table.incidents[1].weight, 1);
    EXPECT_THAT(told(read), ElementsAre("4 unreadable"));
}

TEST(ReadIncidents, DateAndTimeInTwoColumnsAreOneInstant) {
    const Folder folder;
    const io::ReadIncidents read = reading::read(
        folder,
        reading::options_for({folder.write(
            "a.csv", "Easting,Northing,Committed From Date,Committed From Time,Offence code\n"
                     "330501,436501,01/07/2024,21:05,8N\n"
                     "330501,436501,01/07/2024,,8N\n")}));
    ASSERT_EQ(read.table.incidents.size(), 2U);
    const geo::TimeZone london("Europe/London");
    EXPECT_EQ(geo::iso_text(read.table.incidents[0].when.from, london),
              "2024-07-01T21:05:00+01:00");
    EXPECT_EQ(read.table.incidents[1].precision, cluster::TimePrecision::day);
}

constexpr std::string_view police_header =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime "
    "type,Last outcome "
    "category,Context\n";

std::string police_rows(const std::string& month, unsigned first) {
    return std::string(police_header) +
           fmt::format("id{},{},F,F,-3.0500,53.81851,On or near High Street,,,Violence and sexual "
                       "offences,,\n",
                       first, month) +
           fmt::format("id{},{},F,F,-3.0501,53.81851,On or near High Street,,,Robbery,,\n",
                       first + 1, month) +
           fmt::format(
               ",{},F,F,-3.0502,53.81851,On or near High Street,,,Anti-social behaviour,,\n",
               month);
}

/// Writes a zip archive with two months and a file that must not be read.
std::string police_zip(const Folder& folder) {
    std::string zip = folder.path("street.zip");
    VSILFILE* archive = VSIFOpenL(("/vsizip/" + zip).c_str(), "wb");
    const std::array<std::pair<std::string, std::string>, 3> members{
        {{"2024-02/2024-02-f-street.csv", police_rows("2024-02", 3)},
         {"2024-01/2024-01-f-street.csv", police_rows("2024-01", 1)},
         {"2024-01/2024-01-f-outcomes.csv", "Crime ID,Month\nid1,2024-01\n"}}};
    for (const auto& [name, text] : members) {
        VSILFILE* member = VSIFOpenL(("/vsizip/" + zip + "/" + name).c_str(), "wb");
        VSIFWriteL(text.data(), 1, text.size(), member);
        VSIFCloseL(member);
    }
    VSIFCloseL(archive);
    return zip;
}

TEST(ReadIncidents, PoliceZipIsOneFileWithItsStreetFilesAsParts) {
    const Folder folder;
    auto options = reading::options_for({police_zip(folder)});
    options.definition.reset();
    const io::ReadIncidents read = reading::read(folder, options);
    expect_reconciled(read);
    ASSERT_EQ(read.files.size(), 1U);
    EXPECT_EQ(read.files[0].path, folder.path("street.zip"));
    EXPECT_EQ(read.files[0].rows, (io::RowCounts{6, 4, 2, 2}));
    ASSERT_EQ(read.parts.size(), 2U);
    EXPECT_EQ(read.parts[0].name, folder.path("street.zip") + "/2024-01/2024-01-f-street.csv");
    EXPECT_TRUE(read.locations_are_public);
    EXPECT_THAT(read.table.locations, ElementsAre("On or near High Street"));
    EXPECT_THAT(read.definitions, ElementsAre("data.police.uk categories"));
    EXPECT_THAT(read.warnings, ElementsAre(HasSubstr("cannot express serious violence")));
}

TEST(ReadIncidents, ArchiveCutShortIsRefused) {
    const Folder folder;
    const std::string zip = police_zip(folder);
    std::filesystem::resize_file(zip, std::filesystem::file_size(zip) / 2);
    const geo::Error error =
        reading::error_of([&] { reading::read(folder, reading::options_for({zip})); });
    EXPECT_EQ(error.kind(), geo::ErrorKind::input);
    EXPECT_THAT(error.what(), HasSubstr("cut short"));
}

TEST(ReadIncidents, NumberOfThreadsChangesNothing) {
    constexpr unsigned seed = 7;
    SCOPED_TRACE(fmt::format("seed {}", seed));
    std::mt19937 random(seed);
    const Folder folder;
    for (int file = 0; file < 6; ++file) {
        std::string text(header);
        for (int i = 0; i < 200; ++i) {
            text += fmt::format("A{},{},{},{},{:02}/02/2024,,{},\n", random() % 600 + 1,
                                random() % 2 == 0 ? "8N" : "1", 329900 + random() % 2200,
                                435900 + random() % 1200, random() % 31 + 1,
                                random() % 9 == 0 ? "Cancelled" : "");
        }
        folder.write(fmt::format("exports/{}.csv", file), text);
    }
    auto options = reading::options_for({folder.path("exports")});
    const io::ReadIncidents one = reading::read(folder, options);
    options.threads = 3;
    const io::ReadIncidents three = reading::read(folder, options);
    expect_reconciled(one);
    EXPECT_EQ(told(one), told(three));
    ASSERT_EQ(one.table.incidents.size(), three.table.incidents.size());
    EXPECT_GT(one.table.incidents.size(), 300U);
    for (std::size_t i = 0; i < one.table.incidents.size(); ++i) {
        EXPECT_EQ(one.table.incidents[i].place, three.table.incidents[i].place);
        EXPECT_EQ(one.table.incidents[i].when, three.table.incidents[i].when);
    }
}

struct BadInput {
    const char* what;
    const char* file;
    const char* text; ///< nullptr: the file is not there
    geo::ErrorKind kind;
    const char* says;
};

class BadIncidents : public testing::TestWithParam<BadInput> {};

TEST_P(BadIncidents, EndInOneLineWithTheRemedy) {
    const Folder folder;
    const std::string path = GetParam().text != nullptr
                                 ? folder.write(GetParam().file, GetParam().text)
                                 : folder.path(GetParam().file);
    auto options = reading::options_for({path});
    if (GetParam().kind == geo::ErrorKind::usage) {
        options.definition.reset();
    }
    const geo::Error error = reading::error_of([&] { reading::read(folder, options); });
    EXPECT_EQ(error.kind(), GetParam().kind);
    EXPECT_THAT(error.what(), HasSubstr(GetParam().says));
    EXPECT_THAT(error.what(), testing::Not(HasSubstr("\n")));
    EXPECT_THAT(error.what(), testing::StartsWith(folder.path("")));
}

INSTANTIATE_TEST_SUITE_P(
    ReadIncidents, BadIncidents,
    testing::Values(
        BadInput{"missing", "a.csv", nullptr, geo::ErrorKind::input, "no such file"},
        BadInput{"pattern", "*.xyz", nullptr, geo::ErrorKind::input, "no file matches"},
        BadInput{"empty", "a.csv", "", geo::ErrorKind::input, "is empty"},
        BadInput{"header_only", "a.csv", "X,Y,Date,Offence\n", geo::ErrorKind::input, "no rows"},
        BadInput{"no_coordinates", "a.csv", "Beat,Date,Offence\n1,2024-01-01,8N\n",
                 geo::ErrorKind::input, "'Beat', 'Date', 'Offence'; name them with x and y"},
        BadInput{"no_date", "a.csv", "X,Y,Offence\n1,2,8N\n", geo::ErrorKind::input,
                 "name it with from"},
        BadInput{"no_archive", "a.zip", "PK nothing", geo::ErrorKind::input, "zip archive"},
        BadInput{"no_vector_data", "a.gpkg", "nothing", geo::ErrorKind::input, "no vector data"},
        BadInput{"no_definition", "a.csv", "X,Y,Date,Offence\n1,2,2024-01-01,8N\n",
                 geo::ErrorKind::usage, "name a file with definition"}),
    [](const auto& tested) { return std::string(tested.param.what); });

TEST(ReadIncidents, AQuotationMarkThatIsNeverClosedIsRefusedWithItsLine) {
    const Folder folder;
    const std::string path =
        folder.write("stray.csv", "Reference,HO Class,Date From,Easting,Northing,Address\n"
                                  "A1,8N,2024-03-02,330500,436500,1 High St\n"
                                  "A2,8N,2024-03-02,330500,436500,\"2 High St\n"
                                  "A3,8N,2024-03-02,330500,436500,3 High St\n");
    const geo::Error error = error_of([&] { read(folder, options_for({path})); });
    EXPECT_EQ(error.kind(), geo::ErrorKind::input);
    EXPECT_NE(std::string(error.what()).find("line 3: a quotation mark opens a cell"),
              std::string::npos)
        << error.what();
}

TEST(ReadIncidents, ACellOfManyLinesIsWarnedOf) {
    const Folder folder;
    std::string text = "Reference,HO Class,Date From,Easting,Northing,Address\n"
                       "A1,8N,2024-03-02,330500,436500,\"1 High St\n";
    for (int i = 0; i < 30; ++i) {
        text += "B,8N,2024-03-02,330500,436500,3 High St\n";
    }
    text +=
        "A2,8N,2024-03-02,330500,436500,2\" High St\nA3,8N,2024-03-02,330500,436500,4 High St\n";
    const auto result = read(folder, options_for({folder.write("stray.csv", text)}));
    const bool warned =
        std::any_of(result.warnings.begin(), result.warnings.end(), [](const std::string& w) {
            return w.find("line 2: a cell in quotation marks goes on for 32 lines") !=
                   std::string::npos;
        });
    EXPECT_TRUE(warned);
}

TEST(ReadIncidents, AnExportWithoutItsHeaderGivesNothingOfItsFirstRowAway) {
    const Folder folder;
    const std::string path =
        folder.write("headless.csv", "SECRET-REF-1,8N,2024-03-02,330500,436500,1 High St\n"
                                     "SECRET-REF-2,8N,2024-03-02,330500,436500,1 High St\n");
    const std::string what = error_of([&] { read(folder, options_for({path})); }).what();
    EXPECT_EQ(what.find("SECRET"), std::string::npos) << what;
    EXPECT_EQ(what.find("High St"), std::string::npos) << what;
    EXPECT_NE(what.find("header line"), std::string::npos) << what;
}

TEST(ReadIncidents, NoBreakSpacesBetweenThousandsAreBlanks) {
    const Folder folder;
    const std::string path =
        folder.write("spaced.csv", "Reference,HO Class,Date From,Easting,Northing\n"
                                   "A1,8N,2024-03-02,330\xC2\xA0"
                                   "500,436\xE2\x80\xAF"
                                   "500\n"
                                   "A2,8N,2024-03-02,330\xA0"
                                   "501,436501\n");
    EXPECT_EQ(read(folder, options_for({path})).table.incidents.size(), 2U);
}

TEST(ReadIncidents, FolderWithoutDataIsRefused) {
    const Folder folder;
    folder.write("notes/readme.md", "nothing here");
    const geo::Error error = reading::error_of(
        [&] { reading::read(folder, reading::options_for({folder.path("notes")})); });
    EXPECT_EQ(error.kind(), geo::ErrorKind::input);
    EXPECT_THAT(error.what(), HasSubstr("holds no incident data"));
}

TEST(ReadIncidents, RowsOfAFileWithoutOffencesAllCount) {
    const Folder folder;
    auto options =
        reading::options_for({folder.write("a.csv", "X,Y,Date\n330501,436501,2024-02-01\n")});
    options.definition.reset();
    const io::ReadIncidents read = reading::read(folder, options);
    EXPECT_EQ(read.table.incidents.size(), 1U);
    EXPECT_THAT(read.warnings, ElementsAre(HasSubstr("every row counts")));
}

TEST(ReadIncidents, DefinitionNeedsAnOffenceColumn) {
    const Folder folder;
    const auto options =
        reading::options_for({folder.write("a.csv", "X,Y,Date\n330501,436501,2024-02-01\n")});
    ASSERT_TRUE(options.definition);
    const geo::Error error = error_of([&] { reading::read(folder, options); });
    EXPECT_EQ(error.kind(), geo::ErrorKind::usage);
    EXPECT_THAT(error.what(), HasSubstr("there is no offence column among 'X', 'Y', 'Date'"));
    EXPECT_THAT(error.what(), HasSubstr("or leave --definition out"));
}

TEST(ReadIncidents, PasswordOfADatabaseIsNotRepeated) {
    const Folder folder;
    const geo::Error error = reading::error_of([&] {
        reading::read(folder,
                      reading::options_for({"PG:host=/nowhere dbname=x password=secret user=y"}));
    });
    EXPECT_THAT(error.what(), testing::Not(HasSubstr("secret")));
    EXPECT_THAT(error.what(), HasSubstr("dbname=x"));
}

} // namespace
