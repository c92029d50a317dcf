#include "schedule/construct.hpp"

#include "schedule/tours.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <queue>
#include <set>
#include <tuple>

namespace schedule {

namespace {

/// A gap of a zone that is too long: from call `next` - 1 (or the origin) to call `next` (or the
/// horizon's end).
struct Due {
    Minute limit = 0;
    std::size_t zone = 0;
    std::size_t next = 0;

    friend bool operator>(const Due& a, const Due& b) {
        return std::tie(a.limit, a.zone, a.next) > std::tie(b.limit, b.zone, b.next);
    }
};

class DeadlineFirst {
  public:
    DeadlineFirst(Draft& draft, const Style& style) : draft_(draft), style_(style) {}

    void run() {
        for (std::size_t z = 0; z < draft_.ground().zones(); ++z) {
            look_for_gap(z, 0);
        }
        while (!due_.empty()) {
            const Due due = due_.top();
            due_.pop();
            const std::optional<Insertion> chosen = choose(due);
            if (chosen) {
                draft_.insert(*chosen);
            }
            look_for_gap(due.zone, due.next + 1);
        }
    }

  private:
    Minute limit(std::size_t zone, std::size_t next) const {
        return style_.to_the_limit ? draft_.hard_limit_before(zone, next)
                                   : draft_.aim_limit_before(zone, next);
    }

    /// Notes the first gap of the zone that is too long, from the one before call `next` on.
    void look_for_gap(std::size_t zone, std::size_t next) {
        const std::vector<Call>& calls = draft_.calls(zone);
        for (; next <= calls.size(); ++next) {
            const Minute end = next < calls.size() ? calls[next].start : draft_.ground().length();
            if (limit(zone, next) < end) {
                due_.push({limit(zone, next), zone, next});
                return;
            }
        }
    }

    /// In hours: early visits waste some of the gap, late ones cost 20 times that, and 1000 times
    /// beyond the rule.
    double cost(const Insertion& insertion, Minute limit, Minute hard) const {
        const double early = std::max(limit - insertion.start, 0) / 60.0;
        const double late = std::max(insertion.start - limit, 0) / 60.0;
        const double beyond = std::max(insertion.start - hard, 0) / 60.0;
        return early + 20 * late + 1000 * beyond + style_.hours_a_minute * insertion.detour;
    }

    std::optional<Insertion> choose(const Due& due) const {
        const std::vector<Call>& calls = draft_.calls(due.zone);
        const Minute begin = due.next > 0 ? calls[due.next - 1].start : 0;
        const Minute end =
            due.next < calls.size() ? calls[due.next].start : draft_.ground().length();
        std::optional<Insertion> best = cheapest(due, begin, std::min(due.limit, end));
        // Late is late: look a little further at a time, so that the search stays local.
        for (Minute from = std::max(due.limit, begin) + 1; !best && from < end;
             from += day_length) {
            best = cheapest(due, from, std::min(from + day_length - 1, end));
        }
        return best;
    }

    std::optional<Insertion> cheapest(const Due& due, Minute earliest, Minute latest) const {
        std::optional<Insertion> best;
        double least = std::numeric_limits<double>::infinity();
        const std::vector<Turn>& turns = draft_.ground().turns();
        const Minute hard = draft_.hard_limit_before(due.zone, due.next);
        for (std::size_t k = 0; k < turns.size() && turns[k].from <= latest; ++k) {
            draft_.each_insertion(due.zone, k, earliest, latest, [&](const Insertion& tried) {
                const double its_cost = cost(tried, due.limit, hard);
                if (its_cost < least) {
                    least = its_cost;
                    best = tried;
                }
            });
        }
        return best;
    }

    static constexpr Minute day_length = 24 * 60;

    Draft& draft_;
    const Style& style_;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
};

/// Greedy insertion with a table of the best insertion of each zone in each turn, kept up to date
/// as visits are added.
class Filler {
  public:
    using Noise = std::function<double(std::size_t, std::size_t)>;

    Filler(Draft& draft, std::span<const std::size_t> turns, std::span<const std::size_t> zones,
           const Noise& noise)
        : draft_(draft), turns_(turns), noise_(noise), names_(zones), zones_(zones.size()),
          options_(turns.size() * zones_), top_(turns.size(), 0) {}

