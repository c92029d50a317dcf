#pragma once

#include "cluster/backtest.hpp"
#include "geo/time_zone.hpp"
#include "io/disclosure.hpp"

#include <string>

namespace io {

/// The text of evaluation.csv (docs/formats/evaluation.csv.md): one line a measure of a method at
/// an origin.
///
/// For partners the measures of all origins together, at two decimals, and areas: no count can be
/// worked out of those. Not for the public.
std::string evaluation_csv(const cluster::Backtest& backtest, const geo::TimeZone& time_zone,
                           Audience audience = Audience::internal);

/// What goes into the JSON beside the scores.
struct EvaluationNotes {
    std::string sentence;
    std::vector<std::string> warnings;
};

/// The same as one JSON object, indented. Partners get no notes, which count incidents.
std::string evaluation_json(const cluster::Backtest& backtest, const EvaluationNotes& notes,
                            const geo::TimeZone& time_zone, Audience audience = Audience::internal);

} // namespace io
