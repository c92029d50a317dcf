#include "io/store.hpp"

#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/connection_text.hpp"
#include "io/file_text.hpp"
#include "io/run_lock.hpp"
#include "io/source.hpp"
#include "io/store_copies.hpp"
#include "io/store_rows.hpp"
#include "io/store_table.hpp"
#include "io/words.hpp"

#include <fmt/core.h>
#include <gdal.h>
#include <ogr_api.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace io {

namespace {

namespace fs = std::filesystem;

using geo::Error;
using geo::ErrorKind;

bool earlier(const schedule::Attendance& a, const schedule::Attendance& b) {
    return std::tie(a.when.from, a.zone, a.unit, a.when.to) <
           std::tie(b.when.from, b.zone, b.unit, b.when.to);
}

// Opening.

/// The schema that the store is kept in.
std::string store_schema(const std::string& where) {
    const std::optional<std::string> schema = schema_of(where);
    if (!schema) {
        throw Error(ErrorKind::usage, "names no schema for the store; add schemas=patrolzones");
    }
    return *schema;
}

DatasetHandle open_for_changes(const std::string& where) {
    return DatasetHandle(
        GDALOpenEx(where.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, nullptr, nullptr, nullptr));
}

Error cannot_open(const std::string& where, const GdalErrors& errors) {
    return {ErrorKind::input,
            fmt::format("the store cannot be opened: {}; {}",
                        errors.failure().empty() ? "GDAL gives no reason" : errors.failure(),
                        is_database_store(where)
                            ? "check that the database runs and lets this user in"
                            : how_to_restore(where))};
}

/// Nothing where the database has no such schema and none is to be made.
DatasetHandle open_database(const std::string& where, bool make) {
    const GdalErrors errors;
    const std::string schema = store_schema(where);
    DatasetHandle dataset = open_for_changes(where);
    if (!dataset) {
        throw cannot_open(where, errors);
    }
    if (!make) {
        const StoreDatabase asked(std::move(dataset), where);
        const bool there =
            asked.sql("SELECT 1 FROM pg_namespace WHERE nspname = " + sql_text(schema)) == "1";
        return there ? open_for_changes(where) : nullptr;
    }
    GDALDatasetReleaseResultSet(
        dataset.get(),
        GDALDatasetExecuteSQL(dataset.get(), ("CREATE SCHEMA IF NOT EXISTS " + schema).c_str(),
                              nullptr, nullptr));
    require_gdal(true, errors, "made");
    dataset = open_for_changes(where); // sees the schema from the start
    if (!dataset) {
        throw cannot_open(where, errors);
    }
    return dataset;
}

DatasetHandle open_file(const std::string& where) {
    const GdalErrors errors;
    DatasetHandle dataset = open_for_changes(where);
    if (!dataset || !errors.failure().empty()) {
        throw cannot_open(where, errors);
    }
    return dataset;
}

/// Refuses a damaged file before anything is built on it. SQLite by itself takes a last page that
/// ends too soon for one that ends in zeros.
void require_whole(const StoreDatabase& database, const std::string& where) {
    std::string verdict = database.sql("PRAGMA quick_check(1)").value_or("no verdict");
    const auto told = database.sql("SELECT page_count * page_size FROM pragma_page_count, "
                                   "pragma_page_size");
    std::error_code fault;
    const std::string found = std::to_string(fs::file_size(where, fault));
    if (verdict == "ok" && !fault && told != found) {
        verdict = fmt::format("{} bytes instead of {}", found, told.value_or("an unknown number"));
    }
    if (verdict != "ok") {
        throw Error(ErrorKind::input,
                    fmt::format("the store is damaged ({}); {}", verdict, how_to_restore(where)));
    }
}

void lock_database(const StoreDatabase& database, const std::string& where) {
    const std::string key =
        fmt::format("hashtext('patrolzones'), hashtext({})", sql_text(store_schema(where)));
    if (database.sql(fmt::format("SELECT pg_try_advisory_lock({})::int", key)) == "1") {
        return;
    }
    const auto holder = database.sql(fmt::format(
        "SELECT 'database session ' || l.pid || coalesce(' from ' || host(a.client_addr), '') "
        "FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND "
        "l.granted AND (l.classid::bigint, l.objid::bigint) = (hashtext('patrolzones')::bigint & "
        "4294967295, hashtext({})::bigint & 4294967295)",
        sql_text(store_schema(where))));
    throw Error(ErrorKind::locked, fmt::format("{} is at work here; wait until it has ended",
                                               holder.value_or("another run")));
}

// Versions. Step i brings a store of version i to i + 1; a database without our tables is of
// version 0.

using Migration = void (*)(StoreDatabase&, const std::string& crs);

constexpr std::array tables{&facts_table, &zone_table,       &candidate_table,
                            &visit_table, &attendance_table, &run_table};

void make_tables(StoreDatabase& database, const std::string& crs) {
    for (const StoreTable* table : tables) {
        database.make(*table, crs);
    }
    NewRow(database, facts_table).set("fact", "crs").set("value", crs).add();
}

constexpr std::array<Migration, Store::version> migrations{make_tables};

std::optional<std::string> fact(const StoreDatabase& database, std::string_view name) {
    std::optional<std::string> value;
    each_row(database, facts_table, "fact = " + sql_text(name),
             [&](const StoredRow& row) { value = row.text("value"); });
    return value;
}

std::uint64_t version_of(const StoreDatabase& database, const std::string& where) {
    if (!database.has(facts_table)) {
        database.sql("SELECT 1"); // throws where it is the connection that is gone
        if (GDALDatasetGetLayerCount(database.handle()) > 0 && !is_database_store(where)) {
            const bool was_one = StoreCopies(where).newest().has_value();
            throw Error(ErrorKind::input,
                        fmt::format("is no store of patrolzones; name another file{}",
                                    was_one ? ", or " + how_to_restore(where) : ""));
        }
        return 0;
    }
    const auto version = fact(database, "version");
    const auto number = version ? whole_number_of(*version) : std::nullopt;
    if (!number) {
        throw Error(ErrorKind::input,
                    fmt::format("the store names no version; {}", how_to_restore(where)));
    }
    return *number;
}

void migrate(StoreDatabase& database, const std::string& where, const std::string& crs) {
    const std::uint64_t found = version_of(database, where);
    if (found > Store::version) {
        throw Error(ErrorKind::input,
                    fmt::format("the store is of version {}, this program knows {}; use the "
                                "newer program",
                                found, Store::version));
    }
    if (found == Store::version) {
        return;
    }
    database.in_transaction([&] {
        for (std::uint64_t version = found; version < Store::version; ++version) {
            migrations.at(version)(database, crs);
        }
        remove_rows(database, facts_table, "fact = 'version'",
                    [](const StoredRow& /*any*/) { return true; });
        NewRow(database, facts_table)
            .set("fact", "version")
            .set("value", std::to_string(Store::version))
            .add();
    });
}

/// Refuses a store that lacks a table.
void require_tables(const StoreDatabase& database, const std::string& where) {
    for (const StoreTable* table : tables) {
        if (!database.has(*table)) {
            database.sql("SELECT 1"); // throws where it is the connection that is gone
            throw Error(ErrorKind::input, fmt::format("the store has no table {}; {}", table->name,
                                                      how_to_restore(where)));
        }
    }
}

/// Makes a new store beside the place and puts it there when it has its tables, so that whoever is
/// killed leaves a whole one or none.
void make_file(const fs::path& where, const std::string& crs) {
    fs::path beside = where;
    beside.replace_filename(fmt::format(".{}.new.gpkg", where.stem().string()));
    const auto clear = [&] {
        std::error_code fault;
        fs::remove(beside, fault);
        fs::remove(beside.string() + "-journal", fault);
    };
    clear();
    try {
        geo::within(where.string(), [&] {
            const GdalErrors errors;
            StoreDatabase database(
                DatasetHandle(GDALCreate(GDALGetDriverByName("GPKG"), beside.c_str(), 0, 0, 0,
                                         GDT_Unknown, nullptr)),
                where);
            require_gdal(database.handle() != nullptr, errors, "made");
            migrate(database, where, crs);
        });
    } catch (...) {
        clear();
        throw;
    }
    std::error_code fault;
    fs::rename(beside, where, fault);
    if (fault) {
        clear();
        throw write_error(where, fault);
    }
}

} // namespace

