#pragma once

#include "cluster/coverage.hpp"
#include "cluster/site.hpp"

#include <span>
#include <vector>

namespace cluster {

/// How many discs a ward gets in a comparison, and of which radii: those that it is compared with.
struct WardQuota {
    RankedWard ward;
    std::vector<geo::Metres> radii; ///< largest first; may be empty
};

/// The same number of discs and the same radii as `discs` have, ward by ward.
/// \param ranked the wards, in the order of the result.
std::vector<WardQuota> quotas_of(std::span<const RankedWard> ranked,
                                 std::span<const ChosenDisc> discs);

/// What every method of a comparison is given.
struct Ground {
    std::span<const Ward> wards;          ///< all
    std::span<const WardQuota> quotas;    ///< of the wards that get zones, heaviest first
    std::vector<std::vector<Site>> sites; ///< of each ward, by its index
    Separation separation{};              ///< between any two discs
};

/// Our own optimiser at the quotas: the discs that hold most of what stands on `ground`.
///
/// With equal radii everywhere by choose_discs, whose discs beyond a ward's quota are dropped;
/// otherwise greedily, ward after ward, the largest radius first, each disc the best there is
/// (DiscSearch). A disc that would hold nothing is left out.
ZoneSet optimal_discs(const Ground& ground, const SelectionOptions& options);

/// The cells of the grid with the most weight of their ward, as many as come to the area of the
/// ward's quota; what rounding leaves over passes to the next ward.
///
/// The grid is aligned to multiples of `side` of the analysis CRS. Ties go to the lower northing,
/// then easting. Cells without weight are never taken.
ZoneSet heaviest_cells(const Ground& ground, geo::Metres side);

} // namespace cluster
