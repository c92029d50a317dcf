#pragma once

#include "cli/command_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// The options of a command that stand on its command line, in the order of the table.
std::vector<const Option*> options_of(const Command& command);

/// The headings of a command's options, in the order of the table.
std::vector<std::string_view> groups_of(const Command& command);

/// "--wards PATH", "-v, --verbose".
std::string flag_text(const Option& option);

/// "patrolzones verify [ZONES] [VISITS] [OPTIONS]".
std::string usage_of(const Command& command);

/// Exit codes of the commands there are, with what they mean.
struct ExitMeaning {
    int code = 0;
    std::string_view words;
};
std::vector<ExitMeaning> exit_meanings();

/// What `patrolzones --help` prints: the commands and the exit codes. Fits 24 lines of 80 columns,
/// as does the next.
std::string help_of_all();

/// What `patrolzones COMMAND --help` prints: what most calls need, how to see the rest, an example.
std::string help_of(const Command& command);

/// A command's options under one heading, or, for "all", under all; lines of 80 columns.
/// \throws geo::Error (usage) for any other topic, with the nearest right one.
std::string help_on(const Command& command, std::string_view topic);

} // namespace cli
