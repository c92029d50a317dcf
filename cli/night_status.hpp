#pragma once

#include "cli/exit_code.hpp"
#include "cli/night.hpp"
#include "cli/publish.hpp"
#include "cli/standing_zones.hpp"
#include "io/status_writer.hpp"
#include "io/store.hpp"

#include <filesystem>
#include <string>

// What is told of a night to those who watch over it.

namespace cli {

/// The published folder's status.json.
std::filesystem::path status_path(const Settings& settings);

/// The status of a night that went well: counts, alerts (worst first), and its message.
///
/// \param result its exit code is not read. \param night the folder that it is published in.
io::Status status_of(const Workplace& work, const Result& result, const Drift& drift,
                     const std::string& night, const io::RunCounts& counts);

/// "20 zones, 312 visits, the rule is kept; 3 new candidates".
std::string message_of(const io::Status& status);

/// Writes what watches over the refresh reads, each in one step, status.json last.
void write_status(const Settings& settings, const io::Status& status,
                  const geo::TimeZone& time_zone);

/// Writes the status of a night that failed: the last success stays what it was. If that cannot be
/// written either, it is told on stderr.
void tell_of_failure(const Workplace& work, ExitCode exit_code, const std::string& message);

} // namespace cli