    void run() {
        for (std::size_t i = 0; i < turns_.size(); ++i) {
            hope_for_turn(i);
        }
        for (;;) {
            const std::size_t i = best_turn();
            if (i == turns_.size()) {
                return;
            }
            const std::size_t zone = top_[i];
            Option& top = options_[i * zones_ + zone];
            const double expected = top.rate;
            rate(i, zone); // stops that made room elsewhere may have changed it
            if (top.rate < 0.99 * expected || top.rate <= 0) {
                find_top(i);
                continue;
            }
            const Insertion made = top.insertion;
            draft_.insert(made);
            if (made.pushes) {
                hope_for_turn(i);
            } else {
                update_turn(i, made.position);
            }
            rate_zone(zone, made.start);
        }
    }

  private:
    /// The best insertion of a zone in a turn; none where the rate is 0. Looked for only when it
    /// could be the best of its turn.
    enum class Known { insertion, hope, first_hope };
    struct Option {
        double rate = 0;
        Known known = Known::insertion; ///< else the rate is no more than what it could be at best
        Insertion insertion;
    };

    Minute last() const { return draft_.ground().length(); }

    Option option(std::size_t i, std::size_t zone,
                  std::pair<std::size_t, std::size_t> positions) const {
        const auto insertion = draft_.best_insertion(names_[zone], turns_[i], positions);
        const double rate = insertion ? draft_.rate(*insertion) : 0;
        if (rate <= 0) {
            return {};
        }
        return {noise_ ? rate * noise_(names_[zone], turns_[i]) : rate, Known::insertion,
                *insertion};
    }

    void rate(std::size_t i, std::size_t zone) {
        options_[i * zones_ + zone] = option(i, zone, {0, draft_.stops(turns_[i]).size()});
    }

    void hope(std::size_t i, std::size_t zone, Known how) {
        const double rate = how == Known::hope ? draft_.best_hope(names_[zone], turns_[i])
                                               : draft_.first_hope(names_[zone], turns_[i]);
        options_[i * zones_ + zone] = {noise_ ? rate * noise_(names_[zone], turns_[i]) : rate,
                                       rate > 0 ? how : Known::insertion,
                                       {}};
    }

    void find_top(std::size_t i) {
        const auto row = options_.begin() + static_cast<std::ptrdiff_t>(i * zones_);
        do {
            top_[i] = static_cast<std::size_t>(
                std::max_element(row, row + static_cast<std::ptrdiff_t>(zones_),
                                 [](const Option& a, const Option& b) { return a.rate < b.rate; }) -
                row);
            switch (options_[i * zones_ + top_[i]].known) {
            case Known::first_hope:
                hope(i, top_[i], Known::hope);
                break;
            case Known::hope:
                rate(i, top_[i]);
                break;
            case Known::insertion:
                return;
            }
        } while (true);
    }

    void hope_for_turn(std::size_t i) {
        for (std::size_t z = 0; z < zones_; ++z) {
            hope(i, z, Known::first_hope);
        }
        find_top(i);
    }

    /// After a stop was added: only the places before and after it are new.
    void update_turn(std::size_t i, std::size_t position) {
        for (std::size_t z = 0; z < zones_; ++z) {
            Option& known = options_[i * zones_ + z];
            if (known.known != Known::insertion) {
                continue;
            }
            if (known.rate > 0 &&
                (known.insertion.position == position || !draft_.affords(known.insertion))) {
                rate(i, z);
                continue;
            }
            known.insertion.position += known.insertion.position > position ? 1 : 0;
            const Option beside = option(i, z, {position, position + 1});
            if (beside.rate > known.rate) {
                known = beside;
            }
        }
        find_top(i);
    }

    /// The zone's rates change only in turns between its calls before and after the new one.
    void rate_zone(std::size_t zone, Minute start) {
        const std::vector<Call>& calls = draft_.calls(names_[zone]);
        const auto own = std::find_if(calls.begin(), calls.end(),
                                      [&](const Call& c) { return c.start == start; });
        Minute from = own == calls.begin() ? 0 : std::prev(own)->start;
        Minute to = std::next(own) == calls.end() ? last() : std::next(own)->start;
        if (draft_.ground().wants_visits()) {
            // What is wished for in the week may have been met.
            const Minute week = start - start % Ground::week;
            from = std::min(from, week);
            to = std::max(to, week + Ground::week);
        }
        for (std::size_t i = 0; i < turns_.size(); ++i) {
            const Turn& turn = draft_.ground().turns()[turns_[i]];
            if (turn.to >= from && turn.from <= to) {
                hope(i, zone, Known::first_hope);
                find_top(i);
            }
        }
    }

