#pragma once

#include "geo/projection.hpp"
#include "geo/time_zone.hpp"
#include "io/published.hpp"
#include "schedule/plan.hpp"

#include <span>
#include <string>

namespace io {

/// The text of roster.ics (docs/formats/roster.ics.md): an iCalendar (RFC 5545) with one event a
/// visit, in the order given, and the time zone's rules as far as the plan needs them.
///
/// Times are local with the zone's name; where the wall clock reads the same twice, the second time
/// round is written in UTC, since a local time means the first. Lines end in CR LF and are folded
/// at 75 octets. The same plan gives the same bytes: DTSTAMP is the plan's start, a UID is made of
/// the visit's id.
/// \param zones must hold the zone of every visit.
/// \param lonlat from EPSG:4326 to the analysis grid.
/// \throws geo::Error (input) if a visit names a zone that is not among `zones`.
std::string roster_ics(std::span<const schedule::Visit> visits,
                       std::span<const PublishedZone> zones, const geo::Projection& lonlat,
                       const geo::TimeZone& time_zone, const geo::TimeSpan& horizon);

} // namespace io
