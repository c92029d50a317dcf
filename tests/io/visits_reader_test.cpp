#include "error_text.hpp"
#include "io/geopackage_writer.hpp"
#include "io/visits_reader.hpp"
#include "io/visits_writer.hpp"
#include "published_sample.hpp"
#include "temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace io {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

void expect_equal(const schedule::Visit& a, const schedule::Visit& b) {
    EXPECT_EQ(a.zone, b.zone);
    EXPECT_EQ(a.unit, b.unit);
    EXPECT_EQ(a.shift, b.shift);
    EXPECT_EQ(a.shift_day, b.shift_day);
    EXPECT_EQ(a.seq, b.seq);
    EXPECT_EQ(a.when, b.when);
    EXPECT_EQ(a.travel, b.travel);
    EXPECT_EQ(a.reason, b.reason);
}

/// The visits of a plan without a doubt.
std::vector<schedule::Visit> visits_in(const std::string& path) {
    const ReadVisits read = read_visits(path, london());
    EXPECT_THAT(read.warnings, IsEmpty());
    EXPECT_THAT(read.problems, IsEmpty());
    return read.visits;
}

/// What is read of a table with that text.
ReadVisits read_text_of(const std::string& text, const VisitColumns& columns = {}) {
    const TemporaryFolder folder;
    return read_visits(folder.file("v.csv", text), london(), columns);
}

constexpr geo::Day not_said{};

TEST(ReadVisits, GivesBackWhatVisitsGeojsonPublished) {
    const TemporaryFolder folder;
    const auto visits = sample_visits();
    const auto read = visits_in(folder.file(
        "visits.geojson", visits_geojson(visits, sample_zones(), sample_lonlat(), london())));
    ASSERT_EQ(read.size(), visits.size());
    for (std::size_t i = 0; i < visits.size(); ++i) {
        expect_equal(read[i], visits[i]);
        EXPECT_EQ(read[i].id, visits[i].id);
        EXPECT_EQ(read[i].status, visits[i].status);
    }
}

TEST(ReadVisits, GivesBackWhatTheGeoPackagePublished) {
    const TemporaryFolder folder;
    const auto visits = sample_visits();
    const auto zones = sample_zones();
    LayersContent content;
    content.crs = "EPSG:27700";
    content.zones = zones;
    content.visits = visits;
    write_geopackage(folder / "out.gpkg", content, london());
    const auto read = visits_in((folder / "out.gpkg").string());
    ASSERT_EQ(read.size(), visits.size());
    for (std::size_t i = 0; i < visits.size(); ++i) {
        expect_equal(read[i], visits[i]);
    }
}

TEST(ReadVisits, GivesBackTheRosterWithTheLineAsId) {
    const TemporaryFolder folder;
    const auto visits = sample_visits();
    const auto read =
        visits_in(folder.file("roster.csv", roster_csv(visits, sample_zones(), london())));
    ASSERT_EQ(read.size(), visits.size());
    expect_equal(read[0], visits[0]);
    expect_equal(read[1], visits[1]);
    EXPECT_EQ(read[0].id, "line 2");
    EXPECT_EQ(read[1].id, "line 3");
}

TEST(ReadVisits, ReadsARosterThatASpreadsheetSavedItsOwnWay) {
    const ReadVisits read = read_text_of("\xEF\xBB\xBFZone ID;Unit;Start ; END_TIME;Notes\r\n"
                                         ";;;;\r\n"
                                         "Z  ;U\xC2\xA0;29/03/2027 11:07;29/03/2027 11:22;x\r\n"
                                         "\r\n");
    ASSERT_EQ(read.visits.size(), 1U);
    EXPECT_THAT(read.problems, IsEmpty());
    EXPECT_THAT(read.warnings, IsEmpty());
    const schedule::Visit& visit = read.visits.front();
    EXPECT_EQ(visit.id, "line 3");
    EXPECT_EQ(visit.zone.text(), "Z");
    EXPECT_EQ(visit.unit.text(), "U");
    EXPECT_EQ(visit.when, (geo::TimeSpan{at("2027-03-29 11:07"), at("2027-03-29 11:22")}));
    EXPECT_EQ(visit.shift_day, not_said);
    EXPECT_EQ(visit.seq, 0U);
}

TEST(ReadVisits, ColumnsMayStandInAnyOrderUnderOtherNames) {
    const ReadVisits read = read_text_of("Minutes,Officer,Beat,From\n15,U,Z,2027-03-29 10:00\n");
    ASSERT_EQ(read.visits.size(), 1U);
    EXPECT_EQ(read.visits[0].when, (geo::TimeSpan{at("2027-03-29 10:00"), at("2027-03-29 10:15")}));
    const ReadVisits named =
        read_text_of("zone_id,Ort,unit,start,end\nno,Z,U,03/04/2027 10:00,03/04/2027 10:15\n",
                     {.zone_id = "ort", .date_order = geo::DateOrder::month_first});
    ASSERT_EQ(named.visits.size(), 1U);
    EXPECT_EQ(named.visits[0].zone.text(), "Z");
    EXPECT_EQ(named.visits[0].when.from, at("2027-03-04 10:00"));
}

