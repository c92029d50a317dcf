// Nights of the sample county, one after another, in this process.

#include "cli/refresh.hpp"

#include "cli/command_adopt.hpp"
#include "cli/standing_zones.hpp"
#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/run_lock.hpp"
#include "io/store.hpp"
#include "io/zones_reader.hpp"
#include "tests/io/error_text.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

namespace cli {
namespace {

namespace fs = std::filesystem;

using geo::ErrorKind;
using testing::Contains;
using testing::HasSubstr;

const geo::TimeZone& london() {
    static const geo::TimeZone zone("Europe/London");
    return zone;
}

geo::Instant at(const char* text) {
    return geo::first_instant(*geo::read_time(text), london());
}

/// A force with a store, a published folder and an attendance log of its own.
class Force {
  public:
    io::TemporaryFolder folder;
    Settings settings;

    Force() {
        const fs::path samples = PATROLZONES_SAMPLES;
        fs::copy(samples / "ambershire/incidents-2025-26.csv", incidents());
        fs::copy(samples / "ambershire/wards.geojson", folder / "wards.geojson");
        fs::copy(samples / "ambershire/units.toml", folder / "units.toml");
        settings.incidents = {incidents()};
        settings.wards.path = (folder / "wards.geojson").string();
        settings.units = (folder / "units.toml").string();
        settings.definition = (samples / "definitions/lvrn.toml").string();
        settings.store = (folder / "vrn.gpkg").string();
        settings.out = published().string();
        settings.hotspots.top_wards = 3U;
        settings.hotspots.selection.zones_per_ward = 2;
        settings.hotspots.selection.effort = cluster::Effort::fast;
        settings.significance.replicates = 99;
        settings.days = 14;
    }

    std::string incidents() const { return (folder / "incidents.csv").string(); }
    fs::path published() const { return folder / "published"; }
    fs::path current() const { return published() / "current"; }

    Night night(const char* now) const { return refresh(settings, at(now)); }

    Adoption adopt(const char* now) const {
        io::Store store = io::Store::open_existing(*settings.store);
        Adoption adopted = adoption(settings, store.read(at(now)), at(now));
        store.apply({.zones = adopted.zones});
        return adopted;
    }

    io::StoreContent store() const {
        return io::Store::open_existing(*settings.store).read(geo::Instant());
    }

    /// Where the published zones stand, by id.
    std::map<std::string, cluster::Disc> stand() const {
        std::map<std::string, cluster::Disc> result;
        const auto read = io::read_zones((current() / "zones.geojson").string(), "EPSG:27700");
        for (const cluster::Zone& zone : read.zones) {
            result.emplace(zone.id.text(), zone.disc);
        }
        return result;
    }

    /// Keeps the header and every n-th row.
    void thin_out_incidents(int n) const {
        std::istringstream all(io::content(incidents()));
        std::string text;
        std::string line;
        for (int i = 0; std::getline(all, line); ++i) {
            if (i == 0 || i % n == 0) {
                text += line + "\n";
            }
        }
        std::ofstream(incidents(), std::ios::binary) << text;
    }

