#include "schedule/load_balance.hpp"

#include <algorithm>
#include <numeric>

namespace schedule {

namespace {

/// The pool of each unit, by its first unit.
std::vector<std::size_t> pools_of(const Ground& ground, std::size_t units) {
    std::vector<std::size_t> pool(units);
    std::iota(pool.begin(), pool.end(), std::size_t{0});
    for (std::size_t zone = 0; zone < ground.zones(); ++zone) {
        std::size_t first = units;
        for (std::size_t unit = 0; unit < units; ++unit) {
            if (!ground.serves(unit, zone)) {
                continue;
            }
            if (first == units) {
                first = unit;
                continue;
            }
            const std::size_t into = std::min(pool[first], pool[unit]);
            const std::size_t from = std::max(pool[first], pool[unit]);
            std::replace(pool.begin(), pool.end(), from, into);
        }
    }
    return pool;
}

double one_over(double minutes) {
    return minutes > 0 ? 1 / minutes : 0;
}

} // namespace

LoadBalance::LoadBalance(const Ground& ground) {
    std::vector<double> budgets;
    for (const Turn& turn : ground.turns()) {
        budgets.resize(std::max(budgets.size(), turn.unit + 1), 0);
        budgets[turn.unit] += turn.budget;
    }
    const std::vector<std::size_t> pools = pools_of(ground, budgets.size());
    units_.resize(budgets.size());
    std::vector<double> shared(budgets.size(), 0);
    for (std::size_t unit = 0; unit < budgets.size(); ++unit) {
        units_[unit] = {pools[unit], 0, one_over(budgets[unit])};
        shared[pools[unit]] += budgets[unit];
    }
    pools_.reserve(shared.size());
    for (const double budget : shared) {
        pools_.push_back({0, one_over(budget)});
    }
}

void LoadBalance::add(std::size_t unit, Minute minutes) {
    units_[unit].used += minutes;
    pools_[units_[unit].pool].used += minutes;
}

double LoadBalance::unevenness() const {
    double sum = 0;
    for (const Unit& unit : units_) {
        sum += unit.used * unit.used * unit.per_budget;
    }
    for (const Pool& pool : pools_) {
        sum -= pool.used * pool.used * pool.per_budget;
    }
    return sum;
}

} // namespace schedule