TEST(ReadVisits, ABlankFeatureIsPassedOverAndNamed) {
    const TemporaryFolder folder;
    const std::string visits =
        visits_geojson(sample_visits(), sample_zones(), sample_lonlat(), london());
    std::string with_blank = visits;
    with_blank.insert(with_blank.find("{\"type\":\"Feature\""),
                      R"({"type":"Feature","properties":{},"geometry":null},)");
    const ReadVisits read = read_visits(folder.file("v.geojson", with_blank), london());
    EXPECT_EQ(read.visits.size(), sample_visits().size());
    EXPECT_THAT(read.warnings,
                ElementsAre(HasSubstr("without any text is passed over: feature 1")));
}

TEST(ReadVisits, ATimeAloneBelongsToTheDateBesideIt) {
    const ReadVisits read = read_text_of("zone,unit,date,start,end\n"
                                         "Z,U,23/11/2026,15:00,15:15\n"
                                         "Z,U,23/11/2026,23:50,00:05\n"
                                         "Z,U,23/11/2026,9:05 PM,1899-12-30 21:20:00\n");
    ASSERT_EQ(read.visits.size(), 3U);
    EXPECT_THAT(read.warnings, IsEmpty());
    EXPECT_EQ(read.visits[0].when, (geo::TimeSpan{at("2026-11-23 15:00"), at("2026-11-23 15:15")}));
    EXPECT_EQ(read.visits[1].when, (geo::TimeSpan{at("2026-11-23 23:50"), at("2026-11-24 00:05")}));
    EXPECT_EQ(read.visits[2].when, (geo::TimeSpan{at("2026-11-23 21:05"), at("2026-11-23 21:20")}));
    EXPECT_EQ(read.visits[1].shift_day, geo::Day(std::chrono::year(2026) / 11 / 23));
}

TEST(ReadVisits, ATimeAloneBeforeSixIsTheNightAfterItsDateAndNamed) {
    const ReadVisits read = read_text_of("zone,unit,date,start,end\n"
                                         "Z,U,23/11/2026,00:30,00:45\n");
    ASSERT_EQ(read.visits.size(), 1U);
    EXPECT_EQ(read.visits[0].when, (geo::TimeSpan{at("2026-11-24 00:30"), at("2026-11-24 00:45")}));
    EXPECT_THAT(read.warnings, ElementsAre(HasSubstr("night after 'date': line 2")));
}

TEST(ReadVisits, ASpreadsheetsNumberOfDaysIsReadAsOneAndNamed) {
    const ReadVisits read = read_text_of("zone,unit,start,end\n"
                                         "Z,U,46349.6298611111,46349.6402777778\n");
    ASSERT_EQ(read.visits.size(), 1U);
    EXPECT_EQ(read.visits[0].when, (geo::TimeSpan{at("2026-11-23 15:07"), at("2026-11-23 15:22")}));
    EXPECT_THAT(read.warnings, ElementsAre(HasSubstr("'start' is a spreadsheet's number"),
                                           HasSubstr("'end' is a spreadsheet's number")));
}

TEST(ReadVisits, ATimeThatComesTwiceIsTheReadingOfTheShorterVisitAndNamed) {
    // Clocks go back from 02:00 to 01:00 on 25 October 2026.
    const ReadVisits read = read_text_of("zone,unit,start,end\n"
                                         "Z,U,25/10/2026 01:05,25/10/2026 01:20\n"
                                         "Z,U,25/10/2026 01:50,25/10/2026 01:05\n"
                                         "Z,U,25/10/2026 01:50,25/10/2026 02:05\n"
                                         "Z,U,2026-10-25T01:50:00+01:00,2026-10-25T01:05:00Z\n"
                                         "Z,U,25/10/2026 02:05,25/10/2026 02:20\n");
    ASSERT_EQ(read.visits.size(), 5U);
    const std::array<const char*, 5> starts = {
        "2026-10-25T01:05:00+01:00", "2026-10-25T01:50:00+01:00", "2026-10-25T01:50:00+00:00",
        "2026-10-25T01:50:00+01:00", "2026-10-25T02:05:00+00:00"};
    for (std::size_t i = 0; i < starts.size(); ++i) {
        EXPECT_EQ(geo::iso_text(read.visits[i].when.from, london()), starts[i]);
        EXPECT_EQ(read.visits[i].when.length(), std::chrono::minutes(15)) << i;
    }
    EXPECT_THAT(read.warnings, ElementsAre(HasSubstr("read as 2026-10-25T01:05:00+01:00: line 2"),
                                           HasSubstr("read as 2026-10-25T01:50:00+01:00: line 3"),
                                           HasSubstr("read as 2026-10-25T01:50:00+00:00: line 4")));
}

