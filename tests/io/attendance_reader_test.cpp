#include "error_text.hpp"
#include "io/attendance_reader.hpp"
#include "io/calendar_writer.hpp"
#include "io/gdal.hpp"
#include "published_sample.hpp"
#include "temporary_folder.hpp"

#include <gdal.h>
#include <gdal_utils.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace io {
namespace {

using Kind = schedule::Attendance::Kind;

TEST(ReadAttendances, TakesIsoAndBritishTimesAsLocal) {
    const TemporaryFolder folder;
    const auto read = read_attendances(
        folder.file("a.csv",
                    "zone_id,unit,start,end,kind\n"
                    "Z1,West 1,2027-03-29T10:00:00+01:00,2027-03-29T10:15:00+01:00,tasked\n"
                    "Z2,West 1,29/03/2027 10:00,29/03/2027 10:12,Background\n"),
        london());
    EXPECT_TRUE(read.problems.empty());
    ASSERT_EQ(read.attendances.size(), 2U);
    EXPECT_EQ(read.attendances[0].when.from, read.attendances[1].when.from);
    EXPECT_EQ(read.attendances[0].kind, Kind::tasked);
    EXPECT_EQ(read.attendances[1].kind, Kind::background);
    EXPECT_EQ(read.attendances[1].when.length(), schedule::Minutes(12));
    EXPECT_EQ(read.attendances[1].zone.text(), "Z2");
    EXPECT_EQ(read.attendances[1].unit.text(), "West 1");
}

TEST(ReadAttendances, CountsBadRowsAndKeepsTheOthers) {
    const TemporaryFolder folder;
    const auto read =
        read_attendances(folder.file("a.csv", "zone_id,unit,start,end,kind\n"
                                              ",U,2027-03-29 10:00,2027-03-29 10:15,tasked\n"
                                              "Z,U,,2027-03-29 10:15,tasked\n"
                                              "Z,U,2027-03-29 10:00,,tasked\n"
                                              "Z,U,soon,2027-03-29 10:15,tasked\n"
                                              "Z,U,2027-03-29 10:00,2027-03-29,tasked\n"
                                              "Z,U,2027-03-29 10:15,2027-03-29 10:00,tasked\n"
                                              "Z,U,2027-03-29 10:00,2027-03-29 10:15,coffee\n"
                                              "Z,U,2027-03-29 10:00,2027-03-29 10:15,tasked\n"),
                         london());
    std::vector<std::string> problems;
    for (const AttendanceProblem& problem : read.problems) {
        problems.push_back(std::to_string(problem.line) + " " + problem.column + " " +
                           std::string(code(problem.fault)));
    }
    EXPECT_EQ(problems,
              (std::vector<std::string>{"2 zone_id no-zone", "3 start no-start", "4 end no-end",
                                        "5 start bad-start", "6 end bad-end",
                                        "7 end end-before-start", "8 kind bad-kind"}));
    EXPECT_EQ(read.attendances.size(), 1U);
}

TEST(ReadAttendances, FindsColumnsAndKindsUnderOtherNames) {
    const TemporaryFolder folder;
    AttendanceColumns columns;
    columns.zone_id = "Hotspot";
    columns.start = "Arrived";
    columns.end = "Left";
    columns.kind = "Type";
    columns.background = "passing";
    const auto read = read_attendances(
        folder.file("a.csv", "HOTSPOT;Arrived;Left;Type\nZ;01/02/2027 10:00;01/02/2027 "
                             "10:20;passing\n"),
        london(), columns);
    ASSERT_EQ(read.attendances.size(), 1U);
    EXPECT_EQ(read.attendances[0].kind, Kind::background);
    EXPECT_EQ(read.attendances[0].unit.text(), "");
}

TEST(ReadAttendances, NamesTheColumnThatIsMissing) {
    const TemporaryFolder folder;
    const std::string path = folder.file("a.csv", "zone_id,start\nZ,2027-03-29 10:00\n");
    EXPECT_THAT(error_text(geo::ErrorKind::input, [&] { read_attendances(path, london()); }),
                testing::AllOf(testing::HasSubstr("a.csv: "), testing::HasSubstr("'end'")));
}

/// Two zones on the National Grid: the first one's centre is at lon -3.04, lat 53.81, about.
std::vector<schedule::ZoneDisc> two_discs() {
    const auto at_lonlat = [](double x, double y) {
        return *sample_lonlat().to_grid(std::vector<geo::SourcePoint>{{x, y}}).front();
    };
    return {{cluster::ZoneId("West"), {at_lonlat(-3.04, 53.81), geo::Metres(150)}},
            {cluster::ZoneId("East"), {at_lonlat(-2.70, 53.76), geo::Metres(200)}}};
}

ReadAttendances read_placed(const std::vector<std::string>& paths,
                            const AttendanceColumns& columns = {}) {
    const auto zones = two_discs();
    return read_attendances(
        paths, {.time_zone = london(), .zones = zones, .grid = "EPSG:27700", .columns = columns});
}

/// "2 lon outside-zones".
std::vector<std::string> problems(const ReadAttendances& read) {
    std::vector<std::string> texts;
    for (const AttendanceProblem& problem : read.problems) {
        texts.push_back(std::to_string(problem.line) + " " + problem.column + " " +
                        std::string(code(problem.fault)));
    }
    return texts;
}

/// "West A 10:00-10:15".
std::vector<std::string> found(const ReadAttendances& read) {
    std::vector<std::string> texts;
    for (const schedule::Attendance& a : read.attendances) {
        texts.push_back(a.zone.text() + " " + a.unit.text() + " " +
                        geo::clock_text(london().wall_time(a.when.from)) + "-" +
                        geo::clock_text(london().wall_time(a.when.to)));
    }
    return texts;
}

using Texts = std::vector<std::string>;

TEST(ReadAttendances, LooksUpPositionsInZones) {
    const TemporaryFolder folder;
    const auto read =
        read_placed({folder.file("a.csv", "unit,from,to,lon,lat\n"
                                          "A,2027-01-05 10:00,2027-01-05 10:15,-3.0401,53.8101\n"
                                          "B,2027-01-05 11:00,2027-01-05 11:15,-2.7,53.76\n"
                                          "C,2027-01-05 11:00,2027-01-05 11:15,-2.9,53.76\n"
                                          "D,2027-01-05 11:00,2027-01-05 11:15,,53.76\n"
                                          "E,2027-01-05 11:00,2027-01-05 11:15,west,53.76\n"
                                          "F,2027-01-05 11:00,2027-01-05 11:15,0,0\n")});
    EXPECT_EQ(found(read), (Texts{"West A 10:00-10:15", "East B 11:00-11:15"}));
    EXPECT_EQ(problems(read), (Texts{"4 lon outside-zones", "5 lon no-position",
                                     "6 lon bad-position", "7 lon no-position"}));
    EXPECT_EQ(read.files[0].rows_read, 6U);
    EXPECT_EQ(read.files[0].rows_left_out, 4U);
    ASSERT_EQ(read.origins[1].size(), 1U);
    EXPECT_EQ(read.origins[1].front().line, 3U);
}

TEST(ReadAttendances, TakesEastingAndNorthingAsOfTheZonesGrid) {
    const TemporaryFolder folder;
    const geo::GridPoint centre = two_discs()[0].disc.centre;
    const std::string place =
        std::to_string(centre.easting().value()) + "," + std::to_string(centre.northing().value());
    const auto read = read_placed({folder.file(
        "a.csv", "start,end,easting,northing\n2027-01-05 10:00,2027-01-05 10:15," + place + "\n")});
    EXPECT_EQ(found(read), Texts{"West  10:00-10:15"});
}

TEST(ReadAttendances, AZoneThatIsNamedStandsBeforeThePosition) {
    const TemporaryFolder folder;
    const auto read =
        read_placed({folder.file("a.csv", "zone,start,end,lon,lat\n"
                                          "East,2027-01-05 10:00,2027-01-05 10:15,-3.04,53.81\n"
                                          ",2027-01-05 11:00,2027-01-05 11:15,-3.04,53.81\n"
                                          ",2027-01-05 11:00,2027-01-05 11:15,,\n")});
    EXPECT_EQ(found(read), (Texts{"East  10:00-10:15", "West  11:00-11:15"}));
    EXPECT_EQ(problems(read), Texts{"4 zone no-zone"});
}

TEST(ReadAttendances, TakesArrestsSearchesAndTheVisitAndDoubtsWhatIsNoNumber) {
    const TemporaryFolder folder;
    const auto read = read_attendances(
        folder.file("a.csv", "zone_id,start,end,arrests,searches,visit_id\n"
                             "Z,2027-01-05 10:00,2027-01-05 10:15,1,,Z-20270105-1000\n"
                             "Z,2027-01-06 10:00,2027-01-06 10:15,some,2,\n"),
        london());
    ASSERT_EQ(read.attendances.size(), 2U);
    EXPECT_EQ(read.attendances[0].arrests, 1U);
    EXPECT_EQ(read.attendances[0].searches, std::nullopt);
    EXPECT_EQ(read.attendances[0].visit, "Z-20270105-1000");
    EXPECT_EQ(read.attendances[1].searches, 2U);
    EXPECT_EQ(problems(read), Texts{"3 arrests bad-number"});
    EXPECT_EQ(read.files[0].rows_left_out, 0U);
}

TEST(ReadAttendances, MakesStaysOfPositions) {
    const TemporaryFolder folder;
    std::string text = "unit,timestamp,longitude,latitude\n";
    for (int minute = 0; minute < 30; ++minute) {
        const bool there = minute >= 5 && minute < 25;
        text += "Car,2027-01-05T10:" + std::string(minute < 10 ? "0" : "") +
                std::to_string(minute) + ":00Z," + (there ? "-3.04,53.81\n" : "-3.06,53.81\n");
    }
    text += "Car,then,-3.04,53.81\n,2027-01-05T11:00:00Z,-3.04,53.81\n";
    const auto read = read_placed({folder.file("pings.csv", text)});
    EXPECT_EQ(found(read), Texts{"West Car 10:04-10:24"});
    EXPECT_EQ(read.files[0].form, AttendanceForm::pings);
    EXPECT_EQ(read.files[0].rows_read, 32U);
    EXPECT_EQ(read.files[0].rows_left_out, 2U);
    EXPECT_EQ(read.files[0].stays, 1U);
    EXPECT_EQ(read.files[0].interval, std::chrono::seconds(60));
    EXPECT_EQ(problems(read), (Texts{"32 timestamp bad-start", "33  no-unit"}));
    EXPECT_EQ(read.attendances[0].kind, Kind::background);
    ASSERT_EQ(read.origins[0].size(), 20U);
    EXPECT_EQ(read.origins[0].front().line, 7U);
    EXPECT_EQ(read.origins[0].back().line, 26U);
}

TEST(ReadAttendances, TakesTracksOfAGpsReceiver) {
    const TemporaryFolder folder;
    const auto point = [](int minute, const char* lon) {
        return "<trkpt lat=\"53.81\" lon=\"" + std::string(lon) +
               "\"><time>2027-01-05T10:" + (minute < 10 ? "0" : "") + std::to_string(minute) +
               ":00Z</time></trkpt>";
    };
    std::string track;
    for (int minute = 0; minute <= 12; ++minute) {
        track += point(minute, "-3.04");
    }
    const auto gpx = [&](const std::string& name) {
        return "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"test\" "
               "xmlns=\"http://www.topografix.com/GPX/1/1\"><trk>" +
               name + "<trkseg>" + track + "</trkseg></trk></gpx>";
    };
    const auto named = read_placed({folder.file("a.gpx", gpx("<name>West car</name>"))});
    EXPECT_EQ(found(named), Texts{"West West car 10:00-10:12"});
    const auto unnamed = read_placed({folder.file("radio 7.gpx", gpx(""))});
    EXPECT_EQ(found(unnamed), Texts{"West radio 7 10:00-10:12"});
}

TEST(ReadAttendances, TakesPointsOfALayerInItsOwnReferenceSystem) {
    const TemporaryFolder folder;
    const std::string geojson = folder.file("a.geojson",
                                            R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"unit":"A","start":"2027-01-05T10:00:00Z","end":"2027-01-05T10:15:00Z"},
 "geometry":{"type":"Point","coordinates":[-3.04,53.81]}},
{"type":"Feature","properties":{"unit":"B","start":"2027-01-05T10:00:00Z","end":"2027-01-05T10:15:00Z"},
 "geometry":null}]})");
    const std::string package = (folder / "a.gpkg").string();
    {
        const DatasetHandle source = open_vector(geojson);
        GDALDatasetH handle = source.get();
        const DatasetHandle copy(
            GDALVectorTranslate(package.c_str(), nullptr, 1, &handle, nullptr, nullptr));
        ASSERT_NE(copy, nullptr);
    }
    for (const std::string& path : {geojson, package}) {
        SCOPED_TRACE(path);
        const auto read = read_placed({path});
        EXPECT_EQ(found(read), Texts{"West A 10:00-10:15"});
        EXPECT_EQ(problems(read), Texts{"2 geometry no-position"});
        EXPECT_EQ(read.files[0].row_word, "feature");
    }
}

