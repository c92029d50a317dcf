#pragma once

#include "cluster/incident.hpp"
#include "cluster/zone.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace cluster {

/// "rising", "steady" or "falling".
std::string_view word(Trend trend);

/// A zone's incidents in its last months of data and in as many before them.
struct TrendCounts {
    std::uint32_t recent = 0;  ///< incidents in the last months
    std::uint32_t before = 0;  ///< incidents in the months before those
    unsigned months = 0;       ///< how many each
    bool gaps = false;         ///< whether the data lack a month between the first and the last
    double recent_share = 0.5; ///< of the time compared
};

/// Counts the last twelve months of data against the twelve before, where there are 24 (the same
/// seasons), else the later half of the whole months against the earlier half; nothing where there
/// are not two.
///
/// \param covered months with data (covered_months); pieces of under 27 days are left out. An
/// incident that spans time counts in the month of its middle.
std::optional<TrendCounts> trend_counts(std::span<const Incident> inside,
                                        std::span<const geo::TimeSpan> covered);

/// What the counts say: rising or falling where a split as uneven would come in under one of twenty
/// zones with an even rate (conditional binomial test, two-sided; Przyborowski & Wilenski 1940),
/// steady otherwise, and nothing of fewer than 20 incidents.
std::optional<Trend> trend_of(const TrendCounts& counts);

} // namespace cluster
