#pragma once

#include "schedule/ground.hpp"
#include "schedule/load_balance.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace schedule {

/// How firmly a stop stays where it is.
enum class Hold {
    free,   ///< search may do with it what it likes
    former, ///< of an earlier plan: moves only if the rule cannot be kept otherwise
    issued, ///< never moves
};

/// A stop of a turn.
struct Stop {
    std::size_t zone = 0;
    Minute start = 0;
    Hold hold = Hold::free;
};

/// A visit as its zone sees it.
struct Call {
    Minute start = 0;
    std::size_t turn = 0;
    double merit = 0; ///< what it adds to the score, after the calls before it
};

/// Where and when a visit could be added, and what that would change.
struct Insertion {
    std::size_t zone = 0;
    std::size_t turn = 0;
    std::size_t position = 0; ///< in the turn's stops
    Minute start = 0;
    Minute detour = 0;   ///< travel it adds
    double gain = 0;     ///< change of the draft's score, travel and loads aside
    bool pushes = false; ///< its neighbours make room: earlier ones earlier, later ones later
};

/// What a draft is judged by. More is better.
///
/// The parts differ so much in size that they rank: missed visits (how often the hard gap fits into
/// lateness, begun ones counted whole) and hours late, then hours beyond the planning gap, then the
/// risk met.
struct Weights {
    double missed = 2e3;     ///< each visit that the rule misses
    double late = 1e6;       ///< each hard gap's length of lateness
    double overdue = 4;      ///< factor on the lateness of a zone that was overdue before the plan
    double beyond_aim = 20;  ///< each absence beyond the planning gap
    double beyond_hour = 1;  ///< each hour beyond the planning gap
    double travel = 0.002;   ///< each minute of travel
    double uneven = 0.005;   ///< each minute of LoadBalance's unevenness
    double wanted = 2;       ///< each visit wished for in a week, until there are so many
    double same_clock = 1e8; ///< each clock time twice running: only between two changes
};

/// A plan being made: the stops of each turn in order, and each zone's calls in time.
///
/// Every state it can be brought into is walkable: visits and travel fit the turns and their
/// budgets, units serve their zones, a zone's visits are apart and never at the same clock time
/// twice running. Only gaps may be late.
class Draft {
  public:
    explicit Draft(const Ground& ground);

    const Ground& ground() const { return *ground_; }
    const std::vector<Stop>& stops(std::size_t turn) const { return stops_[turn]; }
    const std::vector<Call>& calls(std::size_t zone) const { return calls_[zone]; }
    Minute used(std::size_t turn) const { return used_[turn]; }
    std::size_t visits() const { return visits_; }

    /// Judges by other weights from here on; costs O(visits) and is a new mark.
    void reweigh(const Weights& weights);

    /// Value of all visits less all penalties, travel and unevenness of the units' loads.
    double score() const { return score_; }
    /// The part of the score that is lateness: 0 when the rule is kept, else negative. Costs
    /// O(visits).
    double lateness() const;

    /// Calls `see` with every way considered to add a visit to `zone` in `turn` that starts from
    /// `earliest` to `latest`: the tight starts beside the neighbours and one drawn minute an hour
    /// (without chance the first and the last of each hour), each with its gain. All can be walked.
    template <typename See>
    void each_insertion(std::size_t zone, std::size_t turn, Minute earliest, Minute latest,
                        const See& see) const;

    /// The best way to add a visit to `zone` in `turn`, by rate, before one of the stops from
    /// `positions.first` up to and including `positions.second` (the number of stops: after the
    /// last); nothing where none fits. Its neighbours may make room by up to 20 minutes.
    std::optional<Insertion> best_insertion(std::size_t zone, std::size_t turn,
                                            std::pair<std::size_t, std::size_t> positions) const;

    /// About the best rate that a visit to `zone` in `turn` could have at any hour if there were
    /// room and no way to go: seldom less than that of any insertion. 0 where none can be made.
    double best_hope(std::size_t zone, std::size_t turn) const;

    /// No less than best_hope, and found sooner.
    double first_hope(std::size_t zone, std::size_t turn) const;