    std::size_t best_turn() const {
        std::size_t best = turns_.size();
        double best_rate = 0;
        for (std::size_t i = 0; i < turns_.size(); ++i) {
            const double rate = options_[i * zones_ + top_[i]].rate;
            if (rate > best_rate) {
                best_rate = rate;
                best = i;
            }
        }
        return best;
    }

    Draft& draft_;
    std::span<const std::size_t> turns_;
    const Noise& noise_;
    std::span<const std::size_t> names_; ///< of the zones, which go by their places in it here
    std::size_t zones_;
    std::vector<Option> options_;
    std::vector<std::size_t> top_;
};

/// Whole tours in turn.
class Rounds {
  public:
    Rounds(Draft& draft, double share) : draft_(draft), ground_(draft.ground()) {
        for (const std::vector<std::size_t>& zones : zones_served_alike()) {
            cut(zones, share);
        }
    }

    void run() {
        for (std::size_t k = 0; k < ground_.turns().size(); ++k) {
            std::vector<std::size_t> order = by_deadline(k);
            for (const std::size_t tour : order) {
                if (walk(tours_[tour], k)) {
                    break;
                }
            }
        }
    }

  private:
    /// Zones that the same units serve, in groups.
    std::vector<std::vector<std::size_t>> zones_served_alike() const {
        std::map<std::vector<bool>, std::vector<std::size_t>> groups;
        for (std::size_t z = 0; z < ground_.zones(); ++z) {
            std::vector<bool> servers;
            for (const Turn& turn : ground_.turns()) {
                servers.resize(std::max(servers.size(), turn.unit + 1));
                servers[turn.unit] = ground_.serves(turn.unit, z);
            }
            groups[servers].push_back(z);
        }
        std::vector<std::vector<std::size_t>> result;
        for (auto& [servers, zones] : groups) {
            if (std::find(servers.begin(), servers.end(), true) != servers.end()) {
                result.push_back(std::move(zones));
            }
        }
        return result;
    }

    /// Cuts to the commonest limits of the turns that serve the zones, at the slowest of their
    /// speeds.
    void cut(const std::vector<std::size_t>& zones, double share) {
        std::map<std::pair<Minute, std::size_t>, int> limits; // budget and most visits
        std::set<std::size_t> speeds;
        for (const Turn& turn : ground_.turns()) {
            if (ground_.serves(turn.unit, zones.front())) {
                ++limits[{turn.budget, turn.most_visits}];
                speeds.insert(turn.speed);
            }
        }
        Ways ways(zones.size(), std::vector<Minute>(zones.size(), 0));
        for (std::size_t i = 0; i < zones.size(); ++i) {
            for (std::size_t j = 0; j < zones.size(); ++j) {
                for (const std::size_t speed : speeds) {
                    ways[i][j] = std::max(ways[i][j], ground_.travel(speed, zones[i], zones[j]));
                }
            }
        }
        const auto [budget, most_visits] =
            std::max_element(limits.begin(), limits.end(), [](const auto& a, const auto& b) {
                return a.second < b.second;
            })->first;
        for (const auto& tour :
             cut_into_tours(round_trip(ways), ways,
                            {ground_.visit(), static_cast<Minute>(share * budget), most_visits})) {
            std::vector<std::size_t>& named = tours_.emplace_back();
            for (const std::size_t i : tour) {
                named.push_back(zones[i]);
            }
        }
    }

    Minute deadline(const std::vector<std::size_t>& tour) const {
        Minute least = std::numeric_limits<Minute>::max();
        for (const std::size_t z : tour) {
            least = std::min(least, draft_.hard_limit_before(z, draft_.calls(z).size()));
        }
        return least;
    }

