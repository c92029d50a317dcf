#include "schedule/shift.hpp"

#include <algorithm>
#include <tuple>

namespace schedule {

namespace {

/// The turn of duty that `pattern` begins on `day`, on the wall clock, as instants.
geo::TimeSpan turn_of_duty(const ShiftPattern& pattern, geo::Day day, const geo::TimeZone& zone) {
    const bool past_midnight = pattern.to <= pattern.from;
    const geo::Day last_day = past_midnight ? day + std::chrono::days(1) : day;
    return {zone.instant(day + pattern.from), zone.instant(last_day + pattern.to)};
}

/// The part of `span` inside `horizon`, narrowed to whole minutes.
geo::TimeSpan clipped(geo::TimeSpan span, geo::TimeSpan horizon) {
    return {std::chrono::ceil<Minutes>(std::max(span.from, horizon.from)),
            std::chrono::floor<Minutes>(std::min(span.to, horizon.to))};
}

void add_shifts(std::vector<Shift>& shifts, const Unit& unit, std::size_t index,
                geo::TimeSpan horizon, const geo::TimeZone& zone) {
    const geo::Day first = zone.day(horizon.from) - std::chrono::days(1);
    const geo::Day last = zone.day(horizon.to);
    for (const ShiftPattern& pattern : unit.shifts) {
        for (geo::Day day = first; day <= last; day += std::chrono::days(1)) {
            if (!pattern.days[geo::iso_weekday(day) - 1]) {
                continue;
            }
            const geo::TimeSpan when = clipped(turn_of_duty(pattern, day, zone), horizon);
            if (when.from < when.to) {
                const auto whole = std::chrono::floor<Minutes>(when.length());
                const Minutes budget = std::min(whole, unit.minutes_per_shift.value_or(whole));
                shifts.push_back({index, pattern.name, day, when, budget});
            }
        }
    }
}

} // namespace

std::vector<Shift> shifts_within(std::span<const Unit> units, geo::TimeSpan horizon,
                                 const geo::TimeZone& zone) {
    std::vector<Shift> shifts;
    for (std::size_t u = 0; u < units.size(); ++u) {
        add_shifts(shifts, units[u], u, horizon, zone);
    }
    std::sort(shifts.begin(), shifts.end(), [](const Shift& a, const Shift& b) {
        return std::tie(a.when.from, a.unit, a.name, a.when.to, a.day) <
               std::tie(b.when.from, b.unit, b.name, b.when.to, b.day);
    });
    return shifts;
}

} // namespace schedule