    /// Whether the turn's budget has room for the insertion.
    bool affords(const Insertion& insertion) const {
        return used_[insertion.turn] + ground_->visit() + insertion.detour <=
               ground_->turns()[insertion.turn].budget;
    }

    /// The earliest way to add a visit to `zone` after the last stop of `turn` and the zone's last
    /// call; nothing where none fits.
    std::optional<Insertion> append(std::size_t zone, std::size_t turn) const;

    /// What an insertion would change in the score.
    double net_gain(const Insertion& insertion) const;
    /// What an insertion is chosen by: its net gain a minute spent if positive, else its net gain.
    double rate(const Insertion& insertion) const;

    /// Adds what was proposed; the draft must not have changed in that turn or zone since.
    void insert(const Insertion& insertion);
    void remove(std::size_t turn, std::size_t position);
    /// Adds a visit exactly so, if it can be walked.
    bool place(std::size_t turn, Stop stop);
    /// Moves a stop in time without changing the order of its turn. The start must be one that
    /// may_start allows.
    void move(std::size_t turn, std::size_t position, Minute start);

    /// The starts to which the stop can move without changing the order of its turn: first and
    /// last.
    std::pair<Minute, Minute> room(std::size_t turn, std::size_t position) const;
    /// Whether the stop may start then as far as its zone's other calls go (apart, another clock
    /// time).
    bool may_start(std::size_t turn, std::size_t position, Minute start) const;
    /// What moving the stop there would change in the score; loads stay as they are.
    double move_gain(std::size_t turn, std::size_t position, Minute start) const;
    /// As above for each start from `first` to `last`: minus infinity where it may not start.
    std::vector<double> move_gains(std::size_t turn, std::size_t position, Minute first,
                                   Minute last) const;

    /// Begins a new step: what is done from here on can be taken back.
    void mark();
    /// Takes back everything since the last mark.
    void undo();

    /// Hard and planning limit of the absence that ends at the call `next` (the number of calls: at
    /// the horizon's end).
    Minute hard_limit_before(std::size_t zone, std::size_t next) const;
    Minute aim_limit_before(std::size_t zone, std::size_t next) const;

  private:
    /// An absence from its beginning: the end of a call, or the zone's origin.
    struct Absence {
        Minute since = 0;
        Minute hard = 0;
        Minute aim = 0;
        Minute credit = 0;        ///< how much longer it counts as, for the value of a visit
        double factor = 1;        ///< on its lateness
        std::optional<int> clock; ///< clock time at which the attendance before it began
    };
    /// The calls before and after a time; `after` is their number where the horizon's end comes
    /// next.
    struct Neighbours {
        std::optional<std::size_t> before;
        std::size_t after = 0;
    };
    struct Change {
        bool added = false;
        std::size_t turn = 0;
        std::size_t position = 0;
        Stop stop;
    };

    Absence absence_after(std::size_t zone, std::optional<std::size_t> call) const;
    Absence absence_from(Minute start) const;
    double penalty(const Absence& absence, Minute next) const;
    double lateness(const Absence& absence, Minute next) const;
    double merit(std::size_t zone, const Absence& absence, Minute start) const;
    double merit_to(std::size_t zone, const Absence& absence, std::size_t after) const;
    double held(std::size_t zone, std::size_t after) const {
        return after < calls_[zone].size() ? calls_[zone][after].merit : tails_[zone];
    }
    double merit_with(std::size_t zone, Neighbours near, Minute start) const;
    void set_merit(std::size_t zone, std::size_t call);
    Neighbours around(std::size_t zone, Minute start) const;
    double gain_of(std::size_t zone, Neighbours near, Minute start) const;
    double wish(std::size_t zone, Minute start, std::optional<Minute> without) const;
    double wishes_met(std::size_t zone) const;
    bool apart(std::size_t zone, Neighbours near, Minute start) const;
    std::size_t call_index(std::size_t zone, std::size_t turn, Minute start) const;
    Minute leg_to(std::size_t turn, std::size_t position, std::size_t zone) const;
    Minute leg_from(std::size_t turn, std::size_t zone, std::size_t next) const;
    Minute detour(std::size_t turn, std::size_t position, std::size_t zone) const;
    std::pair<Minute, Minute> gap_at(std::size_t turn, std::size_t position,
                                     std::size_t zone) const;
    template <typename See>
    void try_start(Insertion tried, const See& see) const;
    template <typename See>
    void each_start(std::size_t zone, std::size_t turn, std::pair<Minute, Minute> room,
                    const See& see) const;
    bool may_add(std::size_t zone, std::size_t turn) const {
        const Turn& t = ground_->turns()[turn];
        return ground_->serves(t.unit, zone) && used_[turn] + ground_->visit() <= t.budget &&
               stops_[turn].size() < t.most_visits;
    }
    class Best;
    void look_at(std::size_t zone, std::size_t turn, std::size_t position, Best& best) const;
    void look_at_pushes(const Insertion& made, std::pair<Minute, Minute> starts, Best& best) const;
    bool push_later(const Insertion& made, std::vector<std::pair<std::size_t, Minute>>& pushed,
                    double& gain) const;
    bool push_earlier(const Insertion& made, std::vector<std::pair<std::size_t, Minute>>& pushed,
                      double& gain) const;
    void make_room(const Insertion& insertion);
    void spend(std::size_t turn, Minute minutes);
    void add(std::size_t turn, std::size_t position, Stop stop);
    void take(std::size_t turn, std::size_t position);

