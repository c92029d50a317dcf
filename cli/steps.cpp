#include "cli/steps.hpp"

#include "cli/attendances.hpp"
#include "cli/places.hpp"
#include "cluster/disc_contents.hpp"
#include "geo/aside.hpp"
#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/checksum.hpp"
#include "io/offence_definition.hpp"
#include "io/source.hpp"
#include "io/unit_reader.hpp"
#include "io/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <stdexcept>

namespace cli {

namespace {

using geo::Error;
using geo::ErrorKind;

geo::Day today(const geo::TimeZone& time_zone) {
    return time_zone.day(
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

io::IncidentOptions incident_options(const Settings& settings, const geo::TimeZone& time_zone) {
    io::IncidentOptions options;
    options.paths = settings.incidents;
    options.columns = settings.columns;
    options.from = settings.from;
    options.to = settings.to;
    options.future_after = plan_start(settings, time_zone);
    options.axes = settings.axes;
    options.threads = settings.hotspots.selection.threads;
    options.filters = settings.filters;
    if (settings.definition) {
        options.definition = io::read_definition(*settings.definition);
    }
    if (settings.weights) {
        options.weights = io::read_weight_table(*settings.weights);
    }
    return options;
}

/// The window where both ends are given, else what the incidents themselves span.
geo::TimeSpan period_of(const Settings& settings, const cluster::IncidentTable& table,
                        const geo::TimeZone& time_zone) {
    geo::TimeSpan span{};
    if (!table.incidents.empty()) {
        span = table.incidents.front().when;
        for (const cluster::Incident& incident : table.incidents) {
            span.from = std::min(span.from, incident.when.from);
            span.to = std::max(span.to, incident.when.to);
        }
    }
    span.from = settings.from ? time_zone.midnight(*settings.from) : span.from;
    span.to = settings.to ? time_zone.midnight(*settings.to + std::chrono::days(1)) : span.to;
    return span;
}

/// Ages count back from the end of the period.
cluster::Recency recency_of(const Settings& settings, const geo::TimeSpan& period) {
    return {.as_of = period.to, .half_life = settings.half_life};
}

/// Zones are tested with windows of their own radii, and by the seed that draws everything.
cluster::SignificanceOptions significance_options(const Settings& settings) {
    cluster::SignificanceOptions options = settings.significance;
    options.seed = settings.plan.seed;
    options.radius_min = settings.hotspots.selection.radius_min;
    options.radius_max = settings.hotspots.selection.radius_max;
    options.threads = settings.hotspots.selection.threads;
    return options;
}

cluster::HotspotOptions hotspot_options(const Settings& settings, const Evidence& evidence,
                                        const geo::TimeZone& time_zone) {
    cluster::HotspotOptions options = settings.hotspots;
    options.forecast.recency =
        recency_of(settings, period_of(settings, evidence.incidents.table, time_zone));
    return options;
}

/// What discs hold together, with no incident counted twice where they may overlap.
Held held_by(const std::vector<cluster::Disc>& discs,
             const std::vector<cluster::Incident>& incidents, unsigned threads) {
    std::vector<bool> counted(incidents.size());
    Held held;
    cluster::Weight weight;
    for (const auto& inside : cluster::incidents_inside(discs, incidents, {.threads = threads})) {
        for (const std::uint32_t i : inside) {
            if (!counted[i]) {
                counted[i] = true;
                weight += cluster::Weight::of(incidents[i].weight);
                ++held.incidents;
            }
        }
    }
    held.weight = weight.value();
    return held;
}

std::vector<cluster::Disc> discs_of(const std::vector<cluster::ChosenDisc>& chosen) {
    std::vector<cluster::Disc> discs;
    std::transform(chosen.begin(), chosen.end(), std::back_inserter(discs),
                   [](const cluster::ChosenDisc& each) { return each.disc; });
    return discs;
}

/// What as many zones would hold where each goes to the ward in which it holds most, however many
/// that ward has.
Held held_if_best(const std::vector<cluster::Ward>& wards, const cluster::IncidentTable& table,
                  cluster::HotspotOptions options, std::size_t zones) {
    options.selection.allocation = cluster::Allocation::best;
    options.selection.max_zones = static_cast<unsigned>(zones);
    options.selection.zones_per_ward = static_cast<unsigned>(zones);
    const cluster::Hotspots best = cluster::find_hotspots(wards, table, options);
    return held_by(discs_of(best.discs), table.incidents, options.selection.threads);
}

bool is_breach(const schedule::Violation& violation) {
    using Kind = schedule::ViolationKind;
    return violation.kind == Kind::gap || violation.kind == Kind::gap_inherited ||
           violation.kind == Kind::missing_zone;
}

/// Whether two issued visits of a zone begin at one clock time, which happens where the one between
/// them was lost. What was issued stands.
bool is_promised(const schedule::Violation& violation, const schedule::Plan& plan) {
    return violation.kind == schedule::ViolationKind::same_clock_time &&
           std::any_of(plan.visits.begin(), plan.visits.end(), [&](const schedule::Visit& visit) {
               return visit.id == violation.visit && visit.status == schedule::Status::issued;
           });
}

/// A warning for each unit that serves names which are nothing: a slip of the pen, mostly.
///
/// \param wards all wards, where they are known: one without a zone is no slip.
std::vector<std::string> names_of_nothing(const std::vector<schedule::Unit>& units,
                                          const std::vector<schedule::Place>& places,
                                          std::span<const cluster::Ward> wards) {
    std::vector<std::string> known;
    for (const schedule::Place& place : places) {
        known.insert(known.end(), {place.zone.text(), place.ward_code, place.ward_name});
    }
    for (const cluster::Ward& ward : wards) {
        known.insert(known.end(), {ward.code.text(), ward.name});
    }
    std::vector<std::string> warnings;
    for (const schedule::Unit& unit : units) {
        std::vector<std::string> strange;
        std::copy_if(unit.serves.begin(), unit.serves.end(), std::back_inserter(strange),
                     [&](const std::string& name) {
                         return std::none_of(known.begin(), known.end(), [&](const std::string& k) {
                             return io::same_word(k, name);
                         });
                     });
        if (!strange.empty()) {
            const std::string nearest = geo::nearest_word(strange.front(), known);
            warnings.push_back(fmt::format(
                "unit '{}' serves '{}', which {} no zone and no ward{}{}", unit.name.text(),
                fmt::join(strange, "', '"), strange.size() == 1 ? "is" : "are",
                wards.empty() ? " with a zone" : "",
                wards.empty() || nearest.empty() ? "" : "; did you mean '" + nearest + "'?"));
        }
    }
    return warnings;
}

} // namespace

Stopwatch::Stopwatch(const Settings& settings) {
    const std::optional<TerminalLook> look = look_of_stderr();
    if (look && !settings.quiet) {
        line_ = std::make_unique<ProgressLine>(*look);
    }
}

std::string required(const std::optional<std::string>& value, std::string_view option) {
    if (!value || value->empty()) {
        throw Error(
            ErrorKind::usage,
            fmt::format("--{0} is missing; give it on the command line or in the configuration",
                        option));
    }
    return *value;
}

Evidence read_evidence(const Settings& settings, const geo::TimeZone& time_zone, Stopwatch& watch) {
    required(settings.incidents.empty() ? "" : settings.incidents.front(), "incidents");
    required(settings.wards.path, "wards");
    if (settings.from && settings.to && *settings.to < *settings.from) {
        throw Error(ErrorKind::usage,
                    fmt::format("--to {} lies before --from {}; change one of them",
                                geo::iso_text(*settings.to), geo::iso_text(*settings.from)));
    }
    io::IncidentOptions options = incident_options(settings, time_zone);
    Evidence evidence;
    evidence.wards = watch.time(
        "read wards", [&] { return io::read_wards(settings.wards, settings.analysis_crs); });
    io::ReadExclusions excluded = io::read_exclusions(settings.exclusions, evidence.wards);
    options.excluded = std::move(excluded.places);
    options.progress = watch.progress();
    evidence.incidents = watch.time("read incidents", [&] {
        return io::read_incidents(options, evidence.wards, io::index_wards(evidence.wards),
                                  time_zone);
    });
    evidence.incidents.warnings.insert(evidence.incidents.warnings.begin(),
                                       excluded.warnings.begin(), excluded.warnings.end());
    return evidence;
}

cluster::Weighting weighting_of(const Settings& settings) {
    return {.transform = settings.weight_transform,
            .recency = {.half_life = settings.half_life},
            .stack_cap = settings.stack_cap};
}

void weigh_incidents(const Settings& settings, const geo::TimeZone& time_zone, Evidence& evidence) {
    cluster::IncidentTable& table = evidence.incidents.table;
    cluster::Weighting weighting = weighting_of(settings);
    weighting.recency = recency_of(settings, period_of(settings, table, time_zone));
    cluster::weigh(table.incidents, weighting);
}

FoundZones describe_zones(const Settings& settings, const Evidence& evidence,
                          const cluster::Hotspots& hotspots, const geo::TimeZone& time_zone,
                          Stopwatch& watch) {
    const cluster::IncidentTable& table = evidence.incidents.table;
    const std::vector<cluster::Ward>& wards = evidence.wards.wards;
    const unsigned threads = settings.hotspots.selection.threads;
    FoundZones found{.ranking = hotspots.ranking,
                     .chosen_wards = hotspots.chosen_wards,
                     .period = period_of(settings, table, time_zone)};
    cluster::SignificanceOptions tests = significance_options(settings);
    tests.progress = watch.progress();
    const std::vector<cluster::Significance> significance = watch.time(
        "test zones", [&] { return cluster::test_zones(wards, table, hotspots.discs, tests); });
    found.zones = watch.time("describe zones", [&] {
        return cluster::build_zones(wards, table, hotspots.discs, time_zone,
                                    {.name_from_location = settings.name_from_location.value_or(
                                         evidence.incidents.locations_are_public),
                                     .period = found.period,
                                     .recency = recency_of(settings, found.period),
                                     .significance = significance,
                                     .null = cluster::usable(tests.null, table),
                                     .threads = threads});
    });
    for (const cluster::RankedWard& ward : found.ranking) {
        found.weight += ward.weight;
    }
    found.in_zones = watch.time("count inside", [&] {
        return held_by(discs_of(hotspots.discs), table.incidents, threads);
    });
    return found;
}

cluster::Hotspots find_hotspots(const Settings& settings, const Evidence& evidence,
                                const geo::TimeZone& time_zone, Stopwatch& watch) {
    cluster::HotspotOptions options = hotspot_options(settings, evidence, time_zone);
    options.selection.progress = watch.progress();
    return watch.time("find zones", [&] {
        return cluster::find_hotspots(evidence.wards.wards, evidence.incidents.table, options);
    });
}

FoundZones find_zones(const Settings& settings, const Evidence& evidence,
                      const geo::TimeZone& time_zone, Stopwatch& watch) {
    const cluster::Hotspots hotspots = find_hotspots(settings, evidence, time_zone, watch);
    FoundZones found = describe_zones(settings, evidence, hotspots, time_zone, watch);
    if (settings.hotspots.selection.allocation == cluster::Allocation::equal) {
        found.if_best = watch.time("compare allocations", [&] {
            return held_if_best(evidence.wards.wards, evidence.incidents.table,
                                hotspot_options(settings, evidence, time_zone), found.zones.size());
        });
    }
    return found;
}

std::vector<cluster::Zone> zones_of(const FoundZones& found) {
    std::vector<cluster::Zone> zones;
    for (const cluster::BuiltZone& built : found.zones) {
        zones.push_back(built.zone);
    }
    return zones;
}

std::vector<schedule::Place> places_of(const FoundZones& zones) {
    std::vector<schedule::Place> places;
    for (const cluster::BuiltZone& built : zones.zones) {
        places.push_back({.zone = built.zone.id,
                          .centre = built.zone.disc.centre,
                          .radius = built.zone.disc.radius,
                          .ward_code = built.zone.ward_code.text(),
                          .ward_name = built.zone.ward_name,
                          .last_attended = std::nullopt,
                          .risk = built.expected});
    }
    return places;
}

geo::Day plan_start(const Settings& settings, const geo::TimeZone& time_zone) {
    return settings.start.value_or(today(time_zone) + std::chrono::days(1));
}

geo::TimeSpan plan_horizon(const Settings& settings, const geo::TimeZone& time_zone) {
    const geo::Day start = plan_start(settings, time_zone);
    return {time_zone.midnight(start),
            time_zone.midnight(start + std::chrono::days(settings.days))};
}

Crew read_crew(const Settings& settings, const std::vector<schedule::Place>& places,
               std::span<const cluster::Ward> wards, const std::string& crs) {
    Crew crew;
    if (settings.units) {
        crew.units = io::read_units(*settings.units, geo::Projection("EPSG:4326", crs));
        crew.warnings = names_of_nothing(crew.units, places, wards);
        return crew;
    }
    crew.by_default = true;
    crew.units = schedule::fewest_late_units(places, settings.rule);
    return crew;
}

std::size_t CheckedPlan::zones_in_breach() const {
    return static_cast<std::size_t>(std::count_if(
        outlooks.begin(), outlooks.end(), [](const schedule::Outlook& o) { return !o.rule_ok; }));
}

bool CheckedPlan::breaks_rule_itself() const {
    return std::any_of(breaches.begin(), breaches.end(), [](const schedule::Violation& breach) {
        return breach.kind == schedule::ViolationKind::gap;
    });
}

schedule::PlanOptions plan_options(const Settings& settings) {
    schedule::PlanOptions options = settings.plan;
    switch (settings.hotspots.selection.effort) {
    case cluster::Effort::fast:
        options.moves_a_visit = schedule::fast_moves_a_visit;
        break;
    case cluster::Effort::normal:
        options.moves_a_visit = schedule::normal_moves_a_visit;
        break;
    case cluster::Effort::thorough:
        options.moves_a_visit = schedule::thorough_moves_a_visit;
        break;
    }
    return options;
}

PlanTask plan_task(const Settings& settings, std::vector<schedule::Place> places,
                   std::span<const cluster::Ward> wards, const std::string& crs,
                   const geo::TimeZone& time_zone) {
    Crew crew = read_crew(settings, places, wards, crs);
    ChosenPlaces chosen = choose_places(settings, std::move(places));
    PlanTask task{.problem = {.places = std::move(chosen.places),
                              .units = std::move(crew.units),
                              .rule = settings.rule,
                              .horizon = plan_horizon(settings, time_zone),
                              .zone = time_zone},
                  .default_units = crew.by_default};
    ReadWays read = read_ways(settings, task.problem);
    task.problem.travel = std::move(read.ways);
    for (const auto* more : {&crew.warnings, &chosen.warnings, &read.warnings}) {
        task.warnings.insert(task.warnings.end(), more->begin(), more->end());
    }
    return task;
}

schedule::Yardsticks yardsticks_of(const Settings& settings, const schedule::Problem& problem,
                                   unsigned threads) {
    return settings.hotspots.selection.effort == cluster::Effort::fast
               ? schedule::Yardsticks{}
               : schedule::yardsticks(problem, plan_options(settings), threads);
}

CheckedPlan checked_plan(const Settings& settings, PlanTask task, schedule::Plan plan,
                         const schedule::Yardsticks& yardsticks, Stopwatch& watch) {
    CheckedPlan checked{.problem = std::move(task.problem),
                        .plan = std::move(plan),
                        .warnings = std::move(task.warnings),
                        .default_units = task.default_units};
    const schedule::Problem& problem = checked.problem;
    watch.time("check the plan", [&] {
        for (schedule::Violation& violation : schedule::check_plan({.places = problem.places,
                                              .units = problem.units,
                                              .visits = checked.plan.visits,
                                              .rule = problem.rule,
                                              .horizon = problem.horizon,
                                              .zone = problem.zone,
                                              .travel = problem.travel,
                                              .open_from = problem.open_from})) {
            if (is_promised(violation, checked.plan)) {
                checked.warnings.push_back(violation.text + "; issued before, it stands");
            } else if (is_breach(violation)) {
                checked.breaches.push_back(std::move(violation));
            } else {
                throw std::logic_error("the plan failed its own check: " + violation.text);
            }
        }
    });
    checked.outlooks = schedule::outlook(problem, checked.plan);
    checked.certificate = schedule::certificate(problem);
    checked.quality = schedule::assess(problem, checked.plan, plan_options(settings), yardsticks);
    if (!checked.keeps_rule()) {
        watch.time("units needed", [&] {
            if (checked.breaks_rule_itself()) {
                checked.remedies = schedule::remedies(problem);
                checked.units_needed = checked.remedies->units;
            } else {
                checked.units_needed = schedule::units_needed(problem);
            }
        });
    }
    return checked;
}

CheckedPlan make_checked_plan(const Settings& settings, std::vector<schedule::Place> places,
                              std::span<const cluster::Ward> wards, const std::string& crs,
                              const geo::TimeZone& time_zone, Stopwatch& watch) {
    KnownAttendances known =
        apply_attendances(settings, time_zone, plan_horizon(settings, time_zone).from, places, crs);
    PlanTask task = plan_task(settings, std::move(places), wards, crs, time_zone);
    std::vector<std::string> rows = attendance_warnings(known.read);
    task.warnings.insert(task.warnings.begin(), std::make_move_iterator(rows.begin()),
                         std::make_move_iterator(rows.end()));
    schedule::PlanOptions options = plan_options(settings);
    options.progress = watch.progress();
    const unsigned threads = settings.hotspots.selection.threads;
    std::optional<geo::Aside<schedule::Yardsticks>> beside;
    if (threads > 1) {
        beside.emplace([&settings, problem = task.problem, threads] {
            return yardsticks_of(settings, problem, threads - 1);
        });
    }
    schedule::Plan plan =
        watch.time("plan", [&] { return schedule::make_plan(task.problem, options); });
    const schedule::Yardsticks yardsticks = watch.time("assess the plan", [&] {
        return beside ? beside->get() : yardsticks_of(settings, task.problem, 1);
    });
    CheckedPlan checked =
        checked_plan(settings, std::move(task), std::move(plan), yardsticks, watch);
    checked.attendances = std::move(known.attendances);
    return checked;
}

std::map<io::Reason, std::uint64_t> rows_by_reason(const std::vector<io::Issue>& issues,
                                                   io::Action action) {
    std::map<io::Reason, std::uint64_t> rows;
    for (const io::Issue& issue : issues) {
        if (io::action(issue.reason) == action) {
            rows[issue.reason] += issue.rows;
        }
    }
    return rows;
}

std::vector<io::ManifestInput> manifest_inputs(const Settings& settings, const Evidence* evidence,
                                               CommandSet command) {
    std::vector<io::ManifestInput> inputs;
    const auto add = [&](const std::optional<std::string>& path) {
        if (path) {
            const bool file = std::filesystem::is_regular_file(*path);
            inputs.push_back({io::without_password(*path),
                              file ? std::optional(io::sha256_of_file(*path)) : std::nullopt,
                              std::nullopt});
        }
    };
    if (evidence != nullptr) {
        for (const io::InputFile& file : evidence->incidents.files) {
            add(file.path);
            inputs.back().rows = {file.rows.rows_read, file.rows.rows_used, file.rows.rows_left_out,
                                  file.rows.rows_baseline};
        }
        add(settings.wards.path);
        add(settings.definition);
        add(settings.weights);
        for (const std::string& path : settings.exclusions.paths) {
            add(path);
        }
    } else {
        add(settings.zones);
        add(settings.profile);
    }
    if (command == for_compliance) {
        add(settings.zones ? std::nullopt : settings.store);
        add(settings.visits);
    }
    add(settings.units);
    add(settings.travel);
    for (const std::string& path : settings.attendance) {
        add(path);
    }
    add(settings.config);
    return inputs;
}

} // namespace cli
