#pragma once

#include "cli/command_table.hpp"
#include "cli/settings.hpp"

#include <span>
#include <string>
#include <variant>

namespace cli {

/// What a command line asks for: a command with its settings, or a text to print (help, version).
struct Call {
    const Command* command = nullptr;
    Settings settings;
};
using Parsed = std::variant<Call, std::string>;

/// Reads a command line: words without the program's name. Pure but for the configuration file that
/// `--config` names.
///
/// \throws geo::Error (usage) for unknown commands and options (with the nearest right one),
/// missing values and values that are none.
Parsed parse(std::span<const std::string> words);

} // namespace cli
