#pragma once

#include "cluster/site.hpp"

#include <span>
#include <vector>

namespace cluster {

struct KernelOptions {
    geo::Metres bandwidth{250}; ///< where the kernel ends
    geo::Metres spacing{25};    ///< of the grid of nodes, aligned to its multiples
};

/// A node of the grid and the density there, up to a factor that is the same everywhere.
struct KernelNode {
    geo::GridPoint place;
    double density = 0;
};

/// The nodes within a bandwidth of any site, densest first; ties: lower northing, then easting.
///
/// Quartic kernel, weight * (1 - (d / bandwidth)^2)^2, as police mapping software has it. Time and
/// memory: sites * (bandwidth / spacing)^2, and sorting the nodes.
std::vector<KernelNode> kernel_density(std::span<const Site> sites, const KernelOptions& options);

} // namespace cluster
