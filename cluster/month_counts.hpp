#pragma once

#include "cluster/incident.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace cluster {

/// How many incidents a month of data holds.
struct MonthCount {
    geo::TimeSpan month; ///< the calendar month in local time, clipped to the period
    std::uint32_t incidents = 0;

    friend bool operator==(const MonthCount&, const MonthCount&) = default;
};

/// The count of every covered month, in their order, those without incidents too. An incident that
/// spans time counts in the month of its middle; one whose middle lies in none counts nowhere.
/// O(incidents * log months).
///
/// \param covered months with data, ascending and apart (covered_months).
std::vector<MonthCount> month_counts(std::span<const Incident> incidents,
                                     std::span<const geo::TimeSpan> covered);

} // namespace cluster
