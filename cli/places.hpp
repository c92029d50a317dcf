#pragma once

#include "cli/settings.hpp"
#include "schedule/plan.hpp"

#include <string>
#include <vector>

// What the settings say about the places of a plan and the ways between them.

namespace cli {

/// Places that the plan is for, and warnings about names in the settings that are nothing.
struct ChosenPlaces {
    std::vector<schedule::Place> places; ///< in their order, without those left out
    std::vector<std::string> warnings;
};

/// Without the zones that the settings leave out, and with the visits a week wished for.
ChosenPlaces choose_places(const Settings& settings, std::vector<schedule::Place> places);

/// Measured ways, and warnings about those that are missing and names that are nothing.
struct ReadWays {
    std::vector<schedule::Way> ways;
    std::vector<std::string> warnings;
};

/// The ways of the settings' travel file; none where there is no such file.
///
/// \param problem its places and units are what the names in the file may mean.
ReadWays read_ways(const Settings& settings, const schedule::Problem& problem);

} // namespace cli
