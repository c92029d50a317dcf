#pragma once

#include "cli/publish.hpp"

#include <string>

namespace cli {

/// "445,574".
std::string grouped(std::uint64_t number);

/// The answers that a person wants at the end of a run: how many incidents, what was left out and
/// why, which wards and zones, whether the rule is kept, what to open.
std::string summary_text(const Result& result);

/// What `check` tells: the columns found, every reason with its rows, stacked points and other
/// doubts.
std::string quality_text(const Evidence& evidence, const Settings& settings);

/// Warnings one to a line, each with the program's name in front.
std::string warnings_text(const std::vector<std::string>& warnings);

/// Prints for people: to stdout, or to stderr where stdout is for JSON; nothing if quiet.
void print_for_people(const Settings& settings, const std::string& text);

/// What a command has to say at its end.
struct Report {
    std::vector<std::string> warnings;
    std::string text; ///< for people
    std::string json; ///< for `--json`
};

/// Prints it: warnings and, if verbose, the time of each step to stderr; the text for people; JSON
/// where it is asked for.
void print(const Settings& settings, const Report& report, const Stopwatch& watch);

} // namespace cli
