#include "io/store.hpp"

#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/connection_text.hpp"
#include "io/file_text.hpp"
#include "io/run_lock.hpp"
#include "io/source.hpp"
#include "io/store_copies.hpp"
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

using enum StoreType;

constexpr std::array facts_columns{StoreColumn{"fact", text}, StoreColumn{"value", text}};
constexpr StoreTable facts_table{"store_facts", facts_columns};

constexpr std::array zone_columns{
    StoreColumn{"zone_id", text},     StoreColumn{"name", text},
    StoreColumn{"ward_code", text},   StoreColumn{"ward_name", text},
    StoreColumn{"easting", real},     StoreColumn{"northing", real},
    StoreColumn{"radius_m", real},    StoreColumn{"valid_from", instant},
    StoreColumn{"valid_to", instant}, StoreColumn{"why", text},
    StoreColumn{"why_ended", text},   StoreColumn{"below_since", instant},
};
constexpr StoreTable zone_table{"zone_history", zone_columns, true};

constexpr std::array candidate_columns{
    StoreColumn{"zone_id", text},   StoreColumn{"is_new", whole},   StoreColumn{"name", text},
    StoreColumn{"ward_code", text}, StoreColumn{"ward_name", text}, StoreColumn{"easting", real},
    StoreColumn{"northing", real},  StoreColumn{"radius_m", real},  StoreColumn{"incidents", whole},
    StoreColumn{"weight", real},
};
constexpr StoreTable candidate_table{"candidate_zones", candidate_columns, true};

constexpr std::array visit_columns{
    StoreColumn{"visit_id", text},      StoreColumn{"zone_id", text},
    StoreColumn{"unit", text},          StoreColumn{"shift", text},
    StoreColumn{"shift_day", day},      StoreColumn{"seq", whole},
    StoreColumn{"start_time", instant}, StoreColumn{"end_time", instant},
    StoreColumn{"travel_min", whole},   StoreColumn{"reason", text},
    StoreColumn{"status", text},
};
constexpr StoreTable visit_table{"planned_visits", visit_columns, false, "shift_day"};

constexpr std::array attendance_columns{
    StoreColumn{"zone_id", text},       StoreColumn{"unit", text},
    StoreColumn{"start_time", instant}, StoreColumn{"end_time", instant},
    StoreColumn{"end_day", day},        StoreColumn{"kind", text},
    StoreColumn{"source", text},        StoreColumn{"visit_id", text},
    StoreColumn{"arrests", whole},      StoreColumn{"searches", whole},
};
constexpr StoreTable attendance_table{"attendances", attendance_columns, false, "end_day"};

constexpr std::array run_columns{
    StoreColumn{"run", whole},           StoreColumn{"at_time", instant},
    StoreColumn{"exit_code", whole},     StoreColumn{"fingerprint", text},
    StoreColumn{"night", text},          StoreColumn{"issued_until", day},
    StoreColumn{"rows_read", whole},     StoreColumn{"rows_used", whole},
    StoreColumn{"rows_left_out", whole}, StoreColumn{"wards", whole},
    StoreColumn{"weight", real},         StoreColumn{"newest", instant},
    StoreColumn{"forced", text},         StoreColumn{"version", text},
};
constexpr StoreTable run_table{"runs", run_columns, false, "run"};

constexpr std::string_view withdrawn = "withdrawn";
constexpr std::string_view tasked = "tasked";
constexpr std::string_view background = "background";

// Discs, visits and the rest as rows, and back.

NewRow& set_disc(NewRow& row, const cluster::Disc& disc) {
    return row.set("easting", disc.centre.easting().value())
        .set("northing", disc.centre.northing().value())
        .set("radius_m", disc.radius.value())
        .circle(disc);
}

cluster::Disc disc_of(const StoredRow& row) {
    return {geo::GridPoint::at(geo::Metres(row.real("easting")), geo::Metres(row.real("northing"))),
            geo::Metres(row.real("radius_m"))};
}

void add_zone(const StoreDatabase& database, const StoredZone& zone) {
    NewRow row(database, zone_table);
    row.set("zone_id", zone.id.text())
        .set("name", zone.name)
        .set("ward_code", zone.ward_code.text())
        .set("ward_name", zone.ward_name)
        .set("valid_from", zone.valid_from)
        .set("valid_to", zone.valid_to)
        .set("why", zone.why)
        .set("below_since", zone.below_since);
    if (zone.valid_to) {
        row.set("why_ended", zone.why_ended);
    }
    set_disc(row, zone.disc).add();
}

StoredZone zone_of(const StoredRow& row) {
    return {.id = cluster::ZoneId(row.text("zone_id")),
            .name = row.text("name"),
            .ward_code = cluster::WardCode(row.text("ward_code")),
            .ward_name = row.text("ward_name"),
            .disc = disc_of(row),
            .valid_from = row.instant("valid_from"),
            .why = row.text("why"),
            .valid_to = row.instant_if_any("valid_to"),
            .why_ended = row.text("why_ended"),
            .below_since = row.instant_if_any("below_since")};
}

void add_candidate(const StoreDatabase& database, const StoredCandidate& candidate) {
    NewRow row(database, candidate_table);
    row.set("zone_id", candidate.id.text())
        .set("is_new", std::uint64_t{candidate.is_new ? 1U : 0U})
        .set("name", candidate.name)
        .set("ward_code", candidate.ward_code.text())
        .set("ward_name", candidate.ward_name)
        .set("incidents", std::uint64_t{candidate.incidents})
        .set("weight", candidate.weight);
    set_disc(row, candidate.disc).add();
}

