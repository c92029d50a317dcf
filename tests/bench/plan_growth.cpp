// plan_growth [ZONES/UNITS]...: what planning 28 days costs and how that grows, on made-up forces
// of ten zones a unit (tests/schedule/instances.hpp), 240 minutes a late shift: processor seconds
// of the first plan that keeps the rule, of a whole plan, and of the plan of the night after, in
// which one visit in six was missed and the next two days are issued. Rows go on while memory only
// grows, so each tells the peak so far. Times over visits x log visits are beside those of the
// first row, which is the yardstick: ratios hold on any machine.

#include "schedule/first_plan.hpp"
#include "schedule/planner.hpp"
#include "tests/schedule/instances.hpp"

#include <fmt/format.h>

#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

namespace {

using schedule::Plan;
using schedule::Problem;

template <typename Work>
auto timed(double& seconds, const Work& work) {
    const std::clock_t begun = std::clock();
    auto result = work();
    seconds = static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    return result;
}

double peak_megabytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

Problem force_of(int zones, unsigned units) {
    // As wide as lets zones lie as densely as in the documented problem of sixty.
    const double width_km = 10 * std::sqrt(zones / 60.0);
    return schedule::test::problem_of({.name = "force",
                                       .zones = zones,
                                       .width_km = width_km,
                                       .minutes = 240,
                                       .from = 15,
                                       .to = 23,
                                       .days = schedule::test::every_day,
                                       .units = units},
                                      1);
}

/// A day later: five in six visits of the first day were made, those of the next two days stand,
/// and the horizon ends a day later.
Problem night_after(Problem problem, const Plan& plan) {
    const geo::Instant today =
        problem.zone.midnight(problem.zone.day(problem.horizon.from) + std::chrono::days(1));
    const geo::Instant issued_until =
        problem.zone.midnight(problem.zone.day(problem.horizon.from) + std::chrono::days(3));
    std::size_t turn = 0;
    for (const schedule::Visit& visit : plan.visits) {
        if (visit.when.from < today) {
            if (++turn % 6 == 0) {
                continue;
            }
            for (schedule::Place& place : problem.places) {
                if (place.zone == visit.zone) {
                    place.last_attended = visit.when.to;
                }
            }
        } else if (visit.when.from < issued_until) {
            problem.former.push_back(visit);
            problem.former.back().status = schedule::Status::issued;
        }
    }
    problem.horizon = {today, today + (problem.horizon.to - problem.horizon.from)};
    return problem;
}

struct Cost {
    double first = 0;
    double whole = 0;
    double night = 0;
    std::size_t visits = 0;
};

Cost cost_of(const Problem& problem) {
    const schedule::PlanOptions options;
    Cost cost;
    timed(cost.first, [&] {
        const schedule::Ground ground(problem, options);
        return schedule::first_plan(ground, problem, 0).visits();
    });
    const Plan plan = timed(cost.whole, [&] { return schedule::make_plan(problem, options); });
    const Problem next = night_after(problem, plan);
    timed(cost.night, [&] { return schedule::make_plan(next, options).visits.size(); });
    cost.visits = plan.visits.size();
    return cost;
}

double per_visit(const Cost& cost) {
    const auto visits = static_cast<double>(cost.visits);
    return cost.whole / (visits * std::log(visits));
}

} // namespace

int main(int count, char** arguments) {
    std::vector<std::string> sizes(arguments + 1, arguments + count);
    if (sizes.empty()) {
        sizes = {"30/3", "60/6", "120/12", "200/30", "240/24"};
    }
    std::cout
        << "| zones | units | visits | first plan | whole plan | first / whole | night after | "
           "whole over visits log visits | peak memory |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    double yardstick = 0;
    for (const std::string& size : sizes) {
        const std::size_t slash = size.find('/');
        if (slash == std::string::npos) {
            std::cerr << "plan_growth [ZONES/UNITS]...\n";
            return 2;
        }
        const int zones = std::atoi(size.c_str());
        const auto units = static_cast<unsigned>(std::atoi(size.c_str() + slash + 1));
        const Cost cost = cost_of(force_of(zones, units));
        yardstick = yardstick > 0 ? yardstick : per_visit(cost);
        std::cout << fmt::format(
                         "| {} | {} | {} | {:.2f} s | {:.2f} s | {:.3f} | {:.2f} s | {:.2f} | "
                         "{:.0f} MB |\n",
                         zones, units, cost.visits, cost.first, cost.whole, cost.first / cost.whole,
                         cost.night, per_visit(cost) / yardstick, peak_megabytes())
                  << std::flush;
    }
}
