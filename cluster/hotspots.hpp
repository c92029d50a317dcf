#pragma once

#include "cluster/forecast.hpp"
#include "cluster/incident.hpp"
#include "cluster/ranking.hpp"
#include "cluster/selection.hpp"
#include "cluster/weighting.hpp"

#include <span>
#include <vector>

namespace cluster {

/// Everything that decides which zones come out of a table of incidents.
struct HotspotOptions {
    RankBy rank_by = RankBy::weight;
    WardChoice top_wards = 20U;
    ForecastOptions forecast;
    SelectionOptions selection;
};

struct Hotspots {
    std::vector<RankedWard> ranking; ///< all wards
    std::size_t chosen_wards = 0;    ///< the first of them, which got zones
    std::vector<ChosenDisc> discs;   ///< in the order of choose_discs

    std::span<const RankedWard> top() const { return std::span(ranking).first(chosen_wards); }
};

/// Ranks the wards, forecasts, and chooses the discs: what `run` and every origin of `evaluate` do
/// alike.
///
/// \param table with its final weights (`weigh`).
Hotspots find_hotspots(std::span<const Ward> wards, const IncidentTable& table,
                       const HotspotOptions& options);

} // namespace cluster