TEST(ReadAttendances, PositionsWithoutZonesAreRefused) {
    const TemporaryFolder folder;
    const std::string path =
        folder.file("a.csv", "start,end,lon,lat\n2027-01-05 10:00,2027-01-05 10:15,-3.04,53.81\n");
    EXPECT_THAT(error_text(geo::ErrorKind::input, [&] { read_attendances(path, london()); }),
                testing::HasSubstr("give each row its zone"));
}

std::string calendar(const std::string& events) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + events +
           "END:VCALENDAR\r\n";
}

std::string event(const std::string& lines) {
    return "BEGIN:VEVENT\r\n" + lines + "END:VEVENT\r\n";
}

TEST(ReadAttendances, TakesVisitsOfACalendarAsTheyStandNow) {
    const TemporaryFolder folder;
    const auto read = read_placed({folder.file(
        "done.ics",
        calendar(event("UID:X05-1-20270105-1000@patrolzones\r\n"
                       "DTSTART;TZID=Europe/London:20270705T100500\r\n"
                       "DTEND;TZID=Europe/London:20270705T101700\r\n"
                       "X-PATROLZONES-ZONE:X05-1\r\nX-PATROLZONES-UNIT:West\\, foot 1\r\n") +
                 event("UID:X05-2-20270705-1100\r\nDTSTART:20270705T100000Z\r\n"
                       "DURATION:PT15M\r\n") +
                 event("UID:X05-2-20270705-1200\r\nDTSTART:20270705T120000\r\n"
                       "DTEND:20270705T121500\r\nSTATUS:CANCELLED\r\n") +
                 event("UID:birthday\r\nDTSTART:20270705T120000\r\n"
                       "DTEND:20270705T121500\r\n") +
                 event("UID:X05-2-20270706-1200\r\nDTSTART;VALUE=DATE:20270706\r\n") +
                 event("UID:X05-2-20270707-1200\r\nDTSTART:20270707T120000\r\n") +
                 event("UID:X05-2-20270708-1200\r\nDTSTART:20270708T120000\r\n"
                       "DTEND:20270708T113000\r\n")))});
    EXPECT_EQ(found(read), (Texts{"X05-1 West, foot 1 10:05-10:17", "X05-2  11:00-11:15"}));
    EXPECT_EQ(read.attendances[0].visit, "X05-1-20270105-1000");
    EXPECT_EQ(read.attendances[1].source, schedule::Attendance::Source::calendar);
    EXPECT_EQ(problems(read),
              (Texts{"3 STATUS cancelled", "4 X-PATROLZONES-ZONE no-zone", "5 DTSTART bad-start",
                     "6 DTEND no-end", "7 DTEND end-before-start"}));
    EXPECT_EQ(read.files[0].rows_read, 7U);
    EXPECT_EQ(read.files[0].form, AttendanceForm::calendar);
}

