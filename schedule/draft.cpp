#include "schedule/draft.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace schedule {

Draft::Draft(const Ground& ground)
    : ground_(&ground), stops_(ground.turns().size()), calls_(ground.zones()),
      tails_(ground.zones(), 0), used_(ground.turns().size(), 0), loads_(ground),
      in_week_(ground.wants_visits() ? ground.zones() * ground.weeks() : 0, 0) {
    reweigh(weights_);
}

void Draft::reweigh(const Weights& weights) {
    weights_ = weights;
    score_ = 0;
    for (std::size_t z = 0; z < calls_.size(); ++z) {
        for (std::size_t i = 0; i <= calls_[z].size(); ++i) {
            set_merit(z, i);
            score_ += held(z, i);
        }
        score_ += wishes_met(z);
    }
    for (std::size_t k = 0; k < stops_.size(); ++k) {
        const auto visiting = static_cast<Minute>(stops_[k].size()) * ground_->visit();
        score_ -= weights_.travel * (used_[k] - visiting);
    }
    score_ -= weights_.uneven * loads_.unevenness();
    mark();
}

void Draft::mark() {
    journal_.clear();
    score_at_mark_ = score_;
}

void Draft::undo() {
    while (!journal_.empty()) {
        const Change change = journal_.back();
        if (change.added) {
            take(change.turn, change.position);
        } else {
            add(change.turn, change.position, change.stop);
        }
        journal_.resize(journal_.size() - 2); // the change, and what taking it back noted
    }
    score_ = score_at_mark_;
}

Draft::Absence Draft::absence_from(Minute start) const {
    const Minute end = start + ground_->visit();
    return {end, ground_->hard_limit(end), ground_->aim_limit(end), 0, 1, ground_->clock(start)};
}

Draft::Absence Draft::absence_after(std::size_t zone, std::optional<std::size_t> call) const {
    if (call) {
        return absence_from(calls_[zone][*call].start);
    }
    const Origin& origin = ground_->origin(zone);
    return {origin.end,
            origin.hard,
            origin.aim,
            origin.attended ? 0 : ground_->max_gap(),
            origin.overdue ? weights_.overdue : 1,
            origin.clock};
}

double Draft::lateness(const Absence& absence, Minute next) const {
    const Minute late = next - absence.hard;
    if (late <= 0) {
        return 0;
    }
    const Minute gap = ground_->max_gap();
    const Minute missed = (late + gap - 1) / gap;
    return weights_.missed * missed + weights_.late * absence.factor * late / gap;
}

double Draft::penalty(const Absence& absence, Minute next) const {
    const Minute beyond = next - absence.aim;
    if (beyond <= 0) {
        return 0;
    }
    return lateness(absence, next) + weights_.beyond_aim + weights_.beyond_hour * beyond / 60.0;
}

double Draft::merit(std::size_t zone, const Absence& absence, Minute start) const {
    return ground_->worth(zone, start) * ground_->faded(start - absence.since + absence.credit) -
           penalty(absence, start) -
           (absence.clock == ground_->clock(start) ? weights_.same_clock : 0);
}

double Draft::merit_to(std::size_t zone, const Absence& absence, std::size_t after) const {
    return after < calls_[zone].size() ? merit(zone, absence, calls_[zone][after].start)
                                       : -penalty(absence, ground_->length());
}

double Draft::lateness() const {
    double sum = 0;
    for (std::size_t z = 0; z < calls_.size(); ++z) {
        Absence absence = absence_after(z, std::nullopt);
        for (const Call& call : calls_[z]) {
            sum -= lateness(absence, call.start);
            absence = absence_from(call.start);
        }
        sum -= lateness(absence, ground_->length());
    }
    return sum;
}

Minute Draft::hard_limit_before(std::size_t zone, std::size_t next) const {
    const auto before = next > 0 ? std::optional(next - 1) : std::nullopt;
    return absence_after(zone, before).hard;
}

Minute Draft::aim_limit_before(std::size_t zone, std::size_t next) const {
    const auto before = next > 0 ? std::optional(next - 1) : std::nullopt;
    return absence_after(zone, before).aim;
}

