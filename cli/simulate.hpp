#pragma once

#include "cli/steps.hpp"
#include "schedule/simulate.hpp"

#include <string>
#include <vector>

namespace cli {

/// A plan played against the street, and planning gaps tried where a target is set.
struct Simulated {
    schedule::Street street;
    schedule::Robustness robustness;
    std::vector<schedule::GapTrial> trials; ///< empty without a target
    std::vector<std::string> warnings;
};

/// Plays the plan as the settings say.
Simulated simulate_plan(const Settings& settings, const CheckedPlan& plan,
                        const geo::TimeZone& time_zone, Stopwatch& watch);

/// What it means, for people: the chance of a breach, where and when, and which planning gap would
/// do.
std::string simulation_text(const Simulated& simulated, const Settings& settings,
                            const CheckedPlan& plan);

/// The JSON object `text` with a member `robustness` more.
std::string with_simulation(const std::string& text, const Simulated& simulated,
                            const Settings& settings, const CheckedPlan& plan);

} // namespace cli
