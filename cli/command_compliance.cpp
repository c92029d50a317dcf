#include "cli/command_compliance.hpp"

#include "cli/attendances.hpp"
#include "cli/compliance_text.hpp"
#include "cli/publish.hpp"
#include "cli/steps.hpp"
#include "cli/summary.hpp"
#include "cli/watched.hpp"
#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/compliance_writer.hpp"
#include "io/unit_reader.hpp"
#include "io/visits_reader.hpp"

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

/// Everything that the report is worked out from.
struct Inputs {
    Watched watched;
    std::vector<schedule::Visit> visits;
    std::vector<schedule::Unit> units;
    KnownAttendances known;
    std::vector<std::string> warnings;
};

/// From the first day as set, else the first of which anything is known.
geo::TimeSpan period_of(const Settings& settings, const geo::TimeZone& time_zone, geo::Instant end,
                        const Inputs& inputs) {
    geo::Instant first = end;
    for (const schedule::Attendance& attendance : inputs.known.attendances) {
        first = std::min(first, attendance.when.from);
    }
    for (const schedule::WatchedZone& zone : inputs.watched.in_force) {
        first = std::min(first, zone.since.value_or(end));
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

/// The plan of the settings' file, else the store's.
void read_plan(const Settings& settings, const geo::TimeZone& time_zone, Inputs& inputs) {
    inputs.visits = inputs.watched.visits;
    if (settings.visits) {
        io::ReadVisits plan = io::read_visits(*settings.visits, time_zone, settings.visit_columns);
        for (const io::VisitProblem& problem : plan.problems) {
            inputs.warnings.push_back(
                fmt::format("{}: {}; the row is left out", *settings.visits, problem.text()));
        }
        inputs.visits = std::move(plan.visits);
    }
}

Inputs read_inputs(const Settings& settings, const geo::TimeZone& time_zone, geo::Instant now) {
    Inputs inputs{.watched = watched_zones(settings, now)};
    const Watched& watched = inputs.watched;
    inputs.warnings = watched.warnings;
    if (settings.zones) { // a store has attendances of its own
        required(settings.attendance.empty() ? "" : settings.attendance.front(), "attendance");
    }
    read_plan(settings, time_zone, inputs);
    if (settings.units) {
        inputs.units = io::read_units(*settings.units, geo::Projection("EPSG:4326", watched.crs));
    }
    Surroundings around{.time_zone = time_zone,
                        .discs = watched.discs,
                        .crs = watched.crs,
                        .plan = inputs.visits,
                        .as_of = now,
                        .stored = watched.attendances};
    for (const cluster::Zone& zone : watched.zones) {
        around.zones.push_back(zone.id);
    }
    inputs.known = read_attendances(settings, around);
    return inputs;
}

/// Visits that were to have taken place in the period, and what became of each.
struct Due {
    std::vector<schedule::Visit> visits;
    std::vector<schedule::Delivery> deliveries;
};

/// All planned visits are held beside the attendances: one from before the report, or still to
/// come, may be the one that somebody was there for.
Due due_in(const geo::TimeSpan& period, const Inputs& inputs, const schedule::Rule& rule) {
    const std::vector<schedule::Delivery> all =
        schedule::deliveries(inputs.visits, inputs.known.attendances, rule, {.as_of = period.to});
    Due due;
    for (std::size_t v = 0; v < all.size(); ++v) {
        const geo::TimeSpan& when = inputs.visits[v].when;
        if (when.from >= period.from && when.to <= period.to) {
            due.visits.push_back(inputs.visits[v]);
            due.deliveries.push_back(all[v]);
        }
    }
    return due;
}

schedule::Compliance watch_zones(const Settings& settings, const Inputs& inputs,
                                 const geo::TimeSpan& period, const geo::TimeZone& time_zone) {
    return schedule::compliance({.zones = inputs.watched.in_force,
                                 .attendances = inputs.known.attendances,
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
    const geo::TimeSpan period = period_of(settings, time_zone, end, inputs);
    const schedule::Compliance compliance =
        watch.time("compare", [&] { return watch_zones(settings, inputs, period, time_zone); });
    const Due due = due_in(period, inputs, settings.rule);
    warn_of_officers(inputs, compliance);

    const io::ComplianceReport report{.compliance = compliance,
                                      .zones = inputs.watched.zones,
                                      .attendances = inputs.known.attendances,
                                      .visits = due.visits,
                                      .deliveries = due.deliveries,
                                      .time_zone = time_zone,
                                      .with_plan = settings.visits || !settings.zones,
                                      .with_units = settings.units.has_value()};
    const ComplianceTexts texts{report, settings.rule, inputs.known.read.files,
                                inputs.known.read.problems, inputs.warnings};
    Result result{.settings = &settings,
                  .command = for_compliance,
                  .time_zone = &time_zone,
                  .analysis_crs = inputs.watched.crs,
                  .warnings = inputs.warnings};
    result.exit_code = compliance.keeps_rule() ? ExitCode::done : ExitCode::rule_broken;
    if (folder) {
        write_folder(texts, result, *folder, watch);
    }
    print(settings, {inputs.warnings, compliance_text(texts), compliance_json(texts)}, watch);
    return result.exit_code;
}

} // namespace cli
