// Strength borrowed from other recorded crime: violence is rare and its records are few, other
// crime marks the same busy places with more of them. Each adds a small part of an incident.

#include "cluster/forecast.hpp"

namespace cluster {

namespace {

double mean_weight(const std::vector<Incident>& incidents, const Recency& recency) {
    double weight = 0;
    double count = 0;
    for (const Incident& incident : incidents) {
        weight += incident.weight;
        count += recency.of(incident.when);
    }
    return count > 0 ? weight / count : 0;
}

} // namespace

std::vector<std::vector<Site>> forecast_sites(const IncidentTable& table, std::size_t wards,
                                              const ForecastOptions& options) {
    std::vector<std::vector<Site>> sites(wards);
    for (const Incident& incident : table.incidents) {
        sites[incident.ward].push_back({incident.place, Weight::of(incident.weight), 1});
    }
    if (options.borrowed > 0) {
        const double each = options.borrowed * mean_weight(table.incidents, options.recency);
        for (const BaselineCrime& crime : table.baseline) {
            if (crime.lends) {
                sites[crime.ward].push_back(
                    {crime.place, Weight::of(each * options.recency.of(crime.when)), 0});
            }
        }
    }
    for (auto& of_ward : sites) {
        merge_equal_places(of_ward);
    }
    return sites;
}

} // namespace cluster
