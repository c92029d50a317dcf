#pragma once

#include "cluster/disc_search.hpp"
#include "cluster/ward.hpp"

#include <span>
#include <vector>

namespace oracle {

/// How densely legal discs are laid over a ward.
struct CandidateOptions {
    double grid_metres = 20;     ///< between centres of the grid
    double crossing_metres = 10; ///< of the crossings of rims in one such square the best one stays
    unsigned radius_step = 10; ///< whole metres between the radii tried, the ends always among them
};

/// Legal discs of a ward with what each is worth alone: centres on a grid, and the points where
/// rims around two sites cross (an optimum lies on one of those as long as nothing else is in its
/// way). Only discs of positive value that hold choice.min_incidents are among them.
///
/// \param sites the ward's own; those of its surroundings without weight, so that they count
/// towards min_incidents only. Deterministic.
std::vector<cluster::FoundDisc> candidates(const cluster::Ward& ward,
                                           std::span<const cluster::Site> sites,
                                           const cluster::DiscChoice& choice,
                                           const CandidateOptions& options);

/// Legal discs close around given ones: centres every `step` metres within `reach`, radii one metre
/// apart within five.
struct Surroundings {
    double reach_metres = 20;
    double step_metres = 4;
};
std::vector<cluster::FoundDisc> candidates_around(std::span<const cluster::Disc> discs,
                                                  const cluster::Ward& ward,
                                                  std::span<const cluster::Site> sites,
                                                  const cluster::DiscChoice& choice,
                                                  const Surroundings& around);

/// What a disc is worth alone: counted by a plain loop over the sites.
cluster::FoundDisc alone(const cluster::Disc& disc, std::span<const cluster::Site> sites,
                         const cluster::DiscChoice& choice);

} // namespace oracle
