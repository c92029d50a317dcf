// Large neighbourhood search after Shaw (1998) and Pisinger & Ropke (2007): a move takes visits out
// of a few turns (a whole turn, strings near each other in the same hours, as Christiaens & Vanden
// Berghe 2020 do, around a late gap), or times a turn anew, and refills those turns by best rate. A
// move that loses is kept with odds that fall with the loss and with time (simulated annealing,
// Kirkpatrick et al. 1983), and the best draft seen is the result. Unlike the adaptive search of
// Pisinger & Ropke, operators are drawn with fixed odds and the cooling does not know how many
// moves there will be: it goes by rounds that get twice as long each time, so that the first n
// moves are the same whatever comes after.
#include "schedule/search.hpp"

#include "schedule/construct.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

namespace schedule {

namespace {

class Search {
  public:
    Search(Draft& draft, const SearchOptions& options)
        : draft_(draft), ground_(draft.ground()), for_the_rule_(options.only_the_rule) {}

    /// \param warmth what a move may lose of the score, about.
    void move(std::uint32_t number, double warmth) {
        key_ = mix(mix(ground_.seed(), 0x5EA4C4), number);
        drawn_ = 0;
        touched_.clear();
        taken_.clear();
        draft_.mark();
        const double before = draft_.score();
        destroy();
        repair();
        // On the way to a plan that keeps the rule little else counts: some visits for risk may go.
        const double luck = std::log((static_cast<double>(mix(key_, 0x1C) >> 11) + 0.5) * 0x1p-53);
        const double allowed = for_the_rule_ ? 5 : -warmth * luck;
        if (draft_.score() < before - allowed) {
            draft_.undo();
        }
    }

    /// Whether a gap is late; notes which.
    bool find_late() {
        late_.clear();
        for (std::size_t z = 0; z < ground_.zones(); ++z) {
            const std::vector<Call>& calls = draft_.calls(z);
            for (std::size_t i = 0; i <= calls.size(); ++i) {
                const Minute end = i < calls.size() ? calls[i].start : ground_.length();
                if (draft_.hard_limit_before(z, i) < end) {
                    const Minute begin = i > 0 ? calls[i - 1].start : 0;
                    late_.push_back({z, begin, end});
                }
            }
        }
        return !late_.empty();
    }

  private:
    struct Late {
        std::size_t zone;
        Minute from;
        Minute to;
    };

    std::size_t draw(std::size_t below) {
        return static_cast<std::size_t>(mix(key_, ++drawn_) % below);
    }

    void touch(std::size_t turn) {
        if (std::find(touched_.begin(), touched_.end(), turn) == touched_.end()) {
            touched_.push_back(turn);
        }
    }

    /// The rule may move what an earlier plan had; mere improvement may not.
    bool may_take(Hold hold) const {
        return hold == Hold::free || (hold == Hold::former && for_the_rule_);
    }

    void take_out(std::size_t turn, std::size_t first, std::size_t count) {
        touch(turn);
        for (std::size_t i = std::min(first + count, draft_.stops(turn).size()); i-- > first;) {
            if (may_take(draft_.stops(turn)[i].hold)) {
                taken_.push_back(draft_.stops(turn)[i].zone);
                draft_.remove(turn, i);
            }
        }
    }

    void take_out_some(std::size_t turn, std::size_t most) {
        const std::size_t stops = draft_.stops(turn).size();
        touch(turn);
        if (stops > 0) {
            // One after the other: compilers differ in which argument of a call they work out
            // first.
            const std::size_t count = 1 + draw(most);
            take_out(turn, draw(stops), count);
        }
    }

    void destroy() {
        const std::size_t turn = draw(ground_.turns().size());
        if (!late_.empty() && draw(4) != 0) {
            destroy_around_late();
            return;
        }
        switch (draw(12)) {
        case 0:
        case 1:
            take_out(turn, 0, draft_.stops(turn).size());
            break;
        case 2:
            touch(turn);
            pack(draft_, turn);
            break;
        case 3:
            touch(turn);
            retime(draft_, turn);
            break;
        default:
            destroy_strings(turn);
        }
    }

