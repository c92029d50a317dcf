#include "cli/watched.hpp"

#include "cli/attendances.hpp"
#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/store.hpp"
#include "tests/io/error_text.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace cli {
namespace {

const geo::TimeZone& london() {
    static const geo::TimeZone zone("Europe/London");
    return zone;
}

geo::Instant at(const char* text) {
    return geo::first_instant(*geo::read_time(text), london());
}

io::StoredZone stand(const char* id, double easting, const char* from, const char* to = nullptr) {
    io::StoredZone zone;
    zone.id = cluster::ZoneId(id);
    zone.name = std::string("Zone ") + id;
    zone.disc = {geo::GridPoint::at(geo::Metres(easting), geo::Metres(400'000)), geo::Metres(150)};
    zone.valid_from = at(from);
    zone.valid_to = to == nullptr ? std::nullopt : std::optional(at(to));
    return zone;
}

schedule::Attendance attended(const char* zone, const char* unit, const char* from,
                              const char* to) {
    return {cluster::ZoneId(zone), schedule::UnitId(unit), {at(from), at(to)}};
}

/// A store in which Old was retired, Moved moved, and New came into force last.
Settings with_store(const io::TemporaryFolder& folder) {
    Settings settings;
    settings.store = (folder / "vrn.gpkg").string();
    io::Store store = io::Store::open(*settings.store, "EPSG:27700");
    store.apply({.zones = {stand("Moved", 300'000, "2026-11-01 09:00", "2026-11-08 09:00"),
                           stand("Moved", 300'100, "2026-11-08 09:00"),
                           stand("New", 320'000, "2026-11-10 09:00"),
                           stand("Old", 310'000, "2026-11-01 09:00", "2026-11-05 09:00")},
                 .attendances = {attended("Moved", "A", "2026-11-02 12:00", "2026-11-02 12:15"),
                                 attended("Old", "A", "2026-11-02 13:00", "2026-11-02 13:15")}});
    return settings;
}

TEST(WatchedZones, OfAStoreAreHeldToTheRuleWhileTheyWereInForce) {
    const io::TemporaryFolder folder;
    const Watched watched = watched_zones(with_store(folder), at("2026-11-12 00:00"));
    ASSERT_EQ(watched.in_force.size(), 3U);
    EXPECT_EQ(watched.zones[0].id.text(), "Moved");
    EXPECT_EQ(watched.in_force[0].since, at("2026-11-01 09:00"))
        << "though it stands elsewhere now";
    EXPECT_EQ(watched.in_force[0].until, std::nullopt);
    EXPECT_EQ(watched.zones[0].disc.centre.easting(), geo::Metres(300'100));
    EXPECT_EQ(watched.in_force[1].since, at("2026-11-10 09:00"));
    EXPECT_EQ(watched.in_force[2].zone.text(), "Old");
    EXPECT_EQ(watched.in_force[2].until, at("2026-11-05 09:00"));
    EXPECT_EQ(watched.discs.size(), 2U) << "positions are looked up in zones in force";
    EXPECT_EQ(watched.crs, "EPSG:27700");
    EXPECT_EQ(watched.attendances.size(), 2U);
}

TEST(WatchedZones, WhatComesIntoForceAfterTheReportIsNotWatched) {
    const io::TemporaryFolder folder;
    EXPECT_EQ(watched_zones(with_store(folder), at("2026-11-10 09:00")).zones.size(), 2U);
}

TEST(WatchedZones, NeedAFileOrAStore) {
    EXPECT_NE(io::error_text(geo::ErrorKind::usage, [] { watched_zones({}, {}); }).find("--store"),
              std::string::npos);
}

TEST(ReadAttendances, TakesTheStoresWithTheFilesAndNoneTwice) {
    const io::TemporaryFolder folder;
    Settings settings = with_store(folder);
    settings.attendance = {folder.file("log.csv", "zone_id,unit,start,end\n"
                                                  "Moved,A,2026-11-02 12:00,2026-11-02 12:15\n"
                                                  "New,A,2026-11-02 13:05,2026-11-02 13:20\n")};
    const Watched watched = watched_zones(settings, at("2026-11-12 00:00"));
    Surroundings around{.time_zone = london(),
                        .discs = watched.discs,
                        .crs = watched.crs,
                        .as_of = at("2026-11-12 00:00"),
                        .stored = watched.attendances};
    const KnownAttendances known = read_attendances(settings, around);
    ASSERT_EQ(known.read.files.size(), 2U);
    EXPECT_EQ(known.read.files[1].rows_read, 1U) << "the log says the other one, too";
    ASSERT_EQ(known.read.problems.size(), 1U);
    EXPECT_EQ(known.read.problems[0].fault, io::AttendanceFault::two_places);
    EXPECT_EQ(known.read.problems[0].file, 0U)
        << "the log's later row is contradicted by the store";
    EXPECT_EQ(known.attendances.size(), 2U);
}

} // namespace
} // namespace cli
