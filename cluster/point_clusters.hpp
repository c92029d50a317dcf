#pragma once

#include "cluster/site.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace cluster {

/// A group of sites: its centre of gravity by weight.
struct PointCluster {
    geo::GridPoint centroid;
    Weight weight;
};

struct DensityClusterOptions {
    geo::Metres reach{200};          ///< eps: how near neighbours are, rim included
    std::uint32_t min_incidents = 5; ///< a site with so many within reach, its own included, is a
                                     ///< core
};

/// The clusters of DBSCAN (Ester et al. 1996), heaviest first; ties: lower northing, then easting.
///
/// Sites in one cluster are linked by cores within reach of each other. Sites that are no core go
/// with the cluster that reaches them first, in the order of the sites; noise is in none. Incidents
/// decide what a core is, weights where the centroid lies. Time: a neighbour query a site.
std::vector<PointCluster> density_clusters(std::span<const Site> sites,
                                           const DensityClusterOptions& options);

struct MeanClusterOptions {
    unsigned clusters = 3;
    unsigned iterations = 50; ///< at most; fewer where nothing moves any more
    std::uint64_t seed = 1;
    std::uint64_t stream = 0; ///< of the seed: another for every ward
};

/// The clusters of k-means by weight (Lloyd 1982, from k-means++: Arthur & Vassilvitskii 2007),
/// heaviest first; ties: lower northing, then easting. Fewer than asked where sites are fewer.
std::vector<PointCluster> mean_clusters(std::span<const Site> sites,
                                        const MeanClusterOptions& options);

} // namespace cluster
