#pragma once

#include "cluster/coverage.hpp"
#include "cluster/ground.hpp"
#include "cluster/kernel_density.hpp"
#include "cluster/placement.hpp"
#include "cluster/point_clusters.hpp"

// The methods that zones are compared with, in the same wards, at the number and the radii of the
// zones. All of them keep the rules of zones (placement.hpp), so that none wins by breaking one.

namespace cluster {

/// Discs centred on incidents: each on the site from which it holds most that none holds yet.
ZoneSet discs_on_incidents(const Ground& ground);

/// Discs on the peaks of a kernel density, the highest node that is allowed first.
ZoneSet discs_on_kernel_peaks(const Ground& ground, const KernelOptions& options);

/// Discs on the centroids of DBSCAN's clusters in the ward, the heaviest first.
ZoneSet discs_on_density_clusters(const Ground& ground, const DensityClusterOptions& options);

/// Discs on the centroids of k-means in the ward, as many clusters as discs, the heaviest first.
ZoneSet discs_on_mean_clusters(const Ground& ground, std::uint64_t seed);

/// Our own optimiser at the quotas: the discs that hold most of what stands on `ground`.
///
/// With equal radii everywhere by choose_discs, whose discs beyond a ward's quota are dropped;
/// otherwise ward after ward: greedily in every order of the ward's radii (24 orders at most), each
/// disc the best there is (DiscSearch) and moved again while that gains. A disc that would hold
/// nothing is left out.
ZoneSet optimal_discs(const Ground& ground, const SelectionOptions& options);

/// The cells of the grid with the most weight of their ward, as many as come to the area of the
/// ward's quota; what rounding leaves over passes to the next ward.
///
/// The grid is aligned to multiples of `side` of the analysis CRS. Ties go to the lower northing,
/// then easting. Cells without weight are never taken.
ZoneSet heaviest_cells(const Ground& ground, geo::Metres side);

} // namespace cluster
