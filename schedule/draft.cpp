#include "schedule/draft.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace schedule {

Draft::Draft(const Ground& ground)
    : ground_(&ground), stops_(ground.turns().size()), calls_(ground.zones()),
      used_(ground.turns().size(), 0),
      in_week_(ground.wants_visits() ? ground.zones() * ground.weeks() : 0, 0) {
    reweigh(weights_);
}

void Draft::reweigh(const Weights& weights) {
    weights_ = weights;
    score_ = 0;
    for (std::size_t z = 0; z < calls_.size(); ++z) {
        score_ += merit_to(z, absence_after(z, std::nullopt), 0);
        for (std::size_t i = 0; i < calls_[z].size(); ++i) {
            score_ += merit_to(z, absence_after(z, i), i + 1);
        }
        score_ += wishes_met(z);
    }
    for (std::size_t k = 0; k < stops_.size(); ++k) {
        const auto visiting = static_cast<Minute>(stops_[k].size()) * ground_->visit();
        score_ -= weights_.travel * (used_[k] - visiting);
    }
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

double Draft::gain_of(std::size_t zone, Neighbours near, Minute start) const {
    const Absence absence = absence_after(zone, near.before);
    return merit(zone, absence, start) + merit_to(zone, absence_from(start), near.after) -
           merit_to(zone, absence, near.after);
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

double Draft::rate(const Insertion& insertion) const {
    const double net = insertion.gain - weights_.travel * insertion.detour;
    return net > 0 ? net / (ground_->visit() + insertion.detour) : net;
}

std::optional<Insertion> Draft::best_insertion(std::size_t zone, std::size_t turn, Minute earliest,
                                               Minute latest) const {
    double best_rate = 0;
    std::optional<Insertion> best;
    each_insertion(zone, turn, earliest, latest, [&](const Insertion& tried) {
        const double its_rate = rate(tried);
        if (!best || its_rate > best_rate) {
            best_rate = its_rate;
            best = tried;
        }
    });
    return best;
}

void Draft::add(std::size_t turn, std::size_t position, Stop stop) {
    const Minute extra = detour(turn, position, stop.zone);
    const Neighbours near = around(stop.zone, stop.start);
    score_ += gain_of(stop.zone, near, stop.start) + wish(stop.zone, stop.start, std::nullopt) -
              weights_.travel * extra;
    if (!in_week_.empty()) {
        ++in_week_[stop.zone * ground_->weeks() + Ground::week_of(stop.start)];
    }
    used_[turn] += ground_->visit() + extra;
    ++visits_;
    stops_[turn].insert(stops_[turn].begin() + static_cast<std::ptrdiff_t>(position), stop);
    calls_[stop.zone].insert(calls_[stop.zone].begin() + static_cast<std::ptrdiff_t>(near.after),
                             {stop.start, turn});
    journal_.push_back({true, turn, position, stop});
}

void Draft::take(std::size_t turn, std::size_t position) {
    const Stop stop = stops_[turn][position];
    std::vector<Call>& calls = calls_[stop.zone];
    calls.erase(calls.begin() +
                static_cast<std::ptrdiff_t>(call_index(stop.zone, turn, stop.start)));
    stops_[turn].erase(stops_[turn].begin() + static_cast<std::ptrdiff_t>(position));
    const Minute extra = detour(turn, position, stop.zone);
    if (!in_week_.empty()) {
        --in_week_[stop.zone * ground_->weeks() + Ground::week_of(stop.start)];
    }
    score_ -= gain_of(stop.zone, around(stop.zone, stop.start), stop.start) +
              wish(stop.zone, stop.start, std::nullopt) - weights_.travel * extra;
    used_[turn] -= ground_->visit() + extra;
    --visits_;
    journal_.push_back({false, turn, position, stop});
}

void Draft::insert(const Insertion& insertion) {
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
    return gain_of(stop.zone, near, start) + wish(stop.zone, start, stop.start) -
           gain_of(stop.zone, near, stop.start) - wish(stop.zone, stop.start, stop.start);
}

double Draft::removal_gain(std::size_t turn, std::size_t position) const {
    const Stop& stop = stops_[turn][position];
    const std::size_t own = call_index(stop.zone, turn, stop.start);
    const Neighbours near{own > 0 ? std::optional(own - 1) : std::nullopt, own + 1};
    return -gain_of(stop.zone, near, stop.start) - wish(stop.zone, stop.start, stop.start);
}

} // namespace schedule
