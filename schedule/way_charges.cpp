// The ways of tours from below, after Held & Karp's (1970, 1971) trees with charges on their nodes.
// The tours of a shift meet each way with a price for its minutes. Let every visit be charged, and
// count a way at its price less half the charges of both its ends: then each visit but the first
// and the last of a tour has paid its charge, and those half of it. The ways between first visits
// to zones form a forest, so that they return no more than the most profitable forest does; later
// visits to a zone are charged so little that no way to them returns anything, but the one from the
// zone to itself, which they pay for at once. Other than with Held & Karp the zones visited are not
// known, charges are in units of value, and there are as many tours as units on the shift.
#include "schedule/way_charges.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <tuple>
#include <utility>

namespace schedule {

namespace {

/// Sets that merge (Tarjan 1975).
class Sets {
  public:
    explicit Sets(std::size_t count) : parent_(count) {
        std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    }
    /// Whether they were apart.
    bool merge(std::size_t a, std::size_t b) {
        a = find(a);
        b = find(b);
        parent_[a] = b;
        return a != b;
    }

  private:
    std::size_t find(std::size_t a) {
        while (parent_[a] != a) {
            a = parent_[a] = parent_[parent_[a]];
        }
        return a;
    }
    std::vector<std::size_t> parent_;
};

/// What the ends of tours return: each half its charge, those of a first visit twice at most.
Returned best_ends(std::size_t tours, const std::vector<double>& first, double dearest_again) {
    std::vector<std::size_t> zones(first.size());
    std::iota(zones.begin(), zones.end(), std::size_t{0});
    std::sort(zones.begin(), zones.end(), [&](std::size_t a, std::size_t b) {
        return std::pair(-first[a], a) < std::pair(-first[b], b);
    });
    Returned ends{0, 0, std::vector<double>(first.size(), 0)};
    for (std::size_t i = 0; i < tours; ++i) {
        const bool dearer = i < zones.size() && first[zones[i]] > dearest_again;
        ends.value += dearer ? first[zones[i]] : dearest_again;
        if (dearer) {
            ends.first_slope[zones[i]] += 1;
        }
    }
    return ends;
}

} // namespace

WayNet::WayNet(const Ground& ground, std::size_t unit, std::size_t speed)
    : ways_from_(ground.zones()), usual_(ground.zones(), 0), nearest_(ground.zones(), 0) {
    const auto shorter = [](const Way& a, const Way& b) {
        return std::tie(a.minutes, a.from, a.to) < std::tie(b.minutes, b.from, b.to);
    };
    for (std::size_t a = 0; a < ground.zones(); ++a) {
        for (std::size_t b = 0; b < ground.zones(); ++b) {
            if (a != b && ground.serves(unit, a) && ground.serves(unit, b)) {
                ways_from_[a].push_back(
                    {std::min(ground.travel(speed, a, b), ground.travel(speed, b, a)), a, b});
            }
        }
        std::sort(ways_from_[a].begin(), ways_from_[a].end(), shorter);
        if (!ways_from_[a].empty()) {
            const std::size_t second = std::min<std::size_t>(1, ways_from_[a].size() - 1);
            nearest_[a] = ways_from_[a].front().minutes;
            usual_[a] = (nearest_[a] + ways_from_[a][second].minutes) / 2.0;
        }
        std::copy_if(ways_from_[a].begin(), ways_from_[a].end(), std::back_inserter(ways_),
                     [](const Way& way) { return way.from < way.to; });
    }
    std::sort(ways_.begin(), ways_.end(), shorter);
}

/// The most profitable forest.
Returned WayNet::best_forest(double minute_price, const std::vector<double>& first) const {
    const double dearest = first.empty() ? 0 : *std::max_element(first.begin(), first.end());
    std::vector<std::pair<double, const Way*>> paying;
    for (const Way& way : ways_) {
        const double cost = minute_price * way.minutes;
        if (cost >= dearest) {
            break;
        }
        const double profit = (first[way.from] + first[way.to]) / 2 - cost;
        if (profit > 0) {
            paying.emplace_back(profit, &way);
        }
    }
    std::stable_sort(paying.begin(), paying.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    Returned forest{0, 0, std::vector<double>(first.size(), 0)};
    Sets trees(first.size());
    for (const auto& [profit, way] : paying) {
        if (trees.merge(way->from, way->to)) {
            forest.value += profit;
            forest.minute_slope -= way->minutes;
            forest.first_slope[way->from] += 0.5;
            forest.first_slope[way->to] += 0.5;
        }
    }
    return forest;
}

/// The most that a further visit can be charged so that no way to it from elsewhere returns
/// anything, and how that changes.
std::pair<double, ChargeSlope> WayNet::charge_again(std::size_t zone, double minute_price,
                                                    const std::vector<double>& first,
                                                    double dearest) const {
    // So much for a way between two further visits.
    double charge = minute_price * nearest_[zone];
    ChargeSlope slope{static_cast<double>(nearest_[zone]), 0, zone};
    for (const Way& way : ways_from_[zone]) {
        const double there = 2 * minute_price * way.minutes;
        if (there - dearest >= charge) {
            break;
        }
        if (there - first[way.to] < charge) {
            charge = there - first[way.to];
            slope = {2.0 * way.minutes, -1, way.to};
        }
    }
    return {charge, slope};
}

WayCharges WayNet::charges(double minute_price, std::vector<double> first,
                           std::size_t tours) const {
    WayCharges result{.first = std::move(first), .returned = {}};
    const double dearest =
        result.first.empty() ? 0 : *std::max_element(result.first.begin(), result.first.end());
    double dearest_again = 0;
    for (std::size_t z = 0; z < result.first.size(); ++z) {
        const auto [charge, slope] = charge_again(z, minute_price, result.first, dearest);
        result.again.push_back(charge);
        result.again_slope.push_back(slope);
        // What the way from the zone to itself, which takes no minute, returns.
        result.stay.push_back(charge - std::max({(charge + result.first[z]) / 2, charge, 0.0}));
        dearest_again = std::max(dearest_again, charge);
    }
    result.returned = best_forest(minute_price, result.first);
    const Returned ends = best_ends(tours, result.first, dearest_again);
    result.returned.value += ends.value;
    for (std::size_t z = 0; z < result.first.size(); ++z) {
        result.returned.first_slope[z] += ends.first_slope[z];
    }
    return result;
}

} // namespace schedule