StoredCandidate candidate_of(const StoredRow& row) {
    return {.id = cluster::ZoneId(row.text("zone_id")),
            .is_new = row.whole("is_new") != 0,
            .name = row.text("name"),
            .ward_code = cluster::WardCode(row.text("ward_code")),
            .ward_name = row.text("ward_name"),
            .disc = disc_of(row),
            .incidents = static_cast<std::uint32_t>(row.whole("incidents")),
            .weight = row.real("weight")};
}

void add_visit(const StoreDatabase& database, const schedule::Visit& visit,
               std::string_view status) {
    NewRow(database, visit_table)
        .set("visit_id", visit.id)
        .set("zone_id", visit.zone.text())
        .set("unit", visit.unit.text())
        .set("shift", visit.shift)
        .set("shift_day", visit.shift_day)
        .set("seq", std::uint64_t{visit.seq})
        .set("start_time", visit.when.from)
        .set("end_time", visit.when.to)
        .set("travel_min", static_cast<std::uint64_t>(visit.travel.count()))
        .set("reason", std::string(word(visit.reason)))
        .set("status", std::string(status))
        .add();
}

schedule::Visit visit_of(const StoredRow& row) {
    schedule::Visit visit;
    visit.id = row.text("visit_id");
    visit.zone = cluster::ZoneId(row.text("zone_id"));
    visit.unit = schedule::UnitId(row.text("unit"));
    visit.shift = row.text("shift");
    visit.shift_day = row.day("shift_day");
    visit.seq = static_cast<unsigned>(row.whole("seq"));
    visit.when = {row.instant("start_time"), row.instant("end_time")};
    visit.travel = schedule::Minutes(row.whole("travel_min"));
    visit.reason = reason_of(row.text("reason")).value_or(schedule::Reason::rule);
    visit.status = status_of(row.text("status")).value_or(schedule::Status::issued);
    return visit;
}

geo::Day utc_day(geo::Instant instant) {
    return std::chrono::floor<std::chrono::days>(geo::WallTime(instant.time_since_epoch()));
}

std::optional<std::uint64_t> widened(const std::optional<std::uint32_t>& number) {
    return number ? std::optional<std::uint64_t>(*number) : std::nullopt;
}

std::optional<std::uint32_t> number_in(const StoredRow& row, const char* column) {
    return row.is_null(column) ? std::nullopt
                               : std::optional(static_cast<std::uint32_t>(row.whole(column)));
}

constexpr std::array<std::string_view, 3> source_words{"list", "calendar", "pings"};

void add_attendance(const StoreDatabase& database, const schedule::Attendance& attendance) {
    const bool is_tasked = attendance.kind == schedule::Attendance::Kind::tasked;
    NewRow(database, attendance_table)
        .set("zone_id", attendance.zone.text())
        .set("unit", attendance.unit.text())
        .set("start_time", attendance.when.from)
        .set("end_time", attendance.when.to)
        .set("end_day", utc_day(attendance.when.to))
        .set("kind", std::string(is_tasked ? tasked : background))
        .set("source", std::string(source_words[static_cast<std::size_t>(attendance.source)]))
        .set("visit_id", attendance.visit)
        .set("arrests", widened(attendance.arrests))
        .set("searches", widened(attendance.searches))
        .add();
}

schedule::Attendance attendance_of(const StoredRow& row) {
    const auto source = std::ranges::find(source_words, row.text("source"));
    return {.zone = cluster::ZoneId(row.text("zone_id")),
            .unit = schedule::UnitId(row.text("unit")),
            .when = {row.instant("start_time"), row.instant("end_time")},
            .kind = row.text("kind") == background ? schedule::Attendance::Kind::background
                                                   : schedule::Attendance::Kind::tasked,
            .source = source == source_words.end() ? schedule::Attendance::Source::list
                                                   : static_cast<schedule::Attendance::Source>(
                                                         source - source_words.begin()),
            .visit = row.text_if_any("visit_id"),
            .arrests = number_in(row, "arrests"),
            .searches = number_in(row, "searches")};
}

void add_run(const StoreDatabase& database, const StoredRun& run) {
    NewRow row(database, run_table);
    row.set("run", run.number)
        .set("at_time", run.at)
        .set("exit_code", static_cast<std::uint64_t>(run.exit_code))
        .set("fingerprint", run.fingerprint)
        .set("night", run.night)
        .set("issued_until", run.issued_until)
        .set("rows_read", run.counts.rows_read)
        .set("rows_used", run.counts.rows_used)
        .set("rows_left_out", run.counts.rows_left_out)
        .set("wards", run.counts.wards)
        .set("weight", run.counts.weight)
        .set("newest", run.counts.newest)
        .set("version", run.version);
    if (!run.forced.empty()) {
        row.set("forced", run.forced);
    }
    row.add();
}

StoredRun run_of(const StoredRow& row) {
    return {.number = row.whole("run"),
            .at = row.instant("at_time"),
            .exit_code = static_cast<int>(row.whole("exit_code")),
            .fingerprint = row.text("fingerprint"),
            .night = row.text("night"),
            .issued_until = row.day("issued_until"),
            .counts = {.rows_read = row.whole("rows_read"),
                       .rows_used = row.whole("rows_used"),
                       .rows_left_out = row.whole("rows_left_out"),
                       .wards = row.whole("wards"),
                       .weight = row.real("weight"),
                       .newest = row.instant_if_any("newest")},
            .forced = row.text("forced"),
            .version = row.text("version")};
}

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
        throw Error(ErrorKind::input, fmt::format("{}: there is no store yet; patrolzones refresh "
                                                  "makes it",
                                                  without_password(where)));
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
