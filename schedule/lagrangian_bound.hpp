#pragma once

#include "schedule/ground.hpp"
#include "schedule/way_charges.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace schedule {

/// Which absences a plan must keep within to be under the bound.
enum class GapLimit {
    hard, ///< the rule's
    aim,  ///< the planning gap: a stricter rule, so a lower bound
};

/// What relaxing the units' capacity at given prices comes to.
struct Relaxed {
    double bound = 0;          ///< no plan is worth more
    std::vector<double> spare; ///< capacity left of each constraint, in minutes; negative if used
                               ///< beyond it
};

/// The problem of the most valuable plan without the units' capacities: each zone takes the visits
/// that are worth most to it, at a price for each minute of a unit's time.
///
/// Constraints, each a number of minutes: what each crew (units alike on one shift) may spend on
/// visits and ways, and its time in each quarter of an hour; and for each crew and zone what is
/// charged for a visit's ways beyond the usual (way_charges.hpp). Breaks, closed hours and most
/// visits are left out, which can only raise the bound. Read-only once made.
class Relaxation {
  public:
    /// Longest piece of a shift with a price of its own.
    static constexpr Minute piece = 15;

    /// \param ground without noise, and of two years at most; must outlive this.
    Relaxation(const Ground& ground, GapLimit limit);

    std::size_t constraints() const { return capacity_.size(); }
    /// How many of them, the first ones, limit minutes; the prices of the others may be negative.
    std::size_t limits() const { return limits_; }
    std::span<const double> capacity() const { return capacity_; }

    /// An upper bound on the value of every plan whose absences keep the limit, whatever the
    /// prices.
    ///
    /// Starts are told apart to `grid` minutes, a divisor of 60 up to 15; the finer, the lower the
    /// bound: what is lost is about grid / 1,440 of the value. Absences from which no shift is in
    /// time may end with the first visit there can be. O(zones x starts x log starts).
    ///
    /// \param prices of each constraint a minute, those of limits not negative.
    Relaxed at(std::span<const double> prices, Minute grid, unsigned threads = 1) const;

    /// About how many starts `at` looks at, of all zones.
    double work(Minute grid) const;

  private:
    /// A stretch of turns that have all in common; a visit belongs to the one in which it starts.
    struct Crew {
        std::size_t unit = 0;
        Minute from = 0; ///< of the turns
        Minute to = 0;
        Minute first = 0;       ///< starts from then
        Minute last = 0;        ///< up to then belong to the stretch
        std::size_t budget = 0; ///< index of its constraint, which the turns' stretches share
        std::size_t pieces = 0; ///< index of the first piece's constraint, likewise
        std::size_t tolls = 0;  ///< index of the constraint of its first zone
        double count = 0;       ///< units
    };
    /// What a crew costs.
    struct Tariff {
        double minute = 0;        ///< a minute of its budget
        std::vector<double> time; ///< its time from the start of its shift, minute by minute
        WayCharges ways;
    };
    /// A start that a zone could choose, as cheap as any within its grid minutes.
    struct Choice {
        Minute start = 0; ///< the first of its minutes
        Minute exact = 0;
        std::size_t crew = 0;
        double price = 0;
        double price_again = 0; ///< when a unit was in the zone already in the same shift
        bool again = false;     ///< whether that is what the path pays
    };
    struct Path {
        double value = 0;
        std::vector<Choice> visits; ///< latest first
    };
    class PathSearch;

    /// The least that getting to a zone takes of a unit's time.
    Minute approach(const Crew& crew, std::size_t zone) const {
        return std::min(nets_[crew.unit].nearest()[zone], ground_->least_apart());
    }
    void lay_out_ways();
    void gather_crews();
    void split(const Crew& turns);
    void tabulate_fading();
    Tariff tariff(const Crew& crew, std::span<const double> prices) const;
    std::vector<Choice> choices(std::size_t zone, Minute grid,
                                const std::vector<Tariff>& tariffs) const;
    void price_starts(std::size_t crew, std::size_t zone, Minute grid, const Tariff& tariff,
                      std::vector<Choice>& cheapest) const;
    void use(const Choice& visit, std::size_t zone, const Tariff& tariff,
             std::vector<double>& spare) const;
    void use_ways(const Crew& crew, const Tariff& tariff, std::vector<double>& spare) const;
    Minute limit_after(Minute end) const;

    const Ground* ground_;
    GapLimit limit_;
    std::vector<Crew> crews_;
    std::vector<Minute> together_from_; ///< of each minute: the first start that could be in the
                                        ///< same stretch as one then
    std::vector<WayNet> nets_;          ///< of each unit
    std::size_t limits_ = 0;
    std::vector<double> capacity_;
    std::vector<double> grown_; ///< exp(minute / 24 h), from the horizon's middle on
};

struct BoundOptions {
    std::uint32_t steps = 200;       ///< of the search for the best prices
    GapLimit limit = GapLimit::hard; ///< which plans it is to bound
    unsigned threads = 1;
    double work = 2e7; ///< starts of all zones that may be looked at, about: coarser grids and
                       ///< fewer steps where it does not suffice
};

/// An upper bound on the value of every plan for the ground whose absences keep the limit.
///
/// Value is what the visits are worth, travel and lateness aside (Ground::worth x faded). Nothing
/// if the horizon is longer than two years. Deterministic at any number of threads; costs about
/// `work`, some seven million a second.
std::optional<double> value_bound(const Ground& ground, const BoundOptions& options = {});

} // namespace schedule
