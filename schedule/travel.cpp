// Straight lines, measured ways, and the shortest ways that both make (Floyd 1962, Warshall 1962).
#include "schedule/travel.hpp"

#include "geo/error.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace schedule {

namespace {

/// No way at all; small enough to be added to another.
constexpr Minutes unknown{1'000'000};

std::string_view base_name(const Unit& unit) {
    return unit.base_name.empty() ? unit.name.text() : std::string_view(unit.base_name);
}

Minutes looked_up(const MeasuredWays& measured, std::string_view from, std::string_view to,
                  Minutes otherwise) {
    const auto found = measured.find({from, to});
    return found == measured.end() ? otherwise : found->second;
}

void shorten(std::vector<Minutes>& between, std::size_t places) {
    for (std::size_t over = 0; over < places; ++over) {
        for (std::size_t from = 0; from < places; ++from) {
            const Minutes first = between[from * places + over];
            for (std::size_t to = 0; to < places; ++to) {
                Minutes& way = between[from * places + to];
                way = std::min(way, first + between[over * places + to]);
            }
        }
    }
}

} // namespace

Minutes travel_time(const geo::GridPoint& from, const geo::GridPoint& to, double speed_kmh) {
    if (!(speed_kmh > 0)) {
        throw geo::Error(geo::ErrorKind::usage,
                         "a unit's speed is not positive; give speed_kmh above 0, or a mode");
    }
    const double metres_a_minute = speed_kmh * 1000.0 / 60.0;
    const double minutes = detour_factor * geo::distance(from, to).value() / metres_a_minute;
    return Minutes(static_cast<Minutes::rep>(std::ceil(minutes)));
}

MeasuredWays measured_ways(std::span<const Way> ways, Mode mode) {
    MeasuredWays result;
    for (const Way& way : ways) {
        if (way.mode == mode) {
            result.insert_or_assign({way.from, way.to}, way.time);
        } else if (!way.mode) {
            result.try_emplace({way.from, way.to}, way.time);
        }
    }
    return result;
}

std::vector<Minutes> ways_between(const Problem& problem, const Unit& unit) {
    const MeasuredWays measured = measured_ways(problem.travel, unit.mode);
    const std::size_t n = problem.places.size();
    std::vector<Minutes> between;
    between.reserve(n * n);
    for (const Place& from : problem.places) {
        for (const Place& to : problem.places) {
            const Minutes line = travel_time(from.centre, to.centre, unit.speed_kmh);
            const Minutes way = measured.empty()
                                    ? line
                                    : looked_up(measured, from.zone.text(), to.zone.text(), line);
            between.push_back(&from == &to ? Minutes(0) : std::max(way, Minutes(1)));
        }
    }
    if (!measured.empty()) {
        shorten(between, n);
    }
    return between;
}

std::vector<Minutes> ways_from_base(const Problem& problem, const Unit& unit,
                                    std::span<const Minutes> between) {
    const MeasuredWays measured = measured_ways(problem.travel, unit.mode);
    const std::size_t n = problem.places.size();
    std::vector<Minutes> direct;
    direct.reserve(n);
    for (const Place& place : problem.places) {
        const Minutes line =
            unit.base ? travel_time(*unit.base, place.centre, unit.speed_kmh) : unknown;
        direct.push_back(looked_up(measured, base_name(unit), place.zone.text(), line));
    }
    std::vector<Minutes> result = direct;
    for (std::size_t to = 0; to < n && !measured.empty(); ++to) {
        for (std::size_t over = 0; over < n; ++over) {
            result[to] = std::min(result[to], direct[over] + between[over * n + to]);
        }
    }
    std::replace(result.begin(), result.end(), unknown, Minutes(0));
    return result;
}

std::size_t unmeasured_ways(const Problem& problem) {
    std::set<Mode> modes;
    std::set<std::tuple<std::string_view, std::string_view, Mode>> missing;
    for (const Unit& unit : problem.units) {
        const MeasuredWays measured = measured_ways(problem.travel, unit.mode);
        const auto look = [&](std::string_view from, const Place& to) {
            if (from != to.zone.text() && !measured.contains({from, to.zone.text()})) {
                missing.emplace(from, to.zone.text(), unit.mode);
            }
        };
        for (const Place& place : problem.places) {
            if (unit.base) {
                look(base_name(unit), place);
            }
        }
        if (modes.insert(unit.mode).second) {
            for (const Place& from : problem.places) {
                for (const Place& to : problem.places) {
                    look(from.zone.text(), to);
                }
            }
        }
    }
    return missing.size();
}

} // namespace schedule
