#pragma once

#include "cli/night.hpp"
#include "cli/night_plan.hpp"
#include "cli/publish.hpp"
#include "cli/refresh.hpp"
#include "cli/standing_zones.hpp"
#include "io/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cli {

/// What a night found out: zones in force as they stand, candidates, and the plan.
struct Findings {
    io::RunCounts counts;
    FoundZones candidates;
    FoundZones scored; ///< the zones in force
    Drift drift;
    io::StoreChange change; ///< all but the run
    std::optional<NightPlan> plan;
    std::vector<std::string> warnings;
};

/// Brings to its end what a killed run left, before anything else is done: a night that is in the
/// store becomes current, and one that is not goes.
///
/// \throws geo::Error (input) if the last run's night cannot be made current.
void finish_last_night(const Workplace& work, const std::optional<io::StoredRun>& last);

/// A night that came out.
struct NightOutput {
    std::string manifest; ///< the text of manifest.json
    std::vector<std::string> warnings;
};

/// Builds the night and brings it out. Its folder gets its name, the store is written, `current` is
/// switched, the database's readers see it, the store is copied, the oldest nights go, and the
/// status is written, in this order: the store decides whether the night was, and whatever is cut
/// off after it is made up for by the next run, since the status does not tell of success.
///
/// \param result tonight's zones and plan. \param status as it is to be told; a copy of the store
/// that cannot be made is added to it.
/// \throws geo::Error (input) if something cannot be written.
NightOutput bring_out(Workplace& work, const Result& result, const Findings& found,
                      const io::StoredRun& run, io::Store& store, const io::Status& status);

} // namespace cli
