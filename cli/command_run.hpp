#pragma once

#include "cli/exit_code.hpp"
#include "cli/settings.hpp"

namespace cli {

/// `patrolzones run`.
ExitCode run_everything(const Settings& settings);

} // namespace cli