    const Ground* ground_;
    Weights weights_;
    std::vector<std::vector<Stop>> stops_;
    std::vector<std::vector<Call>> calls_;
    std::vector<double> tails_; ///< of each zone: merit of the absence at the horizon's end
    std::vector<Minute> used_;
    LoadBalance loads_;
    std::vector<std::uint16_t> in_week_; ///< calls by zone and week, where visits are wished for
    std::size_t visits_ = 0;
    double score_ = 0;
    double score_at_mark_ = 0;
    std::vector<Change> journal_;
};

template <typename See>
void Draft::try_start(Insertion tried, const See& see) const {
    const Neighbours near = around(tried.zone, tried.start);
    if (ground_->turns()[tried.turn].open(tried.start, ground_->visit()) &&
        apart(tried.zone, near, tried.start)) {
        tried.gain =
            gain_of(tried.zone, near, tried.start) + wish(tried.zone, tried.start, std::nullopt);
        see(tried);
    }
}

template <typename See>
void Draft::each_start(std::size_t zone, std::size_t turn, std::pair<Minute, Minute> room,
                       const See& see) const {
    const Minute low = room.first;
    const Minute high = room.second;
    if (low > high) {
        return;
    }
    see(low);
    if (high > low) {
        see(high);
        see(low + 1); // where the clock time of the first is taken
    }
    const auto see_inside = [&](Minute start) {
        if (start > low + 1 && start < high) {
            see(start);
        }
    };
    for (const Rest& rest : ground_->turns()[turn].rests) {
        see_inside(rest.from - ground_->visit());
        see_inside(rest.to);
    }
    for (Minute hour = low - low % Ground::bin; hour <= high; hour += Ground::bin) {
        if (ground_->with_chance()) {
            see_inside(hour + static_cast<Minute>(ground_->chance(zone, hour) % Ground::bin));
        } else {
            see_inside(hour);
            see_inside(hour + 1);
            see_inside(hour + Ground::bin - 1);
        }
    }
}

template <typename See>
void Draft::each_insertion(std::size_t zone, std::size_t turn, Minute earliest, Minute latest,
                           const See& see) const {
    const Turn& t = ground_->turns()[turn];
    if (!may_add(zone, turn) || t.to < earliest || t.from > latest) {
        return;
    }
    for (std::size_t i = 0; i <= stops_[turn].size(); ++i) {
        const auto [from, to] = gap_at(turn, i, zone);
        const Minute low = std::max(from, earliest);
        const Minute high = std::min(to, latest);
        const Insertion made{zone, turn, i, low, detour(turn, i, zone)};
        if (low <= high && affords(made)) {
            each_start(zone, turn, {low, high}, [&](Minute start) {
                Insertion tried = made;
                tried.start = start;
                try_start(tried, see);
            });
        }
    }
}

} // namespace schedule
