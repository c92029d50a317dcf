#pragma once

#include "cli/command_table.hpp"

#include <string>

namespace cli {

/// The manual page of the program, patrolzones(1), in man(7) macros.
std::string man_page();

/// The manual page of a command, patrolzones-run(1): every option with its key in the
/// configuration, an example, the exit codes.
std::string man_page(const Command& command);

} // namespace cli
