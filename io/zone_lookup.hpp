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
    const PublishedZone& zone(const cluster::ZoneId& id) const;

  private:
    std::unordered_map<cluster::ZoneId, const PublishedZone*> zones_;
};

} // namespace io
