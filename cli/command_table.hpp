#pragma once

#include "cli/exit_code.hpp"
#include "cli/option_table.hpp"
#include "cli/settings.hpp"

#include <span>
#include <string_view>

namespace cli {

/// One thing the program can do.
struct Command {
    std::string_view name;
    std::string_view does;    ///< one line for the list of commands
    std::string_view example; ///< one call, shown at the end of the help
    CommandSet bit = 0;       ///< which options are its own
    ExitCode (*run)(const Settings&) = nullptr;
    std::span<const std::string_view>
        positionals; ///< names of options that may be given as bare words, in order
    std::span<const std::string_view> everyday =
        {}; ///< names of options that most calls need, for the short help
};

/// All commands, in the order of the help.
std::span<const Command> command_table();

} // namespace cli
