#pragma once

#include "cluster/neighbour_index.hpp"
#include "cluster/zone.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace cluster {

/// All incidents of a force, findable by place. Safe for reading from several threads.
class IncidentIndex {
  public:
    /// \param incidents must outlive the index.
    explicit IncidentIndex(std::span<const Incident> incidents);

    /// The incidents in the closed disc, of any ward: by place, those on one place in the order
    /// given.
    std::vector<Incident> inside(const Disc& disc) const;

  private:
    std::span<const Incident> incidents_;
    std::vector<Site> sites_;
    NeighbourIndex index_;
    std::vector<std::uint32_t> order_;  ///< incidents by place
    std::vector<std::uint32_t> firsts_; ///< for each site, where its incidents begin in `order_`
};

} // namespace cluster
