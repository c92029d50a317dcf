#pragma once

#include "cli/settings.hpp"

#include <filesystem>

namespace cli {

/// Applies a configuration file to the settings: every option has a key
/// (docs/formats/configuration.md).
///
/// Relative paths start at the file's folder. All keys are known to all commands, so that one file
/// serves for all; what a command has no use for it does not look at. \throws geo::Error (usage)
/// with file, line, key, value and remedy for what the file says wrongly; an unknown key is
/// answered with the nearest right one.
void apply_configuration(const std::filesystem::path& file, Settings& settings);

} // namespace cli
