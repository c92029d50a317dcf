#include "cluster/site.hpp"

#include <algorithm>

namespace cluster {

void merge_equal_places(std::vector<Site>& sites) {
    std::sort(sites.begin(), sites.end(),
              [](const Site& a, const Site& b) { return a.place < b.place; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < sites.size(); ++i) {
        if (kept > 0 && sites[kept - 1].place == sites[i].place) {
            sites[kept - 1].weight += sites[i].weight;
            sites[kept - 1].incidents += sites[i].incidents;
        } else {
            sites[kept++] = sites[i];
        }
    }
    sites.resize(kept);
    sites.shrink_to_fit();
}

namespace {

Site site_of(const Incident& incident) {
    return {incident.place, Weight::of(incident.weight), 1};
}

} // namespace

std::vector<Site> sites_of(std::span<const Incident> incidents) {
    std::vector<Site> sites;
    sites.reserve(incidents.size());
    std::transform(incidents.begin(), incidents.end(), std::back_inserter(sites), site_of);
    merge_equal_places(sites);
    return sites;
}

} // namespace cluster