    /// A stop and how far it is from where and when a move looks.
    struct Near {
        Minute way; ///< to it, and a minute for each ten between the starts
        std::size_t turn;
        std::size_t position;
    };

    /// The stops of the turns that share time with `turn`, nearest to `centre` first.
    std::vector<Near> stops_near(const Stop& centre, std::size_t turn) const {
        constexpr Minute minutes_a_way = 10;
        // Turns come by start: those that share time with one lie about it.
        constexpr std::size_t reach = 40;
        const Turn& own = ground_.turns()[turn];
        std::vector<Near> near;
        for (std::size_t k = turn > reach ? turn - reach : 0;
             k < std::min(turn + reach, ground_.turns().size()); ++k) {
            const Turn& other = ground_.turns()[k];
            if (other.from >= own.to || other.to <= own.from) {
                continue;
            }
            for (std::size_t i = 0; i < draft_.stops(k).size(); ++i) {
                const Stop& stop = draft_.stops(k)[i];
                const Minute apart = std::abs(stop.start - centre.start) / minutes_a_way;
                near.push_back({ground_.travel(own.speed, centre.zone, stop.zone) + apart, k, i});
            }
        }
        std::sort(near.begin(), near.end(), [](const Near& a, const Near& b) {
            return std::tie(a.way, a.turn, a.position) < std::tie(b.way, b.turn, b.position);
        });
        return near;
    }

    /// Takes out a string of stops each from up to three turns of the same hours, about the stop
    /// that is nearest to a drawn one, so that they may be shared out anew.
    void destroy_strings(std::size_t turn) {
        constexpr std::size_t longest = 8;
        touch(turn);
        if (draft_.stops(turn).empty()) {
            return;
        }
        const Stop centre = draft_.stops(turn)[draw(draft_.stops(turn).size())];
        const std::size_t strings = 1 + draw(3);
        std::vector<Near> cut;
        for (const Near& near : stops_near(centre, turn)) {
            const bool seen = std::any_of(
                cut.begin(), cut.end(), [&](const Near& other) { return other.turn == near.turn; });
            if (!seen && cut.size() < strings) {
                cut.push_back(near);
            }
        }
        for (const Near& near : cut) {
            const std::size_t length = 1 + draw(longest);
            const std::size_t before = std::min(near.position, draw(length));
            take_out(near.turn, near.position - before, length);
        }
    }

    /// Slides the turn of the call that begins or ends a late gap to where it does best.
    void slide_beside(const Late& late) {
        for (const Call& call : draft_.calls(late.zone)) {
            if ((call.start == late.from && draw(2) == 0) || call.start == late.to) {
                touch(call.turn);
                slide_to_best(draft_, call.turn);
                return;
            }
        }
    }

    /// Empties part of a few turns that could have been in time for a late gap.
    void destroy_around_late() {
        const Late late = late_[draw(late_.size())];
        if (draw(3) == 0) {
            slide_beside(late);
            return;
        }
        std::vector<std::size_t> near;
        for (std::size_t k = 0; k < ground_.turns().size(); ++k) {
            const Turn& turn = ground_.turns()[k];
            if (turn.to >= late.from && turn.from <= late.to &&
                ground_.serves(turn.unit, late.zone)) {
                near.push_back(k);
            }
        }
        for (std::size_t i = 0; i < 3 && !near.empty(); ++i) {
            const std::size_t turn = near[draw(near.size())];
            if (draw(3) == 0) {
                take_out(turn, 0, draft_.stops(turn).size());
            } else {
                take_out_some(turn, 5);
            }
        }
    }

