#include "cli/command_compliance.hpp"

#include "cli/compliance_text.hpp"
#include "cli/publish.hpp"
#include "cli/steps.hpp"
#include "cli/summary.hpp"
#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/compliance_writer.hpp"
#include "io/unit_reader.hpp"
#include "io/visits_reader.hpp"
#include "io/zones_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cli {

namespace {

using std::chrono::days;

/// What the report is of the end of: as set, else the end of the last day, but not after now.
geo::Instant as_of(const Settings& settings, const geo::TimeZone& time_zone) {
    if (settings.as_of) {
        return geo::first_instant(*geo::read_time(*settings.as_of), time_zone);
    }
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return settings.compliance_to
               ? std::min(time_zone.midnight(*settings.compliance_to + days(1)), now)
               : now;
}

/// From the first day as set, else that of the first attendance.
geo::TimeSpan period_of(const Settings& settings, const geo::TimeZone& time_zone, geo::Instant end,
                        std::span<const schedule::Attendance> attendances) {
    geo::Instant first = end;
    for (const schedule::Attendance& attendance : attendances) {
        first = std::min(first, attendance.when.from);
    }
    const geo::Day day = settings.compliance_from.value_or(time_zone.day(first));
    const geo::TimeSpan period{time_zone.midnight(day), end};
    if (period.to < period.from) {
        throw geo::Error(geo::ErrorKind::usage,
                         fmt::format("the report would begin on {} and end before it, at {}; "
                                     "change --from, --to or --as-of",
                                     geo::iso_text(day), geo::iso_text(end, time_zone)));
    }
    return period;
}

/// Everything that the report is worked out from.
struct Inputs {
    io::ReadZones zones;
    std::vector<schedule::Visit> visits;
    std::vector<schedule::Unit> units;
    io::ReadAttendances read;
    std::vector<schedule::Attendance> attendances; ///< tidied
    std::vector<std::string> warnings;
};

std::vector<schedule::ZoneDisc> discs_of(const std::vector<cluster::Zone>& zones) {
    std::vector<schedule::ZoneDisc> discs;
    for (const cluster::Zone& zone : zones) {
        discs.push_back({zone.id, zone.disc});
    }
    return discs;
}

std::vector<cluster::ZoneId> ids_of(const std::vector<cluster::Zone>& zones) {
    std::vector<cluster::ZoneId> ids;
    for (const cluster::Zone& zone : zones) {
        ids.push_back(zone.id);
    }
    return ids;
}

/// Compares the rows with each other, and books what that says against their files.
void tidy_rows(Inputs& inputs, geo::Instant now) {
    const schedule::TidyLog log =
        schedule::tidy(schedule::tasked_by_plan(inputs.read.attendances, inputs.visits),
                       ids_of(inputs.zones.zones), {.now = now});
    std::size_t contradicted = 0;
    for (const schedule::RowFault& bad : log.faults) {
        const io::AttendanceOrigin& origin = inputs.read.origins[bad.row];
        const bool left_out = schedule::leaves_out(bad.fault);
        if (origin.line == 0) {
            contradicted += left_out ? 1U : 0U; // a stay: its positions were used
            continue;
        }
        inputs.read.problems.push_back({origin.line, "", bad.fault, origin.file});
        inputs.read.files[origin.file].rows_left_out += left_out ? 1U : 0U;
    }
    std::stable_sort(inputs.read.problems.begin(), inputs.read.problems.end(),
                     [](const io::AttendanceProblem& a, const io::AttendanceProblem& b) {
                         return std::tie(a.file, a.line) < std::tie(b.file, b.line);
                     });
    if (contradicted > 0) {
        inputs.warnings.push_back(fmt::format(
            "{} stays found in positions contradict other rows of their unit, last for over a day "
            "or end after the report; they are left out",
            contradicted));
    }
    inputs.attendances = log.attendances;
}

Inputs read_inputs(const Settings& settings, const geo::TimeZone& time_zone, geo::Instant now) {
    Inputs inputs{.zones =
                      io::read_zones(required(settings.zones, "zones"), settings.analysis_crs)};
    inputs.warnings = inputs.zones.warnings;
    required(settings.attendance.empty() ? "" : settings.attendance.front(), "attendance");
    if (settings.visits) {
        io::ReadVisits plan = io::read_visits(*settings.visits, time_zone, settings.visit_columns);
        for (const io::VisitProblem& problem : plan.problems) {
            inputs.warnings.push_back(
                fmt::format("{}: {}; the row is left out", *settings.visits, problem.text()));
        }
        inputs.visits = std::move(plan.visits);
    }
    if (settings.units) {
        inputs.units = io::read_units(*settings.units,
                                      geo::Projection("EPSG:4326", inputs.zones.analysis_crs));
    }
    inputs.read = read_attendances(settings, time_zone, discs_of(inputs.zones.zones),
                                   inputs.zones.analysis_crs)
                      .read;
    tidy_rows(inputs, now);
    return inputs;
}

/// The visits that were to have taken place in the period.
std::vector<schedule::Visit> due_visits(const std::vector<schedule::Visit>& visits,
                                        const geo::TimeSpan& period) {
    std::vector<schedule::Visit> due;
    std::copy_if(visits.begin(), visits.end(), std::back_inserter(due),
                 [&](const schedule::Visit& visit) {
                     return visit.when.from >= period.from && visit.when.to <= period.to;
                 });
    return due;
}

schedule::Compliance watch_zones(const Settings& settings, const Inputs& inputs,
                                 const geo::TimeSpan& period, const geo::TimeZone& time_zone) {
    std::vector<schedule::WatchedZone> watched;
    for (const cluster::Zone& zone : inputs.zones.zones) {
        watched.push_back({zone.id});
    }
    return schedule::compliance({.zones = watched,
                                 .attendances = inputs.attendances,
                                 .rule = settings.rule,
                                 .period = period,
                                 .zone = time_zone,
                                 .units = inputs.units});
}

void write_folder(const ComplianceTexts& texts, const Result& result, io::OutputFolder& folder,
                  const Stopwatch& watch) {
    const io::ComplianceReport& report = texts.report;
    folder.write("compliance.csv", io::compliance_csv(report));
    folder.write("breaches.csv", io::breaches_csv(report));
    if (report.with_plan) {
        folder.write("deliveries.csv", io::deliveries_csv(report));
    }
    folder.write("returns-by-month.csv", io::returns_csv(report, io::ReturnPeriod::month));
    folder.write("returns-by-quarter.csv", io::returns_csv(report, io::ReturnPeriod::quarter));
    folder.write("attendance-issues.csv", io::attendance_issues_csv(texts.problems, texts.files));
    folder.write("compliance.json", compliance_json(texts));
    folder.write("manifest.json", manifest_of(result, watch));
    folder.commit();
}

void warn_of_officers(Inputs& inputs, const schedule::Compliance& compliance) {
    const std::uint64_t unknown = compliance.presence.tasked.without_officers;
    if (!inputs.units.empty() && unknown > 0) {
        inputs.warnings.push_back(
            fmt::format("{} visits are of units that are not in the units file; officer hours are "
                        "without them",
                        unknown));
    }
}

} // namespace

