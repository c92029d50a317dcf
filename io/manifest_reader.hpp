#pragma once

#include "geo/time_zone.hpp"

#include <optional>
#include <string>

namespace io {

/// What the plan that was published together with `path` runs over, by the manifest.json in the
/// same folder; nothing where there is none, or none of ours, or one without a plan.
std::optional<geo::TimeSpan> horizon_beside(const std::string& path, const geo::TimeZone& zone);

} // namespace io
