#include "cli/command_init.hpp"

#include "cli/steps.hpp"
#include "cli/summary.hpp"
#include "geo/error.hpp"
#include "io/column_names.hpp"
#include "io/field_mapping.hpp"
#include "io/file_text.hpp"
#include "io/source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

namespace cli {

namespace {

/// A TOML string that reads back as `text`.
std::string toml_text(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
        }
        result += c;
    }
    return result + '"';
}

struct FieldNote {
    io::Field field;
    std::string_view note;
};

constexpr std::array<FieldNote, io::field_count> field_notes{{
    {io::Field::x, "easting or longitude"},
    {io::Field::y, "northing or latitude"},
    {io::Field::from, "when it began: date, or date and time"},
    {io::Field::from_time, "time of it, where it has a column of its own"},
    {io::Field::to, "when it ended"},
    {io::Field::to_time, "time of it, where it has a column of its own"},
    {io::Field::offence, "offence: Home Office class code or category"},
    {io::Field::location, "text that may name zones; only if it may be published"},
    {io::Field::weight, "weight of each row; 1 when left out"},
    {io::Field::reference, "crime reference: joins rows of one incident; never written out"},
    {io::Field::status, "cancelled, no crime and the like"},
    {io::Field::ward, "ward code or name, compared with the polygons"},
    {io::Field::domestic, "domestic marker"},
    {io::Field::location_type, "kind of place"},
}};

/// The configuration key: a time in a column of its own makes the date's key `from_date`.
std::string key_of(io::Field field, const io::FieldMapping& mapping) {
    if (field == io::Field::from && mapping[io::Field::from_time]) {
        return "from_date";
    }
    if (field == io::Field::to && mapping[io::Field::to_time]) {
        return "to_date";
    }
    return std::string(io::key(field));
}

std::string incident_lines(const std::vector<std::string>& columns,
                           const io::FieldMapping& mapping) {
    std::string text;
    for (const auto& [field, note] : field_notes) {
        const std::string key = key_of(field, mapping);
        const auto column = mapping[field];
        const std::string value = column ? fmt::format("{} = {}", key, toml_text(columns[*column]))
                                         : fmt::format("# {} = \"\"", key);
        text += fmt::format("{:<40} # {}\n", value, note);
    }
    return text;
}

std::string crs_line(const io::FieldMapping& mapping) {
    switch (mapping.coordinates) {
    case io::CoordinateKind::lon_lat:
        return "crs = \"EPSG:4326\"                        # longitude and latitude\n";
    case io::CoordinateKind::grid:
        return "# crs = \"EPSG:27700\"                     # of the coordinates; the analysis grid "
               "when left out\n";
    case io::CoordinateKind::none:
    case io::CoordinateKind::unnamed:
        break;
    }
    return "# crs = \"EPSG:27700\"                     # of the coordinates; judged by their "
           "values when left out\n";
}

std::string path_list(const std::vector<std::string>& paths) {
    std::vector<std::string> list;
    for (const std::string& path : paths) {
        const bool file = std::filesystem::exists(path);
        list.push_back(
            toml_text(file ? std::filesystem::absolute(path).lexically_normal().string() : path));
    }
    return fmt::format("{}", fmt::join(list, ", "));
}

std::string configuration(const Settings& settings, const std::vector<std::string>& columns,
                          const io::FieldMapping& mapping) {
    std::string text = "# Configuration of patrolzones. Every option of the command line has a key "
                       "here; the command line wins.\n"
                       "# Relative paths start at this file's folder. Lines that begin with # are "
                       "not in force.\n\n";
    text +=
        "# out = \"out\"                            # folder of the results\n"
        "# overwrite = true                       # replace what is there\n"
        "# from = 2025-01-01                      # first day of incidents, included\n"
        "# to = 2025-12-31                        # last day of incidents, included\n\n"
        "top_wards = 20                           # zones in the wards ranked first\n"
        "zones_per_ward = 3                       # at most\n"
        "radius_min = 150                         # metres\n"
        "radius_max = 200                         # metres\n"
        "min_incidents = 5                        # in a zone, at least\n\n"
        "visit_minutes = 15                       # the Home Office rule: 15-minute visits\n"
        "max_gap_hours = 96                       # repeat attendance within 4 days\n"
        "plan_gap_hours = 72                      # what planning aims at\n"
        "days = 28                                # length of the plan\n"
        "# earliest = \"07:00\"                     # no visit begins earlier in the day\n"
        "# latest = \"02:00\"                       # nor ends later; may lie past midnight\n"
        "# leave_out_days = [\"2026-12-25\"]        # days without visits; weekdays, too\n"
        "# wanted_visits = 7                      # a week in each zone, beyond the rule\n"
        "# start = 2026-01-05                     # first day of the plan; tomorrow when left out\n"
        "seed = 1                                 # draws visit times; same seed, same plan\n";
    text += fmt::format("time_zone = {}\n\n", toml_text(settings.time_zone));
    text += fmt::format("[incidents]\npaths = [{}]\n", path_list(settings.incidents));
    text += mapping.data_police_uk ? "# definition = \"definition.toml\"         # which offences "
                                     "count; built in for data.police.uk\n"
                                   : "# definition = \"definition.toml\"         # which offences "
                                     "count: needed where there is an offence column\n";
    text += crs_line(mapping);
    text += incident_lines(columns, mapping);
    text += "\n[wards]\n"
            "# path = \"wards.gpkg\"                    # polygons with code and name: needed\n"
            "# layer = \"\"                             # where the file has several\n"
            "# code = \"WD24CD\"                        # recognised when left out\n"
            "# name = \"WD24NM\"                        # recognised when left out\n"
            "\n[units]\n"
            "# path = \"units.toml\"                    # who patrols and when; fewest late shifts "
            "when left out\n"
            "\n[travel]\n"
            "# path = \"travel.csv\"                   # measured ways: from,to,minutes,mode\n"
            "\n[attendance]\n"
            "# path = \"attendance.csv\"                # attendances so far: "
            "zone_id,unit,start,end,kind; several in [ ]\n";
    return text;
}

} // namespace

ExitCode run_init(const Settings& settings) {
    required(settings.incidents.empty() ? "" : settings.incidents.front(), "incidents");
    const io::Sources sources = io::find_sources(settings.incidents);
    const std::vector<std::string> columns = io::column_names(sources.parts.front());
    const io::FieldMapping mapping =
        io::map_fields(columns, settings.columns, io::CoordinatePreference::grid);
    const std::string text = configuration(settings, columns, mapping);
    if (!settings.out) {
        std::cout << text;
        return ExitCode::done;
    }
    if (std::filesystem::is_directory(*settings.out)) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("{} is a folder; name the file to write", *settings.out));
    }
    if (std::filesystem::exists(*settings.out)) {
        if (!settings.overwrite) {
            throw geo::Error(
                geo::ErrorKind::usage,
                fmt::format("{} exists; name another file or add --overwrite", *settings.out));
        }
        std::filesystem::remove(*settings.out);
    }
    io::write_text(*settings.out, text);
    const bool needs_definition = mapping[io::Field::offence] && !mapping.data_police_uk;
    const auto recognised = std::count_if(mapping.column.begin(), mapping.column.end(),
                                          [](const auto& column) { return column.has_value(); });
    print_for_people(
        settings,
        fmt::format("{0} written: {1} of {2} columns recognised. Set path under [wards]{3}, then:\n"
                    "  patrolzones run --config {0} --out out\n",
                    *settings.out, recognised, columns.size(),
                    needs_definition ? " and definition under [incidents]" : ""));
    return ExitCode::done;
}

} // namespace cli
