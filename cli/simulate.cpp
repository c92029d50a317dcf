#include "cli/simulate.hpp"

#include "cli/summary.hpp"
#include "geo/time_text.hpp"
#include "io/visits_reader.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cli {

namespace {

using Json = nlohmann::ordered_json;
using schedule::Share;

schedule::SimulationOptions simulation_options(const Settings& settings) {
    schedule::SimulationOptions options = settings.simulation;
    options.seed = settings.plan.seed;
    options.threads = settings.hotspots.selection.threads;
    return options;
}

/// The street that the settings choose, with the rates that they set.
schedule::Street street_of(const Settings& settings,
                           std::span<const schedule::Attendance> attendances,
                           const geo::TimeZone& time_zone, std::vector<std::string>& warnings) {
    schedule::Street street = schedule::street_of_literature(settings.rule.visit);
    if (settings.dwell == DwellSource::as_planned) {
        street.dwell.clear();
        street.source = "visits last as planned";
    }
    if (settings.dwell == DwellSource::log) {
        std::vector<schedule::Visit> past;
        if (settings.past_visits) {
            io::ReadVisits read =
                io::read_visits(*settings.past_visits, time_zone, settings.visit_columns);
            for (const io::VisitProblem& problem : read.problems) {
                warnings.push_back(fmt::format("{}: {}; the row is left out", *settings.past_visits,
                                               problem.text()));
            }
            past = std::move(read.visits);
        }
        required(settings.attendance.empty() ? "" : settings.attendance.front(), "attendance");
        street = schedule::learnt_street(attendances, past, settings.rule, street);
    }
    if (settings.miss_rate) {
        street.miss_rate = *settings.miss_rate;
        street.source += "; misses as set";
    }
    street.lost_shift_rate = settings.lost_shift_rate;
    return street;
}

std::string percent(double share) {
    return fmt::format("{:.{}f} %", share * 100, share > 0 && share < 0.0095 ? 2 : 1);
}

std::string with_interval(const Share& share) {
    return fmt::format("{} ({} to {})", percent(share.value), percent(share.low),
                       percent(share.high));
}

double short_share(const schedule::Street& street, const schedule::Rule& rule) {
    const auto brief = std::count_if(street.dwell.begin(), street.dwell.end(),
                                     [&](std::chrono::seconds d) { return d < rule.min_dwell; });
    return street.dwell.empty()
               ? 0
               : static_cast<double>(brief) / static_cast<double>(street.dwell.size());
}

/// The places from the likeliest breach down.
std::vector<std::size_t> by_chance(const std::vector<Share>& shares) {
    std::vector<std::size_t> order(shares.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return shares[a].value > shares[b].value;
    });
    return order;
}

std::string trials_text(const Simulated& simulated, const Settings& settings) {
    std::string text = "  Planning gap   visits   chance of a breach\n";
    for (const schedule::GapTrial& trial : simulated.trials) {
        text += fmt::format("  {:>10} h {:>8}   {}\n", trial.plan_gap.count(),
                            grouped(trial.visits), with_interval(trial.robustness.breach));
    }
    const auto gap = schedule::gap_for_target(simulated.trials, *settings.target_breach);
    if (gap) {
        return text + fmt::format("  --plan-gap-hours {} keeps it under {} with its interval\n",
                                  gap->count(), percent(*settings.target_breach));
    }
    const auto best =
        std::min_element(simulated.trials.begin(), simulated.trials.end(),
                         [](const schedule::GapTrial& a, const schedule::GapTrial& b) {
                             return a.robustness.breach.value < b.robustness.breach.value;
                         });
    return text + fmt::format("  none of these keeps it under {} with its interval; {} h comes "
                              "nearest. More units, or fewer missed and short visits, would; more "
                              "--simulations narrow the interval\n",
                              percent(*settings.target_breach), best->plan_gap.count());
}

Json json_of(const Share& share) {
    const auto rounded = [](double value) { return std::round(value * 1e6) / 1e6; };
    return {{"chance", rounded(share.value)},
            {"low", rounded(share.low)},
            {"high", rounded(share.high)}};
}

} // namespace

