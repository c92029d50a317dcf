#pragma once

#include "cli/exit_code.hpp"
#include "cli/settings.hpp"

namespace cli {

/// `patrolzones zones`.
ExitCode run_zones(const Settings& settings);

} // namespace cli
