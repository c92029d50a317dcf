#pragma once

#include "cli/exit_code.hpp"
#include "cli/settings.hpp"

namespace cli {

/// `patrolzones compliance`.
ExitCode run_compliance(const Settings& settings);

} // namespace cli