TEST(ReadAttendances, ReadsBackTheRosterThatCalendarProgramsGet) {
    const TemporaryFolder folder;
    std::vector<schedule::Visit> visits = sample_visits();
    visits[0].id = "X05000001-1-20270327-2307";
    visits[1].id = "X05000002-1-20270328-0211";
    // The second time that the clock shows 01:30 is written in UTC.
    visits.push_back(sample_visit("X05000001-1-20271031-0130", "X05000001-1", "2027-10-31 01:30", 1,
                                  schedule::Minutes(0)));
    visits.back().when.from += std::chrono::hours(1);
    visits.back().when.to += std::chrono::hours(1);
    const auto read = read_placed(
        {folder.file("roster.ics", roster_ics(visits, sample_zones(), sample_lonlat(), london(),
                                              {at("2027-03-27 00:00"), at("2027-11-01 00:00")}))});
    ASSERT_EQ(read.attendances.size(), visits.size());
    for (std::size_t i = 0; i < visits.size(); ++i) {
        SCOPED_TRACE(visits[i].id);
        EXPECT_EQ(read.attendances[i].zone, visits[i].zone);
        EXPECT_EQ(read.attendances[i].unit, visits[i].unit);
        EXPECT_EQ(read.attendances[i].when, visits[i].when);
        EXPECT_EQ(read.attendances[i].visit, visits[i].id);
    }
}

