#pragma once

#include "cli/night.hpp"
#include "cli/refresh.hpp"
#include "cluster/hotspots.hpp"
#include "io/store.hpp"

#include <optional>
#include <string>
#include <vector>

// What a night is known by to the nights after it.

namespace cli {

/// The incidents that a night found, as the next one is held against them.
io::RunCounts counts_of(const Evidence& evidence, const cluster::Hotspots& tonight);

/// Names everything that a night's result depends on: the version, the date, the options, the
/// inputs' bytes, and the zones in force.
std::string fingerprint_of(const Workplace& work, const Evidence& evidence,
                           const std::vector<io::StoredZone>& zones);

/// The last night again, where it went well, is current, and nothing is new since. A database has
/// no checksum: with one among the inputs every night is new.
std::optional<Night> same_as_last(const Workplace& work, const Evidence& evidence,
                                  const std::optional<io::StoredRun>& last,
                                  const std::string& fingerprint);

} // namespace cli
