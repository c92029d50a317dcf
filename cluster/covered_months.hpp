#pragma once

#include "cluster/incident.hpp"
#include "cluster/recency.hpp"

#include <span>
#include <vector>

namespace cluster {

/// The calendar months of the period, clipped to it, in which the force recorded anything at all,
/// serious or not; ascending.
///
/// A month without a single record is missing from the data rather than quiet, where the others
/// have ten on average: published archives lack whole months. Where records are fewer than that,
/// every month is taken as covered. A record that spans time counts in the month of its middle.
/// O(records).
std::vector<geo::TimeSpan> covered_months(const IncidentTable& table, const geo::TimeSpan& period,
                                          const geo::TimeZone& time_zone);

/// The weeks that the spans are worth together (Recency::effective_weeks of each).
double effective_weeks(const Recency& recency, std::span<const geo::TimeSpan> spans);

} // namespace cluster
