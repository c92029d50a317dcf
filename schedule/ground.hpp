#pragma once

#include "schedule/plan.hpp"
#include "schedule/planner.hpp"
#include "schedule/shift.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace schedule {

/// Whole minutes since the start of the horizon; what lies before it is negative.
using Minute = std::int32_t;

/// Mixes a key into 64 evenly spread bits (splitmix64's finaliser); the only source of chance in
/// planning.
std::uint64_t mix(std::uint64_t key);
/// A key made of several, in which their order matters.
std::uint64_t mix(std::uint64_t a, std::uint64_t b);
/// A key made of a name (FNV-1a): unlike std::hash the same with every library, so that plans are,
/// too.
std::uint64_t key_of(std::string_view name);

/// Minutes of a turn in which nobody visits or walks.
struct Rest {
    Minute from = 0;
    Minute to = 0;
    Minute earliest = 0; ///< it may lie anywhere from here
    Minute latest = 0;   ///< to here; equal to `from` and `to` where it is fixed
};

/// A shift in minutes of the horizon.
struct Turn {
    std::size_t unit = 0;
    Minute from = 0;
    Minute to = 0;         ///< visits end by then
    Minute budget = 0;     ///< for visits and travel
    std::size_t speed = 0; ///< index of the unit's table of travel times
    std::size_t most_visits = std::numeric_limits<std::size_t>::max();
    std::vector<Rest> rests = {}; ///< ascending, apart

    /// When one that sets out at `at` has walked `way` minutes, rests left out.
    Minute after(Minute at, Minute way) const {
        Minute there = at + way;
        for (const Rest& rest : rests) {
            there += rest.to > at && rest.from < there ? rest.to - std::max(rest.from, at) : 0;
        }
        return there;
    }
    /// When one must set out at the latest to have walked `way` minutes at `at`.
    Minute before(Minute at, Minute way) const {
        Minute start = at - way;
        for (std::size_t i = rests.size(); i-- > 0;) {
            const Rest& rest = rests[i];
            start -= rest.from < at && rest.to > start ? std::min(rest.to, at) - rest.from : 0;
        }
        return start;
    }
    /// Whether a visit that starts then keeps clear of the rests.
    bool open(Minute start, Minute visit) const {
        return std::none_of(rests.begin(), rests.end(), [&](const Rest& rest) {
            return start < rest.to && start + visit > rest.from;
        });
    }
    /// The first open start from then on, or the last up to then.
    Minute open_from(Minute start, Minute visit) const {
        for (const Rest& rest : rests) {
            start = start < rest.to && start + visit > rest.from ? rest.to : start;
        }
        return start;
    }
    Minute open_until(Minute start, Minute visit) const {
        for (std::size_t i = rests.size(); i-- > 0;) {
            const Rest& rest = rests[i];
            start = start < rest.to && start + visit > rest.from ? rest.from - visit : start;
        }
        return start;
    }
};

/// Where a zone's first gap begins.
struct Origin {
    Minute end = 0; ///< end of the last attendance, else the start of the horizon
    bool attended = false;
    bool overdue = false;     ///< attended, and no shift that serves the zone is in time
    Minute hard = 0;          ///< latest start that keeps the rule
    Minute aim = 0;           ///< latest start that keeps the planning gap
    std::optional<int> clock; ///< clock time at which the last attendance began, in minutes
};

/// A problem in the form in which planning computes: minutes, indices and tables. Read-only once
/// made.
class Ground {
  public:
    /// \throws geo::Error (usage) as make_plan does.
    Ground(const Problem& problem, const PlanOptions& options);

    std::size_t zones() const { return origins_.size(); }
    const std::vector<Shift>& shifts() const { return shifts_; }
    const std::vector<Turn>& turns() const { return turns_; }
    const Origin& origin(std::size_t zone) const { return origins_[zone]; }
    Minute length() const { return length_; }
    Minute visit() const { return visit_; }
    Minute least_apart() const { return least_apart_; }
    Minute max_gap() const { return max_gap_; }
    std::uint64_t seed() const { return seed_; }
    /// Whether the worth of hours is noisy and starts are drawn.
    bool with_chance() const { return with_chance_; }

    bool serves(std::size_t unit, std::size_t zone) const {
        return serves_[unit * zones() + zone] != 0;
    }
    /// The first unit that serves the zone; the number of units where none does.
    std::size_t first_server(std::size_t zone) const;
    /// A label for each unit: units that serve one of these zones in common, or are linked by a row
    /// of units that do, share it. It is the index of one of them.
    std::vector<std::size_t> pools(std::span<const std::size_t> zones) const;
    Minute travel(std::size_t speed, std::size_t from, std::size_t to) const {
        return travel_[speed][from * zones() + to];
    }
    /// Up to nine zones to which the way from the zone is shortest for the first unit, itself
    /// first.
    std::span<const std::size_t> nearest(std::size_t zone) const {
        const std::size_t count = nearest_.size() / std::max(zones(), std::size_t{1});
        return std::span(nearest_).subspan(zone * count, count);
    }
    /// The least of all units, either way.
    Minute least_travel(std::size_t a, std::size_t b) const;
    /// From the unit's base; 0 where it has none.
    Minute first_leg(std::size_t unit, std::size_t zone) const {
        return first_leg_[unit * zones() + zone];
    }

