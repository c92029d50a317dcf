#pragma once

#include "geo/time_zone.hpp"
#include "io/disclosure.hpp"
#include "io/issue_log.hpp"
#include "io/published.hpp"
#include "schedule/plan.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace io {

/// Whether issues carry the place of their row: off by default, so that no incident point leaves
/// the analyst's machine.
enum class IssuePlaces { hidden, shown };

/// What patrolzones.gpkg holds. Views: what they look at must outlive the call.
struct GeoPackageContent {
    std::string crs;                                        ///< analysis CRS, anything PROJ reads
    std::span<const PublishedZone> zones;                   ///< in the order to be written
    std::optional<std::span<const schedule::Visit>> visits; ///< no layer where nothing was planned
    std::span<const PublishedWard> wards;                   ///< likewise
    std::span<const Issue> issues;
    std::span<const std::string> issue_files; ///< what Issue::file counts into
    IssuePlaces issue_places = IssuePlaces::hidden;
    geo::Instant
        stamp{}; ///< written as the date of change, so that equal input gives equal content
    Audience audience = Audience::internal; ///< whom zones and wards were disclosed for: partners
                                            ///< get no issues, the public the wards alone
};

/// Writes the layers zones, visits, wards and issues to a new GeoPackage in the analysis CRS
/// (docs/formats/patrolzones.gpkg.md).
///
/// Date-times are in UTC; the zones' `schedule` is text in local time. Features have ids from 1 in
/// the order given. \throws geo::Error (input) with GDAL's reason if it cannot be written, and
/// leaves no file.
void write_geopackage(const std::filesystem::path& path, const GeoPackageContent& content,
                      const geo::TimeZone& time_zone);

} // namespace io
