#include "schedule/travel.hpp"

#include "geo/error.hpp"

#include <cmath>

namespace schedule {

Minutes travel_time(const geo::GridPoint& from, const geo::GridPoint& to, double speed_kmh) {
    if (!(speed_kmh > 0)) {
        throw geo::Error(geo::ErrorKind::usage,
                         "a unit's speed is not positive; give speed_kmh above 0, or a mode");
    }
    const double metres_a_minute = speed_kmh * 1000.0 / 60.0;
    const double minutes = detour_factor * geo::distance(from, to).value() / metres_a_minute;
    return Minutes(static_cast<Minutes::rep>(std::ceil(minutes)));
}

} // namespace schedule
