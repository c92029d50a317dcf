#pragma once

#include "cli/night.hpp"
#include "cli/night_attendances.hpp"
#include "io/store.hpp"
#include "schedule/renewal.hpp"

#include <vector>

namespace cli {

/// Tonight's plan, proved.
struct NightPlan {
    CheckedPlan checked;
    schedule::RenewedPlan renewed;
    std::vector<schedule::Visit> lost; ///< issued visits that can no longer be made
};

/// Renews the plan of the zones in force: issued shifts stand, the others are planned from what
/// was attended.
///
/// \param tonight the settings as of tonight. \param scored the zones in force, none of them
/// missing in `content`.
NightPlan plan_night(Workplace& work, const Settings& tonight, const Evidence& evidence,
                     const FoundZones& scored, const io::StoreContent& content,
                     const LastAttended& last);

/// Since when the zone of each place is in force, in the order of the places.
std::vector<geo::Instant> in_force_since(const std::vector<schedule::Place>& places,
                                         const std::vector<io::StoredZone>& zones);

} // namespace cli