    std::vector<std::size_t> by_deadline(std::size_t turn) const {
        std::vector<std::pair<Minute, std::size_t>> due;
        for (std::size_t i = 0; i < tours_.size(); ++i) {
            if (ground_.serves(ground_.turns()[turn].unit, tours_[i].front())) {
                due.emplace_back(deadline(tours_[i]), i);
            }
        }
        std::sort(due.begin(), due.end());
        std::vector<std::size_t> order;
        order.reserve(due.size());
        for (const auto& [at, tour] : due) {
            order.push_back(tour);
        }
        return order;
    }

    /// Appends the tour's stops to the turn as far as they fit; whether any did.
    bool walk(const std::vector<std::size_t>& tour, std::size_t turn) {
        bool any = false;
        for (const std::size_t zone : tour) {
            if (const auto stop = draft_.append(zone, turn)) {
                draft_.insert(*stop);
                any = true;
            }
        }
        return any;
    }

    Draft& draft_;
    const Ground& ground_;
    std::vector<std::vector<std::size_t>> tours_;
};

/// The stop to append to a turn's tour, as early as possible; nothing when none fits.
std::optional<Insertion> next_of_tour(const Draft& draft, std::size_t turn, double hours_a_minute) {
    const Ground& ground = draft.ground();
    const Turn& t = ground.turns()[turn];
    std::optional<Insertion> best;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t z = 0; z < ground.zones(); ++z) {
        const Minute deadline = draft.hard_limit_before(z, draft.calls(z).size());
        if (!ground.serves(t.unit, z) || deadline / 60.0 >= least) {
            continue;
        }
        const std::optional<Insertion> end = draft.append(z, turn);
        if (!end) {
            continue;
        }
        const bool first = draft.stops(turn).empty();
        const double cost = deadline / 60.0 + (first ? 0 : hours_a_minute * end->detour);
        if (cost < least) {
            least = cost;
            best = end;
        }
    }
    return best;
}

/// The first allowed start from `low` to `high`, or nothing; looks at a few only.
std::optional<Minute> first_allowed(const Draft& draft, std::size_t turn, std::size_t position,
                                    Minute low, Minute high) {
    constexpr Minute looks = 5;
    for (Minute start = low; start <= high && start < low + looks; ++start) {
        if (draft.may_start(turn, position, start)) {
            return start;
        }
    }
    return std::nullopt;
}

} // namespace

void visit_in_rounds(Draft& draft, double share) {
    Rounds(draft, share).run();
}

void visit_in_tours(Draft& draft, double hours_a_minute) {
    for (std::size_t k = 0; k < draft.ground().turns().size(); ++k) {
        while (const auto next = next_of_tour(draft, k, hours_a_minute)) {
            draft.insert(*next);
        }
    }
}

bool slide(Draft& draft, std::size_t turn, Minute by) {
    const std::vector<Stop> stops = draft.stops(turn);
    const auto put = [&](Minute shift) {
        return std::all_of(stops.begin(), stops.end(), [&](const Stop& stop) {
            return draft.place(turn, {stop.zone, stop.start + shift, stop.hold});
        });
    };
    const auto take_all = [&] {
        for (std::size_t i = draft.stops(turn).size(); i-- > 0;) {
            draft.remove(turn, i);
        }
    };
    if (std::any_of(stops.begin(), stops.end(),
                    [](const Stop& stop) { return stop.hold == Hold::issued; })) {
        return false;
    }
    take_all();
    if (put(by)) {
        return true;
    }
    take_all();
    put(0);
    return false;
}

void slide_to_best(Draft& draft, std::size_t turn) {
    constexpr Minute parts = 8;
    if (draft.stops(turn).empty()) {
        return;
    }
    const Turn& t = draft.ground().turns()[turn];
    const Minute low = draft.room(turn, 0).first - draft.stops(turn).front().start;
    const Minute last = draft.stops(turn).back().start + draft.ground().visit();
    const Minute span = t.to - last - low;
    Minute at = 0; // how far the turn has been slid from where it was
    Minute best = 0;
    double best_score = draft.score();
    for (Minute part = 0; part <= parts && span > 0; ++part) {
        // One minute off the round part of every other try: a clock time that is taken is no reason
        // to stay.
        const Minute to = low + std::min(span, span * part / parts + part % 2);
        if (slide(draft, turn, to - at)) {
            at = to;
            if (draft.score() > best_score) {
                best_score = draft.score();
                best = to;
            }
        }
    }
    slide(draft, turn, best - at);
}

