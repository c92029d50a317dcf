#pragma once

#include "schedule/ground.hpp"

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
};

/// Where and when a visit could be added, and what that would change.
struct Insertion {
    std::size_t zone = 0;
    std::size_t turn = 0;
    std::size_t position = 0; ///< in the turn's stops
    Minute start = 0;
    Minute detour = 0; ///< travel it adds
    double gain = 0;   ///< change of the draft's score, travel aside
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

    /// Value of all visits less all penalties and travel.
    double score() const { return score_; }
    /// The part of the score that is lateness: 0 when the rule is kept, else negative. Costs
    /// O(visits).
    double lateness() const;

    /// Calls `see` with every way considered to add a visit to `zone` in `turn` that starts from
    /// `earliest` to `latest`: the tight starts beside the neighbours and one drawn minute an hour,
    /// each with its gain. All can be walked.
    template <typename See>
    void each_insertion(std::size_t zone, std::size_t turn, Minute earliest, Minute latest,
                        const See& see) const;

    /// The best way to add a visit to `zone` in `turn` between `earliest` and `latest` starts, by
    /// rate; nothing where none fits.
    std::optional<Insertion> best_insertion(std::size_t zone, std::size_t turn, Minute earliest,
                                            Minute latest) const;

    /// The earliest way to add a visit to `zone` after the last stop of `turn` and the zone's last
    /// call; nothing where none fits.
    std::optional<Insertion> append(std::size_t zone, std::size_t turn) const;

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
    /// What moving the stop there would change in the score.
    double move_gain(std::size_t turn, std::size_t position, Minute start) const;
    /// What removing the stop would change in the score, travel aside.
    double removal_gain(std::size_t turn, std::size_t position) const;

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
    void add(std::size_t turn, std::size_t position, Stop stop);
    void take(std::size_t turn, std::size_t position);

    const Ground* ground_;
    Weights weights_;
    std::vector<std::vector<Stop>> stops_;
    std::vector<std::vector<Call>> calls_;
    std::vector<Minute> used_;
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
void Draft::each_insertion(std::size_t zone, std::size_t turn, Minute earliest, Minute latest,
                           const See& see) const {
    const Turn& t = ground_->turns()[turn];
    if (!ground_->serves(t.unit, zone) || t.to < earliest || t.from > latest ||
        used_[turn] + ground_->visit() > t.budget || stops_[turn].size() >= t.most_visits) {
        return;
    }
    for (std::size_t i = 0; i <= stops_[turn].size(); ++i) {
        const auto [from, to] = gap_at(turn, i, zone);
        const Minute low = std::max(from, earliest);
        const Minute high = std::min(to, latest);
        if (low > high) {
            continue;
        }
        const Minute extra = detour(turn, i, zone);
        if (used_[turn] + ground_->visit() + extra > t.budget) {
            continue;
        }
        try_start({zone, turn, i, low, extra, 0}, see);
        if (high > low) {
            try_start({zone, turn, i, high, extra, 0}, see);
            try_start({zone, turn, i, low + 1, extra, 0}, see);
        }
        for (const Rest& rest : t.rests) {
            for (const Minute beside : {rest.from - ground_->visit(), rest.to}) {
                if (beside > low + 1 && beside < high) {
                    try_start({zone, turn, i, beside, extra, 0}, see);
                }
            }
        }
        for (Minute hour = low - low % Ground::bin; hour <= high; hour += Ground::bin) {
            const auto drawn = static_cast<Minute>(ground_->chance(zone, hour) % Ground::bin);
            if (hour + drawn > low + 1 && hour + drawn < high) {
                try_start({zone, turn, i, hour + drawn, extra, 0}, see);
            }
        }
    }
}

} // namespace schedule
