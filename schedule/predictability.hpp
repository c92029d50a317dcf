#pragma once

#include "schedule/plan.hpp"

#include <span>

namespace schedule {

/// How well one who has watched could tell when the next visit comes: hours of the day, local time.
struct Predictability {
    double zone_entropy = 0; ///< of a zone's visits by hour of the day, in bits: the mean over the
                             ///< zones, by visits; 0 where all come in one hour
    double entropy = 0;      ///< of all visits, likewise
    double likeliest_hour = 0; ///< share of a zone's visits in its commonest hour: the mean over
                               ///< the zones, by visits; 0 without visits
};

/// Visits in any order. O(visits log zones).
Predictability predictability(std::span<const Visit> visits, const geo::TimeZone& zone);

} // namespace schedule