void visit_by_deadline(Draft& draft, const Style& style) {
    DeadlineFirst(draft, style).run();
}

void fill(Draft& draft, std::span<const std::size_t> turns, std::span<const std::size_t> zones,
          const std::function<double(std::size_t, std::size_t)>& noise) {
    if (!zones.empty()) {
        Filler(draft, turns, zones, noise).run();
    }
}

void fill(Draft& draft) {
    std::vector<std::size_t> turns(draft.ground().turns().size());
    std::iota(turns.begin(), turns.end(), std::size_t{0});
    std::vector<std::size_t> zones(draft.ground().zones());
    std::iota(zones.begin(), zones.end(), std::size_t{0});
    fill(draft, turns, zones);
}

bool relocate_stop(Draft& draft, std::size_t turn, std::size_t position, double minute_worth,
                   std::span<const std::size_t> others) {
    const Stop stop = draft.stops(turn)[position];
    const std::vector<Turn>& turns = draft.ground().turns();
    const std::vector<Call> calls = draft.calls(stop.zone);
    const auto after = std::find_if(calls.begin(), calls.end(),
                                    [&](const Call& call) { return call.start > stop.start; });
    const bool first = calls.front().start == stop.start;
    const Minute from = first ? 0 : std::prev(after, 2)->start;
    const Minute to = after == calls.end() ? draft.ground().length() : after->start;
    const Minute used = draft.used(turn);
    const double before = draft.score();
    draft.remove(turn, position);
    // What staying is worth, measured like everything else.
    const double stays = before - draft.score() - minute_worth * (used - draft.used(turn));
    double most = stays + 1e-9;
    std::optional<Insertion> best;
    const auto look_into = [&](std::size_t k) {
        if (turns[k].from >= to || turns[k].to <= from) {
            return;
        }
        draft.each_insertion(stop.zone, k, from, to, [&](const Insertion& tried) {
            const double worth =
                draft.net_gain(tried) - minute_worth * (tried.detour + draft.ground().visit());
            if (worth > most) {
                most = worth;
                best = tried;
            }
        });
    };
    look_into(turn);
    for (const std::size_t other : others) {
        if (other != turn) {
            look_into(other);
        }
    }
    if (best) {
        draft.insert(*best);
    } else {
        draft.place(turn, stop);
    }
    return best.has_value();
}

void relocate(Draft& draft, double minute_worth) {
    std::vector<std::size_t> turns(draft.ground().turns().size());
    std::iota(turns.begin(), turns.end(), std::size_t{0});
    for (std::size_t z = 0; z < draft.ground().zones(); ++z) {
        for (const Call& call : std::vector<Call>(draft.calls(z))) {
            const std::vector<Stop>& stops = draft.stops(call.turn);
            const auto at = std::find_if(stops.begin(), stops.end(), [&](const Stop& stop) {
                return stop.zone == z && stop.start == call.start;
            });
            if (at != stops.end() && at->hold == Hold::free) {
                relocate_stop(draft, call.turn, static_cast<std::size_t>(at - stops.begin()),
                              minute_worth, turns);
            }
        }
    }
}

void pack(Draft& draft, std::size_t turn) {
    // A visit moved to another hour may lose some of its worth; one more visit in the turn is worth
    // about 1.
    constexpr double most_lost = 0.2;
    for (std::size_t i = 0; i < draft.stops(turn).size(); ++i) {
        const Stop stop = draft.stops(turn)[i];
        if (stop.hold != Hold::free) {
            continue;
        }
        const Minute low = draft.room(turn, i).first;
        const auto start = first_allowed(draft, turn, i, low, stop.start - 1);
        if (start && draft.move_gain(turn, i, *start) >= -most_lost) {
            draft.move(turn, i, *start);
        }
    }
}

namespace {

/// The best starts of a turn's stops in their order, by dynamic programming over stops and minutes.
class Timing {
  public:
    Timing(const Draft& draft, std::size_t turn)
        : draft_(draft), turn_(turn), t_(draft.ground().turns()[turn]),
          width_(static_cast<std::size_t>(t_.to - draft.ground().visit() - t_.from + 1)),
          best_(draft.stops(turn).size() * width_) {}

