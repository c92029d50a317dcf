#pragma once

#include "cli/settings.hpp"
#include "cli/steps.hpp"
#include "geo/time_zone.hpp"
#include "io/nights.hpp"

#include <chrono>

namespace cli {

/// Visits and attendances from so long ago are read: more than any gap, less than a year's growth.
inline constexpr std::chrono::days remembered{60};

/// What a night's refresh works with.
struct Workplace {
    const Settings& settings;
    geo::TimeZone time_zone;
    geo::Instant now;
    io::Nights nights;
    Stopwatch watch;
};

} // namespace cli
