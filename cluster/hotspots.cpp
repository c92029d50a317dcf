#include "cluster/hotspots.hpp"

namespace cluster {

Hotspots find_hotspots(std::span<const Ward> wards, const IncidentTable& table,
                       const HotspotOptions& options) {
    Hotspots found;
    found.ranking = rank_wards(wards, table.incidents, options.rank_by);
    found.chosen_wards = top_wards(found.ranking, options.top_wards).size();
    ForecastOptions forecast = options.forecast;
    forecast.threads = options.selection.threads;
    found.discs = choose_discs(wards, found.top(), forecast_sites(table, wards.size(), forecast),
                               options.selection);
    return found;
}

} // namespace cluster