/// The one problem of a table with a sound row and then `row`.
VisitProblem problem_of(const std::string& row) {
    const ReadVisits read = read_text_of("zone_id,unit,start,end,seq,reason\n"
                                         "Z,U,2027-03-29 10:00,2027-03-29 10:15,1,rule\n" +
                                         row + "\n");
    EXPECT_EQ(read.visits.size(), 1U);
    EXPECT_EQ(read.problems.size(), 1U);
    return read.problems.empty() ? VisitProblem{} : read.problems.front();
}

TEST(ReadVisits, ARowThatIsNoVisitIsOneProblemWithLineColumnValueAndRemedy) {
    EXPECT_EQ(problem_of("Z,U,noon,2027-03-29 10:15,1,rule").text(),
              "line 3: start: 'noon' cannot be; write date and time, as in 2026-11-23 15:00");
    EXPECT_EQ(problem_of("Z,U,noon,,1,rule").line, 3U);
    EXPECT_EQ(problem_of("Z,U,2027-03-29,2027-03-29 10:15,1,rule").value, "2027-03-29");
    EXPECT_EQ(problem_of("Z,U,2027-03-29 10:00,2027-03-29 10:00,1,rule").column, "end");
    EXPECT_EQ(problem_of("Z,U,10:00,10:15,1,rule").column, "start");
    EXPECT_EQ(problem_of(",U,2027-03-29 10:00,2027-03-29 10:15,1,rule").column, "zone_id");
    EXPECT_EQ(problem_of("Z,,2027-03-29 10:00,2027-03-29 10:15,1,rule").column, "unit");
    EXPECT_THAT(problem_of("Z,U,2027-03-28 01:30,2027-03-28 01:45,1,rule").remedy,
                HasSubstr("clocks go forward"));
    EXPECT_THAT(problem_of("Z,U,2027-03-29 10:00,2027-03-29 10:15,1,rule,spilt").text(),
                HasSubstr("line 3: more cells"));
}

TEST(ReadVisits, WhatTheCheckCanDoWithoutIsAWarningAndTheRowIsUsed) {
    const ReadVisits read = read_text_of("zone_id,unit,date,start,end,seq,reason\n"
                                         "Z,U,Monday,2027-03-29 10:00,2027-03-29 10:15,first,"
                                         "whim\n");
    ASSERT_EQ(read.visits.size(), 1U);
    EXPECT_EQ(read.visits[0].shift_day, not_said);
    EXPECT_EQ(read.visits[0].seq, 0U);
    EXPECT_THAT(read.warnings,
                ElementsAre(HasSubstr("'date' is no date"), HasSubstr("'seq' is no whole number"),
                            HasSubstr("'reason' is none of the words")));
}

TEST(ReadVisits, RefusesATableWithoutAColumnThatIsNeededOrWithOneTwice) {
    const auto refused = [&](const std::string& text, const VisitColumns& columns = {}) {
        return error_text(geo::ErrorKind::input, [&] { read_text_of(text, columns); });
    };
    EXPECT_THAT(refused("zone_id,unit,start\nZ,U,2027-03-29 10:00\n"),
                AllOf(HasSubstr("v.csv: there is no column 'end_time', only zone_id, unit, start"),
                      HasSubstr("[visits] end = ")));
    EXPECT_THAT(refused("zone,unit,start,end,Start\nZ,U,a,b,c\n"),
                HasSubstr("'Start' is there twice"));
    EXPECT_THAT(refused("zone,unit,start,end\nZ,U,a,b\n", {.unit = "Team"}),
                HasSubstr("no column 'Team'"));
}

TEST(ReadVisits, RefusesAFileOfWhichNoRowCanBeRead) {
    EXPECT_THAT(error_text(geo::ErrorKind::input,
                           [] { read_text_of("zone,unit,start,end\nZ,U,a,b\nZ,U,c,d\n"); }),
                AllOf(HasSubstr("v.csv: line 2: start: 'a'"), HasSubstr("none of 2 rows")));
}

TEST(ReadVisits, OfAnEmptyPlanGivesNone) {
    const TemporaryFolder folder;
    EXPECT_THAT(
        visits_in(folder.file("v.geojson", visits_geojson({}, {}, sample_lonlat(), london()))),
        IsEmpty());
}

} // namespace
} // namespace io
