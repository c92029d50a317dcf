#include "cli/command_verify.hpp"

#include "cli/places.hpp"
#include "cli/steps.hpp"
#include "cli/summary.hpp"
#include "geo/time_text.hpp"
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

/// As set, else from the first day with a visit to the end of the last one: a plan that was cut
/// short looks whole then.
Horizon horizon_of(const Settings& settings, const std::vector<schedule::Visit>& visits,
                   const geo::TimeZone& time_zone) {
    if (settings.start || visits.empty()) {
        return {plan_horizon(settings, time_zone), {}};
    }
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

std::string text_of(const std::vector<schedule::Violation>& violations,
                    const schedule::Check& check) {
    std::string text;
    for (const schedule::Violation& violation : violations) {
        text += fmt::format("{:<16} {}\n", schedule::code(violation.kind), violation.text);
    }
    text += fmt::format("{} visits, {} zones, {} units, {} to {}: {}\n",
                        grouped(check.visits.size()), check.places.size(), check.units.size(),
                        geo::iso_text(check.zone.day(check.horizon.from)),
                        geo::iso_text(check.zone.day(check.horizon.to - std::chrono::seconds(1))),
                        violations.empty() ? "the rule is kept and the plan can be walked"
                                           : fmt::format("{} thing{} wrong", violations.size(),
                                                         violations.size() == 1 ? "" : "s"));
    return text;
}

std::string json_of(const std::vector<schedule::Violation>& violations,
                    const schedule::Check& check) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    const auto name = [](const auto& id) {
        return id ? nlohmann::ordered_json(id->text()) : nullptr;
    };
    for (const schedule::Violation& v : violations) {
        list.push_back(
            {{"kind", schedule::code(v.kind)},
             {"zone_id", name(v.zone)},
             {"unit", name(v.unit)},
             {"visit_id", v.visit ? nlohmann::ordered_json(*v.visit) : nullptr},
             {"from",
              v.when ? nlohmann::ordered_json(geo::iso_text(v.when->from, check.zone)) : nullptr},
             {"to",
              v.when ? nlohmann::ordered_json(geo::iso_text(v.when->to, check.zone)) : nullptr},
             {"text", v.text}});
    }
    const nlohmann::ordered_json object{{"program", "patrolzones"},
                                        {"ok", violations.empty()},
                                        {"start", geo::iso_text(check.horizon.from, check.zone)},
                                        {"end", geo::iso_text(check.horizon.to, check.zone)},
                                        {"visits", check.visits.size()},
                                        {"zones", check.places.size()},
                                        {"units", check.units.size()},
                                        {"violations", list}};
    return object.dump(2) + "\n";
}

} // namespace

ExitCode run_verify(const Settings& settings) {
    Stopwatch watch;
    const geo::TimeZone time_zone(settings.time_zone);
    const io::ReadZones read =
        io::read_zones(required(settings.zones, "zones"), settings.analysis_crs);
    const std::vector<schedule::Visit> visits =
        io::read_visits(required(settings.visits, "visits"), time_zone);
    std::vector<schedule::Place> places = places_of(read.zones);
    const Crew crew = read_crew(settings, places, {}, read.analysis_crs);
    const Horizon horizon = horizon_of(settings, visits, time_zone);
    const auto attendance_warnings =
        apply_attendances(settings, time_zone, horizon.span.from, places);
    const ChosenPlaces chosen = choose_places(settings, std::move(places));
    const ReadWays travel = read_ways(
        settings,
        {.places = chosen.places, .units = crew.units, .horizon = horizon.span, .zone = time_zone});
    std::vector<std::string> warnings = read.warnings;
    for (const auto* more : {&crew.warnings, &horizon.warnings, &attendance_warnings,
                             &chosen.warnings, &travel.warnings}) {
        warnings.insert(warnings.end(), more->begin(), more->end());
    }

    const schedule::Check check{.places = chosen.places,
                                .units = crew.units,
                                .visits = visits,
                                .rule = settings.rule,
                                .horizon = horizon.span,
                                .zone = time_zone,
                                .travel = travel.ways};
    const std::vector<schedule::Violation> violations =
        watch.time("check the plan", [&] { return schedule::check_plan(check); });
    print(settings, {warnings, text_of(violations, check), json_of(violations, check)}, watch);
    return violations.empty() ? ExitCode::done : ExitCode::rule_broken;
}

} // namespace cli