TEST(ReadAttendances, TakesTheTimeZonesThatACalendarProgramDescribes) {
    const TemporaryFolder folder;
    const std::string zone =
        "BEGIN:VTIMEZONE\r\nTZID:GMT Standard Time\r\n"
        "BEGIN:STANDARD\r\nDTSTART:16011028T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n"
        "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\n"
        "BEGIN:DAYLIGHT\r\nDTSTART:16010325T010000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n"
        "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";
    const auto read = read_placed({folder.file(
        "outlook.ics",
        calendar(zone + event("UID:Z-20270705-1000\r\n"
                              "DTSTART;TZID=\"GMT Standard Time\":20270705T100000\r\n"
                              "DTEND;TZID=\"GMT Standard Time\":20270705T101500\r\n")))});
    EXPECT_EQ(found(read), Texts{"Z  10:00-10:15"});
}

TEST(ReadAttendances, RefusesWhatIsNoCalendar) {
    const TemporaryFolder folder;
    const std::string path = folder.file("a.ics", "zone_id,start,end\n");
    EXPECT_THAT(error_text(geo::ErrorKind::input, [&] { read_placed({path}); }),
                testing::AllOf(testing::HasSubstr("a.ics: "), testing::HasSubstr("no calendar")));
}

TEST(ReadAttendances, TakesFilesOfSeveralFormsTogether) {
    const TemporaryFolder folder;
    const auto read = read_placed(
        {folder.file("a.csv", "zone_id,start,end\nWest,2027-01-05 10:00,2027-01-05 10:15\n"),
         folder.file("b.ics", calendar(event("UID:East-20270105-1000\r\nDTSTART:20270105T110000\r\n"
                                             "DTEND:20270105T111500\r\n"))),
         folder.file("c.csv", "zone_id,start,end\n,2027-01-05 10:00,2027-01-05 10:15\n")});
    EXPECT_EQ(found(read), (Texts{"West  10:00-10:15", "East  11:00-11:15"}));
    EXPECT_EQ(read.origins[1].front().file, 1U);
    ASSERT_EQ(read.problems.size(), 1U);
    EXPECT_EQ(read.problems[0].file, 2U);
    EXPECT_EQ(read.files[2].rows_left_out, 1U);
}

