#pragma once

#include "cluster/backtest.hpp"
#include "geo/time_zone.hpp"

#include <string>

namespace io {

/// The text of evaluation.csv (docs/formats/evaluation.csv.md): one line a measure of a method at
/// an origin.
std::string evaluation_csv(const cluster::Backtest& backtest, const geo::TimeZone& time_zone);

/// What goes into the JSON beside the scores.
struct EvaluationNotes {
    std::string sentence;
    std::vector<std::string> warnings;
};

/// The same as one JSON object, indented.
std::string evaluation_json(const cluster::Backtest& backtest, const EvaluationNotes& notes,
                            const geo::TimeZone& time_zone);

} // namespace io
