#pragma once

#include "geo/time_zone.hpp"
#include "schedule/rule.hpp"

namespace schedule {

/// The latest start of the next attendance after one that ended at `end`, for a gap of `gap`;
/// itself allowed.
///
/// GapMode::elapsed: `end` + gap in real hours. GapMode::duty_day: the last whole minute of the
/// duty day (06:00 to 05:59 local) that is ceil(gap / 24 h) duty days after the one in which the
/// attendance's last second lies.
geo::Instant latest_start(geo::Instant end, std::chrono::hours gap, GapMode mode,
                          const geo::TimeZone& zone);

} // namespace schedule
