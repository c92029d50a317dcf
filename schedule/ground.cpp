#include "schedule/ground.hpp"

#include "geo/error.hpp"
#include "schedule/gap.hpp"
#include "schedule/travel.hpp"
#include "schedule/wish.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <tuple>
#include <unordered_set>

namespace schedule {

namespace {

constexpr Minute fading_time = 24 * 60;

[[noreturn]] void refuse(const std::string& message) {
    throw geo::Error(geo::ErrorKind::usage, message);
}

bool same_letters(const std::string& a, const std::string& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
        return std::tolower(x) == std::tolower(y);
    });
}

/// A draw from Gumbel's distribution less its mean.
double gumbel(std::uint64_t bits) {
    constexpr double mean = 0.57721566490153286;
    const double uniform = (static_cast<double>(bits >> 11) + 0.5) * 0x1p-53;
    return -std::log(-std::log(uniform)) - mean;
}

Minute minutes_between(geo::Instant from, geo::Instant to) {
    return static_cast<Minute>(std::chrono::floor<Minutes>(to - from).count());
}

void require_distinct_names(const Problem& problem) {
    std::unordered_set<std::string> seen;
    for (const Place& place : problem.places) {
        if (!seen.insert(place.zone.text()).second) {
            refuse("zone id '" + place.zone.text() + "' is given twice; zone ids must be unique");
        }
    }
    seen.clear();
    for (const Unit& unit : problem.units) {
        if (!seen.insert(unit.name.text()).second) {
            refuse("unit '" + unit.name.text() + "' is given twice; give each unit its own name");
        }
    }
}

void require_sense(const Problem& problem, const PlanOptions& options) {
    if (problem.horizon.from >= problem.horizon.to) {
        refuse("the plan's horizon is empty; give at least one day");
    }
    if (problem.horizon.length() % Minutes(1) != std::chrono::seconds(0)) {
        refuse("the plan's horizon is no whole number of minutes; begin and end it at midnight");
    }
    if (problem.horizon.length() > std::chrono::days(3660)) {
        refuse("the plan's horizon is longer than ten years; give fewer days");
    }
    if (problem.rule.visit < Minutes(1) || problem.rule.max_gap < std::chrono::hours(1) ||
        problem.rule.plan_gap < std::chrono::hours(1)) {
        refuse("the rule's visit or gap is not positive; give at least 1 minute and 1 hour");
    }
    if (!(options.unpredictability >= 0 && options.unpredictability <= 1)) {
        refuse("unpredictability is outside 0 to 1; give a number between them");
    }
    if (options.least_apart < Minutes(0)) {
        refuse("least_apart is negative; give 0 or more minutes");
    }
    require_distinct_names(problem);
}

} // namespace

std::uint64_t mix(std::uint64_t key) {
    key += 0x9E3779B97F4A7C15ULL;
    key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9ULL;
    key = (key ^ (key >> 27)) * 0x94D049BB133111EBULL;
    return key ^ (key >> 31);
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    return mix(mix(a) + b);
}