Draft::Neighbours Draft::around(std::size_t zone, Minute start) const {
    const std::vector<Call>& calls = calls_[zone];
    const auto next = std::lower_bound(calls.begin(), calls.end(), start,
                                       [](const Call& c, Minute t) { return c.start < t; });
    const auto after = static_cast<std::size_t>(next - calls.begin());
    return {after > 0 ? std::optional(after - 1) : std::nullopt, after};
}

void Draft::set_merit(std::size_t zone, std::size_t call) {
    const auto before = call > 0 ? std::optional(call - 1) : std::nullopt;
    const double merit = merit_to(zone, absence_after(zone, before), call);
    (call < calls_[zone].size() ? calls_[zone][call].merit : tails_[zone]) = merit;
}

/// Merit of a call that begins then, and of what comes after it.
double Draft::merit_with(std::size_t zone, Neighbours near, Minute start) const {
    return merit(zone, absence_after(zone, near.before), start) +
           merit_to(zone, absence_from(start), near.after);
}

double Draft::gain_of(std::size_t zone, Neighbours near, Minute start) const {
    return merit_with(zone, near, start) - held(zone, near.after);
}

double Draft::wish(std::size_t zone, Minute start, std::optional<Minute> without) const {
    if (in_week_.empty()) {
        return 0;
    }
    const std::size_t week = Ground::week_of(start);
    int calls = in_week_[zone * ground_->weeks() + week];
    calls -= without && Ground::week_of(*without) == week ? 1 : 0;
    return calls < ground_->wanted(zone, start) ? weights_.wanted : 0;
}

double Draft::wishes_met(std::size_t zone) const {
    double met = 0;
    for (std::size_t w = 0; w < ground_->weeks() && !in_week_.empty(); ++w) {
        const std::uint16_t wanted = ground_->wanted(zone, static_cast<Minute>(w) * Ground::week);
        met += std::min(in_week_[zone * ground_->weeks() + w], wanted);
    }
    return weights_.wanted * met;
}

bool Draft::apart(std::size_t zone, Neighbours near, Minute start) const {
    const std::vector<Call>& calls = calls_[zone];
    const Minute least = ground_->visit() + ground_->least_apart();
    const int clock = ground_->clock(start);
    if (near.before) {
        const Minute before = calls[*near.before].start;
        if (start - before < least || ground_->clock(before) == clock) {
            return false;
        }
    } else if (ground_->origin(zone).clock == clock) {
        return false;
    }
    if (near.after == calls.size()) {
        return true;
    }
    const Minute after = calls[near.after].start;
    return after - start >= least && ground_->clock(after) != clock;
}

std::size_t Draft::call_index(std::size_t zone, std::size_t turn, Minute start) const {
    std::size_t index = around(zone, start).after;
    while (calls_[zone][index].turn != turn) {
        ++index;
    }
    return index;
}

Minute Draft::leg_to(std::size_t turn, std::size_t position, std::size_t zone) const {
    const Turn& t = ground_->turns()[turn];
    return position == 0 ? ground_->first_leg(t.unit, zone)
                         : ground_->travel(t.speed, stops_[turn][position - 1].zone, zone);
}

Minute Draft::leg_from(std::size_t turn, std::size_t zone, std::size_t next) const {
    const std::vector<Stop>& stops = stops_[turn];
    return next < stops.size()
               ? ground_->travel(ground_->turns()[turn].speed, zone, stops[next].zone)
               : 0;
}

Minute Draft::detour(std::size_t turn, std::size_t position, std::size_t zone) const {
    const bool last = position == stops_[turn].size();
    const Minute direct = last ? 0 : leg_to(turn, position, stops_[turn][position].zone);
    return leg_to(turn, position, zone) + leg_from(turn, zone, position) - direct;
}

std::pair<Minute, Minute> Draft::gap_at(std::size_t turn, std::size_t position,
                                        std::size_t zone) const {
    const Turn& t = ground_->turns()[turn];
    const std::vector<Stop>& stops = stops_[turn];
    const Minute free_from = position == 0 ? t.from : stops[position - 1].start + ground_->visit();
    const Minute free_to = position == stops.size() ? t.to : stops[position].start;
    return {t.open_from(t.after(free_from, leg_to(turn, position, zone)), ground_->visit()),
            t.open_until(t.before(free_to, leg_from(turn, zone, position)) - ground_->visit(),
                         ground_->visit())};
}

