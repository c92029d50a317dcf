#include "cluster/weighting.hpp"

namespace cluster {

void weigh(std::span<Incident> incidents, const Weighting& weighting) {
    for (Incident& incident : incidents) {
        incident.weight *= weighting.recency.of(incident.when);
    }
}

} // namespace cluster
