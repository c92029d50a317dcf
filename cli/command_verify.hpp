#pragma once

#include "cli/exit_code.hpp"
#include "cli/settings.hpp"

namespace cli {

/// `patrolzones verify`.
ExitCode run_verify(const Settings& settings);

} // namespace cli
