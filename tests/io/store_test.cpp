// The same tests on a GeoPackage and, with PATROLZONES_STORE=database in the environment, on a
// PostGIS database that libpq's own variables lead to.

#include "io/store.hpp"

#include "child_process.hpp"
#include "error_text.hpp"
#include "geo/time_text.hpp"
#include "io/store_copies.hpp"
#include "io/store_table.hpp"
#include "published_sample.hpp"
#include "temporary_folder.hpp"

#include <csignal>
#include <gdal.h>
#include <ogr_core.h>

#include <cstdlib>

namespace io {
namespace {

using geo::ErrorKind;

constexpr const char* grid = "EPSG:27700";
constexpr geo::Instant ever{};

bool on_database() {
    const char* const where = std::getenv("PATROLZONES_STORE");
    return where != nullptr && std::string(where) == "database";
}

/// A place for a store, empty at first.
class StoreTest : public testing::Test {
  protected:
    StoreTest() {
        register_gdal();
        where_ = (folder_ / "vrn.gpkg").string();
        if (on_database()) {
            where_ = "PG:schemas=vrn_test";
            with_sql("PG:", "DROP SCHEMA IF EXISTS vrn_test CASCADE");
        }
    }

    static void with_sql(const std::string& where, const std::string& statement) {
        DatasetHandle dataset(
            GDALOpenEx(where.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, nullptr, nullptr, nullptr));
        ASSERT_TRUE(dataset) << where;
        StoreDatabase(std::move(dataset), where).sql(statement);
    }

    Store open() const { return Store::open(where_, grid); }

