#pragma once

#include "cluster/site.hpp"

#include <span>

namespace cluster {

/// The most weight that any disc of the given radius holds, wherever its centre; a site on the rim
/// is inside.
///
/// Sweeps, around every site, the angles at which its neighbours within twice the radius enter and
/// leave a disc whose rim passes through the site (Chazelle & Lee 1986; here O(n k log k) for k
/// neighbours, with a KD-tree for finding them, memory O(n + k)). The plain reference that
/// DiscSearch is tested against. Rims that miss by less than 0.1 micrometre count as touching.
Weight heaviest_disc(std::span<const Site> sites, geo::Metres radius);

} // namespace cluster