std::optional<Insertion> Draft::append(std::size_t zone, std::size_t turn) const {
    constexpr Minute looks = 3;
    const std::size_t position = stops_[turn].size();
    const auto [low, high] = gap_at(turn, position, zone);
    const Minute extra = detour(turn, position, zone);
    const Turn& t = ground_->turns()[turn];
    if (used_[turn] + ground_->visit() + extra > t.budget || position >= t.most_visits) {
        return std::nullopt;
    }
    for (Minute start = low; start <= std::min(high, low + looks); ++start) {
        const Neighbours near = around(zone, start);
        if (near.after == calls_[zone].size() && t.open(start, ground_->visit()) &&
            apart(zone, near, start)) {
            return Insertion{
                zone,  turn,  position,
                start, extra, gain_of(zone, near, start) + wish(zone, start, std::nullopt)};
        }
    }
    return std::nullopt;
}

double Draft::net_gain(const Insertion& insertion) const {
    const std::size_t unit = ground_->turns()[insertion.turn].unit;
    return insertion.gain - weights_.travel * insertion.detour -
           weights_.uneven * loads_.change(unit, ground_->visit() + insertion.detour);
}

double Draft::rate(const Insertion& insertion) const {
    const double net = net_gain(insertion);
    return net > 0 ? net / (ground_->visit() + insertion.detour) : net;
}

namespace {

/// Whether the stop's zone is among those of the stops pushed: then gains do not add up.
bool among(const std::vector<std::pair<std::size_t, Minute>>& pushed,
           const std::vector<Stop>& stops, std::size_t stop) {
    return std::any_of(pushed.begin(), pushed.end(),
                       [&](const auto& one) { return stops[one.first].zone == stops[stop].zone; });
}

} // namespace

bool Draft::push_later(const Insertion& made, std::vector<std::pair<std::size_t, Minute>>& pushed,
                       double& gain) const {
    const Turn& t = ground_->turns()[made.turn];
    const std::vector<Stop>& stops = stops_[made.turn];
    std::size_t before = made.zone;
    Minute end = made.start + ground_->visit();
    for (std::size_t i = made.position; i < stops.size(); ++i) {
        Minute start = t.open_from(t.after(end, ground_->travel(t.speed, before, stops[i].zone)),
                                   ground_->visit());
        if (start <= stops[i].start) {
            return true;
        }
        if (start + ground_->visit() >= t.to) {
            return false; // the next minute is looked at, too
        }
        if (stops[i].hold != Hold::free || stops[i].zone == made.zone || pushed.size() > 5) {
            return false;
        }
        if (among(pushed, stops, i) ||
            (!may_start(made.turn, i, start) && !may_start(made.turn, i, ++start))) {
            return false;
        }
        gain += move_gain(made.turn, i, start);
        pushed.emplace_back(i, start);
        before = stops[i].zone;
        end = start + ground_->visit();
    }
    return end <= t.to;
}

bool Draft::push_earlier(const Insertion& made, std::vector<std::pair<std::size_t, Minute>>& pushed,
                         double& gain) const {
    const Turn& t = ground_->turns()[made.turn];
    const std::vector<Stop>& stops = stops_[made.turn];
    std::size_t after = made.zone;
    Minute begin = made.start;
    for (std::size_t i = made.position; i-- > 0;) {
        Minute start = t.open_until(
            t.before(begin, ground_->travel(t.speed, stops[i].zone, after)) - ground_->visit(),
            ground_->visit());
        if (start >= stops[i].start) {
            return true;
        }
        if (start <= t.from) {
            return false; // the minute before is looked at, too
        }
        if (stops[i].hold != Hold::free || stops[i].zone == made.zone || pushed.size() > 5) {
            return false;
        }
        if (among(pushed, stops, i) ||
            (!may_start(made.turn, i, start) && !may_start(made.turn, i, --start))) {
            return false;
        }
        gain += move_gain(made.turn, i, start);
        pushed.emplace_back(i, start);
        after = stops[i].zone;
        begin = start;
    }
    return t.before(begin, ground_->first_leg(t.unit, after)) >= t.from;
}