ExitCode run_compliance(const Settings& settings) {
    Stopwatch watch;
    const geo::TimeZone time_zone(settings.time_zone);
    std::optional<io::OutputFolder> folder;
    if (settings.out) {
        folder.emplace(*settings.out,
                       settings.overwrite ? io::Existing::replace : io::Existing::refuse);
    }
    const geo::Instant end = as_of(settings, time_zone);
    Inputs inputs = watch.time("read", [&] { return read_inputs(settings, time_zone, end); });
    const geo::TimeSpan period = period_of(settings, time_zone, end, inputs.attendances);
    const schedule::Compliance compliance =
        watch.time("compare", [&] { return watch_zones(settings, inputs, period, time_zone); });
    const std::vector<schedule::Visit> visits = due_visits(inputs.visits, period);
    const std::vector<schedule::Delivery> deliveries =
        schedule::deliveries(visits, inputs.attendances, settings.rule);
    warn_of_officers(inputs, compliance);

    const io::ComplianceReport report{.compliance = compliance,
                                      .zones = inputs.zones.zones,
                                      .attendances = inputs.attendances,
                                      .visits = visits,
                                      .deliveries = deliveries,
                                      .time_zone = time_zone,
                                      .with_plan = settings.visits.has_value(),
                                      .with_units = settings.units.has_value()};
    const ComplianceTexts texts{report, settings.rule, inputs.read.files, inputs.read.problems,
                                inputs.warnings};
    Result result{.settings = &settings,
                  .command = for_compliance,
                  .time_zone = &time_zone,
                  .analysis_crs = inputs.zones.analysis_crs,
                  .warnings = inputs.warnings};
    result.exit_code = compliance.keeps_rule() ? ExitCode::done : ExitCode::rule_broken;
    if (folder) {
        write_folder(texts, result, *folder, watch);
    }
    print(settings, {inputs.warnings, compliance_text(texts), compliance_json(texts)}, watch);
    return result.exit_code;
}

} // namespace cli
