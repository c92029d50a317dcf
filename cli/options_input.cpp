#include "cli/option_groups.hpp"

#include "geo/time_text.hpp"

namespace cli {

namespace {

void add_evidence_files(std::vector<Option>& table) {
    Option incidents{
        .name = "incidents",
        .key = "incidents.paths",
        .placeholder = "PATH...",
        .help = "incident files: CSV, data.police.uk zip, folder, any vector source GDAL opens",
        .group = "Input",
        .arity = Arity::many,
        .words = Words::path,
        .commands = reads_incidents};
    incidents.set = [](Settings& s, const Texts& words) { s.incidents = words; };
    incidents.get = [](const Settings& s) { return io::OptionValue(s.incidents); };
    table.push_back(incidents);
    table.push_back(text_option({.name = "wards",
                                 .key = "wards.path",
                                 .placeholder = "PATH",
                                 .help = "ward polygons with code and name",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = reads_wards},
                                PATROLZONES_AT(wards.path)));
    table.push_back(text_option({.name = "zones",
                                 .key = "zones.path",
                                 .placeholder = "FILE",
                                 .help = "zones to plan for or to verify, as zones.geojson",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = for_schedule | for_verify | for_compliance},
                                PATROLZONES_AT(zones)));
    table.push_back(text_option({.name = "visits",
                                 .key = "visits.path",
                                 .placeholder = "FILE",
                                 .help = "planned visits, as visits.geojson or roster.csv",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = for_verify | for_compliance},
                                PATROLZONES_AT(visits)));
}

void add_plan_files(std::vector<Option>& table) {
    table.push_back(text_option(
        {.name = "units",
         .key = "units.path",
         .placeholder = "FILE",
         .help = "who patrols and when (TOML or CSV); fewest late-shift units when left out",
         .group = "Input",
         .words = Words::path,
         .commands = reads_attendance},
        PATROLZONES_AT(units)));
    Option attendance{.name = "attendance",
                      .key = "attendance.path",
                      .placeholder = "FILE...",
                      .help = "attendances so far: lists or positions (CSV, any layer GDAL opens, "
                              "GPX), calendars of visits (.ics)",
                      .group = "Input",
                      .arity = Arity::many,
                      .words = Words::path,
                      .commands = reads_attendance};
    attendance.set = [](Settings& s, const Texts& words) { s.attendance = words; };
    attendance.get = [](const Settings& s) {
        return s.attendance.empty()       ? io::OptionValue()
               : s.attendance.size() == 1 ? io::OptionValue(s.attendance.front())
                                          : io::OptionValue(s.attendance);
    };
    table.push_back(attendance);
    table.push_back(text_option({.name = "profile",
                                 .key = "profile.path",
                                 .placeholder = "CSV",
                                 .help = "expected incidents by zone and hour of the week",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = for_schedule},
                                PATROLZONES_AT(profile)));
    table.push_back(text_option({.name = "travel",
                                 .key = "travel.path",
                                 .placeholder = "CSV",
                                 .help = "minutes between zones and from bases, where they were "
                                         "measured (from,to,minutes) [straight line x 1.3]",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = keeps_rule},
                                PATROLZONES_AT(travel)));
}

void add_settings_files(std::vector<Option>& table) {
    table.push_back(text_option({.name = "definition",
                                 .key = "incidents.definition",
                                 .placeholder = "FILE",
                                 .help = "which offences are serious violence (TOML)",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = reads_wards},
                                PATROLZONES_AT(definition)));
    table.push_back(text_option({.name = "config",
                                 .key = "",
                                 .placeholder = "FILE",
                                 .help = "configuration (TOML); the command line wins",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = all & ~for_init},
                                PATROLZONES_AT(config)));
    table.push_back(day_option({.name = "from",
                                .key = "from",
                                .placeholder = "DATE",
                                .help = "first day of incidents, included",
                                .group = "Input",
                                .commands = reads_wards},
                               PATROLZONES_AT(from)));
    table.push_back(day_option({.name = "to",
                                .key = "to",
                                .placeholder = "DATE",
                                .help = "last day of incidents, included",
                                .group = "Input",
                                .commands = reads_wards & ~for_evaluate},
                               PATROLZONES_AT(to)));
}

/// The period of a report, which is not that of the incidents.
void add_report_period(std::vector<Option>& table) {
    table.push_back(day_option({.name = "from",
                                .key = "compliance.from",
                                .placeholder = "DATE",
                                .help = "first day of the report [that of the first attendance]",
                                .group = "Input",
                                .commands = for_compliance},
                               PATROLZONES_AT(compliance_from)));
    table.push_back(day_option({.name = "to",
                                .key = "compliance.to",
                                .placeholder = "DATE",
                                .help = "last day of the report, included [today]",
                                .group = "Input",
                                .commands = for_compliance},
                               PATROLZONES_AT(compliance_to)));
    Option as_of{.name = "as-of",
                 .key = "compliance.as_of",
                 .placeholder = "TIME",
                 .help = "end of the report, such as 2026-11-23T06:00; later is not known yet [the "
                         "end of --to, now at the latest]",
                 .group = "Input",
                 .commands = for_compliance};
    as_of.set = [](Settings& s, const Texts& words) {
        const auto time = geo::read_time(words.front());
        if (!time || time->precision != geo::ReadTime::Precision::second) {
            refuse(words.front(), "a date with a time of day, such as 2026-11-23T06:00");
        }
        s.as_of = words.front();
    };
    as_of.get = [](const Settings& s) { return shown(s.as_of); };
    table.push_back(as_of);
}

void add_space_and_time(std::vector<Option>& table) {
    table.push_back(crs_option({.name = "analysis-crs",
                                .key = "analysis_crs",
                                .placeholder = "CRS",
                                .help = "projected CRS to work in; chosen by place when left out",
                                .group = "Input",
                                .commands = all & ~(for_init | for_report)},
                               PATROLZONES_AT(analysis_crs)));
    table.push_back(text_option({.name = "time-zone",
                                 .key = "time_zone",
                                 .placeholder = "NAME",
                                 .help = "IANA time zone of wall clocks [Europe/London]",
                                 .group = "Input",
                                 .commands = all & ~for_report},
                                PATROLZONES_AT(time_zone)));
    Option repair{.name = "repair-axes",
                  .key = "repair_axes",
                  .help = "use rows whose coordinates stand in each other's columns",
                  .group = "Input",
                  .arity = Arity::flag,
                  .commands = reads_wards};
    repair.set = [](Settings& s, const Texts& words) {
        s.axes = words.empty() || yes_or_no(words.front()) ? io::AxesRepair::repair
                                                           : io::AxesRepair::leave_out;
    };
    repair.get = [](const Settings& s) {
        return io::OptionValue(s.axes == io::AxesRepair::repair);
    };
    table.push_back(repair);
}

void add_filters(std::vector<Option>& table) {
    Option domestic{.name = "leave-out-domestic",
                    .key = "leave_out_domestic",
                    .help = "leave out rows with a domestic marker such as Y, yes, true or 1",
                    .group = "Input",
                    .arity = Arity::flag,
                    .commands = reads_wards};
    domestic.set = [](Settings& s, const Texts& words) {
        const bool on = words.empty() || yes_or_no(words.front());
        s.filters.domestic = on ? io::usual_domestic_markers() : Texts();
    };
    domestic.get = [](const Settings& s) { return io::OptionValue(!s.filters.domestic.empty()); };
    table.push_back(domestic);
    Option types{.name = "leave-out-location-types",
                 .key = "leave_out_location_types",
                 .placeholder = "PATTERN...",
                 .help = "leave out rows with such a type of location; * stands for any text",
                 .group = "Input",
                 .arity = Arity::many,
                 .commands = reads_wards};
    types.set = [](Settings& s, const Texts& words) { s.filters.location_types = words; };
    types.get = [](const Settings& s) { return io::OptionValue(s.filters.location_types); };
    table.push_back(types);
}

void add_exclusions(std::vector<Option>& table) {
    Option places{.name = "exclude",
                  .key = "exclude",
                  .placeholder = "PATH...",
                  .help = "places whose incidents are left out, such as custody and hospitals: "
                          "points, polygons, or a CSV",
                  .group = "Input",
                  .arity = Arity::many,
                  .words = Words::path,
                  .commands = reads_wards};
    places.set = [](Settings& s, const Texts& words) { s.exclusions.paths = words; };
    places.get = [](const Settings& s) { return io::OptionValue(s.exclusions.paths); };
    table.push_back(places);
    Option radius{.name = "exclude-radius",
                  .key = "exclude_radius",
                  .placeholder = "M",
                  .help = "radius in metres of places without one of their own [50; polygons 0]",
                  .group = "Input",
                  .commands = reads_wards};
    radius.set = [](Settings& s, const Texts& words) {
        s.exclusions.radius = geo::Metres(number(words.front(), 0, 5000));
    };
    radius.get = [](const Settings& s) {
        return s.exclusions.radius ? io::OptionValue(s.exclusions.radius->value())
                                   : io::OptionValue();
    };
    table.push_back(radius);
    table.push_back(crs_option({.name = "exclude-crs",
                                .key = "exclude_crs",
                                .placeholder = "CRS",
                                .help = "of the excluded places; the layer's own when left out",
                                .group = "Input",
                                .commands = reads_wards},
                               PATROLZONES_AT(exclusions.crs)));
}

} // namespace

void add_input_options(std::vector<Option>& table) {
    add_evidence_files(table);
    add_plan_files(table);
    add_settings_files(table);
    add_report_period(table);
    add_space_and_time(table);
    add_filters(table);
    add_exclusions(table);
}

} // namespace cli