/// Moves the neighbours of a visit about to be added out of its way.
void Draft::make_room(const Insertion& insertion) {
    double gain = 0;
    std::vector<std::pair<std::size_t, Minute>> pushed;
    push_later(insertion, pushed, gain);
    std::reverse(pushed.begin(), pushed.end()); // the farthest first
    for (const auto& [position, start] : pushed) {
        move(insertion.turn, position, start);
    }
    pushed.clear();
    push_earlier(insertion, pushed, gain);
    std::reverse(pushed.begin(), pushed.end());
    for (const auto& [position, start] : pushed) {
        move(insertion.turn, position, start);
    }
}

/// Keeps the insertion of the best rate seen, of one zone in one turn.
class Draft::Best {
  public:
    explicit Best(const Draft& draft) : draft_(&draft) {}

    /// Whether a visit there and then could be better and is allowed; its gain, pushes aside, is
    /// noted in it.
    bool could_be(Insertion& tried) {
        const std::size_t zone = tried.zone;
        const Neighbours& near = look_around(zone, tried.start);
        const double held = draft_->held(zone, near.after);
        const double own = draft_->merit(zone, absence_, tried.start);
        // The call after it loses by it, unless its absence was too long.
        tried.gain = own + draft_->wish(zone, tried.start, std::nullopt);
        if (held >= 0 && best_ && draft_->rate(tried) <= rate_) {
            return false;
        }
        if (!draft_->ground_->turns()[tried.turn].open(tried.start, draft_->ground_->visit()) ||
            !draft_->apart(zone, near, tried.start)) {
            return false;
        }
        tried.gain += draft_->merit_to(zone, draft_->absence_from(tried.start), near.after) - held;
        return true;
    }
    void keep(const Insertion& tried) {
        const double rate = draft_->rate(tried);
        if (!best_ || rate > rate_) {
            rate_ = rate;
            best_ = tried;
        }
    }
    void see(Insertion tried) {
        if (could_be(tried)) {
            keep(tried);
        }
    }
    const std::optional<Insertion>& get() const { return best_; }

  private:
    /// The calls around a start, which mostly are those of the start before.
    const Neighbours& look_around(std::size_t zone, Minute start) {
        const std::vector<Call>& calls = draft_->calls_[zone];
        const bool same = known_ && (!near_.before || calls[*near_.before].start < start) &&
                          (near_.after == calls.size() || calls[near_.after].start >= start);
        if (!same) {
            near_ = draft_->around(zone, start);
            absence_ = draft_->absence_after(zone, near_.before);
            known_ = true;
        }
        return near_;
    }

    const Draft* draft_;
    double rate_ = 0;
    std::optional<Insertion> best_;
    bool known_ = false;
    Neighbours near_;
    Absence absence_; ///< after the call before
};

void Draft::look_at(std::size_t zone, std::size_t turn, std::size_t position, Best& best) const {
    const auto [low, high] = gap_at(turn, position, zone);
    constexpr Minute most_pushed = 20;
    if (low - high > most_pushed) {
        return;
    }
    Insertion tried{zone, turn, position, low, detour(turn, position, zone)};
    if (!affords(tried)) {
        return;
    }
    if (low > high) {
        look_at_pushes(tried, {low, high}, best);
        return;
    }
    each_start(zone, turn, {low, high}, [&](Minute start) {
        tried.start = start;
        best.see(tried);
    });
}

/// \param starts right after the stop before, and right before the one after: too late for it.
void Draft::look_at_pushes(const Insertion& made, std::pair<Minute, Minute> starts,
                           Best& best) const {
    const Turn& t = ground_->turns()[made.turn];
    const auto try_push = [&](Minute start, auto push) {
        Insertion tried = made;
        tried.start = start;
        tried.pushes = true;
        std::vector<std::pair<std::size_t, Minute>> pushed;
        if (start >= t.from && start + ground_->visit() <= t.to && best.could_be(tried) &&
            (this->*push)(tried, pushed, tried.gain)) {
            best.keep(tried);
        }
    };
    try_push(starts.first, &Draft::push_later);
    try_push(starts.second, &Draft::push_earlier);
}

std::optional<Insertion>
Draft::best_insertion(std::size_t zone, std::size_t turn,
                      std::pair<std::size_t, std::size_t> positions) const {
    Best best(*this);
    if (may_add(zone, turn)) {
        for (std::size_t i = positions.first; i <= positions.second; ++i) {
            look_at(zone, turn, i, best);
        }
    }
    return best.get();
}