/// "2  duplicate" of each problem, and the rows left out of each file.
ComparedAttendances compared_at(const ReadAttendances& read, const char* now) {
    const std::vector<cluster::ZoneId> zones{cluster::ZoneId("West"), cluster::ZoneId("East")};
    return compared(read, zones, {.now = geo::first_instant(*geo::read_time(now), london())});
}

TEST(Compared, NamesTheRowsOfEveryFileThatCannotHaveHappenedTogether) {
    const TemporaryFolder folder;
    const auto result = compared_at(
        read_placed({folder.file("a.csv", "zone_id,unit,start,end\n"
                                          "West,A,2027-01-05 10:00,2027-01-05 10:15\n"
                                          "North,A,2027-01-05 11:00,2027-01-05 11:15\n"
                                          "West,A,2027-01-05 10:10,2027-01-05 10:25\n"
                                          "West,A,2027-01-06 10:00,2027-01-06 10:15\n"),
                     folder.file("b.csv", "zone_id,unit,start,end\n"
                                          "West,A,2027-01-05 10:00,2027-01-05 10:15\n"
                                          "East,A,2027-01-05 10:05,2027-01-05 10:20\n"
                                          "East,,2027-01-05 10:05,2027-01-05 10:20\n")}),
        "2027-01-06 10:00");
    EXPECT_EQ(problems(result.read), (Texts{"2  overlapping", "3  unknown-zone", "4  overlapping",
                                            "5  future", "2  duplicate", "3  two-places"}));
    EXPECT_EQ(result.read.files[0].rows_left_out, 2U);
    EXPECT_EQ(result.read.files[1].rows_left_out, 2U);
    EXPECT_EQ(found(result.read),
              (Texts{"West A 10:00-10:15", "West A 10:10-10:25", "East  10:05-10:20"}))
        << "each as it was told";
    ASSERT_EQ(result.attendances.size(), 2U) << "those that overlap are one";
    EXPECT_EQ(result.attendances[0].when.length(), schedule::Minutes(25));
}