    std::vector<Minute> run() {
        const std::size_t count = draft_.stops(turn_).size();
        for (std::size_t i = 0; i < count; ++i) {
            place(i);
        }
        std::vector<Minute> starts(count);
        Minute latest = t_.to - draft_.ground().visit();
        for (std::size_t i = count; i-- > 0;) {
            starts[i] = at(i, latest).start;
            latest = latest_before(i, starts[i]);
        }
        return starts;
    }

  private:
    /// The most that the stops up to one can gain when it starts by a minute, and when it does.
    struct Best {
        double gain = -std::numeric_limits<double>::infinity();
        Minute start = 0;
    };

    Best& at(std::size_t stop, Minute start) {
        return best_[stop * width_ + static_cast<std::size_t>(start - t_.from)];
    }

    /// The latest start of the stop before `stop` if that starts then.
    Minute latest_before(std::size_t stop, Minute start) const {
        const Ground& ground = draft_.ground();
        const std::vector<Stop>& stops = draft_.stops(turn_);
        const Minute way = stop == 0
                               ? ground.first_leg(t_.unit, stops[0].zone)
                               : ground.travel(t_.speed, stops[stop - 1].zone, stops[stop].zone);
        return t_.before(start, way) - (stop == 0 ? 0 : ground.visit());
    }

    bool stays(std::size_t stop) const {
        const std::vector<Stop>& stops = draft_.stops(turn_);
        return stops[stop].hold != Hold::free ||
               std::count_if(stops.begin(), stops.end(),
                             [&](const Stop& other) { return other.zone == stops[stop].zone; }) > 1;
    }

    void place(std::size_t stop) {
        const Minute now = draft_.stops(turn_)[stop].start;
        const bool fixed = stays(stop);
        const Minute last = t_.from + static_cast<Minute>(width_) - 1;
        const std::vector<double> gains =
            fixed ? std::vector<double>{} : draft_.move_gains(turn_, stop, t_.from, last);
        Best best;
        for (Minute start = t_.from; start <= last; ++start) {
            const Minute before = latest_before(stop, start);
            if (before >= t_.from && (start == now || !fixed)) {
                const double so_far = stop == 0 ? 0 : at(stop - 1, before).gain;
                // A little for staying.
                const double gain =
                    so_far +
                    (start == now ? 1e-9 : gains[static_cast<std::size_t>(start - t_.from)]);
                if (gain > best.gain) {
                    best = {gain, start};
                }
            }
            at(stop, start) = best;
        }
    }

    const Draft& draft_;
    std::size_t turn_;
    const Turn& t_;
    std::size_t width_;
    std::vector<Best> best_;
};

} // namespace

void retime(Draft& draft, std::size_t turn) {
    if (draft.stops(turn).empty()) {
        return;
    }
    const std::vector<Minute> starts = Timing(draft, turn).run();
    for (std::size_t i = 0; i < starts.size(); ++i) {
        if (draft.stops(turn)[i].start != starts[i]) {
            draft.move(turn, i, starts[i]);
        }
    }
}

void draw_starts(Draft& draft, Minute reach) {
    const Ground& ground = draft.ground();
    for (std::size_t k = 0; k < ground.turns().size(); ++k) {
        for (std::size_t i = 0; i < draft.stops(k).size(); ++i) {
            const Stop stop = draft.stops(k)[i];
            const Minute hour = stop.start - stop.start % Ground::bin;
            const auto room = draft.room(k, i);
            const Minute low = std::max({room.first, stop.start - reach, hour});
            const Minute high = std::min({room.second, stop.start + reach, hour + Ground::bin - 1});
            if (stop.hold != Hold::free || low >= high) {
                continue;
            }
            const auto choices = static_cast<std::uint64_t>(high - low) + 1;
            const Minute drawn =
                low + static_cast<Minute>(mix(ground.chance(stop.zone, stop.start)) % choices);
            const auto start = first_allowed(draft, k, i, drawn, high);
            // Within the hour the worth is the same; what else could be lost is the rule's.
            if (start && draft.move_gain(k, i, *start) > -1) {
                draft.move(k, i, *start);
            }
        }
    }
}

} // namespace schedule