    /// Latest start that keeps the rule, or the planning gap, after a visit that ends at `end` (0
    /// to length).
    Minute hard_limit(Minute end) const {
        return hard_.empty() ? end + max_gap_ : hard_[static_cast<std::size_t>(end)];
    }
    Minute aim_limit(Minute end) const {
        return aim_.empty() ? end + plan_gap_ : aim_[static_cast<std::size_t>(end)];
    }

    /// Minute of the day on the wall clock.
    int clock(Minute at) const { return clock_[static_cast<std::size_t>(at)]; }

    /// Expected incidents in the zone in the hour a visit starting then falls in, noise included,
    /// over the mean of all zones' hours on shift.
    double worth(std::size_t zone, Minute start) const {
        return worth_[zone * bins_ + static_cast<std::size_t>(start / bin)];
    }
    /// The most that a visit to the zone which starts in the turn is worth.
    double most_worth(std::size_t zone, std::size_t turn) const {
        return most_worth_[turn * zones() + zone];
    }
    /// 1 - exp(-gap / 24 h): what of the deterrence has worn off after the gap.
    double faded(Minute gap) const {
        const auto minutes = static_cast<std::size_t>(std::clamp(gap, 0, longest_told_apart - 1));
        return 1 - left_after_[minutes / left_step] * left_within_[minutes % left_step];
    }

    /// Visits wished for in the zone in the week of the horizon that holds `at`, 0 to any.
    std::uint16_t wanted(std::size_t zone, Minute at) const {
        return wanted_.empty() ? std::uint16_t{0} : wanted_[zone * weeks_ + week_of(at)];
    }
    /// Weeks of the horizon, seven days each from its start, the last one perhaps shorter.
    std::size_t weeks() const { return weeks_; }
    static std::size_t week_of(Minute at) { return static_cast<std::size_t>(at / week); }
    bool wants_visits() const { return !wanted_.empty(); }

    /// A number from the seed that belongs to the zone and the absolute hour of `at`, whatever the
    /// horizon.
    std::uint64_t chance(std::size_t zone, Minute at) const;

    /// Length of the bins of `worth`.
    static constexpr Minute bin = 60;
    static constexpr Minute week = 7 * 24 * 60;

  private:
    static constexpr Minute left_step = 120;
    static constexpr Minute longest_told_apart = 10 * 24 * 60; ///< as for how far worth has faded

    void lay_out_shifts(const Problem& problem);
    void measure_travel(const Problem& problem);
    void read_clock(const Problem& problem);
    void set_limits(const Problem& problem);
    void set_origins(const Problem& problem);
    void weigh_hours(const Problem& problem, double unpredictability);
    void find_most_worth();
    void find_nearest();
    /// Adds the shift's closed times and its break that floats.
    void place_rests(const Problem& problem, const Shift& shift, Turn& turn) const;
    /// Where a break does the least harm: to an earlier plan's visits, then to zones that fall due
    /// in the turn, then to the risk.
    Minute least_disturbing(const Problem& problem, const Turn& turn, const Rest& window,
                            Minute length) const;
    /// Limits of served zones that the last attendances set within the turn.
    std::vector<Minute> due_within(const Problem& problem, const Turn& turn) const;
    double disturbance(const Problem& problem, std::size_t unit, const Rest& rest) const;
    void share_out_wishes(const Problem& problem);

    std::uint64_t seed_ = 0;
    bool with_chance_ = false;
    Minute length_ = 0;
    Minute visit_ = 0;
    Minute least_apart_ = 0;
    Minute max_gap_ = 0;
    Minute plan_gap_ = 0;
    std::int64_t first_hour_ = 0; ///< of the horizon, since the epoch
    std::size_t bins_ = 0;
    std::size_t weeks_ = 0;
    std::vector<Shift> shifts_;
    std::vector<Turn> turns_;
    std::vector<Origin> origins_;
    std::vector<std::uint64_t> zone_keys_;
    std::vector<char> serves_;
    std::vector<std::vector<std::uint16_t>> travel_;
    std::vector<std::uint16_t> first_leg_;
    std::vector<std::size_t> table_of_unit_;
    std::vector<Minute> hard_; ///< by duty days; otherwise empty, as a limit is the gap away
    std::vector<Minute> aim_;
    std::vector<std::int16_t> clock_;
    std::vector<double> worth_;
    std::vector<double> most_worth_; ///< by turn, then zone
    std::vector<std::size_t> nearest_;
    /// exp(-gap / 24 h) is the product of two: small tables stay near the processor.
    std::array<double, longest_told_apart / left_step> left_after_{};
    std::array<double, left_step> left_within_{};
    std::vector<std::uint16_t> wanted_;
};

/// Whether `serves` names the place: its zone id, its ward's name or code, letter case aside; an
/// empty list names all.
bool serves_place(const Unit& unit, const Place& place);

} // namespace schedule
