#pragma once

#include "cluster/ranking.hpp"
#include "cluster/ward.hpp"
#include "cluster/zone.hpp"
#include "schedule/outlook.hpp"
#include "schedule/rule.hpp"

#include <cstdint>
#include <optional>

namespace io {

/// A patrol zone as it is published: its evidence and, where there is a plan, what the plan means
/// for it.
struct PublishedZone {
    cluster::Zone zone;
    std::optional<schedule::Outlook> outlook; ///< nothing where no plan was made
    schedule::Minutes visit_length{15};       ///< published with the outlook only
};

/// A ward as it is published: the ranking, and what became of the ward.
struct PublishedWard {
    cluster::Ward ward;
    cluster::RankedWard ranking;
    bool chosen = false;     ///< whether zones were sought in it
    std::uint32_t zones = 0; ///< zones found in it
};

} // namespace io
