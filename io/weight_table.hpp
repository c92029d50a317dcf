#pragma once

#include "io/offence_definition.hpp"

#include <map>
#include <string>
#include <vector>

namespace io {

/// The user's own weights by offence: days of harm, a severity score (docs/formats/weights.md).
struct WeightTable {
    std::string path;                      ///< for messages
    std::map<std::string, double> by_code; ///< as normal_code; positive
    std::map<std::string, double> by_text; ///< the same entries as normal_text
};

/// Reads a table with a column of offences (`code`, `offence` or `category`) and one of weights.
///
/// \throws geo::Error (input) with line, column, value and remedy if a cell is no weight above 0,
/// an offence is missing or stands there twice with two weights, a column is missing, or the file
/// cannot be read.
WeightTable read_weight_table(const std::string& path);

/// What each code and category of the definition weighs by the table, in the order of
/// OffenceLookup::Match::written.
///
/// A code takes the entry that is equal, else that of the smallest class that holds it ("34" for
/// "34B"); a category the entry with its text; either else the entry with its offence's name.
/// \throws geo::Error (usage) that lists every code and category for which the table has nothing.
std::vector<double> weights_of(const OffenceDefinition& definition, const WeightTable& table);

/// The definition's own weights, in the same order.
std::vector<double> weights_of(const OffenceDefinition& definition);

} // namespace io
