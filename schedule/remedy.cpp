// Each kind of remedy is searched from the least on: certificate first, then a short plan. Minutes
// by bisection, as more minutes never hurt but for luck in planning.
#include "schedule/remedy.hpp"

#include "schedule/shift.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace schedule {

namespace {

using Weekdays = std::array<bool, 7>;

constexpr int step = 15;

bool can_be_kept(const Problem& problem) {
    return !certificate(problem).forbids && late_zones(problem).empty();
}

Problem with_minutes(const Problem& problem, Minutes minutes) {
    Problem tried = problem;
    for (Unit& unit : tried.units) {
        if (unit.minutes_per_shift) {
            unit.minutes_per_shift = std::max(*unit.minutes_per_shift, minutes);
        }
    }
    return tried;
}

/// The least limit of any unit; a day where none has one.
int least_minutes(const Problem& problem) {
    int least = 24 * 60;
    for (const Unit& unit : problem.units) {
        if (unit.minutes_per_shift) {
            least = std::min(least, static_cast<int>(unit.minutes_per_shift->count()));
        }
    }
    return least;
}

std::optional<Minutes> fewest_minutes(const Problem& problem) {
    int low = least_minutes(problem) / step; // in steps; so many do not do
    Minutes longest{0};
    for (const Shift& shift : shifts_of(problem)) {
        longest = std::max(longest, std::chrono::floor<Minutes>(shift.when.length()));
    }
    int high = static_cast<int>(longest.count() + step - 1) / step;
    const auto does = [&](int steps) {
        return can_be_kept(with_minutes(problem, Minutes(step * steps)));
    };
    if (low >= high || !does(high)) {
        return std::nullopt;
    }
    while (high - low > 1) {
        const int middle = (low + high) / 2;
        (does(middle) ? high : low) = middle;
    }
    return Minutes(step * high);
}

Problem with_days(const Problem& problem, const Weekdays& days) {
    Problem tried = problem;
    for (Unit& unit : tried.units) {
        for (ShiftPattern& pattern : unit.shifts) {
            const bool weekly = std::count(pattern.days.begin(), pattern.days.end(), true) > 0;
            for (std::size_t d = 0; d < days.size() && weekly; ++d) {
                pattern.days[d] = pattern.days[d] || days[d];
            }
        }
    }
    return tried;
}

/// Weekdays on which some shift does not run.
std::vector<std::size_t> free_days(const Problem& problem) {
    std::vector<std::size_t> result;
    for (std::size_t d = 0; d < 7; ++d) {
        const bool lacks =
            std::any_of(problem.units.begin(), problem.units.end(), [&](const Unit& unit) {
                return std::any_of(unit.shifts.begin(), unit.shifts.end(),
                                   [&](const ShiftPattern& pattern) { return !pattern.days[d]; });
            });
        if (lacks && !problem.rule.weekdays_off[d]) {
            result.push_back(d);
        }
    }
    return result;
}

std::optional<Weekdays> fewest_days(const Problem& problem) {
    const std::vector<std::size_t> free = free_days(problem);
    std::vector<Weekdays> sets;
    for (const std::size_t day : free) {
        sets.emplace_back()[day] = true;
    }
    for (std::size_t i = 0; i < free.size(); ++i) {
        for (std::size_t j = i + 1; j < free.size(); ++j) {
            Weekdays& pair = sets.emplace_back();
            pair[free[i]] = pair[free[j]] = true;
        }
    }
    if (free.size() > 2) {
        Weekdays& all = sets.emplace_back();
        std::for_each(free.begin(), free.end(), [&](std::size_t d) { all[d] = true; });
    }
    const auto found = std::find_if(sets.begin(), sets.end(), [&](const Weekdays& days) {
        return can_be_kept(with_days(problem, days));
    });
    return found == sets.end() ? std::nullopt : std::optional(*found);
}

std::string day_names(const Weekdays& days) {
    constexpr std::array names{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    std::vector<std::string> named;
    for (std::size_t d = 0; d < days.size(); ++d) {
        if (days[d]) {
            named.emplace_back(names[d]);
        }
    }
    return fmt::format("{}", fmt::join(named, " and "));
}

std::string sentence(const Remedies& found, const Problem& problem) {
    std::vector<std::string> ways;
    if (found.units.found) {
        const unsigned units = *found.units.found;
        const unsigned least = found.units.lower_bound.value_or(0);
        ways.push_back(fmt::format("{} unit{} like these ({})", units, units == 1 ? "" : "s",
                                   units == least ? std::string("fewer cannot")
                                                  : fmt::format("fewer than {} cannot", least)));
    }
    if (found.minutes_per_shift) {
        ways.push_back(fmt::format("{} minutes a shift instead of {}",
                                   found.minutes_per_shift->count(), least_minutes(problem)));
    }
    if (found.more_days) {
        ways.push_back(fmt::format("shifts on {}, too", day_names(*found.more_days)));
    }
    return ways.empty()
               ? "no number of such units, no longer share of the shifts and no further "
                 "weekday that was tried would do"
               : fmt::format("what would do, found by planning: {}", fmt::join(ways, ", or "));
}

} // namespace

Remedies remedies(const Problem& problem) {
    Problem tried = problem;
    tried.former.clear();
    Remedies result;
    result.units = units_needed(tried);
    result.minutes_per_shift = fewest_minutes(tried);
    result.more_days = fewest_days(tried);
    result.sentence = sentence(result, tried);
    return result;
}

} // namespace schedule
