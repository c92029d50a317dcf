#pragma once

#include "cli/refresh.hpp"
#include "tests/io/temporary_folder.hpp"
#include "tests/year/exports.hpp"
#include "tests/year/recount.hpp"

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace year {

/// What one refresh left, and what it took.
struct NightRecord {
    geo::Instant at{};
    int exit_code = 0;
    std::uint64_t breaches_planned = 0; ///< by the manifest: that the plan itself makes
    std::set<std::string> overdue;      ///< zones that the alerts call so
    std::size_t visits = 0;             ///< in the plan
    std::size_t stands =
        0; ///< visits and attendances in the part of the store that a night looks at
    std::uint64_t bytes_read = 0; ///< by the process, from files
    std::uint64_t bytes_written = 0;
    std::uintmax_t store_bytes = 0;
    std::size_t folders = 0; ///< in the published folder
    double seconds = 0;
};

/// Days of the report on which the zones in force were the same.
struct Chapter {
    geo::Day first{};
    std::string zones; ///< the file that was published
};

/// A force of the sample county that lives by its plan for a year, with the refresh run by its
/// nights.
///
/// 365 nights from 3 November 2025, at 03:30 mostly. Each month brings the export of incidents up
/// to the month before, 24 months long. Of the visits of the published plan 85 in a hundred take
/// place; of those that do some are short, and some are logged days later. There are bad nights,
/// days on which nobody goes out, nights without a refresh, refreshes made up for at noon; a unit
/// comes and one goes, a zone is added, one is retired, and once all zones are reviewed.
class Force {
  public:
    explicit Force(std::uint64_t seed);

    /// Lives through the year. Called once.
    void live();

    const std::vector<NightRecord>& nights() const { return nights_; }
    const std::vector<Outcome>& outcomes() const { return outcomes_; }
    std::vector<InForce>
    zones() const; ///< every zone with the time it was in force, moves passed over
    const std::vector<Chapter>& chapters() const { return chapters_; }
    geo::Instant end() const { return end_; }
    /// What was found wrong with ids and places on the way, a sentence each.
    const std::vector<std::string>& faults() const { return faults_; }
    /// All attendances of the year as a file.
    std::string whole_log() const;
    const io::TemporaryFolder& folder() const { return folder_; }
    const cli::Settings& settings() const { return settings_; }

  private:
    struct LogRow {
        geo::Instant end{};
        geo::Instant reported{};
        std::string text;
    };
    void plan_calendar();
    void hand_over(geo::Day day);
    void happen(geo::Day day);
    void adopt(geo::Day day, std::vector<std::string> zones, std::vector<std::string> retired);
    void write_log(geo::Instant now) const;
    void night(geo::Instant now);
    void patrol(geo::TimeSpan watch);
    void play(const std::string& visit, const std::string& zone, const std::string& unit,
              geo::TimeSpan planned);
    void check_zones(geo::Instant now);
    void begin_chapter(geo::Day day);
    unsigned share_made(geo::Day day) const;
    bool in_hundred(unsigned share) { return random_() % 100 < share; }
    std::filesystem::path current() const { return folder_ / "published" / "current"; }

    io::TemporaryFolder folder_;
    cli::Settings settings_;
    Exports exports_;
    std::mt19937_64 random_;
    std::vector<geo::Instant> calendar_; ///< of the refreshes
    geo::Instant end_{};
    std::set<geo::Day> bad_days_;
    std::vector<NightRecord> nights_;
    std::vector<Outcome> outcomes_;
    std::vector<LogRow> log_; ///< of the whole year, also what is reported later
    std::vector<Chapter> chapters_;
    std::map<std::string, cluster::Disc> places_; ///< of the zones in force, as adopted
    std::set<std::string> ended_;                 ///< ids of zones that are no more
    std::vector<std::string> faults_;
    bool just_adopted_ = false;
};

const geo::TimeZone& london();

} // namespace year
