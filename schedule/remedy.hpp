#pragma once

#include "schedule/demand.hpp"

#include <array>
#include <optional>
#include <string>

namespace schedule {

/// What would let the rule be kept where the units cannot keep it: the least of each kind, each
/// found by planning.
struct Remedies {
    UnitsNeeded units;
    std::optional<Minutes> minutes_per_shift; ///< for every unit that has fewer, a multiple of 15;
                                              ///< nothing where they are not what lacks
    std::optional<std::array<bool, 7>> more_days; ///< Monday first: shifts on these, too; nothing
                                                  ///< where they are not what lacks
    std::string sentence; ///< "what would do, found by planning: 4 units like these ..."
};

/// Tries more units, then longer shares of the shifts, then shifts on one, two and all further
/// weekdays; what the certificate forbids is not planned. Inherited breaches do not count.
///
/// Deterministic. Costs up to about 40 short plans.
Remedies remedies(const Problem& problem);

} // namespace schedule