    TemporaryFolder folder_;
    std::string where_;
};

StoredZone zone(const char* id, const char* from) {
    return {.id = cluster::ZoneId(id),
            .name = "St Anne's \"Pier\", Lytham – west",
            .ward_code = cluster::WardCode("E05000001"),
            .ward_name = "St Anne's",
            .disc = {geo::GridPoint::at_millimetres(331'234'567, 436'000'125), geo::Metres(162.5)},
            .valid_from = at(from),
            .why = "the first set, agreed on 23 November"};
}

schedule::Attendance attendance(const char* zone_id, const char* from) {
    return {.zone = cluster::ZoneId(zone_id),
            .unit = schedule::UnitId("West foot 1"),
            .when = {at(from), at(from) + schedule::Minutes(15)},
            .kind = schedule::Attendance::Kind::background,
            .source = schedule::Attendance::Source::pings,
            .visit = "V1",
            .arrests = 2};
}

StoredRun run(std::uint64_t number) {
    return {.number = number,
            .at = at("2026-11-23 03:30"),
            .exit_code = 4,
            .fingerprint = "abc",
            .night = "2026-11-23-run1",
            .issued_until = geo::Day(std::chrono::year(2026) / 11 / 25),
            .counts = {.rows_read = 1'000'000,
                       .rows_used = 61'473,
                       .rows_left_out = 938'527,
                       .wards = 260,
                       .weight = 61473.125,
                       .newest = at("2026-11-22 23:59")},
            .forced = "a quarter's data was withdrawn",
            .version = "1.0"};
}

TEST_F(StoreTest, ANewOneIsEmptyAndStaysThere) {
    EXPECT_TRUE(open().read(ever).zones.empty());
    const StoreContent again = open().read(ever);
    EXPECT_TRUE(again.zones.empty());
    EXPECT_TRUE(again.visits.empty());
    EXPECT_FALSE(again.last_run);
}

TEST_F(StoreTest, ZonesComeBackToTheMillimetreAndTheSecond) {
    StoredZone ended = zone("E05000001-1", "2026-03-29 00:59:59");
    ended.valid_to = at("2026-10-25 01:30");
    ended.why_ended = "drifted 120 m";
    ended.below_since = at("2026-09-01 03:30");
    const StoredZone in_force = zone("E05000001-1", "2026-10-25 01:30");
    open().apply({.zones = {ended, in_force}});
    const StoreContent content = open().read(ever);
    ASSERT_EQ(content.zones.size(), 2U);
    const StoredZone& first = content.zones[0];
    EXPECT_EQ(first.id, ended.id);
    EXPECT_EQ(first.name, ended.name);
    EXPECT_EQ(first.ward_code, ended.ward_code);
    EXPECT_EQ(first.disc, ended.disc);
    EXPECT_EQ(first.valid_from, ended.valid_from);
    EXPECT_EQ(first.valid_to, ended.valid_to);
    EXPECT_EQ(first.why, ended.why);
    EXPECT_EQ(first.why_ended, ended.why_ended);
    EXPECT_EQ(first.below_since, ended.below_since);
    EXPECT_EQ(content.zones[1].valid_to, std::nullopt);
    EXPECT_EQ(content.zones[1].below_since, std::nullopt);
}

TEST_F(StoreTest, AZoneWrittenAgainTakesTheOldRowsPlace) {
    Store store = open();
    store.apply({.zones = {zone("A", "2026-01-01"), zone("B", "2026-01-01")}});
    StoredZone changed = zone("A", "2026-01-01");
    changed.below_since = at("2026-02-01");
    store.apply({.zones = {changed}});
    const StoreContent content = store.read(ever);
    ASSERT_EQ(content.zones.size(), 2U);
    EXPECT_EQ(content.zones[0].below_since, at("2026-02-01"));
    EXPECT_EQ(content.zones[1].below_since, std::nullopt);
}

TEST_F(StoreTest, CandidatesAreReplacedAsAWhole) {
    Store store = open();
    StoredCandidate candidate{.id = cluster::ZoneId("A"),
                              .name = "Mereside 1",
                              .ward_code = cluster::WardCode("E05000001"),
                              .ward_name = "Mereside",
                              .disc = zone("A", "2026-01-01").disc,
                              .incidents = 41,
                              .weight = 41.25};
    store.apply({.candidates = std::vector{candidate, candidate}});
    candidate.is_new = true;
    store.apply({.candidates = std::vector{candidate}});
    store.apply({}); // touches none
    const StoreContent content = store.read(ever);
    ASSERT_EQ(content.candidates.size(), 1U);
    EXPECT_EQ(content.candidates[0].id, candidate.id);
    EXPECT_TRUE(content.candidates[0].is_new);
    EXPECT_EQ(content.candidates[0].disc, candidate.disc);
    EXPECT_EQ(content.candidates[0].incidents, 41U);
    EXPECT_EQ(content.candidates[0].weight, 41.25);
}

TEST_F(StoreTest, VisitsComeBackAsTheyWere) {
    std::vector<schedule::Visit> visits = sample_visits();
    visits.front().status = schedule::Status::issued;
    open().apply({.plan_from = ever, .visits = visits});
    const StoreContent content = open().read(ever);
    ASSERT_EQ(content.visits.size(), visits.size());
    for (std::size_t i = 0; i < visits.size(); ++i) {
        EXPECT_EQ(content.visits[i].id, visits[i].id);
        EXPECT_EQ(content.visits[i].zone, visits[i].zone);
        EXPECT_EQ(content.visits[i].unit, visits[i].unit);
        EXPECT_EQ(content.visits[i].shift, visits[i].shift);
        EXPECT_EQ(content.visits[i].shift_day, visits[i].shift_day);
        EXPECT_EQ(content.visits[i].seq, visits[i].seq);
        EXPECT_EQ(content.visits[i].when, visits[i].when);
        EXPECT_EQ(content.visits[i].travel, visits[i].travel);
        EXPECT_EQ(content.visits[i].reason, visits[i].reason);
        EXPECT_EQ(content.visits[i].status, visits[i].status);
    }
}

TEST_F(StoreTest, ANewPlanReplacesWhatBeginsFromThenOnAndNothingBefore) {
    Store store = open();
    const std::vector<schedule::Visit> old{
        sample_visit("past", "A", "2026-11-22 22:59", 1, schedule::Minutes(5)),
        sample_visit("now", "A", "2026-11-23 03:30", 2, schedule::Minutes(5)),
        sample_visit("later", "A", "2026-11-24 20:00", 1, schedule::Minutes(5))};
    for (const schedule::Visit& visit : old) {
        schedule::Visit dated = visit;
        dated.shift_day = geo::Day(std::chrono::year(2026) / 11 / 22);
        store.apply({.plan_from = visit.when.from, .visits = {dated}});
    }
    schedule::Visit lost = old.back();
    lost.shift_day = geo::Day(std::chrono::year(2026) / 11 / 22);
    store.apply({.plan_from = at("2026-11-23 03:30"),
                 .visits = {sample_visit("new", "A", "2026-11-25 20:00", 1, schedule::Minutes(5))},
                 .withdrawn = {lost}});
    const StoreContent content = store.read(ever);
    ASSERT_EQ(content.visits.size(), 2U) << "a withdrawn visit is kept, and is no plan";
    EXPECT_EQ(content.visits[0].id, "past");
    EXPECT_EQ(content.visits[1].id, "new");
}

TEST_F(StoreTest, AttendancesAreAddedAndReadFromADayOn) {
    Store store = open();
    store.apply(
        {.attendances = {attendance("A", "2026-11-20 23:50"), attendance("B", "2026-01-01")}});
    store.apply({.attendances = {attendance("A", "2026-11-19 20:00")}});
    const auto recent = store.read(at("2026-11-21 00:05")).attendances;
    ASSERT_EQ(recent.size(), 1U) << "what ended at that very second is in";
    EXPECT_EQ(recent[0].when, attendance("A", "2026-11-20 23:50").when);
    EXPECT_EQ(recent[0].kind, schedule::Attendance::Kind::background);
    EXPECT_EQ(recent[0].source, schedule::Attendance::Source::pings);
    EXPECT_EQ(recent[0].visit, "V1");
    EXPECT_EQ(recent[0].arrests, 2U);
    EXPECT_FALSE(recent[0].searches);
    EXPECT_TRUE(store.read(at("2026-11-21 00:05:01")).attendances.empty());
    EXPECT_EQ(store.attendances_of(cluster::ZoneId("A")).size(), 2U);
    EXPECT_TRUE(store.attendances_of(cluster::ZoneId("O'Hara")).empty());
}

TEST_F(StoreTest, TheLastRunComesBack) {
    Store store = open();
    store.apply({.run = run(1)});
    StoredRun second = run(2);
    second.forced.clear();
    second.counts.newest.reset();
    store.apply({.run = second});
    const std::optional<StoredRun> last = store.read(ever).last_run;
    ASSERT_TRUE(last);
    EXPECT_EQ(last->number, 2U);
    EXPECT_EQ(last->at, second.at);
    EXPECT_EQ(last->exit_code, 4);
    EXPECT_EQ(last->night, second.night);
    EXPECT_EQ(last->issued_until, second.issued_until);
    EXPECT_EQ(last->counts.rows_left_out, 938'527U);
    EXPECT_EQ(last->counts.weight, 61473.125);
    EXPECT_FALSE(last->counts.newest);
    EXPECT_EQ(last->forced, "");
}

TEST_F(StoreTest, AChangeThatFailsHalfWayChangesNothing) {
    Store store = open();
    store.apply({.run = run(1)});
    with_sql(where_, "DROP TABLE attendances");
    EXPECT_THROW(store.apply({.zones = {zone("A", "2026-01-01")},
                              .attendances = {attendance("A", "2026-11-20 23:50")}}),
                 geo::Error);
    const FeatureHandle none;
    std::size_t zones = 0;
    DatasetHandle dataset(GDALOpenEx(where_.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr));
    ASSERT_TRUE(dataset);
    zones = std::stoul(
        *StoreDatabase(std::move(dataset), where_).sql("SELECT count(*) FROM zone_history"));
    EXPECT_EQ(zones, 0U);
}

TEST_F(StoreTest, ASecondProcessIsTurnedAwayAndToldByWhom) {
    const Store held = open();
    const std::string text = error_text(ErrorKind::locked, [&] { open(); });
    EXPECT_NE(text.find(on_database() ? "database session " : "process "), std::string::npos)
        << text;
    EXPECT_NE(text.find(" is at work here"), std::string::npos) << text;
}

TEST_F(StoreTest, TheLockDiesWithItsProcess) {
    EXPECT_EQ(in_child([&] {
                  const Store held = open();
                  ::raise(SIGKILL);
                  return 0;
              }),
              102);
    // A database may take a moment to notice that the session is gone.
    for (int attempt = 0;; ++attempt) {
        try {
            open();
            break;
        } catch (const geo::Error& error) {
            ASSERT_TRUE(on_database() && attempt < 200) << error.what();
            ::usleep(20'000);
        }
    }
}

TEST_F(StoreTest, ANewerOneIsRefusedWithTheNumbers) {
    open();
    with_sql(where_, "UPDATE store_facts SET value = '7' WHERE fact = 'version'");
    const std::string text = error_text(ErrorKind::input, [&] { open(); });
    EXPECT_NE(text.find("of version 7, this program knows 1"), std::string::npos) << text;
}

TEST_F(StoreTest, AnotherGridIsRefused) {
    open();
    const std::string text =
        error_text(ErrorKind::input, [&] { Store::open(where_, "EPSG:32630"); });
    EXPECT_NE(text.find("analysis_crs = \"EPSG:27700\""), std::string::npos) << text;
}

TEST_F(StoreTest, ADamagedFileAsksForItsCopy) {
    if (on_database()) {
        GTEST_SKIP() << "of files only";
    }
    open().apply({.run = run(1)});
    std::string bytes = content(where_);
    for (std::size_t i = 4096; i < bytes.size(); i += 97) {
        bytes[i] = static_cast<char>(~bytes[i]);
    }
    folder_.file("vrn.gpkg", bytes);
    const std::string text = error_text(ErrorKind::input, [&] { open(); });
    EXPECT_NE(text.find("there is no copy of it beside it"), std::string::npos) << text;
}

TEST_F(StoreTest, WhereThereIsNoneNothingIsMadeOfLooking) {
    EXPECT_FALSE(Store::open_if_there(where_));
    EXPECT_TRUE(listing(folder_.path()).empty());
    error_text(ErrorKind::input, [&] { Store::open_existing(where_); });
    EXPECT_TRUE(listing(folder_.path()).empty());
    EXPECT_FALSE(Store::open_if_there(where_)) << "a schema neither";
    open();
    EXPECT_TRUE(Store::open_if_there(where_));
}

TEST_F(StoreTest, AFileWithoutAByteIsNoNewStoreAndTheNewestCopyIsNamed) {
    if (on_database()) {
        GTEST_SKIP() << "of files only";
    }
    {
        const Store store = open();
        StoreCopies(where_).add(store, 9, 5);
        StoreCopies(where_).add(store, 10, 5);
    }
    folder_.file("vrn.gpkg", "");
    const std::string text = error_text(ErrorKind::input, [&] { open(); });
    EXPECT_NE(text.find("vrn-copies/vrn-run10.gpkg"), std::string::npos) << text;
    EXPECT_EQ(text.find(where_), text.rfind(where_)) << "named once: " << text;
    EXPECT_EQ(content(where_), "");
}

TEST_F(StoreTest, TheNewestCopiesStayThoughRunsAreMissing) {
    if (on_database()) {
        GTEST_SKIP() << "of files only";
    }
    const Store store = open();
    const StoreCopies copies(where_);
    for (const std::uint64_t run : {1U, 2U, 4U, 9U, 12U}) {
        copies.add(store, run, 3);
    }
    EXPECT_EQ(listing(folder_ / "vrn-copies"),
              (std::set<std::string>{"vrn-run4.gpkg", "vrn-run9.gpkg", "vrn-run12.gpkg"}));
    EXPECT_EQ(copies.newest()->filename(), "vrn-run12.gpkg");
}

TEST_F(StoreTest, AForeignGeoPackageIsLeftAlone) {
    if (on_database()) {
        GTEST_SKIP() << "of files only";
    }
    {
        DatasetHandle other(
            GDALCreate(GDALGetDriverByName("GPKG"), where_.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        GDALDatasetCreateLayer(other.get(), "roads", nullptr, wkbNone, nullptr);
    }
    const std::string text = error_text(ErrorKind::input, [&] { open(); });
    EXPECT_NE(text.find("is no store of patrolzones"), std::string::npos) << text;
}

TEST_F(StoreTest, ACopyIsAStoreOfItsOwn) {
    Store store = open();
    store.apply({.zones = {zone("A", "2026-01-01")}});
    const std::string copy = (folder_ / "copy.gpkg").string();
    store.back_up(copy);
    store.back_up(copy); // in place of the first
    EXPECT_EQ(std::filesystem::exists(copy), store.is_file());
    if (store.is_file()) {
        EXPECT_EQ(Store::open(copy, grid).read(ever).zones.size(), 1U);
    }
}

TEST(StorePlace, ADatabaseNeedsASchemaOfPlainName) {
    EXPECT_NE(error_text(ErrorKind::usage, [] { Store::open("PG:dbname=vrn", grid); })
                  .find("add schemas=patrolzones"),
              std::string::npos);
    error_text(ErrorKind::usage, [] { Store::open("PG:schemas=a;drop", grid); });
}

} // namespace
} // namespace io