/// A position a minute in West from 10:00 to 10:19, then a quarter of an hour outside.
std::string positions_in_west() {
    std::string text = "unit,timestamp,longitude,latitude\n";
    for (int minute = 0; minute < 35; ++minute) {
        text += "Car,2027-01-05T10:" + std::string(minute < 10 ? "0" : "") +
                std::to_string(minute) +
                (minute < 20 ? ":00Z,-3.04,53.81\n" : ":00Z,-3.06,53.81\n");
    }
    return text;
}

TEST(Compared, AStayThatIsContradictedLeavesOutItsPositionsAndNoOthers) {
    const TemporaryFolder folder;
    const auto result = compared_at(
        read_placed({folder.file("log.csv", "zone_id,unit,start,end\n"
                                            "East,Car,2027-01-05 10:05,2027-01-05 10:15\n"),
                     folder.file("pings.csv", positions_in_west())}),
        "2027-01-06 10:00");
    EXPECT_EQ(result.read.files[1].stays, 1U);
    EXPECT_EQ(result.read.files[1].rows_left_out, 20U);
    ASSERT_EQ(result.read.problems.size(), 20U);
    EXPECT_EQ(problems(result.read).front(), "2  two-places");
    EXPECT_EQ(problems(result.read).back(), "21  two-places");
    EXPECT_EQ(found(result.read), Texts{"East Car 10:05-10:15"});
}

TEST(Compared, AStayThatOverlapsAListIsUsedAndItsPositionsAreNoProblem) {
    const TemporaryFolder folder;
    const auto result = compared_at(
        read_placed({folder.file("log.csv", "zone_id,unit,start,end\n"
                                            "West,Car,2027-01-05 10:05,2027-01-05 10:30\n"),
                     folder.file("pings.csv", positions_in_west())}),
        "2027-01-06 10:00");
    EXPECT_EQ(problems(result.read), Texts{"2  overlapping"});
    EXPECT_EQ(result.read.files[1].rows_left_out, 0U);
}

TEST(ReadAttendances, NeverSayAPassword) {
    for (const char* const name : {"PG:host=/nowhere dbname=vrn password=geheim",
                                   "PG:postgresql://me:geheim@/nowhere/vrn"}) {
        const std::string text = error_text(geo::ErrorKind::input, [&] { read_placed({name}); });
        EXPECT_EQ(text.find("geheim"), std::string::npos) << text;
        EXPECT_NE(text.find("***"), std::string::npos) << text;
    }
}

} // namespace
} // namespace io
