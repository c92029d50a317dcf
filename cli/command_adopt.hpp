#pragma once

#include "cli/exit_code.hpp"
#include "cli/settings.hpp"
#include "io/store.hpp"

#include <string>
#include <vector>

namespace cli {

/// What adopting changes.
struct Adoption {
    std::vector<io::StoredZone> zones; ///< rows of the zone history, ended and begun
    std::vector<std::string> lines;    ///< what is done, a line a zone
};

/// What putting candidates in force changes, as of `now`.
///
/// A candidate that carries on a zone in force takes its id and name, and the zone's old place ends
/// in the history. Without `--zone` all candidates come into force, and zones in force that none
/// carries on are retired; with it those alone. `--retire` ends zones by itself.
/// \throws geo::Error (usage) if an id is no candidate or not in force, or nothing was ever
/// proposed.
Adoption adoption(const Settings& settings, const io::StoreContent& content, geo::Instant now);

/// `patrolzones adopt`: what a person decides, written in one transaction.
ExitCode run_adopt(const Settings& settings);

} // namespace cli