    /// The log: every planned visit that ended by then took place, but for those to `missed`.
    void log_visits(const char* now, const std::string& missed = "") {
        std::string text = "zone_id,unit,start,end,kind\n";
        for (const schedule::Visit& visit : store().visits) {
            if (visit.when.to <= at(now) && visit.zone.text() != missed) {
                text += visit.zone.text() + "," + visit.unit.text() + "," +
                        geo::iso_text(visit.when.from, london()) + "," +
                        geo::iso_text(visit.when.to, london()) + ",tasked\n";
            }
        }
        settings.attendance = {folder.file("log.csv", text)};
    }
};

/// Each file below the folder with its bytes, links as what they lead to.
std::map<std::string, std::string> everything_in(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().lexically_relative(folder).string();
        if (entry.is_symlink()) {
            files[name] = "-> " + fs::read_symlink(entry.path()).string();
        } else if (entry.is_regular_file() && entry.path().filename() != ".refresh.lock") {
            files[name] = io::content(entry.path());
        }
    }
    return files;
}

TEST(Refresh, TheFirstNightProposesZonesAndPutsNoneInForce) {
    const Force force;
    const Night night = force.night("2026-11-02 03:30");
    EXPECT_EQ(night.exit_code, ExitCode::done);
    EXPECT_TRUE(force.stand().empty());
    EXPECT_EQ(force.store().candidates.size(), 6U);
    EXPECT_EQ(night.status.new_candidates, 6U);
    EXPECT_NE(night.status.message.find("patrolzones adopt"), std::string::npos);
}

TEST(Refresh, AdoptedZonesArePlannedFor) {
    const Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    const Night night = force.night("2026-11-03 03:30");
    EXPECT_EQ(force.stand().size(), 6U);
    EXPECT_GT(night.status.visits, 6U);
    EXPECT_EQ(night.exit_code, ExitCode::done);
    EXPECT_EQ(io::content(force.published() / "status.json").find("\"exit_code\": 0") !=
                  std::string::npos,
              true);
}

TEST(Refresh, ZonesInForceStandHoweverTheIncidentsChange) {
    const Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    force.night("2026-11-03 03:30");
    const auto before = force.stand();
    force.thin_out_incidents(2);
    const Night night = force.night("2026-11-04 03:30");
    EXPECT_EQ(force.stand(), before);
    std::size_t elsewhere = 0;
    for (const io::StoredCandidate& candidate : force.store().candidates) {
        const auto own = before.find(candidate.id.text());
        elsewhere += own == before.end() || !(own->second == candidate.disc) ? 1U : 0U;
    }
    EXPECT_GT(elsewhere, 0U) << "half the incidents lead to other candidates";
}

TEST(Refresh, SameInputsAndDateWriteNothingAndRepeatTheExitCode) {
    const Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    const Night first = force.night("2026-11-03 03:30");
    const auto before = everything_in(force.folder.path());
    const Night again = force.night("2026-11-03 11:00");
    EXPECT_TRUE(again.nothing_new);
    EXPECT_EQ(again.exit_code, first.exit_code);
    EXPECT_EQ(everything_in(force.folder.path()), before);
}

TEST(Refresh, AnotherDateIsNewInput) {
    const Force force;
    force.night("2026-11-02 03:30");
    EXPECT_FALSE(force.night("2026-11-03 03:30").nothing_new);
}

TEST(Refresh, IssuedVisitsStandTheNextNight) {
    Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    force.night("2026-11-03 03:30");
    std::set<std::string> promised;
    for (const schedule::Visit& visit : force.store().visits) {
        if (visit.status == schedule::Status::issued && visit.when.from > at("2026-11-04 03:30")) {
            promised.insert(visit.id + visit.unit.text());
        }
    }
    ASSERT_FALSE(promised.empty());
    force.log_visits("2026-11-04 03:30", force.store().visits.front().zone.text());
    force.night("2026-11-04 03:30");
    for (const schedule::Visit& visit : force.store().visits) {
        promised.erase(visit.id + visit.unit.text());
    }
    EXPECT_TRUE(promised.empty());
}

TEST(Refresh, AttendancesAreKeptThoughTheLogForgetsThem) {
    Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    force.night("2026-11-03 03:30");
    force.log_visits("2026-11-04 03:30");
    force.night("2026-11-04 03:30");
    const std::size_t kept = force.store().attendances.size();
    ASSERT_GT(kept, 0U);
    force.night("2026-11-04 12:00"); // the same log once more
    EXPECT_EQ(force.store().attendances.size(), kept);
    force.settings.attendance = {force.folder.file("log.csv", "zone_id,unit,start,end,kind\n")};
    force.night("2026-11-05 03:30");
    EXPECT_EQ(force.store().attendances.size(), kept);
}

TEST(Refresh, RowsOfSeveralNightsAreJoinedAndHeldAgainstEachOtherWhenTheyAreCounted) {
    Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    const std::string zone = force.store().zones.front().id.text();
    const std::string other = force.store().zones.back().id.text();
    const auto log = [&](const std::string& rows) {
        force.settings.attendance = {
            force.folder.file("log.csv", "zone_id,unit,start,end\n" + rows)};
    };
    log(zone + ",A,2026-11-02 12:00,2026-11-02 12:06\n" + other +
        ",A,2026-11-02 12:08,2026-11-02 12:20\n");
    force.night("2026-11-03 03:30");
    const std::string too_short = io::content(force.current() / "zones.geojson");
    EXPECT_EQ(too_short.find("2026-11-02T12:06"), std::string::npos);
    EXPECT_NE(too_short.find("\"last_visit\":\"2026-11-02T12:20"), std::string::npos);
    log(zone + ",A,2026-11-02 12:05,2026-11-02 12:11\n");
    force.night("2026-11-04 03:30");
    const std::string joined = io::content(force.current() / "zones.geojson");
    EXPECT_NE(joined.find("\"last_visit\":\"2026-11-02T12:11"), std::string::npos);
    EXPECT_EQ(joined.find("2026-11-02T12:20"), std::string::npos)
        << "unit A was in the other zone until 12:11";
    EXPECT_EQ(force.store().attendances.size(), 3U) << "each as it was told";
}

TEST(Refresh, AZoneNobodyAttendsIsAlertedWorstFirstAndTheExitCodeSaysSo) {
    Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    for (const char* const now : {"2026-11-03 03:30", "2026-11-04 03:30", "2026-11-05 03:30"}) {
        const std::string missed = force.store().zones.front().id.text();
        force.log_visits(now, missed);
        force.night(now);
    }
    const std::string missed = force.store().zones.front().id.text();
    force.log_visits("2026-11-07 03:30", missed);
    const Night night = force.night("2026-11-07 03:30");
    EXPECT_EQ(night.exit_code, ExitCode::rule_broken);
    ASSERT_FALSE(night.status.alerts.empty());
    EXPECT_EQ(night.status.alerts[0].level, io::StatusAlert::Level::overdue);
    EXPECT_EQ(night.status.alerts[0].zone.text(), missed);
    EXPECT_NEAR(night.status.alerts[0].hours_left, -18.5, 0.01)
        << "96 hours from the day it came into force, at 09:00";
}

TEST(Refresh, TheGuardRefusesAHalvedInputAndTheLastNightStays) {
    Force force;
    force.night("2026-11-02 03:30");
    const auto before = fs::read_symlink(force.current());
    force.thin_out_incidents(3);
    const std::string text =
        io::error_text(ErrorKind::refused, [&] { force.night("2026-11-03 03:30"); });
    EXPECT_NE(text.find("incidents fell from"), std::string::npos) << text;
    EXPECT_EQ(fs::read_symlink(force.current()), before);
    const auto status = io::read_status(force.published() / "status.json", london());
    EXPECT_EQ(status->exit_code, 5);
    EXPECT_EQ(status->last_success, at("2026-11-02 03:30"));

    force.settings.force = "two thirds were duplicates";
    force.night("2026-11-03 03:30");
    EXPECT_EQ(force.store().last_run->forced, "two thirds were duplicates");
    EXPECT_NE(fs::read_symlink(force.current()), before);
}

TEST(Refresh, InputThatCannotBeReadLeavesTheLastNightAndIsTold) {
    const Force force;
    force.night("2026-11-02 03:30");
    const auto before = fs::read_symlink(force.current());
    fs::remove(force.incidents());
    io::error_text(ErrorKind::input, [&] { force.night("2026-11-03 03:30"); });
    EXPECT_EQ(fs::read_symlink(force.current()), before);
    EXPECT_EQ(io::read_status(force.published() / "status.json", london())->exit_code, 3);
}

TEST(Refresh, ANightWhoseStoreWasWrittenIsBroughtToItsEnd) {
    const Force force;
    force.night("2026-11-02 03:30");
    force.night("2026-11-03 03:30");
    // As if the run had been killed between the store and the link.
    fs::remove(force.current());
    fs::create_directory_symlink("2026-11-02-run1", force.current());
    fs::remove(force.incidents());
    io::error_text(ErrorKind::input, [&] { force.night("2026-11-03 04:00"); });
    std::ofstream(force.incidents())
        << io::content(fs::path(PATROLZONES_SAMPLES) / "ambershire/incidents-2025-26.csv");
    force.night("2026-11-03 05:00");
    EXPECT_EQ(fs::read_symlink(force.current()).string().substr(0, 11), "2026-11-03-");
}

TEST(Refresh, ASecondRunIsTurnedAway) {
    const Force force;
    const io::RunLock held(force.published() / ".refresh.lock");
    const std::string text =
        io::error_text(ErrorKind::locked, [&] { force.night("2026-11-02 03:30"); });
    EXPECT_NE(text.find("process "), std::string::npos) << text;
}

TEST(Refresh, ADryRunPublishesNothing) {
    Force force;
    force.night("2026-11-02 03:30");
    const auto before = everything_in(force.published());
    force.settings.dry_run = true;
    EXPECT_FALSE(force.night("2026-11-03 03:30").would_change.empty());
    EXPECT_EQ(everything_in(force.published()), before);
    EXPECT_EQ(force.store().last_run->number, 1U);
}

TEST(Refresh, ADryRunBeforeTheFirstNightMakesNothing) {
    Force force;
    force.settings.dry_run = true;
    const auto before = io::listing(force.folder.path());
    EXPECT_FALSE(force.night("2026-11-02 03:30").would_change.empty());
    EXPECT_EQ(io::listing(force.folder.path()), before);
    force.settings.dry_run = false;
    EXPECT_EQ(force.night("2026-11-02 03:30").status.new_candidates, 6U);
}

TEST(Refresh, AStoreThatIsGoneIsAskedForAndNoneIsBegunAnew) {
    const Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    force.night("2026-11-03 03:30");
    const auto before = everything_in(force.current());
    const fs::path copy = force.folder / "vrn-copies/vrn-run2.gpkg";
    fs::remove(*force.settings.store);
    const std::string text =
        io::error_text(ErrorKind::input, [&] { force.night("2026-11-04 03:30"); });
    EXPECT_NE(text.find("the store is gone, though 2026-11-03-run2 was published from it"),
              std::string::npos)
        << text;
    EXPECT_FALSE(fs::exists(*force.settings.store));
    EXPECT_EQ(everything_in(force.current()), before);
    fs::copy(copy, *force.settings.store);
    force.night("2026-11-04 03:30");
    EXPECT_EQ(force.stand().size(), 6U);
}

TEST(Refresh, AnOlderCopyOfTheStoreMovesNoReaderBackAndGivesNoNumberTwice) {
    const Force force;
    for (const char* const now : {"2026-11-02 03:30", "2026-11-03 03:30", "2026-11-04 03:30"}) {
        force.night(now);
    }
    fs::copy(force.folder / "vrn-copies/vrn-run1.gpkg", *force.settings.store,
             fs::copy_options::overwrite_existing);
    const std::string incidents = io::content(force.incidents());
    fs::remove(force.incidents());
    io::error_text(ErrorKind::input, [&] { force.night("2026-11-05 03:30"); });
    EXPECT_EQ(fs::read_symlink(force.current()), "2026-11-04-run3");
    std::ofstream(force.incidents(), std::ios::binary) << incidents;
    force.night("2026-11-05 03:30");
    EXPECT_EQ(fs::read_symlink(force.current()), "2026-11-05-run4");
    EXPECT_TRUE(fs::exists(force.published() / "2026-11-03-run2"));
}

TEST(Refresh, AStoreThatCannotBeCopiedIsToldAndTheNightIsOut) {
    const Force force;
    force.folder.file("vrn-copies", "a file in the way");
    const Night night = force.night("2026-11-02 03:30");
    EXPECT_EQ(night.exit_code, ExitCode::done);
    ASSERT_FALSE(night.warnings.empty());
    EXPECT_NE(night.warnings.back().find("the store was not copied"), std::string::npos);
    EXPECT_NE(io::content(force.published() / "status.json").find("the store was not copied"),
              std::string::npos);
    EXPECT_TRUE(fs::exists(force.current() / "zones.geojson"));
}

TEST(Refresh, ADamagedStatusIsWrittenAnew) {
    const Force force;
    force.night("2026-11-02 03:30");
    for (const char* const damaged : {"", "{\"exit_code\": \"none\"}", "[]", "{\"exit_code\": 0"}) {
        std::ofstream(force.published() / "status.json", std::ios::binary) << damaged;
        EXPECT_FALSE(force.night("2026-11-02 12:00").nothing_new) << damaged;
        EXPECT_EQ(io::read_status(force.published() / "status.json", london())->exit_code, 0);
    }
}

TEST(Refresh, OldNightsGo) {
    Force force;
    force.settings.keep = 2;
    for (const char* const now : {"2026-11-02 03:30", "2026-11-03 03:30", "2026-11-04 03:30"}) {
        force.night(now);
    }
    EXPECT_EQ(io::listing(force.published()),
              (std::set<std::string>{".refresh.lock", "2026-11-03-run2", "2026-11-04-run3",
                                     "current", "status.json"}));
}

TEST(Refresh, AClockFarAheadForOneNightHoldsNothingUp) {
    const Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    force.night("2026-11-03 03:30");
    for (const char* const wrong : {"2026-11-09 03:30", "2028-01-01 03:30"}) {
        SCOPED_TRACE(wrong);
        force.night(wrong);
        const Night right = force.night("2026-11-04 03:30");
        EXPECT_THAT(right.warnings, Contains(HasSubstr("the clock went back")));
        const std::vector<schedule::Visit> visits = force.store().visits;
        for (const char* const day : {"2026-11-04", "2026-11-05", "2026-11-10"}) {
            EXPECT_TRUE(std::any_of(visits.begin(), visits.end(), [&](const auto& visit) {
                return london().day(visit.when.from) == *geo::read_day(day);
            })) << day;
        }
    }
}

TEST(Refresh, MoreDaysIssuedThanPlannedAreRefused) {
    Force force;
    force.settings.issue_days = 15;
    EXPECT_THROW(force.night("2026-11-02 03:30"), geo::Error);
}

TEST(Refresh, TheGuardIsNotOverruledWithoutAReason) {
    Force force;
    force.settings.force = "";
    EXPECT_THROW(force.night("2026-11-02 03:30"), geo::Error);
}

TEST(Refresh, ARowWhoseKindIsCorrectedCounts) {
    Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    force.night("2026-11-03 03:30");
    const std::string zone = in_force(force.store().zones).front().id.text();
    const auto log = [&](const char* kind) {
        force.settings.attendance = {force.folder.file(
            "log.csv", "zone_id,unit,start,end,kind\n" + zone +
                           ",Car,2026-11-03T18:00,2026-11-03T18:20," + kind + "\n")};
    };
    log("background");
    force.night("2026-11-04 03:30");
    log("tasked");
    const Night night = force.night("2026-11-05 03:30");
    const auto rows = force.store().attendances;
    EXPECT_EQ(rows.size(), 2U) << "each as it was told";
    for (const io::StatusAlert& alert : night.status.alerts) {
        EXPECT_FALSE(alert.zone.text() == zone && alert.level == io::StatusAlert::Level::overdue);
    }
}

TEST(Refresh, WhenAllZonesAreRetiredNobodyIsSentAnywhere) {
    Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    force.night("2026-11-03 03:30");
    for (const auto& zone : in_force(force.store().zones)) {
        force.settings.retire_zones.push_back(zone.id.text());
    }
    force.adopt("2026-11-03 09:00");
    force.night("2026-11-04 03:30");
    for (const schedule::Visit& visit : force.store().visits) {
        EXPECT_LT(visit.when.from, at("2026-11-04 03:30"));
    }
}

TEST(Refresh, AZoneIsNotDueBeforeAnybodyHadToGoThere) {
    Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    const std::string zone = in_force(force.store().zones).front().id.text();
    force.settings.attendance = {
        force.folder.file("log.csv", "zone_id,unit,start,end,kind\n" + zone +
                                         ",Car,2026-09-01T18:00,2026-09-01T18:20,tasked\n")};
    const Night night = force.night("2026-11-03 03:30");
    for (const io::StatusAlert& alert : night.status.alerts) {
        EXPECT_NE(alert.level, io::StatusAlert::Level::overdue) << alert.zone.text();
    }
}

TEST(Refresh, PartnersGetNoWorkingPapers) {
    Force force;
    force.settings.audience = io::Audience::partner;
    force.night("2026-11-02 03:30");
    EXPECT_FALSE(fs::exists(force.current() / "matches.csv"));
    EXPECT_FALSE(fs::exists(force.current() / "candidates.geojson"));
}

TEST(Refresh, AnUnwritablePrometheusFileHoldsNothingUp) {
    Force force;
    force.settings.prometheus = force.folder.path().string();
    EXPECT_NO_THROW(force.night("2026-11-02 03:30"));
    EXPECT_THAT(io::content(force.published() / "status.json"), HasSubstr("2026-11-02"));
}

TEST(Adopt, TwiceBeforeTheNextNightPutsNoZoneInForceTwice) {
    Force force;
    force.night("2026-11-02 03:30");
    force.settings.adopt_zones = {force.store().candidates.front().id.text(),
                                  force.store().candidates.front().id.text()};
    EXPECT_EQ(force.adopt("2026-11-02 09:00").zones.size(), 1U);
    force.settings.adopt_zones.clear();
    const std::size_t candidates = force.store().candidates.size();
    EXPECT_EQ(force.adopt("2026-11-02 09:05").zones.size(), candidates - 1);
    EXPECT_EQ(force.adopt("2026-11-02 09:10").zones.size(), 0U);
    EXPECT_EQ(in_force(force.store().zones).size(), candidates);
    EXPECT_NO_THROW(force.night("2026-11-03 03:30"));
}

TEST(Adopt, ACandidateThatWasRetiredSinceDoesNotComeBackUnderItsId) {
    Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    const std::string id = force.store().candidates.front().id.text();
    force.settings.retire_zones = {id};
    force.adopt("2026-11-02 09:05");
    force.settings.retire_zones.clear();
    force.settings.adopt_zones = {id};
    const Adoption again = force.adopt("2026-11-02 09:10");
    EXPECT_THAT(again.zones, testing::IsEmpty());
    EXPECT_THAT(again.lines, Contains(HasSubstr("was retired")));
    force.settings.retire_zones = {id};
    EXPECT_THROW(force.adopt("2026-11-02 09:15"), geo::Error) << "both at once";
}

TEST(Adopt, WhatDriftedKeepsItsIdAndTheHistoryKeepsItsOldPlace) {
    const Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    force.thin_out_incidents(2);
    force.night("2026-11-03 03:30");
    force.adopt("2026-11-03 09:00");
    const io::StoreContent store = force.store();
    std::set<std::string> ids;
    for (const io::StoredZone& zone : store.zones) {
        EXPECT_TRUE(zone.valid_to || ids.insert(zone.id.text()).second) << "one place at a time";
        if (zone.valid_to) {
            EXPECT_EQ(*zone.valid_to, at("2026-11-03 09:00"));
            EXPECT_FALSE(zone.why_ended.empty());
        }
    }
    EXPECT_GT(store.zones.size(), ids.size()) << "something moved";
    EXPECT_EQ(ids.size(), store.candidates.size());
}

TEST(Adopt, TheIdOfARetiredZoneIsNeverGivenAgain) {
    Force force;
    force.night("2026-11-02 03:30");
    force.adopt("2026-11-02 09:00");
    const std::string first = force.store().zones.front().id.text();
    force.settings.retire_zones = {first};
    force.adopt("2026-11-02 10:00");
    force.settings.retire_zones.clear();
    force.night("2026-11-03 03:30");
    bool proposed_again = false;
    for (const io::StoredCandidate& candidate : force.store().candidates) {
        EXPECT_NE(candidate.id.text(), first);
        proposed_again = proposed_again || candidate.is_new;
    }
    EXPECT_TRUE(proposed_again) << "the place is as hot as before";
}

TEST(Adopt, AnUnknownZoneIsAnsweredWithTheNearest) {
    Force force;
    force.night("2026-11-02 03:30");
    force.settings.adopt_zones = {"X05000001-9"};
    const std::string text =
        io::error_text(ErrorKind::usage, [&] { force.adopt("2026-11-02 09:00"); });
    EXPECT_NE(text.find("did you mean 'X05000001-1'?"), std::string::npos) << text;
}

} // namespace
} // namespace cli
