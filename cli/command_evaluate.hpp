#pragma once

#include "cli/exit_code.hpp"
#include "cli/settings.hpp"

namespace cli {

/// `patrolzones evaluate`: zones of a training period scored on a later one, beside other methods.
ExitCode run_evaluate(const Settings& settings);

} // namespace cli
