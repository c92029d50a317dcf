#pragma once

#include "cli/exit_code.hpp"
#include "cli/settings.hpp"
#include "io/status_writer.hpp"

#include <string>
#include <vector>

namespace cli {

/// How a night went.
struct Night {
    ExitCode exit_code = ExitCode::done;
    io::Status status;
    std::vector<std::string> warnings;
    std::string manifest;     ///< of what was published; empty where nothing was
    bool nothing_new = false; ///< same inputs, configuration and date: nothing was written
    std::vector<std::string> would_change; ///< of a dry run: one line each
};

/// One night's refresh, with `now` for the clock.
///
/// 1. takes the lock of the published folder, opens the store, and brings to its end what a killed
///    run left;
/// 2. reads incidents, wards, units and attendances;
/// 3. stops where nothing is new, or where the guard refuses (geo::ErrorKind::refused);
/// 4. scores the zones in force where they stand, finds candidates and matches the two;
/// 5. renews the plan: issued shifts stand;
/// 6. builds the night's folder beside the others, writes the store in one transaction, makes the
///    folder `current`, and lets the readers of a database see it;
/// 7. copies the store, removes the oldest nights, and writes status.json last.
///
/// Killed at any point, the next run goes on from a whole store and a whole `current`. A dry run
/// stops after 5 and makes no file, not even a lock's.
/// \throws geo::Error as the steps do; status.json then tells of the attempt.
Night refresh(const Settings& settings, geo::Instant now);
} // namespace cli
