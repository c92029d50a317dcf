#pragma once

#include "cluster/selection.hpp"
#include "tests/oracle/candidates.hpp"
#include "tests/oracle/set_packing.hpp"

#include <span>
#include <vector>

namespace oracle {

/// How far the discs that `cluster::choose_discs` takes in one ward are from the best ones known.
struct Gap {
    double ours = 0;   ///< the value of its discs together, each site once
    double oracle = 0; ///< of the best set of candidates, its own discs among them
    double bound = 0;  ///< no set of candidates is worth more; equal to `oracle` where that is
                       ///< proven to be their optimum
    std::size_t candidates = 0;

    bool proven() const { return bound <= oracle; }
    /// (oracle - ours) / oracle; 0 where there is nothing to find.
    double share() const { return oracle > 0 ? (oracle - ours) / oracle : 0; }
};

/// The ward's own sites, and behind them those of other wards within reach, without weight.
std::vector<cluster::Site> with_surroundings(std::span<const cluster::Ward> wards,
                                             const std::vector<std::vector<cluster::Site>>& sites,
                                             cluster::WardIndex ward, geo::Metres reach);

/// What one disc of a ward may be and is worth under the options of the selection, from the
/// documented objective and not from the selection's own code.
cluster::DiscChoice stated_choice(const cluster::Ward& ward, std::span<const cluster::Site> own,
                                  const cluster::SelectionOptions& options);

/// The best value known for one ward: the optimum over the candidates and the discs in `known`,
/// then over finer ones around it, until that brings nothing.
struct Known {
    double value = 0;
    double bound = 0;
    std::size_t candidates = 0;
};
Known best_known(const cluster::Ward& ward, std::span<const cluster::Site> sites,
                 const cluster::DiscChoice& choice, const PackingRules& rules,
                 std::span<const std::vector<cluster::Disc>> known);

/// Measures ward by ward, each as if it were alone in the force, under each of several options that
/// differ in effort only.
///
/// result[i][k] is for candidates[i] under options[k]. Needs options of a separation of at least 1.
std::vector<std::vector<Gap>> gaps(std::span<const cluster::Ward> wards,
                                   std::span<const cluster::RankedWard> candidates,
                                   const std::vector<std::vector<cluster::Site>>& sites,
                                   std::span<const cluster::SelectionOptions> options);

} // namespace oracle