    /// The zones that may fill the place of what was taken out: those and the ones near them, else
    /// near what the turns hold, and a few others.
    std::vector<std::size_t> candidates() {
        constexpr std::size_t others = 6;
        constexpr std::size_t most_late = 30;
        std::vector<std::size_t> about = taken_;
        if (about.empty()) {
            for (const std::size_t turn : touched_) {
                for (const Stop& stop : draft_.stops(turn)) {
                    about.push_back(stop.zone);
                }
            }
        }
        std::vector<std::size_t> zones;
        for (const std::size_t zone : about) {
            const auto near = ground_.nearest(zone);
            zones.insert(zones.end(), near.begin(), near.end());
        }
        for (std::size_t i = 0; i < std::min(late_.size(), most_late); ++i) {
            zones.push_back(late_[draw(late_.size())].zone);
        }
        for (std::size_t i = 0; i < others; ++i) {
            zones.push_back(draw(ground_.zones()));
        }
        std::sort(zones.begin(), zones.end());
        zones.erase(std::unique(zones.begin(), zones.end()), zones.end());
        return zones;
    }

    void repair() {
        std::sort(touched_.begin(), touched_.end());
        const std::vector<std::size_t> zones = candidates();
        if (draw(3) == 0) {
            fill(draft_, touched_, zones);
            return;
        }
        const std::uint64_t key = mix(key_, 0xF111);
        fill(draft_, touched_, zones, [key](std::size_t zone, std::size_t turn) {
            const std::uint64_t bits = mix(key, zone * 0x10001 + turn);
            return 0.75 + 0.5 * static_cast<double>(bits >> 11) * 0x1p-53;
        });
    }

    Draft& draft_;
    const Ground& ground_;
    bool for_the_rule_;
    std::uint64_t key_ = 0;
    std::uint64_t drawn_ = 0;
    std::vector<std::size_t> touched_;
    std::vector<std::size_t> taken_; ///< zones of the stops taken out
    std::vector<Late> late_;
};

/// Rounds of moves, each twice as long as the one before, that begin warm and end cold.
class Rounds {
  public:
    explicit Rounds(std::uint32_t first) : length_(std::max(first, 1U)) {}

    /// Of the move whose turn it is: a twentieth of a visit of mean worth at the beginning of a
    /// round.
    double warmth() const {
        return 0.05 * (1 - static_cast<double>(done_) / static_cast<double>(length_));
    }
    /// Whether the move whose turn it is is the first of a round.
    bool begins() const { return done_ == 0; }
    void next() {
        if (++done_ == length_) {
            done_ = 0;
            length_ *= 2;
        }
    }

  private:
    std::uint64_t length_;
    std::uint64_t done_ = 0;
};

void mend(Draft& draft, const SearchOptions& options) {
    Search search(draft, options);
    if (!search.find_late()) {
        return;
    }
    draft.reweigh({.beyond_aim = 0.1, .beyond_hour = 0.01});
    bool late = true;
    for (std::uint32_t m = 0; m < options.moves && late; ++m) {
        search.move(m, 0);
        late = search.find_late();
    }
    draft.reweigh({});
}

} // namespace

void improve(Draft& draft, const SearchOptions& options) {
    if (draft.ground().turns().empty() || draft.ground().zones() == 0) {
        return;
    }
    if (options.only_the_rule) {
        return mend(draft, options);
    }
    Search search(draft, options);
    Rounds rounds(options.first_round);
    Draft best = draft;
    bool late = search.find_late();
    constexpr std::uint32_t told_at_once = 256;
    geo::expect(options.progress, options.moves);
    for (std::uint32_t m = 0; m < options.moves; ++m, rounds.next()) {
        if (m % told_at_once == 0) {
            geo::advance(options.progress, std::min(told_at_once, options.moves - m));
        }
        if (rounds.begins() && best.score() > draft.score()) {
            draft = best;
        }
        search.move(m, rounds.warmth());
        late = late && search.find_late();
        if (draft.score() > best.score()) {
            best = draft;
        }
    }
    draft = std::move(best);
    draft.reweigh({});
}

} // namespace schedule
