#pragma once

#include "cli/exit_code.hpp"
#include "cli/settings.hpp"

namespace cli {

/// `patrolzones refresh`: one night, told to people, to programs and to `on_alert`.
ExitCode run_refresh(const Settings& settings);

} // namespace cli
