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

using testing::HasSubstr;

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

TEST(ReadVisits, GivesBackWhatVisitsGeojsonPublished) {
    const TemporaryFolder folder;
    const auto visits = sample_visits();
    const auto read =
        read_visits(folder.file("visits.geojson",
                                visits_geojson(visits, sample_zones(), sample_lonlat(), london())),
                    london());
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
    GeoPackageContent content;
    content.crs = "EPSG:27700";
    content.zones = zones;
    content.visits = visits;
    write_geopackage(folder / "out.gpkg", content, london());
    const auto read = read_visits((folder / "out.gpkg").string(), london());
    ASSERT_EQ(read.size(), visits.size());
    for (std::size_t i = 0; i < visits.size(); ++i) {
        expect_equal(read[i], visits[i]);
    }
}

TEST(ReadVisits, GivesBackTheRosterWithTheLineAsId) {
    const TemporaryFolder folder;
    const auto visits = sample_visits();
    const auto read = read_visits(
        folder.file("roster.csv", roster_csv(visits, sample_zones(), london())), london());
    ASSERT_EQ(read.size(), visits.size());
    expect_equal(read[0], visits[0]);
    expect_equal(read[1], visits[1]);
    EXPECT_EQ(read[0].id, "line 2");
    EXPECT_EQ(read[1].id, "line 3");
}

TEST(ReadVisits, ReadsARosterThatASpreadsheetSavedItsOwnWay) {
    const TemporaryFolder folder;
    const auto read =
        read_visits(folder.file("roster.csv", "\xEF\xBB\xBFZone_ID;Unit;Start;End\r\n"
                                              "Z;U;29/03/2027 01:07;29/03/2027 01:22\r\n"),
                    london());
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(read[0].when.from, at("2027-03-29 01:07"));
    // 01:07 belongs to the duty day that began at 06:00 on the day before.
    EXPECT_EQ(read[0].shift_day, geo::Day(std::chrono::year(2027) / 3 / 28));
    EXPECT_EQ(read[0].seq, 0U);
}

TEST(ReadVisits, NamesLineColumnAndValueOfAFault) {
    const TemporaryFolder folder;
    const auto refused = [&](const std::string& text) {
        const std::string path = folder.file("v.csv", text);
        return error_text(geo::ErrorKind::input, [&] { read_visits(path, london()); });
    };
    const std::string header = "zone_id,unit,start,end,seq,reason\n";
    const std::string good = "Z,U,2027-03-29 10:00,2027-03-29 10:15,1,rule\n";
    EXPECT_THAT(refused(header + good + "Z,U,noon,2027-03-29 10:15,1,rule\n"),
                HasSubstr("v.csv: line 3: start: 'noon'"));
    EXPECT_THAT(refused(header + "Z,U,2027-03-29,2027-03-29 10:15,1,rule\n"),
                HasSubstr("start: '2027-03-29'"));
    EXPECT_THAT(refused(header + "Z,U,2027-03-29 10:00,2027-03-29 10:00,1,rule\n"),
                HasSubstr("end: "));
    EXPECT_THAT(refused(header + "Z,U,2027-03-29 10:00,2027-03-29 10:15,first,rule\n"),
                HasSubstr("seq: 'first'"));
    EXPECT_THAT(refused(header + "Z,U,2027-03-29 10:00,2027-03-29 10:15,1,whim\n"),
                HasSubstr("reason: 'whim'"));
    EXPECT_THAT(refused(header + ",U,2027-03-29 10:00,2027-03-29 10:15,1,rule\n"),
                HasSubstr("zone_id: ''"));
    EXPECT_THAT(refused("zone_id,unit,start\nZ,U,2027-03-29 10:00\n"), HasSubstr("'end_time'"));
}

TEST(ReadVisits, OfAnEmptyPlanGivesNone) {
    const TemporaryFolder folder;
    EXPECT_TRUE(
        read_visits(folder.file("v.geojson", visits_geojson({}, {}, sample_lonlat(), london())),
                    london())
            .empty());
}

} // namespace
} // namespace io
