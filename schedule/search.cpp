// Large neighbourhood search after Shaw (1998) and Pisinger & Ropke (2007): a move takes visits out
// of a few turns (at random, a whole turn, one zone for some days, around a late gap), or puts some
// elsewhere, and refills those turns by best rate. Unlike the adaptive search of the latter, a move
// is kept only if the score is not lower, and operators are drawn with fixed odds, so that the
// first n moves are the same whatever comes after.
#include "schedule/search.hpp"

#include "schedule/construct.hpp"

#include <algorithm>
#include <vector>

namespace schedule {

namespace {

class Search {
  public:
    Search(Draft& draft, const SearchOptions& options)
        : draft_(draft), ground_(draft.ground()), for_the_rule_(options.only_the_rule) {}

    void move(std::uint32_t number) {
        key_ = mix(mix(ground_.seed(), 0x5EA4C4), number);
        drawn_ = 0;
        touched_.clear();
        draft_.mark();
        const double before = draft_.score();
        destroy();
        repair();
        // On the way to a plan that keeps the rule little else counts: some visits for risk may go.
        if (draft_.score() < before - (for_the_rule_ ? 5 : 0)) {
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
                draft_.remove(turn, i);
            }
        }
    }

    void take_out_some(std::size_t turn, std::size_t most) {
        const std::size_t stops = draft_.stops(turn).size();
        touch(turn);
        if (stops > 0) {
            take_out(turn, draw(stops), 1 + draw(most));
        }
    }

    /// A turn that begins within a day of `turn`; perhaps itself.
    std::size_t turn_near(std::size_t turn) {
        const std::size_t all = ground_.turns().size();
        const std::size_t reach = std::min(all, std::size_t{8});
        const std::size_t low = turn > reach / 2 ? turn - reach / 2 : 0;
        return std::min(low + draw(reach), all - 1);
    }

    void destroy() {
        const std::size_t turn = draw(ground_.turns().size());
        if (!late_.empty() && draw(4) != 0) {
            destroy_around_late();
            return;
        }
        switch (draw(8)) {
        case 0:
            take_out(turn, 0, draft_.stops(turn).size());
            break;
        case 1:
            destroy_zone(turn);
            break;
        case 2:
            touch(turn);
            pack(draft_, turn);
            break;
        case 3:
        case 4:
            destroy_by_relocation(turn);
            break;
        default:
            take_out_some(turn, 4);
            take_out_some(turn_near(turn), 4);
        }
    }

    /// Takes a zone out of up to three of its calls after a drawn one, and of their turns a
    /// neighbour each.
    void destroy_zone(std::size_t turn) {
        if (draft_.stops(turn).empty()) {
            touch(turn);
            return;
        }
        const Stop stop = draft_.stops(turn)[draw(draft_.stops(turn).size())];
        std::vector<Call> calls = draft_.calls(stop.zone);
        const auto first = std::find_if(calls.begin(), calls.end(),
                                        [&](const Call& call) { return call.start >= stop.start; });
        const auto last = calls.end() - first > 3 ? first + 3 : calls.end();
        for (auto call = first; call != last; ++call) {
            const std::vector<Stop>& stops = draft_.stops(call->turn);
            const auto at = std::find_if(stops.begin(), stops.end(),
                                         [&](const Stop& s) { return s.start == call->start; });
            take_out(call->turn, static_cast<std::size_t>(at - stops.begin()), 1 + draw(2));
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

    /// Puts some stops of the turn where they do best, which may be in another turn.
    void destroy_by_relocation(std::size_t turn) {
        touch(turn);
        for (int tries = 0; tries < 3 && !draft_.stops(turn).empty(); ++tries) {
            const std::size_t at = draw(draft_.stops(turn).size());
            if (may_take(draft_.stops(turn)[at].hold)) {
                relocate_stop(draft_, turn, at, 0.05);
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

    void repair() {
        std::sort(touched_.begin(), touched_.end());
        if (draw(3) == 0) {
            fill(draft_, touched_);
            return;
        }
        const std::uint64_t key = mix(key_, 0xF111);
        fill(draft_, touched_, [key](std::size_t zone, std::size_t turn) {
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
    std::vector<Late> late_;
};

} // namespace

void improve(Draft& draft, const SearchOptions& options) {
    if (draft.ground().turns().empty() || draft.ground().zones() == 0) {
        return;
    }
    Search search(draft, options);
    bool late = search.find_late();
    if (options.only_the_rule && late) {
        draft.reweigh({.beyond_aim = 0.1, .beyond_hour = 0.01});
    }
    for (std::uint32_t m = 0; m < options.moves && (late || !options.only_the_rule); ++m) {
        search.move(m);
        if (late) {
            late = search.find_late();
        }
    }
    draft.reweigh({});
}

} // namespace schedule
