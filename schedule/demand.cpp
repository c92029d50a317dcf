// The certificate: in any window of starts that is as long as a gap and a visit every zone must see
// a visit begin, and the shifts of the window must hold those visits and the ways between them. The
// ways of k tours are a forest of at most k trees over the zones, so the minimum spanning forest
// (Kruskal 1956) bounds them from below.
#include "schedule/demand.hpp"

#include "schedule/first_plan.hpp"
#include "schedule/ground.hpp"
#include "schedule/local_text.hpp"
#include "schedule/tours.hpp"
#include "schedule/travel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>
#include <set>

namespace schedule {

namespace {

/// A window of starts, both ends included, and the zones that each need a visit in it.
struct Window {
    Minute from = 0;
    Minute to = 0;
    std::vector<std::size_t> zones;
};

/// "1 zone", "2 zones".
std::string counted(std::size_t number, const char* noun) {
    return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

/// Zones and units that have nothing to do with any others.
struct Region {
    std::vector<std::size_t> zones;
    std::vector<std::size_t> units;
};

/// What the units have in a window.
struct Supply {
    Minute minutes = 0;
    std::size_t turns = 0;
    std::size_t visits = 0;
};

/// Lengths of the minimum spanning tree's edges, ascending (Prim, O(n^2)).
std::vector<Minute> tree_edges(const Ground& ground, const std::vector<std::size_t>& zones) {
    std::vector<Minute> edges;
    if (zones.empty()) {
        return edges;
    }
    std::vector<Minute> nearest(zones.size(), std::numeric_limits<Minute>::max());
    std::vector<char> in_tree(zones.size(), 0);
    std::size_t joined = 0;
    for (std::size_t step = 1; step < zones.size(); ++step) {
        in_tree[joined] = 1;
        std::size_t next = zones.size();
        for (std::size_t i = 0; i < zones.size(); ++i) {
            if (in_tree[i] == 0) {
                nearest[i] = std::min(nearest[i], ground.least_travel(zones[joined], zones[i]));
                next = next == zones.size() || nearest[i] < nearest[next] ? i : next;
            }
        }
        edges.push_back(nearest[next]);
        joined = next;
    }
    std::sort(edges.begin(), edges.end());
    return edges;
}

class Prover {
  public:
    explicit Prover(const Problem& problem) : problem_(problem), ground_(problem, PlanOptions{}) {}

    Certificate run() {
        sort_out_zones();
        unsigned units = 0;
        bool enough_exist = result_.unserved.empty();
        for (const Region& region : regions()) {
            std::optional<unsigned> of_region = prove(region);
            for (const Region& group : served_alike(region)) {
                const std::optional<unsigned> of_group = prove(group);
                of_region = of_region && of_group ? std::optional(std::max(*of_region, *of_group))
                                                  : std::nullopt;
            }
            enough_exist = enough_exist && of_region.has_value();
            units += of_region.value_or(0);
        }
        if (enough_exist) {
            result_.lower_bound = units;
        }
        result_.forbids = result_.forbids || !result_.unserved.empty();
        result_.sentence = sentence();
        return std::move(result_);
    }

  private:
    bool served(std::size_t zone) const {
        return ground_.first_server(zone) < problem_.units.size();
    }

    /// Zones that count are served, were not overdue from the start and are due within the horizon.
    void sort_out_zones() {
        for (std::size_t z = 0; z < ground_.zones(); ++z) {
            if (!served(z)) {
                if (ground_.origin(z).hard < ground_.length()) {
                    result_.unserved.push_back(problem_.places[z].zone);
                }
            } else if (ground_.origin(z).overdue) {
                result_.overdue.push_back(problem_.places[z].zone);
            } else {
                counted_.push_back(z);
            }
        }
    }

    std::vector<Region> regions() const {
        const std::vector<std::size_t> label = ground_.pools(counted_);
        std::vector<Region> result(label.size());
        for (const std::size_t zone : counted_) {
            result[label[ground_.first_server(zone)]].zones.push_back(zone);
        }
        for (std::size_t u = 0; u < label.size(); ++u) {
            result[label[u]].units.push_back(u);
        }
        std::erase_if(result, [](const Region& region) { return region.zones.empty(); });
        return result;
    }

    /// Parts of a region whose zones are served by some of its units only, each with all zones that
    /// only those serve: what the others have is no help there.
    std::vector<Region> served_alike(const Region& region) const {
        const auto servers = [&](std::size_t zone) {
            std::vector<std::size_t> units;
            std::copy_if(region.units.begin(), region.units.end(), std::back_inserter(units),
                         [&](std::size_t unit) { return ground_.serves(unit, zone); });
            return units;
        };
        std::map<std::vector<std::size_t>, std::vector<std::size_t>> zones_of;
        for (const std::size_t zone : region.zones) {
            zones_of[servers(zone)].push_back(zone);
        }
        std::vector<Region> groups;
        for (const auto& [units, own] : zones_of) {
            if (units.size() == region.units.size()) {
                continue;
            }
            Region& group = groups.emplace_back(Region{{}, units});
            for (const auto& [others, zones] : zones_of) {
                if (std::includes(group.units.begin(), group.units.end(), others.begin(),
                                  others.end())) {
                    group.zones.insert(group.zones.end(), zones.begin(), zones.end());
                }
            }
        }
        return groups;
    }

    /// Windows that follow from each other visit of a zone, for all its zones alike.
    std::vector<Window> steady_windows(const Region& region) const {
        std::set<std::pair<Minute, Minute>> spans;
        const Minute length = ground_.length();
        const auto ending_before = [&](Minute end) {
            // The first start whose visit's limit reaches the end: any earlier one is followed by
            // another in time.
            Minute low = 0;
            Minute high = end;
            while (low < high) {
                const Minute middle = (low + high) / 2;
                const Minute visit_end = std::min(middle + ground_.visit(), length);
                (ground_.hard_limit(visit_end) >= end ? high : low) =
                    ground_.hard_limit(visit_end) >= end ? middle : middle + 1;
            }
            if (low > 0 && low < end) {
                spans.emplace(low, end - 1);
            }
        };
        const auto beginning_after = [&](Minute end) {
            const Minute last = end - ground_.visit();
            if (last >= 0 && ground_.hard_limit(end) < length) {
                spans.emplace(last + 1, ground_.hard_limit(end));
            }
        };
        for (const Turn& turn : ground_.turns()) {
            ending_before(turn.from);
            beginning_after(turn.to);
            for (const Rest& rest : turn.rests) {
                ending_before(rest.to);
                beginning_after(rest.from);
            }
        }
        ending_before(length);
        std::vector<Window> result;
        result.reserve(spans.size());
        for (const auto& [from, to] : spans) {
            result.push_back({from, to, region.zones});
        }
        return result;
    }

    /// Windows from the plan's start to the deadlines that the last attendances set.
    std::vector<Window> opening_windows(const Region& region) const {
        constexpr std::size_t most = 40;
        std::set<Minute> deadlines;
        for (const std::size_t zone : region.zones) {
            if (ground_.origin(zone).hard < ground_.length()) {
                deadlines.insert(ground_.origin(zone).hard);
            }
        }
        const std::size_t stride = deadlines.size() / most + 1;
        std::vector<Window> result;
        std::size_t i = 0;
        for (const Minute deadline : deadlines) {
            if (++i % stride == 0 || i == deadlines.size()) {
                Window window{0, deadline, {}};
                std::copy_if(
                    region.zones.begin(), region.zones.end(), std::back_inserter(window.zones),
                    [&](std::size_t zone) { return ground_.origin(zone).hard <= deadline; });
                result.push_back(std::move(window));
            }
        }
        return result;
    }

    Supply supply(const Window& window, std::size_t unit, Minute shortest_way) const {
        Supply result;
        for (const Turn& turn : ground_.turns()) {
            if (turn.unit != unit) {
                continue;
            }
            const Supply own = supply(window, turn, shortest_way);
            result.minutes += own.minutes;
            result.turns += own.turns;
            result.visits += own.visits;
        }
        return result;
    }

    /// What a turn has in the window, stretch by stretch between its rests; a rest that floats
    /// counts where it cannot lie outside. Nothing where no visit fits.
    Supply supply(const Window& window, const Turn& turn, Minute shortest_way) const {
        const Minute visit = ground_.visit();
        const Minute to = std::min(turn.to, window.to + visit);
        const auto visits_in = [&](Minute minutes) {
            return minutes < visit ? std::size_t{0}
                                   : static_cast<std::size_t>((minutes + shortest_way) /
                                                              (visit + shortest_way));
        };
        Supply result;
        Minute at = std::max(turn.from, window.from);
        const auto count_until = [&](Minute end) {
            result.minutes += std::max(end - at, 0);
            result.visits += visits_in(end - at);
        };
        Minute taken = 0;
        for (const Rest& rest : turn.rests) {
            if (rest.earliest != rest.from || rest.latest != rest.to) {
                const bool inside = rest.earliest >= window.from && rest.latest <= to;
                taken += inside ? rest.to - rest.from : 0;
                continue;
            }
            count_until(std::min(rest.from, to));
            at = std::max(at, rest.to);
        }
        count_until(to);
        result.minutes = std::min(turn.budget, result.minutes - taken);
        result.visits = std::min({result.visits, visits_in(result.minutes), turn.most_visits});
        result.turns = 1;
        return result.visits > 0 ? result : Supply{};
    }

    Minute needed(const std::vector<Minute>& edges, std::size_t zones, std::size_t tours) const {
        const std::size_t ways = std::min(edges.size(), zones > tours ? zones - tours : 0);
        return static_cast<Minute>(zones) * ground_.visit() +
               std::accumulate(edges.begin(), edges.begin() + static_cast<std::ptrdiff_t>(ways),
                               Minute{0});
    }

    /// Fewest copies of a unit with that supply; nothing if none of them has any.
    std::optional<unsigned> fewest(const Supply& one, const std::vector<Minute>& edges,
                                   std::size_t zones) const {
        if (one.visits == 0) {
            return std::nullopt;
        }
        std::size_t n = (zones + one.visits - 1) / one.visits;
        while (static_cast<Minute>(n) * one.minutes < needed(edges, zones, n * one.turns)) {
            ++n;
        }
        return static_cast<unsigned>(n);
    }

    void keep_tightest(const Window& window, const Supply& total, Minute need) {
        const bool forbids = total.minutes < need || total.visits < window.zones.size();
        const double tightness =
            std::max(static_cast<double>(need) / std::max(total.minutes, 1),
                     static_cast<double>(window.zones.size()) /
                         static_cast<double>(std::max(total.visits, std::size_t{1})));
        result_.forbids = result_.forbids || forbids;
        if (tightness > tightness_) {
            tightness_ = tightness;
            const geo::Instant begin = problem_.horizon.from;
            result_.window = {begin + Minutes(window.from), begin + Minutes(window.to + 1)};
            result_.zones = window.zones.size();
            result_.needed = Minutes(need);
            result_.available = Minutes(total.minutes);
            result_.visits = total.visits;
        }
    }

    std::optional<unsigned> prove(const Region& region) {
        std::vector<Window> windows = steady_windows(region);
        std::vector<Minute> steady_edges = tree_edges(ground_, region.zones);
        const std::size_t steady = windows.size();
        for (Window& window : opening_windows(region)) {
            windows.push_back(std::move(window));
        }
        std::optional<unsigned> least = 1;
        for (std::size_t w = 0; w < windows.size(); ++w) {
            const Window& window = windows[w];
            const std::vector<Minute> edges =
                w < steady ? steady_edges : tree_edges(ground_, window.zones);
            const Minute shortest = edges.empty() ? 0 : edges.front();
            Supply total;
            Supply most;
            for (const std::size_t unit : region.units) {
                const Supply own = supply(window, unit, shortest);
                total = {total.minutes + own.minutes, total.turns + own.turns,
                         total.visits + own.visits};
                most = {std::max(most.minutes, own.minutes), std::max(most.turns, own.turns),
                        std::max(most.visits, own.visits)};
            }
            keep_tightest(window, total, needed(edges, window.zones.size(), total.turns));
            const auto units = fewest(most, edges, window.zones.size());
            least = least && units ? std::optional(std::max(*least, *units)) : std::nullopt;
        }
        return least;
    }

    /// "Fri 13 Nov 2026 15:00 to ...: 50 zones need 812 min ..., the units have 700".
    std::string window_text() const {
        const std::string head =
            fmt::format("{} to {}: {} {}", local_text(result_.window.from, problem_.zone),
                        local_text(result_.window.to, problem_.zone),
                        counted(result_.zones, "zone"), result_.zones == 1 ? "needs" : "need");
        const bool all = counted_.size() == result_.zones;
        const char* const units = all ? "the units" : "the units that serve them";
        if (result_.needed <= result_.available && result_.visits < result_.zones) {
            return fmt::format("{} a visit each, the shifts of {} hold {} at most", head, units,
                               result_.visits);
        }
        return fmt::format("{} {} min of visits and travel at least, {} have {}", head,
                           result_.needed.count(), units, result_.available.count());
    }

    std::string sentence() const {
        std::string text;
        if (!result_.unserved.empty()) {
            text =
                fmt::format("{} {} served by no unit. ", counted(result_.unserved.size(), "zone"),
                            result_.unserved.size() == 1 ? "is" : "are");
        }
        if (result_.zones > 0) {
            text += window_text();
            text += result_.lower_bound
                        ? fmt::format(": no fewer than {} such units can keep the rule",
                                      *result_.lower_bound)
                        : ": no number of such units can keep the rule";
        } else if (text.empty()) {
            text = "No visit is due within the plan";
        }
        return text;
    }

    const Problem& problem_;
    Ground ground_;
    double tightness_ = 0;
    std::vector<std::size_t> counted_;
    Certificate result_;
};

bool alike(const Unit& a, const Unit& b) {
    const auto same_pattern = [](const ShiftPattern& x, const ShiftPattern& y) {
        return x.days == y.days && x.from == y.from && x.to == y.to;
    };
    return a.serves == b.serves && a.base == b.base && a.speed_kmh == b.speed_kmh &&
           a.minutes_per_shift == b.minutes_per_shift &&
           std::equal(a.shifts.begin(), a.shifts.end(), b.shifts.begin(), b.shifts.end(),
                      same_pattern);
}

Unit copy_of(const Unit& unit, std::size_t number) {
    Unit copy = unit;
    copy.name = UnitId(fmt::format("{} #{}", unit.name.text(), number));
    return copy;
}

std::optional<unsigned> fewest_alike(const Problem& problem, unsigned lower_bound) {
    const unsigned most = 2 * lower_bound + 8;
    Problem tried = problem;
    tried.former.clear();
    for (unsigned n = std::max(lower_bound, 1U); n <= most; ++n) {
        tried.units.clear();
        for (unsigned i = 0; i < n; ++i) {
            tried.units.push_back(copy_of(problem.units.front(), i + 1));
        }
        if (late_zones(tried).empty()) {
            return n;
        }
    }
    return std::nullopt;
}

/// The unit given that serves most of the zones; the first of several.
const Unit& best_server(const Problem& problem, const std::vector<std::size_t>& zones) {
    const auto served = [&](const Unit& unit) {
        return std::count_if(zones.begin(), zones.end(), [&](std::size_t zone) {
            return serves_place(unit, problem.places[zone]);
        });
    };
    return *std::max_element(problem.units.begin(), problem.units.end(),
                             [&](const Unit& a, const Unit& b) { return served(a) < served(b); });
}

std::optional<unsigned> fewest_mixed(const Problem& problem) {
    const std::size_t most = 2 * problem.units.size() + 8;
    Problem tried = problem;
    tried.former.clear();
    std::vector<std::size_t> late = late_zones(tried);
    if (late.empty()) {
        for (std::size_t u = problem.units.size(); u-- > 0;) {
            Problem fewer = tried;
            fewer.units.erase(fewer.units.begin() + static_cast<std::ptrdiff_t>(u));
            if (late_zones(fewer).empty()) {
                tried = std::move(fewer);
            }
        }
        return static_cast<unsigned>(tried.units.size());
    }
    while (!late.empty() && tried.units.size() < most) {
        tried.units.push_back(copy_of(best_server(problem, late), tried.units.size() + 1));
        late = late_zones(tried);
    }
    return late.empty() ? std::optional(static_cast<unsigned>(tried.units.size())) : std::nullopt;
}

/// 15:00 to 23:00 as far as the rule's hours allow; where they allow nothing of it, those hours, up
/// to eight from their start.
ClockSpan late_hours(const Rule& rule) {
    constexpr auto day = std::chrono::hours(24);
    constexpr auto longest = std::chrono::hours(8);
    const ClockSpan late{std::chrono::hours(15), std::chrono::hours(23)};
    if (!rule.hours) {
        return late;
    }
    const auto from = rule.hours->from;
    const auto to = rule.hours->to > from ? rule.hours->to : rule.hours->to + day;
    ClockSpan best{from, std::min<std::chrono::seconds>(to, from + longest)};
    std::chrono::seconds most = rule.visit - std::chrono::seconds(1);
    for (const auto earlier : {std::chrono::seconds(0), std::chrono::seconds(day)}) {
        const ClockSpan shared{std::max(from - earlier, late.from),
                               std::min(to - earlier, late.to)};
        if (shared.to - shared.from > most) {
            most = shared.to - shared.from;
            best = shared;
        }
    }
    best.to -= best.to > day ? std::chrono::seconds(day) : std::chrono::seconds(0);
    return best;
}

Unit late_unit(std::size_t number, const Rule& rule) {
    const ClockSpan hours = late_hours(rule);
    Unit unit;
    unit.name = UnitId(fmt::format("Late {}", number));
    unit.mode = Mode::vehicle;
    unit.speed_kmh = usual_speed_kmh(Mode::vehicle);
    ShiftPattern pattern;
    pattern.name = "late";
    pattern.days.fill(true);
    pattern.from = hours.from;
    pattern.to = hours.to;
    unit.shifts.push_back(pattern);
    return unit;
}

} // namespace

Certificate certificate(const Problem& problem) {
    return Prover(problem).run();
}

std::vector<std::size_t> late_zones(const Problem& problem) {
    constexpr std::uint32_t repairs = 400;
    const Ground ground(problem, PlanOptions{});
    const Draft draft = first_plan(ground, problem, repairs);
    std::vector<std::size_t> late;
    for (std::size_t z = 0; z < ground.zones(); ++z) {
        const std::vector<Call>& calls = draft.calls(z);
        bool is_late = false;
        for (std::size_t i = ground.origin(z).overdue ? 1 : 0; i <= calls.size(); ++i) {
            const Minute end = i < calls.size() ? calls[i].start : ground.length();
            is_late = is_late || draft.hard_limit_before(z, i) < end;
        }
        if (is_late) {
            late.push_back(z);
        }
    }
    return late;
}

UnitsNeeded units_needed(const Problem& problem) {
    const Certificate proof = certificate(problem);
    UnitsNeeded result;
    result.lower_bound = proof.lower_bound;
    if (!proof.lower_bound || problem.units.empty()) {
        result.sentence = proof.sentence;
        return result;
    }
    const bool all_alike =
        std::all_of(problem.units.begin(), problem.units.end(),
                    [&](const Unit& unit) { return alike(unit, problem.units.front()); });
    result.found = all_alike ? fewest_alike(problem, *proof.lower_bound) : fewest_mixed(problem);
    result.sentence =
        result.found ? fmt::format("{} can keep the rule (found by planning); fewer than {} cannot",
                                   counted(*result.found, "unit"), *proof.lower_bound)
                     : fmt::format("no number of units tried keeps the rule; fewer than {} cannot",
                                   *proof.lower_bound);
    return result;
}

std::vector<Unit> fewest_late_units(std::span<const Place> places, const Rule& rule) {
    const Unit pattern = late_unit(1, rule);
    const ShiftPattern& late = pattern.shifts.front();
    const auto shift = std::chrono::duration_cast<Minutes>(
        late.to - late.from + std::chrono::hours(late.to > late.from ? 0 : 24));
    Ways ways(places.size(), std::vector<Minute>(places.size(), 0));
    for (std::size_t i = 0; i < places.size(); ++i) {
        for (std::size_t j = 0; j < places.size(); ++j) {
            const Minutes time = travel_time(places[i].centre, places[j].centre, pattern.speed_kmh);
            ways[i][j] = i == j ? 0 : static_cast<Minute>(std::max(time, Minutes(1)).count());
        }
    }
    const std::size_t tours = cut_into_tours(round_trip(ways), ways,
                                             {static_cast<Minute>(rule.visit.count()),
                                              static_cast<Minute>(shift.count())})
                                  .size();
    std::vector<Unit> units;
    for (std::size_t i = 1; i <= std::max(tours, std::size_t{1}); ++i) {
        units.push_back(late_unit(i, rule));
    }
    return units;
}

} // namespace schedule
