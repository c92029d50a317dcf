#pragma once

#include "cluster/ranking.hpp"
#include "cluster/selection.hpp"
#include "cluster/site.hpp"
#include "cluster/ward.hpp"

#include <span>
#include <vector>

namespace cluster {

/// How many discs a ward gets in a comparison, and of which radii: those of the zones that are
/// compared.
struct WardQuota {
    RankedWard ward;
    std::vector<geo::Metres> radii; ///< largest first; may be empty
};

/// What every method of a comparison is given.
struct Ground {
    std::span<const Ward> wards;          ///< all
    std::span<const WardQuota> quotas;    ///< of the wards that get zones, heaviest first
    std::vector<std::vector<Site>> sites; ///< of each ward, by its index
    Separation separation{};              ///< between any two discs of the force
};

/// The same number of discs and the same radii as `discs` have, ward by ward.
/// \param ranked the wards, in the order of the result.
std::vector<WardQuota> quotas_of(std::span<const RankedWard> ranked,
                                 std::span<const ChosenDisc> discs);

} // namespace cluster
