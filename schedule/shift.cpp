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

/// The stretch of the clock that begins on `day`.
geo::TimeSpan stretch_on(const ClockSpan& span, geo::Day day, const geo::TimeZone& zone) {
    const geo::Day last_day = span.to <= span.from ? day + std::chrono::days(1) : day;
    return {zone.instant(day + span.from), zone.instant(last_day + span.to)};
}

/// A break of the shift that begins on `day`: before the shift's time of day means the next day.
geo::TimeSpan break_on(const Break& pause, const ShiftPattern& pattern, geo::Day day,
                       const geo::TimeZone& zone) {
    const bool next_day = pause.within.from < pattern.from;
    return stretch_on(pause.within, next_day ? day + std::chrono::days(1) : day, zone);
}

bool day_off(const Rule& rule, geo::Day day) {
    return rule.weekdays_off[geo::iso_weekday(day) - 1] ||
           std::any_of(rule.days_off.begin(), rule.days_off.end(),
                       [&](const DayRange& range) { return range.contains(day); });
}

using Spans = std::vector<geo::TimeSpan>;

/// What of `span` lies in none of `open`, which ascend by their starts.
void add_rest_of(geo::TimeSpan span, const Spans& open, Spans& closed) {
    geo::Instant at = span.from;
    for (const geo::TimeSpan& stretch : open) {
        if (stretch.from > at) {
            closed.push_back({at, std::min(stretch.from, span.to)});
        }
        at = std::max(at, stretch.to);
    }
    if (at < span.to) {
        closed.push_back({at, span.to});
    }
}

/// Widened to whole minutes, clipped to `span`, in order and joined where they touch.
Spans tidied(Spans closed, geo::TimeSpan span) {
    Spans result;
    std::sort(closed.begin(), closed.end(),
              [](const auto& a, const auto& b) { return a.from < b.from; });
    for (const geo::TimeSpan& stretch : closed) {
        const geo::Instant from =
            std::max<geo::Instant>(std::chrono::floor<Minutes>(stretch.from), span.from);
        const geo::Instant to =
            std::min<geo::Instant>(std::chrono::ceil<Minutes>(stretch.to), span.to);
        if (from >= to) {
            continue;
        }
        if (!result.empty() && from <= result.back().to) {
            result.back().to = std::max(result.back().to, to);
        } else {
            result.push_back({from, to});
        }
    }
    return result;
}

/// What of the span is closed to visits and travel, but for the break that floats.
Spans closed_in(geo::TimeSpan span, const Rule& rule, const geo::TimeZone& zone) {
    const std::chrono::days one(1);
    Spans open;
    Spans closed;
    for (geo::Day day = zone.day(span.from) - one; day <= zone.day(span.to); day += one) {
        if (rule.hours) {
            open.push_back(stretch_on(*rule.hours, day, zone));
        }
        if (day_off(rule, day)) {
            closed.push_back(geo::day_span(zone, day));
        }
    }
    if (rule.hours) {
        add_rest_of(span, open, closed);
    }
    return closed;
}

Minutes longest_open(geo::TimeSpan span, const Spans& closed) {
    std::chrono::seconds longest{0};
    geo::Instant at = span.from;
    for (const geo::TimeSpan& stretch : closed) {
        longest = std::max(longest, std::min(stretch.from, span.to) - at);
        at = std::max(at, stretch.to);
    }
    return std::chrono::floor<Minutes>(std::max(longest, span.to - at));
}

/// Cuts what is closed at either end.
void trim(Shift& shift) {
    if (!shift.closed.empty() && shift.closed.front().from == shift.when.from) {
        shift.when.from = shift.closed.front().to;
        shift.closed.erase(shift.closed.begin());
    }
    if (!shift.closed.empty() && shift.closed.back().to == shift.when.to) {
        shift.when.to = shift.closed.back().from;
        shift.closed.pop_back();
    }
}

void add_breaks(Shift& shift, const ShiftPattern& pattern, const geo::TimeZone& zone,
                Spans closed) {
    std::optional<FloatingBreak> floating;
    for (const Break& pause : pattern.breaks) {
        const geo::TimeSpan within = break_on(pause, pattern, shift.day, zone);
        if (pause.length) {
            floating = {clipped(within, shift.when), *pause.length};
        } else {
            closed.push_back(within);
        }
    }
    shift.closed = tidied(std::move(closed), shift.when);
    if (floating && longest_open(floating->within, shift.closed) >= floating->length) {
        shift.floating = floating;
    }
}

