#pragma once

#include "geo/projection.hpp"
#include "geo/time_zone.hpp"
#include "io/published.hpp"
#include "schedule/plan.hpp"

#include <span>
#include <string>

namespace io {

/// The text of visits.geojson (docs/formats/visits.geojson.md): RFC 7946, one feature a line, in
/// the order given; the point is the centre of the zone.
///
/// \param zones must hold the zone of every visit.
/// \param lonlat from EPSG:4326 to the analysis grid.
/// \throws geo::Error (input) if a visit names a zone that is not among `zones`.
std::string visits_geojson(std::span<const schedule::Visit> visits,
                           std::span<const PublishedZone> zones, const geo::Projection& lonlat,
                           const geo::TimeZone& time_zone);

/// The text of roster.csv (docs/formats/roster.csv.md): one row a visit, by the day on which the
/// shift began, unit, shift and order within it.
///
/// \throws geo::Error (input) if a visit names a zone that is not among `zones`.
std::string roster_csv(std::span<const schedule::Visit> visits,
                       std::span<const PublishedZone> zones, const geo::TimeZone& time_zone);

} // namespace io
