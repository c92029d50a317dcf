#include "io/store_rows.hpp"

#include "io/words.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace io {

namespace {

using enum StoreType;

constexpr std::array facts_columns{StoreColumn{"fact", text}, StoreColumn{"value", text}};

constexpr std::array zone_columns{
    StoreColumn{"zone_id", text},     StoreColumn{"name", text},
    StoreColumn{"ward_code", text},   StoreColumn{"ward_name", text},
    StoreColumn{"easting", real},     StoreColumn{"northing", real},
    StoreColumn{"radius_m", real},    StoreColumn{"valid_from", instant},
    StoreColumn{"valid_to", instant}, StoreColumn{"why", text},
    StoreColumn{"why_ended", text},   StoreColumn{"below_since", instant},
};

constexpr std::array candidate_columns{
    StoreColumn{"zone_id", text},   StoreColumn{"is_new", whole},   StoreColumn{"name", text},
    StoreColumn{"ward_code", text}, StoreColumn{"ward_name", text}, StoreColumn{"easting", real},
    StoreColumn{"northing", real},  StoreColumn{"radius_m", real},  StoreColumn{"incidents", whole},
    StoreColumn{"weight", real},
};

constexpr std::array visit_columns{
    StoreColumn{"visit_id", text},      StoreColumn{"zone_id", text},
    StoreColumn{"unit", text},          StoreColumn{"shift", text},
    StoreColumn{"shift_day", day},      StoreColumn{"seq", whole},
    StoreColumn{"start_time", instant}, StoreColumn{"end_time", instant},
    StoreColumn{"travel_min", whole},   StoreColumn{"reason", text},
    StoreColumn{"status", text},
};

constexpr std::array attendance_columns{
    StoreColumn{"zone_id", text},       StoreColumn{"unit", text},
    StoreColumn{"start_time", instant}, StoreColumn{"end_time", instant},
    StoreColumn{"end_day", day},        StoreColumn{"kind", text},
    StoreColumn{"source", text},        StoreColumn{"visit_id", text},
    StoreColumn{"arrests", whole},      StoreColumn{"searches", whole},
};

constexpr std::array run_columns{
    StoreColumn{"run", whole},           StoreColumn{"at_time", instant},
    StoreColumn{"exit_code", whole},     StoreColumn{"fingerprint", text},
    StoreColumn{"night", text},          StoreColumn{"issued_until", day},
    StoreColumn{"rows_read", whole},     StoreColumn{"rows_used", whole},
    StoreColumn{"rows_left_out", whole}, StoreColumn{"wards", whole},
    StoreColumn{"weight", real},         StoreColumn{"newest", instant},
    StoreColumn{"forced", text},         StoreColumn{"version", text},
};

constexpr std::string_view tasked = "tasked";
constexpr std::string_view background = "background";

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

std::optional<std::uint64_t> widened(const std::optional<std::uint32_t>& number) {
    return number ? std::optional<std::uint64_t>(*number) : std::nullopt;
}

std::optional<std::uint32_t> number_in(const StoredRow& row, const char* column) {
    return row.is_null(column) ? std::nullopt
                               : std::optional(static_cast<std::uint32_t>(row.whole(column)));
}

constexpr std::array<std::string_view, 3> source_words{"list", "calendar", "pings"};

} // namespace

const StoreTable facts_table{"store_facts", facts_columns};
const StoreTable zone_table{"zone_history", zone_columns, true};
const StoreTable candidate_table{"candidate_zones", candidate_columns, true};
const StoreTable visit_table{"planned_visits", visit_columns, false, "shift_day"};
const StoreTable attendance_table{"attendances", attendance_columns, false, "end_day"};
const StoreTable run_table{"runs", run_columns, false, "run"};

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

geo::Day utc_day(geo::Instant instant) {
    return std::chrono::floor<std::chrono::days>(geo::WallTime(instant.time_since_epoch()));
}

} // namespace io