Simulated simulate_plan(const Settings& settings, const CheckedPlan& plan,
                        const geo::TimeZone& time_zone, Stopwatch& watch) {
    Simulated simulated;
    simulated.street = street_of(settings, plan.attendances, time_zone, simulated.warnings);
    const schedule::SimulationOptions options = simulation_options(settings);
    simulated.robustness = watch.time("simulate", [&] {
        return schedule::simulate(plan.problem, plan.plan, settings.plan, simulated.street,
                                  options);
    });
    if (settings.target_breach) {
        const auto gaps = schedule::gaps_to_try(settings.rule);
        simulated.trials = watch.time("try planning gaps", [&] {
            return schedule::try_gaps(plan.problem, settings.plan, simulated.street, options, gaps);
        });
    }
    return simulated;
}

std::string simulation_text(const Simulated& simulated, const Settings& settings,
                            const CheckedPlan& plan) {
    const schedule::Robustness& seen = simulated.robustness;
    const schedule::Street& street = simulated.street;
    std::string text =
        fmt::format("On the street, played {} times: {} of visits missed{}, {} of the others under "
                    "{} min ({}); "
                    "{} reset a gap\n",
                    settings.simulation.replicates, percent(street.miss_rate),
                    street.lost_shift_rate > 0
                        ? fmt::format(", {} of shifts lost", percent(street.lost_shift_rate))
                        : "",
                    percent(short_share(street, settings.rule)), settings.rule.min_dwell.count(),
                    street.source, percent(seen.counted));
    text +=
        fmt::format("  Chance that a zone breaches the rule in a week: {}, 95 % interval; if all "
                    "goes as planned {}; {:.1f} nights planned anew\n",
                    with_interval(seen.breach), percent(seen.planned), seen.nights_replanned);
    if (seen.inherited > 0) {
        text += fmt::format("  {} zone{} overdue before the plan count from the first visit on\n",
                            seen.inherited, seen.inherited == 1 ? "" : "s");
    }
    text += "  By week:";
    for (const Share& share : seen.by_week) {
        text += fmt::format(" {}", percent(share.value));
    }
    text += "\n  Likeliest:";
    const std::vector<std::size_t> order = by_chance(seen.by_zone);
    constexpr std::size_t most = 5;
    for (std::size_t i = 0; i < std::min(most, order.size()); ++i) {
        text +=
            fmt::format("{} {} {}", i == 0 ? "" : ",", plan.problem.places[order[i]].zone.text(),
                        with_interval(seen.by_zone[order[i]]));
    }
    text += '\n';
    return simulated.trials.empty() ? text : text + trials_text(simulated, settings);
}

std::string with_simulation(const std::string& text, const Simulated& simulated,
                            const Settings& settings, const CheckedPlan& plan) {
    const schedule::Robustness& seen = simulated.robustness;
    Json zones = Json::array();
    for (std::size_t z = 0; z < seen.by_zone.size(); ++z) {
        Json zone{{"zone_id", plan.problem.places[z].zone.text()}};
        zone.update(json_of(seen.by_zone[z]));
        zones.push_back(zone);
    }
    Json weeks = Json::array();
    for (const Share& share : seen.by_week) {
        weeks.push_back(json_of(share));
    }
    Json robustness = json_of(seen.breach);
    robustness.update({{"planned", seen.planned},
                       {"counted", seen.counted},
                       {"miss_rate", simulated.street.miss_rate},
                       {"lost_shift_rate", simulated.street.lost_shift_rate},
                       {"short_rate", short_share(simulated.street, settings.rule)},
                       {"source", simulated.street.source},
                       {"replicates", settings.simulation.replicates},
                       {"nights_replanned", seen.nights_replanned},
                       {"inherited", seen.inherited},
                       {"weeks", weeks},
                       {"zones", zones}});
    if (settings.target_breach) {
        Json trials = Json::array();
        for (const schedule::GapTrial& trial : simulated.trials) {
            Json entry{{"plan_gap_hours", trial.plan_gap.count()}, {"visits", trial.visits}};
            entry.update(json_of(trial.robustness.breach));
            trials.push_back(entry);
        }
        const auto gap = schedule::gap_for_target(simulated.trials, *settings.target_breach);
        robustness["target"] = *settings.target_breach;
        robustness["plan_gap_hours"] = gap ? Json(gap->count()) : Json();
        robustness["trials"] = trials;
    }
    Json object = Json::parse(text);
    object["robustness"] = robustness;
    return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace cli
