// plan_quality ZONES UNITS PROFILE [MOVES[,MOVES]...] [UNPREDICTABILITY] [UNITS-WANTED]: plans 28
// days from Monday 23 November 2026 with each number of moves and prints what the plans are worth,
// as a share of the bound, beside two simple ways to plan.

#include "schedule/plan_quality.hpp"
#include "geo/time_zone.hpp"
#include "io/profile_reader.hpp"
#include "io/unit_reader.hpp"
#include "io/zones_reader.hpp"
#include "schedule/checker.hpp"
#include "schedule/demand.hpp"
#include "schedule/lagrangian_bound.hpp"
#include "schedule/outlook.hpp"
#include "schedule/planner.hpp"
#include "tests/schedule/simple_plans.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <iostream>
#include <sstream>

namespace {

double seconds_since(std::chrono::steady_clock::time_point begun) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

schedule::Problem read_problem(const std::vector<std::string>& words) {
    const io::ReadZones zones = io::read_zones(words[0]);
    const auto profiles = io::read_profile(words[2]);
    const geo::TimeZone london("Europe/London");
    const geo::Day first{std::chrono::year(2026) / 11 / 23};
    schedule::Problem problem{
        .horizon = {london.midnight(first), london.midnight(first + std::chrono::days(28))},
        .zone = london};
    for (const cluster::Zone& zone : zones.zones) {
        problem.places.push_back({.zone = zone.id, .centre = zone.disc.centre});
        problem.places.back().risk = profiles.at(zone.id);
    }
    problem.units = io::read_units(words[1], geo::Projection("EPSG:4326", zones.analysis_crs));
    return problem;
}

double longest_gap(const schedule::Problem& problem, const schedule::Plan& plan) {
    double longest = 0;
    for (const schedule::Outlook& seen : schedule::outlook(problem, plan)) {
        longest = std::max(longest, seen.max_gap_h);
    }
    return longest;
}

void run(const std::vector<std::string>& words) {
    schedule::Problem problem = read_problem(words);
    if (words.size() > 5) {
        const std::size_t wanted = std::stoul(words[5]);
        while (problem.units.size() < wanted) {
            problem.units.push_back(problem.units.front());
            problem.units.back().name =
                schedule::UnitId(fmt::format("More {}", problem.units.size()));
        }
        problem.units.resize(wanted);
    }
    const double u = words.size() > 4 ? std::stod(words[4]) : 0;
    const schedule::Ground truth(problem, {.unpredictability = 0});
    std::stringstream efforts(words.size() > 3 ? words[3] : "2000");
    std::cout << fmt::format("lift of value-greedy {:.3f}, of earliest-deadline {:.3f}\n",
                             schedule::test::value_greedy_lift(truth),
                             schedule::test::earliest_deadline_lift(truth));
    double known = 0;
    for (std::string moves; std::getline(efforts, moves, ',');) {
        const auto begun = std::chrono::steady_clock::now();
        const std::clock_t cpu = std::clock();
        const schedule::Plan plan = schedule::make_plan(
            problem, {.unpredictability = u,
                      .moves_a_visit = static_cast<std::uint32_t>(std::stoul(moves))});
        const double seconds = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
        (void)begun;
        const schedule::PlanWorth worth = schedule::worth_of(truth, problem, plan.visits);
        double travel = 0;
        for (const auto& v : plan.visits)
            travel += static_cast<double>(v.travel.count());
        const auto violations = schedule::check_plan({.places = problem.places,
                                                      .units = problem.units,
                                                      .visits = plan.visits,
                                                      .rule = problem.rule,
                                                      .horizon = problem.horizon,
                                                      .zone = problem.zone});
        std::cout << fmt::format(
            "moves {:>7} {:6.2f} s visits {} value {:.2f} lift {:.3f} longest {:.1f} travel/visit "
            "{:.2f} violations {}\n",
            moves, seconds, plan.visits.size(), worth.value, worth.lift, longest_gap(problem, plan),
            travel / static_cast<double>(plan.visits.size()), violations.size());
        known = std::max(known, worth.value);
    }
    for (const auto limit : {schedule::GapLimit::hard, schedule::GapLimit::aim}) {
        const auto begun = std::chrono::steady_clock::now();
        const auto bound = schedule::value_bound(truth, {.limit = limit});
        std::cout << fmt::format("bound {:.2f}: the best holds {:.2f} % ({:.2f} s)\n", *bound,
                                 100 * known / *bound, seconds_since(begun));
    }
}

} // namespace

int main(int count, char** arguments) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    if (words.size() < 3) {
        std::cerr
            << "plan_quality ZONES UNITS PROFILE [MOVES[,MOVES]...] [UNPREDICTABILITY] [UNITS]\n";
        return 2;
    }
    try {
        run(words);
    } catch (const std::exception& error) {
        std::cerr << "plan_quality: " << error.what() << "\n";
        return 1;
    }
}
