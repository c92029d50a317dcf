#include "cluster/incident_index.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace cluster {

IncidentIndex::IncidentIndex(std::span<const Incident> incidents)
    : incidents_(incidents), sites_(sites_of(incidents)), index_(sites_), order_(incidents.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
    std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::tie(incidents_[a].place, a) < std::tie(incidents_[b].place, b);
    });
    std::uint32_t first = 0;
    for (const Site& site : sites_) {
        firsts_.push_back(first);
        first += site.incidents;
    }
}

std::vector<Incident> IncidentIndex::inside(const Disc& disc) const {
    std::vector<Incident> found;
    for (const std::uint32_t site : index_.within(disc.centre, disc.radius)) {
        for (std::uint32_t k = 0; k < sites_[site].incidents; ++k) {
            found.push_back(incidents_[order_[firsts_[site] + k]]);
        }
    }
    return found;
}

} // namespace cluster
