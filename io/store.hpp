#pragma once

#include "cluster/zone.hpp"
#include "io/gdal.hpp"
#include "schedule/attendance.hpp"
#include "schedule/plan.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace io {

/// A zone in force, or one that was: one row a place and time.
struct StoredZone {
    cluster::ZoneId id;
    std::string name;
    cluster::WardCode ward_code;
    std::string ward_name;
    cluster::Disc disc;
    geo::Instant valid_from{};
    std::string why;                      ///< it came into force
    std::optional<geo::Instant> valid_to; ///< nothing while in force
    std::string why_ended;
    std::optional<geo::Instant> below_since; ///< since then it holds fewer incidents than the
                                             ///< minimum, without a break
};

/// A zone that a night proposes.
struct StoredCandidate {
    cluster::ZoneId id;  ///< of the zone in force that it carries on, else the one it would get
    bool is_new = false; ///< it carries on none
    std::string name;
    cluster::WardCode ward_code;
    std::string ward_name;
    cluster::Disc disc;
    std::uint32_t incidents = 0;
    double weight = 0;
};

/// What a night counted: what the next one is held against.
struct RunCounts {
    std::uint64_t rows_read = 0;
    std::uint64_t rows_used = 0;
    std::uint64_t rows_left_out = 0;
    std::uint64_t wards = 0;            ///< with incidents
    double weight = 0;                  ///< of all incidents
    std::optional<geo::Instant> newest; ///< end of the newest incident
};

/// One night that was published.
struct StoredRun {
    std::uint64_t number = 0; ///< from 1, never reused
    geo::Instant at{};        ///< what was taken for now
    int exit_code = 0;
    std::string fingerprint; ///< of inputs, configuration, date and store
    std::string night;       ///< folder it was published in
    geo::Day issued_until{}; ///< shifts that begin before this day are issued
    RunCounts counts;
    std::string forced; ///< why the guard was overruled; empty where it was not
    std::string version;
};

/// What is in a store, as far as a night needs it.
struct StoreContent {
    std::vector<StoredZone> zones; ///< all that ever were, by id, then valid_from
    std::vector<StoredCandidate> candidates;
    std::vector<schedule::Visit> visits;           ///< that were not withdrawn, by start
    std::vector<schedule::Attendance> attendances; ///< by start, zone, unit
    std::optional<StoredRun> last_run;
};

/// What one transaction writes. Parts that are not set stay as they are.
struct StoreChange {
    std::vector<StoredZone> zones; ///< rows put in place of those with the same id and valid_from,
                                   ///< or new
    std::optional<std::vector<StoredCandidate>> candidates; ///< all of them
    std::optional<geo::Instant> plan_from; ///< planned and issued visits from then on go, and
                                           ///< `visits` take their place
    std::vector<schedule::Visit> visits;
    std::vector<schedule::Visit> withdrawn; ///< issued visits that no longer stand: kept, as such
    std::vector<schedule::Attendance> attendances; ///< new ones
    std::optional<StoredRun> run;
};

/// Whether a store is kept in a database: "PG:dbname=vrn schemas=patrolzones"; else it is a file.
bool is_database_store(const std::string& where);

/// Where a force's adopted zones, plans and attendances are kept: a GeoPackage, or a schema of a
/// PostGIS database. The same code for both, through GDAL.
///
/// Tables: zone_history, candidate_zones, planned_visits, attendances, runs, store_facts
/// (docs/formats/store.md). Every change is one transaction: whoever reads, or is killed, finds the
/// store before it or after it. One process at a time may have it open for changes.
class Store {
  public:
    /// Opens it, makes it where there is none, whole or not at all, and brings an older one up to
    /// date.
    ///
    /// \param where path of a GeoPackage, or "PG:..." with `schemas=NAME`. \param crs analysis CRS
    /// of a new store; an old one keeps its own.
    /// \throws geo::Error (locked) if another process has it open; (input) with the remedy if it
    /// cannot be opened, is damaged, is no store, is of a newer version or on another CRS.
    static Store open(const std::string& where, const std::string& crs);

    /// As above, but an old one only. \throws geo::Error (input) if there is none.
    static Store open_existing(const std::string& where);

    /// As above, but nothing where there is none; nothing is made then.
    static std::optional<Store> open_if_there(const std::string& where);

    /// \throws geo::Error (input) if its zones are on another CRS.
    void require_crs(const std::string& crs) const;

    /// Everything but visits and attendances that ended before `since`.
    StoreContent read(geo::Instant since) const;

    /// All attendances of one zone, by start.
    std::vector<schedule::Attendance> attendances_of(const cluster::ZoneId& zone) const;

    /// Writes the change as one transaction. \throws geo::Error (input); the store is unchanged
    /// then.
    void apply(const StoreChange& change);

    /// Copies a GeoPackage store, whole, to a new file; nothing for a database.
    /// \throws geo::Error (input).
    void back_up(const std::string& path) const;
    bool is_file() const;
    /// The analysis CRS of its zones.
    std::string crs() const;

    /// The version of the tables that this program writes.
    static constexpr int version = 1;

    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

  private:
    struct Opened;
    explicit Store(std::unique_ptr<Opened> opened);
    static std::unique_ptr<Opened> take(const std::string& where,
                                        const std::optional<std::string>& crs_if_new);
    std::unique_ptr<Opened> opened_;
};

} // namespace io
