#pragma once

#include "io/published.hpp"

#include <span>
#include <unordered_map>

namespace io {

/// Finds published zones by id. What it looks at must outlive it.
class ZoneLookup {
  public:
    explicit ZoneLookup(std::span<const PublishedZone> zones);

    /// \throws geo::Error (input) if no zone has that id.
    const cluster::Zone& zone(const cluster::ZoneId& id) const;

  private:
    std::unordered_map<cluster::ZoneId, const cluster::Zone*> zones_;
};

} // namespace io
