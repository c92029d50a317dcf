#include "io/zone_lookup.hpp"

#include "geo/error.hpp"

#include <fmt/core.h>

namespace io {

ZoneLookup::ZoneLookup(std::span<const PublishedZone> zones) {
    for (const PublishedZone& published : zones) {
        zones_.emplace(published.id, &published);
    }
}

const PublishedZone& ZoneLookup::zone(const cluster::ZoneId& id) const {
    const auto found = zones_.find(id);
    if (found == zones_.end()) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("a visit is to zone {}, which is not among the zones; give "
                                     "the zones that the plan was made for",
                                     id.text()));
    }
    return *found->second;
}

} // namespace io
