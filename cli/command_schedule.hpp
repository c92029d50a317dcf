#pragma once

#include "cli/exit_code.hpp"
#include "cli/settings.hpp"

namespace cli {

/// `patrolzones schedule`.
ExitCode run_schedule(const Settings& settings);

} // namespace cli
