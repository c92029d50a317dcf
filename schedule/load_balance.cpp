#include "schedule/load_balance.hpp"

#include <numeric>

namespace schedule {

namespace {

double one_over(double minutes) {
    return minutes > 0 ? 1 / minutes : 0;
}

} // namespace

LoadBalance::LoadBalance(const Ground& ground) {
    std::vector<std::size_t> zones(ground.zones());
    std::iota(zones.begin(), zones.end(), std::size_t{0});
    const std::vector<std::size_t> pools = ground.pools(zones);
    std::vector<double> budgets(pools.size(), 0);
    std::vector<double> shared(pools.size(), 0);
    for (const Turn& turn : ground.turns()) {
        budgets[turn.unit] += turn.budget;
        shared[pools[turn.unit]] += turn.budget;
    }
    for (std::size_t unit = 0; unit < budgets.size(); ++unit) {
        units_.push_back({pools[unit], 0, one_over(budgets[unit])});
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
