#pragma once

#include "geo/time_zone.hpp"

#include <string>

namespace schedule {

/// "Fri 13 Nov 2026 15:00", by the wall clock: for sentences.
std::string local_text(geo::Instant instant, const geo::TimeZone& zone);

} // namespace schedule
