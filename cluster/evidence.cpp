#include "cluster/evidence.hpp"

namespace cluster {

std::vector<WardTotal> ward_totals(std::size_t wards, std::span<const Incident> incidents) {
    std::vector<WardTotal> totals(wards);
    for (const Incident& incident : incidents) {
        ++totals[incident.ward].incidents;
        totals[incident.ward].weight += Weight::of(incident.weight);
    }
    return totals;
}

OwnShare own_share(const Ward& ward, WardIndex number, const WardTotal& total, const Disc& disc,
                   std::span<const Incident> inside) {
    WardTotal own;
    for (const Incident& incident : inside) {
        if (incident.ward == number) {
            ++own.incidents;
            own.weight += Weight::of(incident.weight);
        }
    }
    OwnShare share;
    if (total.incidents > 0) {
        share.incidents = static_cast<double>(own.incidents) / total.incidents;
    }
    if (total.weight > Weight()) {
        share.weight = own.weight.value() / total.weight.value();
    }
    share.area = ward.shape.area_within(disc.centre, disc.radius) / ward.shape.area();
    return share;
}

std::optional<double> prediction_accuracy_index(const OwnShare& share) {
    return share.area > 0 ? std::optional(share.incidents / share.area) : std::nullopt;
}

} // namespace cluster
