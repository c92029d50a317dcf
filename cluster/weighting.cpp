#include "cluster/weighting.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace cluster {

namespace {

void cap_stacks(std::span<Incident> incidents, std::uint32_t cap) {
    std::vector<std::uint32_t> order(incidents.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return incidents[a].place < incidents[b].place;
    });
    for (auto first = order.begin(); first != order.end();) {
        const geo::GridPoint place = incidents[*first].place;
        const auto last = std::find_if(
            first, order.end(), [&](std::uint32_t i) { return !(incidents[i].place == place); });
        const auto stacked = static_cast<double>(last - first);
        for (; first != last; ++first) {
            incidents[*first].weight *= std::min(1.0, cap / stacked);
        }
    }
}

} // namespace

double WeightTransform::of(double weight) const {
    switch (kind) {
    case Kind::square_root:
        return std::sqrt(weight);
    case Kind::logarithm:
        return std::log2(1 + weight);
    case Kind::cap:
        return std::min(weight, most);
    case Kind::raw:
        break;
    }
    return weight;
}

void weigh(std::span<Incident> incidents, const Weighting& weighting) {
    for (Incident& incident : incidents) {
        incident.weight =
            weighting.transform.of(incident.weight) * weighting.recency.of(incident.when);
    }
    if (weighting.stack_cap) {
        cap_stacks(incidents, *weighting.stack_cap);
    }
}

} // namespace cluster
