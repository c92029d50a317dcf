// Kernel density estimation (Silverman 1986, equation 4.5; in police mapping Chainey & Ratcliffe
// 2005). Kept sparse: nodes that no kernel reaches are never made.

#include "cluster/kernel_density.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace cluster {

namespace {

/// The multiples of `step` in [low, high]: the first of them.
std::int64_t first_multiple(std::int64_t low, std::int64_t step) {
    const std::int64_t rest = low % step;
    return rest == 0 ? low : low - rest + (rest > 0 ? step : 0);
}

using Densities = std::unordered_map<geo::GridPoint, double>;

void add_kernel(const Site& site, const KernelOptions& options, Densities& densities) {
    const std::int64_t reach = geo::whole_millimetres(options.bandwidth);
    const std::int64_t step = geo::whole_millimetres(options.spacing);
    const std::int64_t east = site.place.easting_mm();
    const std::int64_t north = site.place.northing_mm();
    const double whole = static_cast<double>(reach) * static_cast<double>(reach);
    for (std::int64_t y = first_multiple(north - reach, step); y <= north + reach; y += step) {
        for (std::int64_t x = first_multiple(east - reach, step); x <= east + reach; x += step) {
            const auto dx = static_cast<double>(x - east);
            const auto dy = static_cast<double>(y - north);
            const double rest = 1 - (dx * dx + dy * dy) / whole;
            if (rest > 0) {
                densities[geo::GridPoint::at_millimetres(x, y)] +=
                    site.weight.value() * rest * rest;
            }
        }
    }
}

} // namespace

std::vector<KernelNode> kernel_density(std::span<const Site> sites, const KernelOptions& options) {
    Densities densities;
    for (const Site& site : sites) { // in their order: sums are the same on every run
        add_kernel(site, options, densities);
    }
    std::vector<KernelNode> nodes;
    nodes.reserve(densities.size());
    for (const auto& [place, density] : densities) {
        nodes.push_back({place, density});
    }
    std::sort(nodes.begin(), nodes.end(), [](const KernelNode& a, const KernelNode& b) {
        return std::tuple(-a.density, a.place) < std::tuple(-b.density, b.place);
    });
    return nodes;
}

} // namespace cluster
