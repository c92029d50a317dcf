#pragma once

#include "problems.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace schedule::test {

/// A made-up force to plan for: zones in a few towns, all units alike.
struct Instance {
    const char* name;
    int zones;
    double width_km;
    int minutes; ///< of a shift
    int from;    ///< hours of the shift
    int to;
    std::array<bool, 7> days;
    int horizon = 28; ///< days
    double speed_kmh = 25;
    unsigned units = 4; ///< that are there, whatever the rule needs
};

inline constexpr std::array<bool, 7> five_on_two_off = {true, false, false, true, true, true, true};

/// The documented set (docs/methods/schedule.md): small to large, late shifts, five on and two off,
/// Monday to Friday, on foot.
inline std::vector<Instance> instances() {
    return {
        {"ten", 10, 4, 54, 15, 23, every_day},
        {"ten on foot", 10, 2, 60, 15, 23, every_day, 28, 5},
        {"fifteen, one patrol hour", 15, 5, 60, 16, 24, every_day},
        {"twenty", 20, 6, 92, 15, 23, every_day},
        {"twenty, Monday to Friday", 20, 6, 90, 15, 23, weekdays},
        {"twenty-five, five on", 25, 6, 116, 15, 23, five_on_two_off},
        {"thirty", 30, 8, 140, 16, 24, every_day},
        {"thirty, Monday to Friday", 30, 8, 240, 15, 23, weekdays},
        {"forty, five on", 40, 8, 180, 18, 26, five_on_two_off},
        {"forty on bicycles", 40, 6, 200, 15, 23, every_day, 28, 12},
        {"fifty", 50, 10, 236, 18, 26, every_day},
        {"fifty, Monday to Friday", 50, 10, 120, 15, 23, weekdays},
        {"sixty", 60, 10, 240, 15, 23, every_day, 28, 25, 6},
        {"eighty, five on", 80, 12, 188, 16, 24, five_on_two_off},
        {"hundred", 100, 15, 240, 15, 23, every_day},
        {"hundred, Monday to Friday", 100, 15, 244, 15, 23, weekdays},
        {"hundred and fifty", 150, 18, 180, 16, 24, every_day},
        {"two hundred", 200, 20, 240, 16, 24, every_day, 28, 25, 30},
    };
}

/// Zones at least 400 m apart about a few towns; sizes by a power law; a third of them busy in the
/// evening, half at night, at the week's end most, the rest all day. From its number alone, with
/// every library the same.
inline Problem problem_of(const Instance& instance, unsigned seed) {
    std::mt19937_64 random(seed);
    const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    const auto about_zero = [&] { // nearly normal
        double sum = 0;
        for (int i = 0; i < 12; ++i) {
            sum += uniform();
        }
        return sum - 6;
    };
    Problem problem{.horizon = days_from("2026-11-23", instance.horizon), .zone = london()};
    std::vector<std::pair<double, double>> towns;
    for (int t = 0; t < std::max(3, instance.zones / 15); ++t) {
        towns.emplace_back(1000 * instance.width_km * uniform(),
                           700 * instance.width_km * uniform());
    }
    std::vector<std::pair<double, double>> centres;
    while (centres.size() < static_cast<std::size_t>(instance.zones)) {
        const auto& town = towns[random() % towns.size()];
        const double x = town.first + 100 * instance.width_km * about_zero();
        const double y = town.second + 100 * instance.width_km * about_zero();
        if (std::all_of(centres.begin(), centres.end(), [&](const auto& c) {
                return std::hypot(c.first - x, c.second - y) >= 400;
            })) {
            centres.emplace_back(x, y);
        }
    }
    for (std::size_t z = 0; z < centres.size(); ++z) {
        Place next = place(std::string("Z").append(std::to_string(z)),
                           grid(340000 + centres[z].first, 425000 + centres[z].second));
        const double size = 20 / std::pow(1 - uniform(), 1 / 1.3) / 52;
        const double kind = uniform();
        double sum = 0;
        for (std::size_t h = 0; h < next.risk.size(); ++h) {
            const double hour = static_cast<double>(h % 24);
            const double from_night = std::min(std::abs(hour - 23), 24 - std::abs(hour - 23));
            const bool week_end = h / 24 == 4 || h / 24 == 5;
            const double night = (week_end ? 1.6 : 0.4) * std::exp(-from_night * from_night / 6);
            const double evening = std::exp(-(hour - 18) * (hour - 18) / 12);
            next.risk[h] = 0.02 + (kind < 0.5   ? night
                                   : kind < 0.8 ? evening
                                                : 0.2) *
                                      (0.8 + 0.4 * uniform());
            sum += next.risk[h];
        }
        for (double& risk : next.risk) {
            risk *= size / sum;
        }
        problem.places.push_back(next);
    }
    for (unsigned u = 1; u <= instance.units; ++u) {
        Unit next = unit(std::string("Unit ").append(std::to_string(u)),
                         {{"late", instance.days, std::chrono::hours(instance.from),
                           std::chrono::hours(instance.to > 24 ? instance.to - 24 : instance.to)}});
        next.speed_kmh = instance.speed_kmh;
        next.mode = instance.speed_kmh < 10   ? Mode::foot
                    : instance.speed_kmh < 20 ? Mode::bicycle
                                              : Mode::vehicle;
        next.minutes_per_shift = Minutes(instance.minutes);
        problem.units.push_back(next);
    }
    return problem;
}

/// The problem with so many units, copies of its first.
inline Problem with_units(Problem problem, unsigned count) {
    const Unit first = problem.units.front();
    problem.units.clear();
    for (unsigned u = 1; u <= count; ++u) {
        problem.units.push_back(first);
        problem.units.back().name = UnitId(std::string("Unit ").append(std::to_string(u)));
    }
    return problem;
}

} // namespace schedule::test
