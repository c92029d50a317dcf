#include "cluster/recency.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cluster {

namespace {

double days_between(geo::Instant from, geo::Instant to) {
    return std::chrono::duration_cast<Recency::Days>(to - from).count();
}

} // namespace

double Recency::of(const geo::TimeSpan& when) const {
    if (!half_life) {
        return 1;
    }
    const double age = days_between(when.from + when.length() / 2, as_of);
    return std::exp2(-std::max(0.0, age) / half_life->count());
}

double Recency::effective_weeks(const geo::TimeSpan& period) const {
    if (!half_life) {
        return days_between(period.from, period.to) / 7;
    }
    const double newest = std::max(0.0, days_between(period.to, as_of));
    const double oldest = std::max(newest, days_between(period.from, as_of));
    const double later = days_between(std::max(period.from, as_of), std::max(period.to, as_of));
    const double scale = half_life->count() / std::numbers::ln2;
    return (scale * (std::exp2(-newest / half_life->count()) -
                     std::exp2(-oldest / half_life->count())) +
            later) /
           7;
}

} // namespace cluster
