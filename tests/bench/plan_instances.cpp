// plan_instances: the documented set of planning problems (tests/schedule/instances.hpp), as a
// table for docs/methods/schedule.md: how many units the certificate asks for, with how many a plan
// that keeps the rule was found, and how much more than the least that leaves.

#include "tests/schedule/instances.hpp"

#include "schedule/demand.hpp"

#include <fmt/format.h>

#include <iostream>

int main() {
    using namespace schedule::test;
    std::cout
        << "| instance | zones | minutes a shift | units at least | found | capacity over the "
           "certificate |\n|---|---|---|---|---|---|\n";
    for (const Instance& instance : instances()) {
        const schedule::Problem problem = problem_of(instance, 1);
        const schedule::UnitsNeeded needed = schedule::units_needed(problem);
        const auto found = needed.found.value_or(0);
        const auto proof = schedule::certificate(with_units(problem, std::max(found, 1U)));
        std::cout << fmt::format("| {} | {} | {} | {} | {} | {:.2f} |\n", instance.name,
                                 instance.zones, instance.minutes, needed.lower_bound.value_or(0),
                                 found,
                                 static_cast<double>(proof.available.count()) /
                                     static_cast<double>(proof.needed.count()))
                  << std::flush;
    }
}
