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

/// Finishes what a run left that was killed after its store was written: its night is whole.
void roll_forward(const Workplace& work, const std::optional<io::StoredRun>& last);

/// Folder, store, link, copies, status, in this order: whatever is cut off, the next run can go on.
///
/// \param result tonight's zones and plan. \returns the text of manifest.json.
/// \throws geo::Error (input) if one of them cannot be written; those before it stand.
std::string bring_out(Workplace& work, const Result& result, const Findings& found,
                      const io::StoredRun& run, io::Store& store, const io::Status& status);

} // namespace cli
