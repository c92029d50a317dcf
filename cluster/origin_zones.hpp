#pragma once

#include "cluster/coverage.hpp"
#include "cluster/hotspots.hpp"
#include "cluster/method.hpp"

#include <span>
#include <vector>

namespace cluster {

/// One split of the past: zones are made from `training` alone and scored on `test`.
struct Origin {
    geo::TimeSpan training;          ///< up to the cut
    geo::TimeSpan test;              ///< begins at the cut or later
    geo::Instant one_test_earlier{}; ///< the cut before, for last period's zones
    geo::Instant one_year_earlier{}; ///< where the last twelve months begin
};

/// Whether a record's whole time lies in the span.
bool lies_in(const geo::TimeSpan& when, const geo::TimeSpan& span);

/// The records that lie wholly in a span.
IncidentTable part_of(const IncidentTable& table, const geo::TimeSpan& span);

/// How zones are made at an origin.
struct ZoneMaking {
    HotspotOptions hotspots; ///< its `as_of` is set at every cut
    Weighting weighting;     ///< likewise
    std::uint64_t seed = 1;  ///< of random discs and of k-means
};

/// What an origin has made of its training.
struct OriginZones {
    std::vector<WardIndex> wards; ///< the top wards, ranked first in front
    /// The zone sets of each method, in the order of all_methods: one, or several draws; none where
    /// a method has nothing to go by.
    std::array<std::vector<ZoneSet>, all_methods.size()> sets;
};

/// The zones of every method at an origin. Nothing outside `origin.training` has a part in them,
/// hindsight excepted.
///
/// \param raw with the weights as read. The methods run side by side; the result does not depend on
/// the number of threads or the order of records.
OriginZones make_zones(std::span<const Ward> wards, const IncidentTable& raw, const Origin& origin,
                       const ZoneMaking& making);

} // namespace cluster