/// The shift of the pattern that begins on the day; nothing where the horizon or the rule leaves
/// none of it.
std::optional<Shift> shift_on(geo::Day day, const ShiftPattern& pattern, geo::TimeSpan horizon,
                              const geo::TimeZone& zone, const Rule& rule) {
    Shift shift{.name = pattern.name,
                .day = day,
                .when = clipped(turn_of_duty(pattern, day, zone), horizon)};
    if (shift.when.from >= shift.when.to) {
        return std::nullopt;
    }
    add_breaks(shift, pattern, zone, closed_in(shift.when, rule, zone));
    trim(shift);
    shift.budget = std::chrono::floor<Minutes>(shift.when.length());
    for (const geo::TimeSpan& stretch : shift.closed) {
        shift.budget -= std::chrono::ceil<Minutes>(stretch.length());
    }
    if (shift.floating) {
        shift.floating->within = clipped(shift.floating->within, shift.when);
        shift.budget -= shift.floating->length;
    }
    return shift.when.from < shift.when.to ? std::optional(std::move(shift)) : std::nullopt;
}

void add_shifts(std::vector<Shift>& shifts, const Unit& unit, geo::TimeSpan horizon,
                const geo::TimeZone& zone, const Rule& rule) {
    const geo::Day first = zone.day(horizon.from) - std::chrono::days(1);
    const geo::Day last = zone.day(horizon.to);
    for (const ShiftPattern& pattern : unit.shifts) {
        for (geo::Day day = first; day <= last; day += std::chrono::days(1)) {
            if (!begins_on(unit, pattern, day)) {
                continue;
            }
            if (std::optional<Shift> shift = shift_on(day, pattern, horizon, zone, rule)) {
                shift->budget =
                    std::min(shift->budget, unit.minutes_per_shift.value_or(shift->budget));
                shifts.push_back(std::move(*shift));
            }
        }
    }
}

} // namespace

bool begins_on(const Unit& unit, const ShiftPattern& pattern, geo::Day day) {
    const auto in = [&](const std::vector<DayRange>& ranges) {
        return std::any_of(ranges.begin(), ranges.end(),
                           [&](const DayRange& range) { return range.contains(day); });
    };
    if (in(unit.leave) || in(pattern.except)) {
        return false;
    }
    if (in(pattern.dates)) {
        return true;
    }
    const bool usually = pattern.days[geo::iso_weekday(day) - 1];
    const bool holiday =
        std::binary_search(unit.bank_holidays.begin(), unit.bank_holidays.end(), day);
    switch (pattern.on_bank_holidays) {
    case BankHolidayDuty::as_usual:
        return usually;
    case BankHolidayDuty::as_sunday:
        return holiday ? pattern.days.back() : usually;
    case BankHolidayDuty::off:
        return usually && !holiday;
    case BankHolidayDuty::only:
        return usually && holiday;
    }
    return usually;
}

std::vector<Shift> shifts_within(std::span<const Unit> units, geo::TimeSpan horizon,
                                 const geo::TimeZone& zone, const Rule& rule) {
    std::vector<Shift> shifts;
    for (std::size_t u = 0; u < units.size(); ++u) {
        const std::size_t before = shifts.size();
        add_shifts(shifts, units[u], horizon, zone, rule);
        for (std::size_t i = before; i < shifts.size(); ++i) {
            shifts[i].unit = u;
        }
    }
    std::sort(shifts.begin(), shifts.end(), [](const Shift& a, const Shift& b) {
        return std::tie(a.when.from, a.unit, a.name, a.when.to, a.day) <
               std::tie(b.when.from, b.unit, b.name, b.when.to, b.day);
    });
    return shifts;
}

std::vector<Shift> shifts_of(const Problem& problem) {
    std::vector<Shift> shifts =
        shifts_within(problem.units, problem.horizon, problem.zone, problem.rule);
    if (problem.early_shift == EarlyShift::elsewhere) {
        const geo::Day first = problem.zone.day(problem.horizon.from);
        std::erase_if(shifts, [&](const Shift& shift) { return shift.day < first; });
    }
    return shifts;
}

} // namespace schedule
