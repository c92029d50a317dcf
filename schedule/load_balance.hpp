#pragma once

#include "schedule/ground.hpp"

#include <cstddef>
#include <vector>

namespace schedule {

/// How evenly the work lies on units that could take it from each other.
///
/// A unit's load is the share of its shifts' budgets that visits and ways take. Units that share a
/// zone, or are linked by a row of units that do, are one pool: only within it can work be moved,
/// so loads are held against the pool's own, all its minutes over all its budgets.
class LoadBalance {
  public:
    explicit LoadBalance(const Ground& ground);

    /// Adds minutes of work to the unit; negative ones are taken off.
    void add(std::size_t unit, Minute minutes);

    /// Sum over all units of their budget times the square of what their load is off their pool's,
    /// in minutes: 0 where all are even.
    double unevenness() const;
    /// What adding the minutes would change in it.
    double change(std::size_t unit, Minute minutes) const {
        const Unit& of = units_[unit];
        const Pool& pool = pools_[of.pool];
        const auto more = static_cast<double>(minutes);
        return more *
               ((2 * of.used + more) * of.per_budget - (2 * pool.used + more) * pool.per_budget);
    }
    /// No more than what a minute added changes in it, however many are added.
    double least_change(std::size_t unit) const {
        const Unit& of = units_[unit];
        const Pool& pool = pools_[of.pool];
        return 2 * (of.used * of.per_budget - pool.used * pool.per_budget);
    }

  private:
    struct Pool {
        double used = 0;       ///< minutes
        double per_budget = 0; ///< one over the minutes there are; 0 where there are none
    };
    struct Unit {
        std::size_t pool = 0;
        double used = 0;
        double per_budget = 0;
    };

    std::vector<Unit> units_;
    std::vector<Pool> pools_;
};

} // namespace schedule