double Draft::first_hope(std::size_t zone, std::size_t turn) const {
    if (!may_add(zone, turn)) {
        return 0;
    }
    const Turn& t = ground_->turns()[turn];
    const Neighbours near = around(zone, t.from);
    for (std::size_t next = near.after;; ++next) {
        if (held(zone, next) < 0) {
            return std::numeric_limits<double>::infinity(); // a gap too long could be mended
        }
        if (next == calls_[zone].size() || calls_[zone][next].start >= t.to) {
            break;
        }
    }
    const Absence absence = absence_after(zone, near.before);
    const double own =
        ground_->most_worth(zone, turn) * ground_->faded(t.to - absence.since + absence.credit);
    return (own + (in_week_.empty() ? 0 : weights_.wanted)) / ground_->visit() -
           weights_.uneven * loads_.least_change(t.unit);
}

double Draft::best_hope(std::size_t zone, std::size_t turn) const {
    const Turn& t = ground_->turns()[turn];
    if (!may_add(zone, turn)) {
        return 0;
    }
    double most = 0;
    const std::vector<Call>& calls = calls_[zone];
    Neighbours near = around(zone, t.from);
    for (Minute at = t.from; at < t.to; at += Ground::bin) {
        const Minute start = std::min(at + Ground::bin / 2, t.to - ground_->visit());
        while (near.after < calls.size() && calls[near.after].start < start) {
            near = {near.after, near.after + 1};
        }
        const double held_now = held(zone, near.after);
        const double own = merit(zone, absence_after(zone, near.before), start);
        if (held_now < 0 || own + weights_.wanted > most) {
            most = std::max(most, own + merit_to(zone, absence_from(start), near.after) - held_now +
                                      wish(zone, start, std::nullopt));
        }
    }
    return most / ground_->visit() - weights_.uneven * loads_.least_change(t.unit);
}

/// Of the turn's budget; negative minutes are given back.
void Draft::spend(std::size_t turn, Minute minutes) {
    const std::size_t unit = ground_->turns()[turn].unit;
    score_ -= weights_.uneven * loads_.change(unit, minutes);
    loads_.add(unit, minutes);
    used_[turn] += minutes;
}

void Draft::add(std::size_t turn, std::size_t position, Stop stop) {
    const Minute extra = detour(turn, position, stop.zone);
    const std::size_t call = around(stop.zone, stop.start).after;
    score_ +=
        wish(stop.zone, stop.start, std::nullopt) - held(stop.zone, call) - weights_.travel * extra;
    if (!in_week_.empty()) {
        ++in_week_[stop.zone * ground_->weeks() + Ground::week_of(stop.start)];
    }
    spend(turn, ground_->visit() + extra);
    ++visits_;
    stops_[turn].insert(stops_[turn].begin() + static_cast<std::ptrdiff_t>(position), stop);
    calls_[stop.zone].insert(calls_[stop.zone].begin() + static_cast<std::ptrdiff_t>(call),
                             {stop.start, turn});
    set_merit(stop.zone, call);
    set_merit(stop.zone, call + 1);
    score_ += held(stop.zone, call) + held(stop.zone, call + 1);
    journal_.push_back({true, turn, position, stop});
}

void Draft::take(std::size_t turn, std::size_t position) {
    const Stop stop = stops_[turn][position];
    std::vector<Call>& calls = calls_[stop.zone];
    const std::size_t call = call_index(stop.zone, turn, stop.start);
    score_ -= held(stop.zone, call) + held(stop.zone, call + 1);
    calls.erase(calls.begin() + static_cast<std::ptrdiff_t>(call));
    stops_[turn].erase(stops_[turn].begin() + static_cast<std::ptrdiff_t>(position));
    set_merit(stop.zone, call);
    const Minute extra = detour(turn, position, stop.zone);
    if (!in_week_.empty()) {
        --in_week_[stop.zone * ground_->weeks() + Ground::week_of(stop.start)];
    }
    score_ +=
        held(stop.zone, call) + weights_.travel * extra - wish(stop.zone, stop.start, std::nullopt);
    spend(turn, -(ground_->visit() + extra));
    --visits_;
    journal_.push_back({false, turn, position, stop});
}

