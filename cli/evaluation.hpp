#pragma once

#include "cli/steps.hpp"
#include "cluster/backtest.hpp"

#include <string>
#include <vector>

namespace cli {

/// A back-test and what is said of it.
struct Evaluation {
    cluster::Backtest backtest;
    std::string sentence;
    std::vector<std::string> warnings;
};

/// Back-tests the settings on what was read.
/// \param evidence with its weights as read: before `weigh_incidents`.
/// \throws geo::Error (usage) if the incidents leave nothing to train or to test on.
Evaluation evaluate(const Settings& settings, const Evidence& evidence,
                    const geo::TimeZone& time_zone, Stopwatch& watch);

/// The same as one JSON object, as far as the audience may be told.
std::string json_of(const Evaluation& evaluation, const geo::TimeZone& time_zone,
                    io::Audience audience);

} // namespace cli
