#pragma once

#include "cli/exit_code.hpp"
#include "cli/settings.hpp"

namespace cli {

/// `patrolzones init`.
ExitCode run_init(const Settings& settings);

} // namespace cli
