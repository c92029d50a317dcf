#include "cli/command_verify.hpp"

#include "cli/attendances.hpp"
#include "cli/places.hpp"
#include "cli/steps.hpp"
#include "cli/summary.hpp"
#include "geo/time_text.hpp"
#include "io/manifest_reader.hpp"
#include "io/visits_reader.hpp"
#include "io/zones_reader.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace cli {

namespace {

std::vector<schedule::Place> places_of(const std::vector<cluster::Zone>& zones) {
    std::vector<schedule::Place> places;
    places.reserve(zones.size());
    for (const cluster::Zone& zone : zones) {
        places.push_back({.zone = zone.id,
                          .centre = zone.disc.centre,
                          .radius = zone.disc.radius,
                          .ward_code = zone.ward_code.text(),
                          .ward_name = zone.ward_name});
    }
    return places;
}

/// What the plan is checked over, and a warning where that had to be guessed.
struct Horizon {
    geo::TimeSpan span;
    std::vector<std::string> warnings;
};

/// From the first day with a visit to the end of the last one: a plan that was cut short looks
/// whole then.
Horizon guessed_horizon(const std::vector<schedule::Visit>& visits,
                        const geo::TimeZone& time_zone) {
    geo::TimeSpan span = visits.front().when;
    for (const schedule::Visit& visit : visits) {
        span.from = std::min(span.from, visit.when.from);
        span.to = std::max(span.to, visit.when.to);
    }
    const geo::Day first = time_zone.day(span.from);
    const geo::Day last = time_zone.day(span.to - std::chrono::seconds(1));
    return {{time_zone.midnight(first), time_zone.midnight(last + std::chrono::days(1))},
            {fmt::format("no --start: the plan is taken to run from its first visit to its last, "
                         "{} to {}; give --start and --days "
                         "to check it to its end",
                         geo::iso_text(first), geo::iso_text(last))}};
}

/// As set, else by the manifest beside the plan, else from the visits themselves.
Horizon horizon_of(const Settings& settings, const std::vector<schedule::Visit>& visits,
                   const geo::TimeZone& time_zone) {
    if (settings.start) {
        return {plan_horizon(settings, time_zone), {}};
    }
    const auto published = io::horizon_beside(required(settings.visits, "visits"), time_zone);
    if (!published && visits.empty()) {
        return {plan_horizon(settings, time_zone), {}};
    }
    Horizon horizon = published ? Horizon{*published, {}} : guessed_horizon(visits, time_zone);
    if (settings.days_given) {
        const geo::Day last = time_zone.day(horizon.span.from) + std::chrono::days(settings.days);
        horizon = {{horizon.span.from, time_zone.midnight(last)}, {}};
    }
    return horizon;
}

/// Everything that is to be told.
struct Findings {
    std::string path; ///< of the plan
    std::vector<io::VisitProblem> unreadable;
    std::vector<schedule::Violation> violations;

