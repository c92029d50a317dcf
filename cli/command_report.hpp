#pragma once

#include "cli/exit_code.hpp"
#include "cli/settings.hpp"

namespace cli {

/// `patrolzones report`: the page and the patrol sheets again, from an output folder.
ExitCode run_report(const Settings& settings);

} // namespace cli
