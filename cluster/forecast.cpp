// Strength borrowed from other recorded crime: violence is rare and its records are few, other
// crime marks the same busy places with more of them. Each adds a small part of an incident.

#include "cluster/forecast.hpp"

#include "cluster/by_ward.hpp"
#include "geo/parallel.hpp"

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
    const bool lent = options.borrowed > 0;
    const double each = lent ? options.borrowed * mean_weight(table.incidents, options.recency) : 0;
    const ByWard incidents(wards, std::span(table.incidents));
    const ByWard other_crime(wards, std::span(table.baseline));
    std::vector<std::vector<Site>> sites(wards);
    geo::parallel_for(wards, options.threads, [&](std::size_t w) {
        const auto ward = static_cast<WardIndex>(w);
        std::vector<Site> own;
        own.reserve(incidents.of(ward).size() + (lent ? other_crime.of(ward).size() : 0));
        for (const std::uint32_t i : incidents.of(ward)) {
            const Incident& incident = table.incidents[i];
            own.push_back({incident.place, Weight::of(incident.weight), 1});
        }
        for (const std::uint32_t i :
             lent ? other_crime.of(ward) : std::span<const std::uint32_t>()) {
            const BaselineCrime& crime = table.baseline[i];
            if (crime.lends) {
                own.push_back({crime.place, Weight::of(each * options.recency.of(crime.when)), 0});
            }
        }
        merge_equal_places(own);
        sites[w] = std::move(own);
    });
    return sites;
}

} // namespace cluster