    std::size_t size() const { return unreadable.size() + violations.size(); }
};

constexpr std::string_view unreadable_code = "unreadable-row";

/// How many there are of each kind, in the order in which kinds first come up.
std::vector<std::pair<std::string_view, std::size_t>> counts(const Findings& findings) {
    std::vector<std::pair<std::string_view, std::size_t>> counts;
    const auto add = [&](std::string_view kind, std::size_t number) {
        const auto found =
            std::ranges::find(counts, kind, &std::pair<std::string_view, std::size_t>::first);
        if (found == counts.end()) {
            counts.emplace_back(kind, number);
        } else {
            found->second += number;
        }
    };
    if (!findings.unreadable.empty()) {
        add(unreadable_code, findings.unreadable.size());
    }
    for (const schedule::Violation& violation : findings.violations) {
        add(schedule::code(violation.kind), 1);
    }
    return counts;
}

std::string verdict(const Findings& findings) {
    if (findings.size() == 0) {
        return "the rule is kept and the plan can be walked";
    }
    std::string text =
        fmt::format("{} thing{} wrong", findings.size(), findings.size() == 1 ? "" : "s");
    std::string_view before = ": ";
    for (const auto& [kind, number] : counts(findings)) {
        text += fmt::format("{}{} {}", before, number, kind);
        before = ", ";
    }
    return text;
}

std::string text_of(const Findings& findings, const schedule::Check& check) {
    std::string text;
    for (const io::VisitProblem& problem : findings.unreadable) {
        text += fmt::format("{:<16} {}: {}\n", unreadable_code, findings.path, problem.text());
    }
    for (const schedule::Violation& violation : findings.violations) {
        text += fmt::format("{:<16} {}\n", schedule::code(violation.kind), violation.text);
    }
    text += fmt::format("{} visits, {} zones, {} units, {} to {}: {}\n",
                        grouped(check.visits.size()), check.places.size(), check.units.size(),
                        geo::iso_text(check.zone.day(check.horizon.from)),
                        geo::iso_text(check.zone.day(check.horizon.to - std::chrono::seconds(1))),
                        verdict(findings));
    return text;
}

using Json = nlohmann::ordered_json;

Json json_of(const schedule::Violation& v, const geo::TimeZone& time_zone) {
    const auto name = [](const auto& id) { return id ? Json(id->text()) : Json(); };
    return {{"kind", schedule::code(v.kind)},
            {"zone_id", name(v.zone)},
            {"unit", name(v.unit)},
            {"visit_id", v.visit ? Json(*v.visit) : Json()},
            {"from", v.when ? Json(geo::iso_text(v.when->from, time_zone)) : Json()},
            {"to", v.when ? Json(geo::iso_text(v.when->to, time_zone)) : Json()},
            {"text", v.text}};
}

Json json_of(const io::VisitProblem& problem, const std::string& path) {
    return {{"file", path},
            {"line", problem.line},
            {"column", problem.column},
            {"value", problem.value},
            {"remedy", problem.remedy}};
}

std::string json_of(const Findings& findings, const schedule::Check& check,
                    const std::vector<std::string>& warnings) {
    Json unreadable = Json::array();
    for (const io::VisitProblem& problem : findings.unreadable) {
        unreadable.push_back(json_of(problem, findings.path));
    }
    Json violations = Json::array();
    for (const schedule::Violation& violation : findings.violations) {
        violations.push_back(json_of(violation, check.zone));
    }
    Json by_kind = Json::object();
    for (const auto& [kind, number] : counts(findings)) {
        by_kind[std::string(kind)] = number;
    }
    const Json object{{"program", "patrolzones"},
                      {"ok", findings.size() == 0},
                      {"start", geo::iso_text(check.horizon.from, check.zone)},
                      {"end", geo::iso_text(check.horizon.to, check.zone)},
                      {"visits", check.visits.size()},
                      {"zones", check.places.size()},
                      {"units", check.units.size()},
                      {"counts", by_kind},
                      {"violations", violations},
                      {"unreadable_rows", unreadable},
                      {"warnings", warnings}};
    return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace

ExitCode run_verify(const Settings& settings) {
    Stopwatch watch(settings);
    const geo::TimeZone time_zone(settings.time_zone);
    const io::ReadZones read =
        io::read_zones(required(settings.zones, "zones"), settings.analysis_crs);
    const io::ReadVisits plan =
        io::read_visits(required(settings.visits, "visits"), time_zone, settings.visit_columns);
    std::vector<schedule::Place> places = places_of(read.zones);
    const Crew crew = read_crew(settings, places, {}, read.analysis_crs);
    const Horizon horizon = horizon_of(settings, plan.visits, time_zone);
    const std::vector<std::string> rows = attendance_warnings(
        apply_attendances(settings, time_zone, horizon.span.from, places, read.analysis_crs).read);
    const ChosenPlaces chosen = choose_places(settings, std::move(places));
    const ReadWays travel = read_ways(
        settings,
        {.places = chosen.places, .units = crew.units, .horizon = horizon.span, .zone = time_zone});
    std::vector<std::string> warnings = read.warnings;
    for (const auto* more : {&plan.warnings, &crew.warnings, &horizon.warnings, &rows,
                             &chosen.warnings, &travel.warnings}) {
        warnings.insert(warnings.end(), more->begin(), more->end());
    }

    const schedule::Check check{.places = chosen.places,
                                .units = crew.units,
                                .visits = plan.visits,
                                .rule = settings.rule,
                                .horizon = horizon.span,
                                .zone = time_zone,
                                .travel = travel.ways};
    const Findings findings{*settings.visits, plan.problems, watch.time("check the plan", [&] {
                                return schedule::check_plan(check);
                            })};
    print(settings, {warnings, text_of(findings, check), json_of(findings, check, warnings)},
          watch);
    return findings.size() == 0 ? ExitCode::done : ExitCode::rule_broken;
}

} // namespace cli
