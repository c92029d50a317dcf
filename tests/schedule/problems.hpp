#pragma once

#include "schedule/checker.hpp"
#include "schedule/planner.hpp"

#include "geo/time_text.hpp"

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace schedule::test {

inline const geo::TimeZone& london() {
    static const geo::TimeZone zone("Europe/London");
    return zone;
}

/// "2026-03-29 01:30" in London.
inline geo::Instant at(std::string_view wall) {
    return geo::first_instant(*geo::read_time(wall), london());
}

inline geo::Day day(std::string_view text) {
    return *geo::read_day(text);
}

/// Whole days from 00:00 local.
inline geo::TimeSpan days_from(std::string_view first, int days) {
    return {london().midnight(day(first)), london().midnight(day(first) + std::chrono::days(days))};
}

inline geo::GridPoint grid(double easting, double northing) {
    return geo::GridPoint::at(geo::Metres(easting), geo::Metres(northing));
}

inline Place place(const std::string& id, geo::GridPoint centre) {
    Place result;
    result.zone = cluster::ZoneId(id);
    result.centre = centre;
    result.ward_code = "E05000001";
    result.ward_name = "Claremont";
    return result;
}

inline constexpr std::array<bool, 7> every_day = {true, true, true, true, true, true, true};
inline constexpr std::array<bool, 7> weekdays = {true, true, true, true, true, false, false};

/// A shift between whole hours.
inline ShiftPattern shift(const std::string& name, int from, int to,
                          std::array<bool, 7> days = every_day) {
    return {name, days, std::chrono::hours(from), std::chrono::hours(to)};
}

/// A vehicle at 25 km/h.
inline Unit unit(const std::string& name, std::vector<ShiftPattern> shifts) {
    Unit result;
    result.name = UnitId(name);
    result.mode = Mode::vehicle;
    result.speed_kmh = 25;
    result.shifts = std::move(shifts);
    return result;
}

inline Visit visit(const std::string& id, const std::string& zone, const std::string& unit,
                   geo::Instant start, unsigned seq = 0) {
    Visit result;
    result.id = id;
    result.zone = cluster::ZoneId(zone);
    result.unit = UnitId(unit);
    result.seq = seq;
    result.when = {start, start + Minutes(15)};
    return result;
}

inline std::vector<Violation> check(const Problem& problem, const std::vector<Visit>& visits) {
    return check_plan({.places = problem.places,
                       .units = problem.units,
                       .visits = visits,
                       .rule = problem.rule,
                       .horizon = problem.horizon,
                       .zone = problem.zone,
                       .travel = problem.travel,
                       .open_from = problem.open_from});
}

inline std::vector<ViolationKind> kinds(const std::vector<Violation>& violations) {
    std::vector<ViolationKind> result;
    result.reserve(violations.size());
    for (const Violation& violation : violations) {
        result.push_back(violation.kind);
    }
    return result;
}

/// Zones in a few towns, some with risk by hour and some attended before; units of every mode, some
/// with bases, some over midnight, some that serve one ward only. Ample: two more units serve
/// everything every evening.
inline Problem random_problem(unsigned seed) {
    std::mt19937 random(seed);
    const auto draw = [&](int low, int high) {
        return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
    };
    const std::array<const char*, 5> starts = {"2026-03-27", "2026-10-22", "2026-12-29",
                                               "2028-02-26", "2026-06-10"};
    Problem problem{.horizon = days_from(starts[seed % starts.size()], draw(1, 12)),
                    .zone = london()};
    const int zones = draw(1, 24);
    for (int z = 0; z < zones; ++z) {
        Place next = place(std::string("Z").append(std::to_string(z)),
                           grid(340000 + 7000 * (z % 2) + draw(0, 2500), 430000 + draw(0, 2500)));
        next.ward_code = z % 2 == 0 ? "E05000001" : "E05000002";
        next.ward_name = z % 2 == 0 ? "West" : "East";
        for (double& risk : next.risk) {
            risk = seed % 4 == 0 ? 0 : draw(0, 100) / 100.0;
        }
        if (draw(0, 2) == 0) {
            next.last_attended = problem.horizon.from - Minutes(draw(0, 60 * 60));
        }
        problem.places.push_back(next);
    }
    Unit foot = unit("Foot", {shift("late", 15, 23, weekdays)});
    foot.mode = Mode::foot;
    foot.speed_kmh = 5;
    foot.minutes_per_shift = Minutes(120);
    foot.serves = {"west", "z1"};
    foot.base = grid(341000, 431000);
    Unit night = unit("Night", {shift("night", 22, 6), shift("day", 10, 12, weekdays)});
    night.minutes_per_shift = Minutes(draw(60, 300));
    problem.units = {foot, night, unit("Ample 1", {shift("late", 14, 24)}),
                     unit("Ample 2", {shift("late", 14, 24)})};
    problem.units[2].base = grid(340000, 430000);
    if (seed % 3 == 0) {
        problem.rule.gap_mode = GapMode::duty_day;
    }
    return problem;
}

inline ClockSpan clock_span(int from, int to) {
    return {std::chrono::hours(from), std::chrono::hours(to)};
}

/// A random problem with breaks, closed hours and days, most visits, leave, bank holidays, measured
/// ways and wishes.
inline Problem restricted_problem(unsigned seed) {
    Problem problem = random_problem(seed);
    std::mt19937 random(seed + 1000);
    const auto draw = [&](int low, int high) {
        return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
    };
    const geo::Day first = problem.zone.day(problem.horizon.from);
    for (Unit& unit : problem.units) {
        ShiftPattern& pattern = unit.shifts.front();
        const int begin = static_cast<int>(pattern.from / std::chrono::hours(1));
        pattern.breaks.push_back({clock_span((begin + 2) % 24, (begin + 3) % 24 + 1), {}});
        if (draw(0, 1) == 0) {
            pattern.breaks.push_back(
                {clock_span((begin + 4) % 24, (begin + 7) % 24), Minutes(draw(1, 5) * 10)});
        }
        unit.leave.push_back({first + std::chrono::days(3), first + std::chrono::days(3)});
        unit.bank_holidays = {first + std::chrono::days(1)};
        pattern.on_bank_holidays = static_cast<BankHolidayDuty>(draw(0, 2));
        pattern.except.push_back({first + std::chrono::days(5), first + std::chrono::days(6)});
        pattern.dates.push_back({first + std::chrono::days(4), first + std::chrono::days(4)});
    }
    problem.units[1].max_visits = 2;
    problem.units[2].max_visits = 5;
    if (seed % 2 == 0) {
        problem.rule.hours = ClockSpan{std::chrono::hours(draw(0, 17)) + Minutes(30),
                                       std::chrono::hours(draw(18, 26) % 24)};
    }
    if (seed % 5 == 0) {
        const geo::Day off = first + std::chrono::days(2);
        problem.rule.days_off = {{off, off}};
        problem.rule.weekdays_off[static_cast<std::size_t>(draw(0, 6))] = true;
    }
    for (const Place& from : problem.places) {
        for (const Place& to : problem.places) {
            if (seed % 3 == 0 && draw(0, 2) == 0) {
                problem.travel.push_back(
                    {from.zone.text(), to.zone.text(), Minutes(draw(0, 40)), {}});
            }
        }
        if (seed % 3 == 0) {
            problem.travel.push_back({"Foot", from.zone.text(), Minutes(draw(0, 9)), Mode::foot});
        }
    }
    for (Place& place : problem.places) {
        place.wanted_a_week = seed % 4 == 0 ? draw(0, 50) / 10.0 : 0;
    }
    return problem;
}

} // namespace schedule::test
