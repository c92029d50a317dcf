#pragma once

#include "schedule/plan.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace schedule {

/// The tightest window of time in which the rule needs more, or nearly more, than the units have.
struct Certificate {
    geo::TimeSpan window;                  ///< each of `zones` needs a visit that starts in it
    std::size_t zones = 0;                 ///< zones that need one
    Minutes needed{0};                     ///< visits plus the least travel any tours could have
    Minutes available{0};                  ///< what the units' shifts have in the window
    std::size_t visits = 0;                ///< whole visits that the shifts hold at most
    std::optional<unsigned> lower_bound;   ///< no fewer units of the patterns given can keep the
                                           ///< rule; nothing if no number of them can
    bool forbids = false;                  ///< needed > available: no plan can keep the rule
    std::vector<cluster::ZoneId> unserved; ///< due within the plan, and no unit serves them
    std::vector<cluster::ZoneId>
        overdue; ///< zones overdue before any shift could reach them: inherited, not counted
    std::string
        sentence; ///< "Fri 13 Nov 15:00 to Tue 17 Nov 15:00: 50 zones need 812 minutes, ..."
};

/// What forbids keeping the rule, or how near it is to being forbidden: a proof, found without
/// planning.
///
/// Looks at every window of max_gap + visit that begins just before a shift starts or ends and,
/// from the last attendances on, at every deadline; needed = visits + minimum spanning forest with
/// one tree a shift (the tours of k shifts are a forest of k trees at most), each way as the unit
/// that is quickest there walks it. Breaks, closed hours and most visits of a shift lessen what
/// there is. Zones that some of the units serve alone are looked at for themselves, too. A zone
/// that is overdue is an inherited breach, no infeasibility. Never forbids what is possible; may
/// allow what is not.
Certificate certificate(const Problem& problem);

/// Zones, as indices, that are late in the best plan a short search finds, ascending; those overdue
/// from the start only where they are late again. Empty: the rule can be kept. Deterministic.
std::vector<std::size_t> late_zones(const Problem& problem);

struct UnitsNeeded {
    std::optional<unsigned>
        found; ///< fewest units a rule-keeping plan was found for; nothing if none up to the limit
    std::optional<unsigned>
        lower_bound;      ///< no fewer can do (certificate); nothing if no number can
    std::string sentence; ///< for people, with both numbers
};

/// The fewest units of the given patterns with which the rule can be kept, found by planning.
///
/// Where all units are alike: copies of the first, from the lower bound up. Else units are added
/// where zones breach, or left out from the end while none does. Inherited breaches do not count.
/// Deterministic.
UnitsNeeded units_needed(const Problem& problem);

/// For use when there is no units file: the fewest identical late-shift units that can visit every
/// zone daily.
///
/// "Late 1", "Late 2"...: 15:00 to 23:00 every day as far as the rule's hours allow (where they
/// allow nothing of it, those hours, up to eight from their start), vehicle at 25 km/h, the whole
/// shift, serving everything, no base. At least one. The number comes from a round trip through all
/// zones (nearest neighbour, then 2-opt) cut into shifts.
std::vector<Unit> fewest_late_units(std::span<const Place> places, const Rule& rule);

} // namespace schedule
