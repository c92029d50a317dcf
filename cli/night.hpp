#pragma once

#include "cli/settings.hpp"
#include "cli/steps.hpp"
#include "geo/time_zone.hpp"
#include "io/nights.hpp"

namespace cli {

/// What a night's refresh works with.
struct Workplace {
    const Settings& settings;
    geo::TimeZone time_zone;
    geo::Instant now;
    io::Nights nights;
    Stopwatch watch;
};

} // namespace cli