void Draft::insert(const Insertion& insertion) {
    if (insertion.pushes) {
        make_room(insertion);
    }
    add(insertion.turn, insertion.position, {insertion.zone, insertion.start, Hold::free});
}

void Draft::remove(std::size_t turn, std::size_t position) {
    assert(stops_[turn][position].hold != Hold::issued);
    take(turn, position);
}

bool Draft::place(std::size_t turn, Stop stop) {
    const Turn& t = ground_->turns()[turn];
    const std::vector<Stop>& stops = stops_[turn];
    const auto next = std::find_if(stops.begin(), stops.end(),
                                   [&](const Stop& s) { return s.start > stop.start; });
    const auto position = static_cast<std::size_t>(next - stops.begin());
    const auto [low, high] = gap_at(turn, position, stop.zone);
    const bool fits =
        ground_->serves(t.unit, stop.zone) && low <= stop.start && stop.start <= high &&
        stops.size() < t.most_visits && t.open(stop.start, ground_->visit()) &&
        used_[turn] + ground_->visit() + detour(turn, position, stop.zone) <= t.budget &&
        apart(stop.zone, around(stop.zone, stop.start), stop.start);
    if (fits) {
        add(turn, position, stop);
    }
    return fits;
}

void Draft::move(std::size_t turn, std::size_t position, Minute start) {
    Stop stop = stops_[turn][position];
    take(turn, position);
    stop.start = start;
    add(turn, position, stop);
}

std::pair<Minute, Minute> Draft::room(std::size_t turn, std::size_t position) const {
    const Turn& t = ground_->turns()[turn];
    const std::vector<Stop>& stops = stops_[turn];
    const std::size_t zone = stops[position].zone;
    const Minute free_from = position == 0 ? t.from : stops[position - 1].start + ground_->visit();
    const Minute free_to = position + 1 == stops.size() ? t.to : stops[position + 1].start;
    return {t.open_from(t.after(free_from, leg_to(turn, position, zone)), ground_->visit()),
            t.open_until(t.before(free_to, leg_from(turn, zone, position + 1)) - ground_->visit(),
                         ground_->visit())};
}

bool Draft::may_start(std::size_t turn, std::size_t position, Minute start) const {
    const Stop& stop = stops_[turn][position];
    const std::size_t own = call_index(stop.zone, turn, stop.start);
    const Neighbours near{own > 0 ? std::optional(own - 1) : std::nullopt, own + 1};
    return ground_->turns()[turn].open(start, ground_->visit()) && apart(stop.zone, near, start);
}

double Draft::move_gain(std::size_t turn, std::size_t position, Minute start) const {
    const Stop& stop = stops_[turn][position];
    const std::size_t own = call_index(stop.zone, turn, stop.start);
    const Neighbours near{own > 0 ? std::optional(own - 1) : std::nullopt, own + 1};
    return merit_with(stop.zone, near, start) + wish(stop.zone, start, stop.start) -
           held(stop.zone, own) - held(stop.zone, own + 1) -
           wish(stop.zone, stop.start, stop.start);
}

std::vector<double> Draft::move_gains(std::size_t turn, std::size_t position, Minute first,
                                      Minute last) const {
    const Stop& stop = stops_[turn][position];
    const Turn& t = ground_->turns()[turn];
    const std::size_t own = call_index(stop.zone, turn, stop.start);
    const Neighbours near{own > 0 ? std::optional(own - 1) : std::nullopt, own + 1};
    const Absence absence = absence_after(stop.zone, near.before);
    const double now =
        held(stop.zone, own) + held(stop.zone, own + 1) + wish(stop.zone, stop.start, stop.start);
    std::vector<double> gains;
    gains.reserve(static_cast<std::size_t>(std::max(last - first + 1, 0)));
    for (Minute start = first; start <= last; ++start) {
        const bool allowed = t.open(start, ground_->visit()) && apart(stop.zone, near, start);
        gains.push_back(allowed ? merit(stop.zone, absence, start) +
                                      merit_to(stop.zone, absence_from(start), near.after) +
                                      wish(stop.zone, start, stop.start) - now
                                : -std::numeric_limits<double>::infinity());
    }
    return gains;
}

} // namespace schedule