std::uint64_t key_of(std::string_view name) {
    std::uint64_t key = 0xCBF29CE484222325ULL;
    for (const char c : name) {
        key = (key ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    return key;
}

bool serves_place(const Unit& unit, const Place& place) {
    return unit.serves.empty() ||
           std::any_of(unit.serves.begin(), unit.serves.end(), [&](const std::string& name) {
               return same_letters(name, place.zone.text()) ||
                      same_letters(name, place.ward_code) || same_letters(name, place.ward_name);
           });
}

Ground::Ground(const Problem& problem, const PlanOptions& options)
    : seed_(options.seed), with_chance_(options.unpredictability > 0) {
    require_sense(problem, options);
    length_ = minutes_between(problem.horizon.from, problem.horizon.to);
    visit_ = static_cast<Minute>(problem.rule.visit.count());
    least_apart_ = static_cast<Minute>(options.least_apart.count());
    max_gap_ = static_cast<Minute>(Minutes(problem.rule.max_gap).count());
    first_hour_ =
        std::chrono::floor<std::chrono::hours>(problem.horizon.from).time_since_epoch().count();
    bins_ = static_cast<std::size_t>(length_ / bin) + 1;
    for (const Place& place : problem.places) {
        zone_keys_.push_back(mix(seed_, key_of(place.zone.text())));
    }
    origins_.resize(problem.places.size());
    plan_gap_ =
        static_cast<Minute>(Minutes(std::min(problem.rule.plan_gap, problem.rule.max_gap)).count());
    for (std::size_t i = 0; i < left_after_.size(); ++i) {
        left_after_[i] = std::exp(-static_cast<double>(i * left_step) / fading_time);
    }
    for (std::size_t i = 0; i < left_within_.size(); ++i) {
        left_within_[i] = std::exp(-static_cast<double>(i) / fading_time);
    }
    measure_travel(problem);
    lay_out_shifts(problem);
    read_clock(problem);
    set_limits(problem);
    set_origins(problem);
    weigh_hours(problem, options.unpredictability);
    find_most_worth();
    find_nearest();
    share_out_wishes(problem);
}

std::uint64_t Ground::chance(std::size_t zone, Minute at) const {
    return mix(zone_keys_[zone], static_cast<std::uint64_t>(first_hour_ + at / bin));
}

void Ground::measure_travel(const Problem& problem) {
    std::vector<std::pair<double, std::optional<Mode>>> kinds;
    std::vector<std::vector<Minutes>> tables; // one a kind
    const auto stored = [](Minutes time) {
        const Minutes::rep most = std::numeric_limits<std::uint16_t>::max();
        return static_cast<std::uint16_t>(std::min(time.count(), most));
    };
    for (const Unit& unit : problem.units) {
        // Without measured ways only the speed matters.
        const std::pair kind(unit.speed_kmh,
                             problem.travel.empty() ? std::nullopt : std::optional(unit.mode));
        const auto known = std::find(kinds.begin(), kinds.end(), kind);
        table_of_unit_.push_back(static_cast<std::size_t>(known - kinds.begin()));
        for (const Place& place : problem.places) {
            serves_.push_back(serves_place(unit, place) ? 1 : 0);
        }
        if (known == kinds.end()) {
            kinds.push_back(kind);
            tables.push_back(ways_between(problem, unit));
            std::transform(tables.back().begin(), tables.back().end(),
                           std::back_inserter(travel_.emplace_back()), stored);
        }
        const auto legs = ways_from_base(problem, unit, tables[table_of_unit_.back()]);
        std::transform(legs.begin(), legs.end(), std::back_inserter(first_leg_), stored);
    }
}

Minute Ground::least_travel(std::size_t a, std::size_t b) const {
    Minute least = std::numeric_limits<Minute>::max();
    for (const std::vector<std::uint16_t>& table : travel_) {
        least = std::min<Minute>({least, table[a * zones() + b], table[b * zones() + a]});
    }
    return least;
}

void Ground::lay_out_shifts(const Problem& problem) {
    shifts_ = shifts_of(problem);
    for (const Shift& shift : shifts_) {
        Turn turn{shift.unit, minutes_between(problem.horizon.from, shift.when.from),
                  minutes_between(problem.horizon.from, shift.when.to),
                  static_cast<Minute>(shift.budget.count()), table_of_unit_[shift.unit]};
        turn.most_visits =
            problem.units[shift.unit].max_visits.value_or(std::numeric_limits<unsigned>::max());
        place_rests(problem, shift, turn);
        turns_.push_back(std::move(turn));
    }
}

void Ground::place_rests(const Problem& problem, const Shift& shift, Turn& turn) const {
    const auto minute = [&](geo::Instant at) { return minutes_between(problem.horizon.from, at); };
    for (const geo::TimeSpan& closed : shift.closed) {
        const Minute from = minute(closed.from);
        const Minute to = minute(closed.to);
        turn.rests.push_back({from, to, from, to});
    }
    if (!shift.floating) {
        return;
    }
    Rest rest{0, 0, minute(shift.floating->within.from), minute(shift.floating->within.to)};
    rest.from =
        least_disturbing(problem, turn, rest, static_cast<Minute>(shift.floating->length.count()));
    rest.to = rest.from + static_cast<Minute>(shift.floating->length.count());
    const auto next = std::find_if(turn.rests.begin(), turn.rests.end(),
                                   [&](const Rest& other) { return other.from > rest.from; });
    turn.rests.insert(next, rest);
}

Minute Ground::least_disturbing(const Problem& problem, const Turn& turn, const Rest& window,
                                Minute length) const {
    constexpr Minute step = 5;
    const std::vector<Minute> due = due_within(problem, turn);
    std::optional<std::pair<double, Minute>> best;
    for (Minute from = turn.open_from(window.earliest, length); from + length <= window.latest;
         from = turn.open_from(from + step, length)) {
        constexpr double of_minute_lost = 1e4;
        double cost = disturbance(problem, turn.unit, {from, from + length, 0, 0});
        for (const Minute limit : due) {
            cost += of_minute_lost * std::max(limit + visit_ - from, 0);
        }
        const std::pair tried(cost, from);
        best = best ? std::min(*best, tried) : tried;
    }
    return best->second; // an open stretch holds it: shifts_within
}

std::vector<Minute> Ground::due_within(const Problem& problem, const Turn& turn) const {
    std::vector<Minute> due;
    for (std::size_t z = 0; z < zones(); ++z) {
        const Place& place = problem.places[z];
        if (!serves(turn.unit, z) || !place.last_attended) {
            continue;
        }
        const Minute limit = minutes_between(
            problem.horizon.from, latest_start(*place.last_attended, problem.rule.max_gap,
                                               problem.rule.gap_mode, problem.zone));
        if (turn.from <= limit && limit < turn.to) {
            due.push_back(limit);
        }
    }
    return due;
}

double Ground::disturbance(const Problem& problem, std::size_t unit, const Rest& rest) const {
    constexpr double of_visit_kept = 1e9;
    const geo::Instant begin = problem.horizon.from + Minutes(rest.from);
    const geo::Instant end = problem.horizon.from + Minutes(rest.to);
    double cost = 0;
    for (const Visit& visit : problem.former) {
        const bool meets = visit.unit == problem.units[unit].name && visit.when.from < end &&
                           begin < visit.when.to;
        cost += meets ? of_visit_kept : 0;
    }
    const geo::Instant middle = begin + Minutes((rest.to - rest.from) / 2);
    const unsigned hour = geo::hour_of_week(problem.zone.wall_time(middle));
    for (std::size_t z = 0; z < zones(); ++z) {
        cost += serves(unit, z) ? problem.places[z].risk[hour] : 0;
    }
    return cost;
}

void Ground::share_out_wishes(const Problem& problem) {
    const bool any = std::any_of(problem.places.begin(), problem.places.end(),
                                 [](const Place& place) { return place.wanted_a_week > 0; });
    weeks_ = wanted_by_week(0, problem.horizon).size();
    for (const Place& place : problem.places) {
        for (const unsigned wanted : wanted_by_week(place.wanted_a_week, problem.horizon)) {
            if (any) {
                wanted_.push_back(static_cast<std::uint16_t>(wanted));
            }
        }
    }
}

void Ground::read_clock(const Problem& problem) {
    constexpr int day = 24 * 60;
    const auto offset_at = [&](Minute at) {
        return problem.zone.offset(problem.horizon.from + Minutes(at));
    };
    const auto begin = std::chrono::floor<Minutes>(problem.horizon.from.time_since_epoch());
    clock_.reserve(static_cast<std::size_t>(length_) + 1);
    // Clocks change on a quarter of an hour at the finest, so one look at the time zone serves
    // fifteen minutes.
    for (Minute at = 0; at <= length_; at += 15) {
        const auto offset = std::chrono::floor<Minutes>(offset_at(at));
        for (Minute m = at; m < at + 15 && m <= length_; ++m) {
            const auto wall = (begin + offset + Minutes(m)).count() % day;
            clock_.push_back(static_cast<std::int16_t>((wall + day) % day));
        }
    }
}

void Ground::set_limits(const Problem& problem) {
    const Rule& rule = problem.rule;
    if (rule.gap_mode == GapMode::elapsed) {
        return;
    }
    const auto limit = [&](Minute end, std::chrono::hours gap) {
        const geo::Instant last =
            latest_start(problem.horizon.from + Minutes(end), gap, rule.gap_mode, problem.zone);
        return minutes_between(problem.horizon.from, last);
    };
    const auto aim = std::min(rule.plan_gap, rule.max_gap);
    for (Minute end = 0; end <= length_; ++end) {
        // A duty day changes on the hour: within an hour (its end included, its start not) the
        // limits are the same.
        const bool again = end > 1 && (end - 1) % bin != 0;
        hard_.push_back(again ? hard_.back() : limit(end, rule.max_gap));
        aim_.push_back(again ? aim_.back() : limit(end, aim));
    }
}

void Ground::set_origins(const Problem& problem) {
    const Rule& rule = problem.rule;
    const geo::Instant begin = problem.horizon.from;
    for (std::size_t z = 0; z < zones(); ++z) {
        const Place& place = problem.places[z];
        const geo::Instant end = place.last_attended.value_or(begin);
        const auto limit = [&](std::chrono::hours gap) {
            return minutes_between(begin, latest_start(end, gap, rule.gap_mode, problem.zone));
        };
        Origin& origin = origins_[z];
        origin.end = static_cast<Minute>(std::chrono::ceil<Minutes>(end - begin).count());
        origin.attended = place.last_attended.has_value();
        origin.hard = limit(rule.max_gap);
        origin.aim = limit(std::min(rule.plan_gap, rule.max_gap));
        const auto first_turn = std::find_if(
            turns_.begin(), turns_.end(), [&](const Turn& turn) { return serves(turn.unit, z); });
        origin.overdue =
            origin.attended && first_turn != turns_.end() && first_turn->from > origin.hard;
        if (origin.attended) {
            const geo::WallTime began = problem.zone.wall_time(end - rule.visit);
            const auto day = std::chrono::floor<std::chrono::days>(began);
            origin.clock = static_cast<int>(std::chrono::floor<Minutes>(began - day).count());
        }
    }
}

void Ground::weigh_hours(const Problem& problem, double unpredictability) {
    worth_.resize(zones() * bins_);
    std::vector<unsigned> hour(bins_);
    std::vector<char> on_shift(bins_);
    for (std::size_t b = 0; b < bins_; ++b) {
        const Minute middle = static_cast<Minute>(b) * bin + bin / 2;
        hour[b] = geo::hour_of_week(problem.zone.wall_time(problem.horizon.from + Minutes(middle)));
        on_shift[b] =
            std::any_of(turns_.begin(), turns_.end(),
                        [&](const Turn& turn) { return turn.from <= middle && middle < turn.to; })
                ? 1
                : 0;
    }
    const bool unknown =
        std::all_of(problem.places.begin(), problem.places.end(), [](const Place& p) {
            return std::all_of(p.risk.begin(), p.risk.end(), [](double r) { return !(r > 0); });
        });
    double sum = 0;
    double count = 0;
    std::vector<double> mean(zones(), 0);
    for (std::size_t z = 0; z < zones(); ++z) {
        double of_zone = 0;
        double bins = 0;
        for (std::size_t b = 0; b < bins_; ++b) {
            const double risk = unknown ? 1 : std::max(problem.places[z].risk[hour[b]], 0.0);
            worth_[z * bins_ + b] = risk;
            of_zone += on_shift[b] != 0 ? risk : 0;
            bins += on_shift[b] != 0 ? 1 : 0;
        }
        sum += of_zone;
        count += bins;
        mean[z] = bins > 0 ? of_zone / bins : 0;
    }
    const double scale = sum > 0 ? count / sum : 1;
    for (std::size_t z = 0; z < zones(); ++z) {
        for (std::size_t b = 0; b < bins_; ++b) {
            const double noise =
                unpredictability * mean[z] * gumbel(mix(chance(z, static_cast<Minute>(b) * bin)));
            double& worth = worth_[z * bins_ + b];
            worth = scale * std::max(worth + noise, 0.05 * mean[z]);
        }
    }
}

std::size_t Ground::first_server(std::size_t zone) const {
    std::size_t unit = 0;
    while (unit < table_of_unit_.size() && !serves(unit, zone)) {
        ++unit;
    }
    return unit;
}

std::vector<std::size_t> Ground::pools(std::span<const std::size_t> zones) const {
    std::vector<std::size_t> label(table_of_unit_.size());
    std::iota(label.begin(), label.end(), std::size_t{0});
    for (const std::size_t zone : zones) {
        const std::size_t first = first_server(zone);
        for (std::size_t unit = first; unit < label.size(); ++unit) {
            if (serves(unit, zone)) {
                std::replace(label.begin(), label.end(), std::size_t{label[unit]}, label[first]);
            }
        }
    }
    return label;
}

void Ground::find_nearest() {
    constexpr std::size_t most = 9;
    if (travel_.empty()) {
        return;
    }
    std::vector<std::size_t> order(zones());
    const std::size_t count = std::min(most, zones());
    for (std::size_t z = 0; z < zones(); ++z) {
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto key = [&](std::size_t other) {
            return std::tuple(other != z, travel(0, z, other), other);
        };
        std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count),
                          order.end(),
                          [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
        nearest_.insert(nearest_.end(), order.begin(),
                        order.begin() + static_cast<std::ptrdiff_t>(count));
    }
}

void Ground::find_most_worth() {
    for (const Turn& turn : turns_) {
        for (std::size_t z = 0; z < zones(); ++z) {
            const auto row = worth_.begin() + static_cast<std::ptrdiff_t>(z * bins_);
            most_worth_.push_back(
                *std::max_element(row + turn.from / bin, row + (turn.to - 1) / bin + 1));
        }
    }
}

} // namespace schedule
