#include "cli/option_groups.hpp"
#include "io/connection_text.hpp"
#include "io/database_writer.hpp"
#include "io/report_page.hpp"

#include <array>

namespace cli {

namespace {

constexpr std::array<std::pair<std::string_view, geo::DateOrder>, 2> date_order_words{
    {{"day_first", geo::DateOrder::day_first}, {"month_first", geo::DateOrder::month_first}}};

void add_output(std::vector<Option>& table) {
    table.push_back(
        text_option({.name = "out",
                     .key = "out",
                     .placeholder = "DIR",
                     .help = "folder to write (init: file); must not exist without --overwrite",
                     .group = "Output",
                     .words = Words::path,
                     .commands = publishes | for_check | for_evaluate | for_init | for_compliance},
                    PATROLZONES_AT(out)));
    table.push_back(
        flag_option({.name = "overwrite",
                     .key = "overwrite",
                     .help = "replace what is there",
                     .group = "Output",
                     .commands = publishes | for_check | for_evaluate | for_init | for_compliance},
                    PATROLZONES_AT(overwrite)));
    table.push_back(flag_option(
        {.name = "with-incidents",
         .key = "with_incidents",
         .help =
             "add the incidents as points, and the places of rows left out: for this machine only",
         .group = "Output",
         .commands = for_run | for_check | for_zones},
        PATROLZONES_AT(with_incidents)));
    table.push_back(choice_option(
        {.name = "audience",
         .key = "audience",
         .placeholder = "WHO",
         .help = "internal, partner (no counts under 5, no weights) or public (wards by a band of "
                 "their count) [internal]",
         .group = "Output",
         .commands = publishes | for_check | for_evaluate},
        PATROLZONES_AT(audience), io::audience_words));
}

/// What is made of the layers beside the files.
void add_layers(std::vector<Option>& table) {
    table.push_back(metres_option({.name = "buffer-m",
                                   .key = "buffer_m",
                                   .placeholder = "M",
                                   .help = "width of the ring around each zone in which to look "
                                           "for displacement [100]",
                                   .group = "Output",
                                   .commands = publishes},
                                  PATROLZONES_AT(buffer)));
    Option database{.name = "publish",
                    .key = "publish",
                    .placeholder = "PG:...",
                    .help = "write the layers into this PostGIS database, too, in one transaction",
                    .group = "Output",
                    .commands = publishes};
    database.set = [](Settings& s, const Texts& words) {
        io::require_database_name(words.front());
        s.publish = words.front();
    };
    database.get = [](const Settings& s) {
        return s.publish ? io::OptionValue(io::without_password(*s.publish)) : io::OptionValue();
    };
    table.push_back(std::move(database));
}

/// Background tiles, which every report may have.
void add_tiles(std::vector<Option>& table) {
    Option url{.name = "tile-url",
               .key = "tile_url",
               .placeholder = "URL",
               .help = "background map of the report, such as "
                       "https://tiles.example.org/{z}/{x}/{y}.png [none: no server is asked]",
               .group = "Report",
               .commands = publishes | for_report};
    url.set = [](Settings& s, const Texts& words) {
        io::tile_origin(words.front());
        s.tile_url = words.front();
    };
    url.get = [](const Settings& s) {
        return s.tile_url ? io::OptionValue(*s.tile_url) : io::OptionValue();
    };
    table.push_back(url);
    table.push_back(text_option({.name = "tile-attribution",
                                 .key = "tile_attribution",
                                 .placeholder = "TEXT",
                                 .help = "whom to name as the maker of that map; needed with it",
                                 .group = "Report",
                                 .commands = publishes | for_report},
                                PATROLZONES_AT(tile_attribution)));
}

void add_sheets(std::vector<Option>& table) {
    table.push_back(text_option({.name = "from-out",
                                 .key = "from_out",
                                 .placeholder = "DIR",
                                 .help = "output folder to make report.html again in",
                                 .group = "Report",
                                 .words = Words::path,
                                 .commands = for_report},
                                PATROLZONES_AT(from_out)));
    table.push_back(
        flag_option({.name = "sheets",
                     .key = "sheets",
                     .help = "make sheets.html, too: one A4 page a unit and shift, to print",
                     .group = "Report",
                     .commands = for_report},
                    PATROLZONES_AT(sheets)));
    table.push_back(day_option({.name = "sheets-from",
                                .key = "sheets_from",
                                .placeholder = "DATE",
                                .help = "first day with sheets [the plan's first]",
                                .group = "Report",
                                .commands = for_report},
                               PATROLZONES_AT(sheets_from)));
    table.push_back(count_option({.name = "sheets-days",
                                  .key = "sheets_days",
                                  .placeholder = "N",
                                  .help = "days with sheets [7]",
                                  .group = "Report",
                                  .commands = for_report},
                                 PATROLZONES_AT(sheets_days), 1));
    table.push_back(flag_option({.name = "pdf",
                                 .key = "pdf",
                                 .help = "make sheets.pdf, too, by a Chromium on this machine",
                                 .group = "Report",
                                 .commands = for_report},
                                PATROLZONES_AT(pdf)));
}

void add_printing(std::vector<Option>& table) {
    table.push_back(
        count_option({.name = "threads",
                      .key = "threads",
                      .placeholder = "N",
                      .help = "threads to use; changes the time, never the result [all]",
                      .group = "Output",
                      .commands = reads_wards | for_schedule},
                     PATROLZONES_AT(hotspots.selection.threads), 1));
    table.push_back(flag_option({.name = "quiet",
                                 .key = "quiet",
                                 .help = "print nothing but errors",
                                 .group = "Output",
                                 .commands = all},
                                PATROLZONES_AT(quiet)));
    table.push_back(flag_option({.name = "verbose",
                                 .key = "verbose",
                                 .help = "print the time of each step, too",
                                 .group = "Output",
                                 .commands = all},
                                PATROLZONES_AT(verbose)));
    table.push_back(
        flag_option({.name = "json",
                     .key = "json",
                     .help = "print the result as one JSON object; text for people goes to stderr",
                     .group = "Output",
                     .commands = all & ~for_init},
                    PATROLZONES_AT(json)));
}

constexpr std::array<std::pair<std::string_view, schedule::Attendance::Kind>, 2> kind_words{
    {{"tasked", schedule::Attendance::Kind::tasked},
     {"background", schedule::Attendance::Kind::background}}};

/// How positions become presence.
void add_presence(std::vector<Option>& table) {
    table.push_back(choice_option({.key = "attendance.pings_are", .commands = reads_attendance},
                                  PATROLZONES_AT(presence.kind), kind_words));
    table.push_back(
        duration_option({.key = "attendance.longest_gap_s", .commands = reads_attendance},
                        PATROLZONES_AT(presence.longest_gap), 1));
    table.push_back(duration_option({.key = "attendance.excursion_s", .commands = reads_attendance},
                                    PATROLZONES_AT(presence.excursion), 0));
    Option jitter{.key = "attendance.jitter_m", .commands = reads_attendance};
    jitter.set = [](Settings& s, const Texts& words) {
        s.presence.jitter = geo::Metres(number(words.front(), 0, 5000));
    };
    jitter.get = [](const Settings& s) { return io::OptionValue(s.presence.jitter.value()); };
    table.push_back(jitter);
}

void add_incident_columns(std::vector<Option>& table) {
    const auto column = [&](std::string_view key, auto at) {
        table.push_back(text_option({.key = key, .commands = reads_incidents}, at));
    };
    column("incidents.x", PATROLZONES_AT(columns.x));
    column("incidents.y", PATROLZONES_AT(columns.y));
    table.push_back(crs_option({.key = "incidents.crs", .commands = reads_incidents},
                               PATROLZONES_AT(columns.crs)));
    table.push_back(choice_option({.key = "incidents.date_order", .commands = reads_incidents},
                                  PATROLZONES_AT(columns.date_order), date_order_words));
    column("incidents.from", PATROLZONES_AT(columns.from));
    column("incidents.from_date", PATROLZONES_AT(columns.from_date));
    column("incidents.from_time", PATROLZONES_AT(columns.from_time));
    column("incidents.to", PATROLZONES_AT(columns.to));
    column("incidents.to_date", PATROLZONES_AT(columns.to_date));
    column("incidents.to_time", PATROLZONES_AT(columns.to_time));
    column("incidents.offence", PATROLZONES_AT(columns.offence));
    column("incidents.location", PATROLZONES_AT(columns.location));
    column("incidents.weight", PATROLZONES_AT(columns.weight));
    column("incidents.reference", PATROLZONES_AT(columns.reference));
    column("incidents.status", PATROLZONES_AT(columns.status));
    column("incidents.ward", PATROLZONES_AT(columns.ward));
    column("incidents.domestic", PATROLZONES_AT(columns.domestic));
    column("incidents.location_type", PATROLZONES_AT(columns.location_type));
}

void add_ward_and_visit_columns(std::vector<Option>& table) {
    const auto ward_key = [&](std::string_view key, auto at) {
        table.push_back(text_option({.key = key, .commands = reads_wards}, at));
    };
    ward_key("wards.layer", PATROLZONES_AT(wards.layer));
    ward_key("wards.code", PATROLZONES_AT(wards.code));
    ward_key("wards.name", PATROLZONES_AT(wards.name));
    table.push_back(
        crs_option({.key = "wards.crs", .commands = reads_wards}, PATROLZONES_AT(wards.crs)));
    const auto visit_key = [&](std::string_view key, auto at) {
        table.push_back(text_option({.key = key, .commands = reads_visits}, at));
    };
    visit_key("visits.visit_id", PATROLZONES_AT(visit_columns.visit_id));
    visit_key("visits.zone_id", PATROLZONES_AT(visit_columns.zone_id));
    visit_key("visits.unit", PATROLZONES_AT(visit_columns.unit));
    visit_key("visits.shift", PATROLZONES_AT(visit_columns.shift));
    visit_key("visits.date", PATROLZONES_AT(visit_columns.date));
    visit_key("visits.seq", PATROLZONES_AT(visit_columns.seq));
    visit_key("visits.start", PATROLZONES_AT(visit_columns.start));
    visit_key("visits.end", PATROLZONES_AT(visit_columns.end));
    visit_key("visits.minutes", PATROLZONES_AT(visit_columns.minutes));
    table.push_back(choice_option({.key = "visits.date_order", .commands = reads_visits},
                                  PATROLZONES_AT(visit_columns.date_order), date_order_words));
}

void add_attendance_columns(std::vector<Option>& table) {
    const auto attendance_key = [&](std::string_view key, auto at) {
        table.push_back(text_option({.key = key, .commands = reads_attendance}, at));
    };
    attendance_key("attendance.zone_id", PATROLZONES_AT(attendance_columns.zone_id));
    attendance_key("attendance.unit", PATROLZONES_AT(attendance_columns.unit));
    attendance_key("attendance.start", PATROLZONES_AT(attendance_columns.start));
    attendance_key("attendance.end", PATROLZONES_AT(attendance_columns.end));
    attendance_key("attendance.kind", PATROLZONES_AT(attendance_columns.kind));
    attendance_key("attendance.tasked", PATROLZONES_AT(attendance_columns.tasked));
    attendance_key("attendance.background", PATROLZONES_AT(attendance_columns.background));
    attendance_key("attendance.visit_id", PATROLZONES_AT(attendance_columns.visit_id));
    attendance_key("attendance.arrests", PATROLZONES_AT(attendance_columns.arrests));
    attendance_key("attendance.searches", PATROLZONES_AT(attendance_columns.searches));
    attendance_key("attendance.time", PATROLZONES_AT(attendance_columns.time));
    attendance_key("attendance.x", PATROLZONES_AT(attendance_columns.x));
    attendance_key("attendance.y", PATROLZONES_AT(attendance_columns.y));
    table.push_back(crs_option({.key = "attendance.crs", .commands = reads_attendance},
                               PATROLZONES_AT(attendance_columns.crs)));
    add_presence(table);
}

} // namespace

void add_output_options(std::vector<Option>& table) {
    add_output(table);
    add_layers(table);
    add_tiles(table);
    add_sheets(table);
    add_printing(table);
    add_incident_columns(table);
    add_ward_and_visit_columns(table);
    add_attendance_columns(table);
}

} // namespace cli