bool is_database_store(const std::string& where) {
    return where.starts_with("PG:") || where.starts_with("postgresql:");
}

struct Store::Opened {
    std::string where;
    std::optional<RunLock> lock; ///< of a file; a database keeps its own
    StoreDatabase database;
};

Store::Store(std::unique_ptr<Opened> opened) : opened_(std::move(opened)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

std::unique_ptr<Store::Opened> Store::take(const std::string& where,
                                           const std::optional<std::string>& crs_if_new) {
    register_gdal();
    const bool file = !is_database_store(where);
    std::error_code fault;
    if (file && !crs_if_new && !fs::exists(where, fault)) {
        return nullptr;
    }
    std::optional<RunLock> lock;
    if (file) {
        lock.emplace(where + ".lock");
    }
    if (file && !fs::exists(where, fault)) {
        make_file(where, crs_if_new.value());
    }
    return geo::within(without_password(where), [&]() -> std::unique_ptr<Opened> {
        DatasetHandle dataset =
            file ? open_file(where) : open_database(where, crs_if_new.has_value());
        if (!dataset) {
            return nullptr;
        }
        auto opened = std::make_unique<Opened>(
            Opened{where, std::move(lock), StoreDatabase(std::move(dataset), where)});
        file ? require_whole(opened->database, where) : lock_database(opened->database, where);
        const bool is_new = version_of(opened->database, where) == 0;
        if (is_new && !crs_if_new) {
            return nullptr;
        }
        migrate(opened->database, where,
                is_new ? *crs_if_new : fact(opened->database, "crs").value_or(""));
        require_tables(opened->database, where);
        return opened;
    });
}

Store Store::open(const std::string& where, const std::string& crs) {
    Store store(take(where, crs));
    store.require_crs(crs);
    return store;
}

std::optional<Store> Store::open_if_there(const std::string& where) {
    auto opened = take(where, std::nullopt);
    return opened ? std::optional(Store(std::move(opened))) : std::nullopt;
}

Store Store::open_existing(const std::string& where) {
    std::optional<Store> store = open_if_there(where);
    if (!store) {
        throw Error(ErrorKind::input,
                    fmt::format("{}: there is no store; patrolzones refresh makes the "
                                "first one, and if there was one before, {}",
                                without_password(where), how_to_restore(where)));
    }
    return std::move(*store);
}

void Store::require_crs(const std::string& crs) const {
    const std::string kept = fact(opened_->database, "crs").value_or("");
    if (kept != crs) {
        throw Error(ErrorKind::input,
                    fmt::format("{}: the store's zones are on {}, tonight's are on {}; set "
                                "analysis_crs = \"{}\"",
                                without_password(opened_->where), kept, crs, kept));
    }
}

bool Store::is_file() const {
    return !is_database_store(opened_->where);
}

std::string Store::crs() const {
    return fact(opened_->database, "crs").value_or("");
}

StoreContent Store::read(geo::Instant since) const {
    const StoreDatabase& database = opened_->database;
    StoreContent content;
    each_row(database, zone_table, "",
             [&](const StoredRow& row) { content.zones.push_back(zone_of(row)); });
    each_row(database, candidate_table, "",
             [&](const StoredRow& row) { content.candidates.push_back(candidate_of(row)); });
    // Days are compared before times, since both databases keep them alike and have an index. A
    // shift may begin the day before, by the local clock, and a visit end the day after.
    const std::string day = geo::iso_text(utc_day(since) - std::chrono::days(2));
    each_row(database, visit_table,
             fmt::format("shift_day >= '{}' AND status <> '{}'", day, withdrawn),
             [&](const StoredRow& row) {
                 if (schedule::Visit visit = visit_of(row); visit.when.to >= since) {
                     content.visits.push_back(std::move(visit));
                 }
             });
    each_row(
        database, attendance_table, fmt::format("end_day >= '{}'", day), [&](const StoredRow& row) {
            if (schedule::Attendance attended = attendance_of(row); attended.when.to >= since) {
                content.attendances.push_back(std::move(attended));
            }
        });
    const auto last = database.sql("SELECT max(run) FROM runs");
    if (last) {
        each_row(database, run_table, "run = " + *last,
                 [&](const StoredRow& row) { content.last_run = run_of(row); });
    }
    std::ranges::sort(content.zones, [](const StoredZone& a, const StoredZone& b) {
        return std::tie(a.id, a.valid_from) < std::tie(b.id, b.valid_from);
    });
    std::ranges::sort(content.candidates, [](const StoredCandidate& a, const StoredCandidate& b) {
        return std::tie(b.weight, a.disc.centre) < std::tie(a.weight, b.disc.centre);
    });
    std::ranges::sort(content.visits, [](const schedule::Visit& a, const schedule::Visit& b) {
        return std::tie(a.when.from, a.unit, a.id) < std::tie(b.when.from, b.unit, b.id);
    });
    std::ranges::sort(content.attendances, earlier);
    return content;
}

std::vector<schedule::Attendance> Store::attendances_of(const cluster::ZoneId& zone) const {
    std::vector<schedule::Attendance> found;
    each_row(opened_->database, attendance_table, "zone_id = " + sql_text(zone.text()),
             [&](const StoredRow& row) { found.push_back(attendance_of(row)); });
    std::ranges::sort(found, earlier);
    return found;
}

namespace {

void replace_zones(const StoreDatabase& database, const std::vector<StoredZone>& zones) {
    for (const StoredZone& zone : zones) {
        remove_rows(
            database, zone_table, "zone_id = " + sql_text(zone.id.text()),
            [&](const StoredRow& row) { return row.instant("valid_from") == zone.valid_from; });
        add_zone(database, zone);
    }
}

void replace_plan(const StoreDatabase& database, const StoreChange& change) {
    const geo::Instant from = *change.plan_from;
    const std::string day = geo::iso_text(utc_day(from) - std::chrono::days(2));
    remove_rows(database, visit_table,
                fmt::format("shift_day >= '{}' AND status <> '{}'", day, withdrawn),
                [&](const StoredRow& row) { return row.instant("start_time") >= from; });
    for (const schedule::Visit& visit : change.visits) {
        add_visit(database, visit, word(visit.status));
    }
    for (const schedule::Visit& visit : change.withdrawn) {
        add_visit(database, visit, withdrawn);
    }
}

} // namespace

void Store::apply(const StoreChange& change) {
    StoreDatabase& database = opened_->database;
    geo::within(without_password(opened_->where), [&] {
        database.in_transaction([&] {
            replace_zones(database, change.zones);
            if (change.candidates) {
                remove_rows(database, candidate_table, "",
                            [](const StoredRow& /*any*/) { return true; });
                for (const StoredCandidate& candidate : *change.candidates) {
                    add_candidate(database, candidate);
                }
            }
            if (change.plan_from) {
                replace_plan(database, change);
            }
            for (const schedule::Attendance& attendance : change.attendances) {
                add_attendance(database, attendance);
            }
            if (change.run) {
                add_run(database, *change.run);
            }
        });
    });
}

void Store::back_up(const std::string& path) const {
    if (!is_file()) {
        return;
    }
    geo::within(path, [&] {
        std::error_code fault;
        fs::remove(path, fault);
        opened_->database.sql("VACUUM INTO " + sql_text(path));
    });
}

} // namespace io
