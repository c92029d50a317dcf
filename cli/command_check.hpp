#pragma once

#include "cli/exit_code.hpp"
#include "cli/settings.hpp"

namespace cli {

/// `patrolzones check`.
ExitCode run_check(const Settings& settings);

} // namespace cli
