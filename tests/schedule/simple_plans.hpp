#pragma once

#include "schedule/ground.hpp"

#include <optional>
#include <vector>

namespace schedule::test {

/// What plans are compared with: units that go on from zone to zone from the start of their shifts
/// on, always to the one that `preference` (zone, start, minutes of the way, minutes since the last
/// visit) likes most, until the shift's minutes are spent.
template <typename Preference>
std::vector<std::pair<std::size_t, Minute>> simple_plan(const Ground& ground,
                                                        const Preference& preference) {
    struct Place {
        Minute free = 0;
        Minute used = 0;
        std::optional<std::size_t> zone;
    };
    const auto& turns = ground.turns();
    std::vector<Place> where(turns.size());
    std::vector<Minute> last(ground.zones());
    for (std::size_t z = 0; z < last.size(); ++z) {
        last[z] = ground.origin(z).end - ground.max_gap();
    }
    for (std::size_t k = 0; k < turns.size(); ++k) {
        where[k].free = turns[k].from;
    }
    std::vector<std::pair<std::size_t, Minute>> visits;
    for (;;) {
        std::optional<std::size_t> next;
        for (std::size_t k = 0; k < turns.size(); ++k) {
            next = where[k].free < turns[k].to && (!next || where[k].free < where[*next].free)
                       ? std::optional(k)
                       : next;
        }
        if (!next) {
            return visits;
        }
        const Turn& turn = turns[*next];
        Place& place = where[*next];
        std::optional<std::size_t> best;
        double most = 0;
        Minute way_there = 0;
        for (std::size_t z = 0; z < ground.zones(); ++z) {
            const Minute way = place.zone ? ground.travel(turn.speed, *place.zone, z)
                                          : ground.first_leg(turn.unit, z);
            const Minute start = place.free + way;
            const Minute since = start - last[z];
            if (!ground.serves(turn.unit, z) || start + ground.visit() > turn.to ||
                place.used + way + ground.visit() > turn.budget || since < ground.least_apart()) {
                continue;
            }
            const double liked = preference(z, start, way, since);
            if (!best || liked > most) {
                best = z;
                most = liked;
                way_there = way;
            }
        }
        if (!best) {
            place.free = turn.to;
            continue;
        }
        const Minute start = place.free + way_there;
        visits.emplace_back(*best, start);
        place = {start + ground.visit(), place.used + way_there + ground.visit(), best};
        last[*best] = place.free;
    }
}

/// Mean worth of the visits: the lift over the mean of all hours on shift.
inline double lift_of(const Ground& ground,
                      const std::vector<std::pair<std::size_t, Minute>>& visits) {
    double sum = 0;
    for (const auto& [zone, start] : visits) {
        sum += ground.worth(zone, start);
    }
    return visits.empty() ? 0 : sum / static_cast<double>(visits.size());
}

/// Always to the visit worth most a minute.
inline double value_greedy_lift(const Ground& ground) {
    return lift_of(
        ground, simple_plan(ground, [&](std::size_t zone, Minute start, Minute way, Minute since) {
            return ground.worth(zone, start) * ground.faded(since) / (way + ground.visit());
        }));
}

/// Always to the zone not seen for longest, the nearest of those.
inline double earliest_deadline_lift(const Ground& ground) {
    return lift_of(ground, simple_plan(ground, [](std::size_t, Minute, Minute way, Minute since) {
                       return since - 0.01 * way;
                   }));
}

} // namespace schedule::test
