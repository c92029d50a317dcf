// The checker against every kind of damage: sound plans of random problems, each damaged in one way
// at a time, and the kind of violation that must be found.
#include "tests/schedule/problems.hpp"

#include "schedule/gap.hpp"
#include "schedule/shift.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace schedule::test {
namespace {

using Kind = ViolationKind;
using Visits = std::vector<Visit>;

/// A problem and a plan for it, to be damaged.
struct Case {
    Problem problem;
    Visits visits;

    Unit& unit_of(const Visit& visit) {
        return *std::find_if(problem.units.begin(), problem.units.end(),
                             [&](const Unit& unit) { return unit.name == visit.unit; });
    }
    ShiftPattern& pattern_of(const Visit& visit) {
        std::vector<ShiftPattern>& shifts = unit_of(visit).shifts;
        return *std::find_if(shifts.begin(), shifts.end(),
                             [&](const ShiftPattern& p) { return p.name == visit.shift; });
    }
    const Place& place_of(const Visit& visit) const {
        return *std::find_if(problem.places.begin(), problem.places.end(),
                             [&](const Place& place) { return place.zone == visit.zone; });
    }
    bool late(geo::Instant since, geo::Instant until) const {
        return until >
               latest_start(since, problem.rule.max_gap, problem.rule.gap_mode, problem.zone);
    }
};

/// One way to damage visit v; `apply` says whether it could be done.
struct Damage {
    const char* name;
    Kind expected;
    std::function<bool(Case& damaged, std::size_t v)> apply;
};

void shift_by(Visit& visit, std::chrono::seconds by) {
    visit.when = {visit.when.from + by, visit.when.to + by};
}

bool same_shift(const Visit& a, const Visit& b) {
    return a.unit == b.unit && a.shift_day == b.shift_day && a.shift == b.shift;
}

bool same_zone(const Visit& a, const Visit& b) {
    return a.zone == b.zone;
}

/// The next visit in time that is the same in some way, or null.
template <typename Same>
Visit* next_visit(Visits& visits, std::size_t v, const Same& same) {
    const auto found =
        std::find_if(visits.begin() + static_cast<std::ptrdiff_t>(v) + 1, visits.end(),
                     [&](const Visit& other) { return same(other, visits[v]); });
    return found == visits.end() ? nullptr : &*found;
}

template <typename Same>
Visit* visit_before(Visits& visits, std::size_t v, const Same& same) {
    for (std::size_t i = v; i-- > 0;) {
        if (same(visits[i], visits[v])) {
            return &visits[i];
        }
    }
    return nullptr;
}

std::chrono::seconds clock_of(geo::Instant instant) {
    const geo::WallTime wall = london().wall_time(instant);
    return wall - std::chrono::floor<std::chrono::days>(wall);
}

/// Damage that is always possible and looks at one visit only.
template <typename Change>
std::function<bool(Case&, std::size_t)> always(const Change& change) {
    return [change](Case& damaged, std::size_t v) {
        change(damaged.visits[v]);
        return true;
    };
}

/// Whether the unit is on duty for the whole span, breaks and closed hours aside.
bool on_duty(const Case& damaged, const Visit& visit) {
    Unit unit = *std::find_if(damaged.problem.units.begin(), damaged.problem.units.end(),
                              [&](const Unit& u) { return u.name == visit.unit; });
    for (ShiftPattern& pattern : unit.shifts) {
        pattern.breaks.clear();
    }
    const geo::TimeSpan around{visit.when.from - std::chrono::days(2),
                               visit.when.to + std::chrono::days(2)};
    const auto shifts = shifts_within(std::vector<Unit>{unit}, around, london());
    return std::any_of(shifts.begin(), shifts.end(), [&](const Shift& shift) {
        return shift.when.from <= visit.when.from && visit.when.to <= shift.when.to;
    });
}

std::vector<Damage> to_one_visit() {
    return {
        {"shortened", Kind::wrong_length, always([](Visit& v) { v.when.to -= Minutes(5); })},
        {"lengthened by a second", Kind::wrong_length,
         always([](Visit& v) { v.when.to += std::chrono::seconds(1); })},
        {"given another shift's name", Kind::outside_shift,
         always([](Visit& v) { v.shift = "early"; })},
        {"moved two months on", Kind::outside_horizon,
         always([](Visit& v) { shift_by(v, std::chrono::days(60)); })},
        {"sent to a zone that is not there", Kind::unknown_zone,
         always([](Visit& v) { v.zone = cluster::ZoneId("Z99"); })},
        {"given to a unit that is not there", Kind::unknown_unit,
         always([](Visit& v) { v.unit = UnitId("Nobody"); })},
        {"renumbered", Kind::sequence, always([](Visit& v) { v.seq += 1; })},
        {"entered under another day", Kind::wrong_day,
         always([](Visit& v) { v.shift_day += std::chrono::days(2); })},
        {"moved out of its shift", Kind::outside_shift,
         [](Case& damaged, std::size_t v) {
             Visit& visit = damaged.visits[v];
             for (int hours = 1; hours < 24 && on_duty(damaged, visit); ++hours) {
                 shift_by(visit, std::chrono::hours(1));
             }
             return !on_duty(damaged, visit);
         }},
        {"given to a unit that does not serve the zone", Kind::wrong_unit,
         [](Case& damaged, std::size_t v) {
             damaged.unit_of(damaged.visits[v]).serves = {"Elsewhere"};
             return true;
         }},
    };
}

std::vector<Damage> to_neighbours() {
    return {
        {"given the id of another", Kind::duplicate_id,
         [](Case& damaged, std::size_t v) {
             damaged.visits[v].id = damaged.visits[(v + 1) % damaged.visits.size()].id;
             return damaged.visits.size() > 1;
         }},
        {"entered twice", Kind::overlap,
         [](Case& damaged, std::size_t v) {
             Visit copy = damaged.visits[v];
             copy.id += " again";
             damaged.visits.push_back(copy);
             return true;
         }},
        {"pushed into the next visit", Kind::overlap,
         [](Case& damaged, std::size_t v) {
             const Visit* next = next_visit(damaged.visits, v, same_shift);
             if (next != nullptr) {
                 shift_by(damaged.visits[v],
                          next->when.from - damaged.visits[v].when.to + Minutes(1));
             }
             return next != nullptr;
         }},
        {"pushed right up to the next visit", Kind::travel,
         [](Case& damaged, std::size_t v) {
             const Visit* next = next_visit(damaged.visits, v, same_shift);
             if (next != nullptr) {
                 shift_by(damaged.visits[v], next->when.from - damaged.visits[v].when.to);
             }
             return next != nullptr && !same_zone(*next, damaged.visits[v]);
         }},
        {"walked at a snail's pace", Kind::travel,
         [](Case& damaged, std::size_t v) {
             const Visit& visit = damaged.visits[v];
             const Visit* before = visit_before(damaged.visits, v, same_shift);
             damaged.unit_of(visit).speed_kmh = 0.01;
             return before != nullptr && damaged.problem.travel.empty() &&
                    geo::distance(damaged.place_of(visit).centre, damaged.place_of(*before).centre)
                            .value() > 150;
         }},
        {"swapped with the next in its number", Kind::sequence,
         [](Case& damaged, std::size_t v) {
             Visit* next = next_visit(damaged.visits, v, same_shift);
             if (next != nullptr) {
                 std::swap(next->seq, damaged.visits[v].seq);
             }
             return next != nullptr;
         }},
        {"moved to the clock time of the next", Kind::same_clock_time,
         [](Case& damaged, std::size_t v) {
             Visit& visit = damaged.visits[v];
             const Visit* next = next_visit(damaged.visits, v, same_zone);
             if (next == nullptr || next->when.from - visit.when.from < std::chrono::hours(24)) {
                 return false;
             }
             const auto days =
                 std::chrono::floor<std::chrono::days>(next->when.from - visit.when.from);
             visit.when = {next->when.from - days, next->when.to - days};
             return clock_of(visit.when.from) == clock_of(next->when.from);
         }},
    };
}

enum class When { late, in_time };

/// Leaves the visit out if the absence around it is then too long, or if it is not; says how many
/// were. The first of a zone stays.
int leave_out(Case& damaged, const Visit& visit, When when) {
    const auto found = std::find_if(damaged.visits.begin(), damaged.visits.end(),
                                    [&](const Visit& other) { return other.id == visit.id; });
    const auto v = static_cast<std::size_t>(found - damaged.visits.begin());
    const Visit* before = visit_before(damaged.visits, v, same_zone);
    const Visit* next = next_visit(damaged.visits, v, same_zone);
    const geo::Instant until = next != nullptr ? next->when.from : damaged.problem.horizon.to;
    if (before == nullptr || damaged.late(before->when.to, until) != (when == When::late)) {
        return 0;
    }
    damaged.visits.erase(found);
    return 1;
}

/// Leaves out every other visit of the zone that the rule can do without.
void thin_out(Case& damaged, const Visit& visit) {
    const Visits all = damaged.visits;
    for (const Visit& other : all) {
        if (same_zone(other, visit) && other.id != visit.id) {
            leave_out(damaged, other, When::in_time);
        }
    }
}

std::vector<Damage> to_gaps() {
    return {
        {"left out where the rule needs it", Kind::gap,
         [](Case& damaged, std::size_t v) {
             const Visit visit = damaged.visits[v];
             thin_out(damaged, visit);
             return leave_out(damaged, visit, When::late) == 1;
         }},
        {"left out with all of its zone after it", Kind::gap,
         [](Case& damaged, std::size_t v) {
             const Visit first = damaged.visits[v];
             const Visit* before = visit_before(damaged.visits, v, same_zone);
             const bool late =
                 before != nullptr && damaged.late(before->when.to, damaged.problem.horizon.to);
             std::erase_if(damaged.visits, [&](const Visit& other) {
                 return same_zone(other, first) && other.when.from >= first.when.from;
             });
             return late;
         }},
        {"left out with all of its zone", Kind::missing_zone,
         [](Case& damaged, std::size_t v) {
             const Visit gone = damaged.visits[v];
             const Place& place = damaged.place_of(gone);
             std::erase_if(damaged.visits,
                           [&](const Visit& other) { return same_zone(other, gone); });
             return damaged.late(place.last_attended.value_or(damaged.problem.horizon.from),
                                 damaged.problem.horizon.to);
         }},
        {"its zone's last, ten days before the plan's end", Kind::gap,
         [](Case& damaged, std::size_t) {
             damaged.problem.horizon.to += std::chrono::days(10);
             return true;
         }},
        {"of a zone long overdue before the plan", Kind::gap_inherited,
         [](Case& damaged, std::size_t v) {
             for (Place& place : damaged.problem.places) {
                 if (place.zone == damaged.visits[v].zone) {
                     place.last_attended = damaged.problem.horizon.from - std::chrono::days(20);
                 }
             }
             return true;
         }},
        {"past the plan's end", Kind::outside_horizon,
         [](Case& damaged, std::size_t v) {
             damaged.problem.horizon.to = damaged.visits[v].when.to - Minutes(1);
             return true;
         }},
        {"before the plan's start", Kind::outside_horizon,
         [](Case& damaged, std::size_t v) {
             damaged.problem.horizon.from = damaged.visits[v].when.from + Minutes(1);
             return true;
         }},
    };
}

/// The minutes that the visit's shift holds, by the plan's own account.
Minutes spent(const Case& damaged, const Visit& visit) {
    Minutes sum{0};
    for (const Visit& other : damaged.visits) {
        sum += same_shift(other, visit) ? damaged.problem.rule.visit + other.travel : Minutes(0);
    }
    return sum;
}

ClockSpan clock_of(const Visit& visit) {
    const std::chrono::seconds to = clock_of(visit.when.to);
    return {clock_of(visit.when.from), to.count() == 0 ? std::chrono::hours(24) : to};
}

/// Whether a break at the visit's clock time is one of its shift: none is where the clocks change.
bool no_clock_change(const Visit& visit) {
    const geo::TimeSpan around{visit.when.from - std::chrono::hours(24),
                               visit.when.to + std::chrono::hours(24)};
    return london().offset(around.from) == london().offset(around.to);
}

std::vector<Damage> to_terms() {
    const auto of_unit = [](auto change) {
        return [change](Case& damaged, std::size_t v) {
            change(damaged, damaged.visits[v]);
            return true;
        };
    };
    return {
        {"in a shift with a minute less than it takes", Kind::shift_minutes,
         of_unit([](Case& damaged, const Visit& visit) {
             damaged.unit_of(visit).minutes_per_shift = spent(damaged, visit) - Minutes(1);
         })},
        {"in a shift with one visit too many", Kind::shift_visits,
         of_unit([](Case& damaged, const Visit& visit) {
             damaged.unit_of(visit).max_visits = static_cast<unsigned>(
                 std::count_if(damaged.visits.begin(), damaged.visits.end(),
                               [&](const Visit& other) { return same_shift(other, visit); }) -
                 1);
         })},
        {"of a unit on leave", Kind::outside_shift, of_unit([](Case& damaged, const Visit& visit) {
             damaged.unit_of(visit).leave.push_back({visit.shift_day, visit.shift_day});
         })},
        {"in a shift that does not begin that day", Kind::outside_shift,
         of_unit([](Case& damaged, const Visit& visit) {
             damaged.pattern_of(visit).except.push_back({visit.shift_day, visit.shift_day});
         })},
        {"in a shift that is off on bank holidays", Kind::outside_shift,
         [](Case& damaged, std::size_t v) {
             const Visit& visit = damaged.visits[v];
             ShiftPattern& pattern = damaged.pattern_of(visit);
             pattern.on_bank_holidays = BankHolidayDuty::off;
             damaged.unit_of(visit).bank_holidays = {visit.shift_day};
             return std::none_of(
                 pattern.dates.begin(), pattern.dates.end(),
                 [&](const DayRange& range) { return range.contains(visit.shift_day); });
         }},
        {"on a day that the rule leaves out", Kind::outside_hours,
         of_unit([](Case& damaged, const Visit& visit) {
             const geo::Day day = london().day(visit.when.from);
             damaged.problem.rule.days_off.push_back({day, day});
         })},
        {"on a weekday that the rule leaves out", Kind::outside_hours,
         of_unit([](Case& damaged, const Visit& visit) {
             const geo::Day day = london().day(visit.when.from);
             damaged.problem.rule.weekdays_off[geo::iso_weekday(day) - 1] = true;
         })},
        {"after the latest hour", Kind::outside_hours,
         [](Case& damaged, std::size_t v) {
             const ClockSpan clock = clock_of(damaged.visits[v]);
             damaged.problem.rule.hours = ClockSpan{clock.to, clock.to - Minutes(1)};
             return clock.to < std::chrono::hours(24) && no_clock_change(damaged.visits[v]);
         }},
        {"in a break", Kind::in_break,
         [](Case& damaged, std::size_t v) {
             const Visit& visit = damaged.visits[v];
             damaged.pattern_of(visit).breaks = {{clock_of(visit), {}}};
             return no_clock_change(visit);
         }},
        {"where the whole break would have to be", Kind::in_break,
         [](Case& damaged, std::size_t v) {
             const Visit& visit = damaged.visits[v];
             damaged.pattern_of(visit).breaks = {{clock_of(visit), Minutes(10)}};
             return no_clock_change(visit);
         }},
    };
}

std::vector<Damage> damages() {
    std::vector<Damage> all;
    for (const auto& some : {to_one_visit(), to_neighbours(), to_gaps(), to_terms()}) {
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

/// Sound plans of random problems, with and without breaks, leave, closed hours and the like.
std::vector<std::pair<unsigned, Case>> sound_cases() {
    std::vector<std::pair<unsigned, Case>> cases;
    for (unsigned seed = 1; seed <= 80; ++seed) {
        Case sound{seed % 2 == 0 ? restricted_problem(seed) : random_problem(seed), {}};
        sound.visits = make_plan(sound.problem, {.seed = seed, .effort = 60}).visits;
        if (check(sound.problem, sound.visits).empty() && !sound.visits.empty()) {
            cases.emplace_back(seed, std::move(sound));
        }
    }
    return cases;
}

TEST(Damage, OfEveryKindIsFoundInPlansOfEveryKind) {
    const auto cases = sound_cases();
    ASSERT_GT(cases.size(), 20U);
    std::set<Kind> seen;
    for (const Damage& damage : damages()) {
        int applied = 0;
        for (const auto& [seed, sound] : cases) {
            SCOPED_TRACE(testing::Message() << "seed " << seed);
            const std::size_t step = std::max<std::size_t>(1, sound.visits.size() / 4);
            for (std::size_t v = seed % step; v < sound.visits.size(); v += step) {
                Case damaged = sound;
                if (!damage.apply(damaged, v)) {
                    continue;
                }
                ++applied;
                EXPECT_THAT(kinds(check(damaged.problem, damaged.visits)),
                            testing::Contains(damage.expected))
                    << damage.name << ": " << sound.visits[v].id;
            }
        }
        EXPECT_GT(applied, 20) << damage.name;
        seen.insert(damage.expected);
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(Kind::wrong_day) + 1) << "every kind there is";
}

} // namespace
} // namespace schedule::test
