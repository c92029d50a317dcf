// P-values of a scan statistic by a Gumbel distribution fitted to the maxima of Monte Carlo
// replicates. Abrams, A. M., Kleinman, K. and Kulldorff, M. (2010). Gumbel based p-value
// approximations for spatial scan statistics. International Journal of Health Geographics 9, 61.
// Moments instead of maximum likelihood: no iteration, and as good for 99 values or more.

#include "cluster/gumbel.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace cluster {

double Gumbel::upper_tail(double value) const {
    if (scale <= 0) {
        return value <= location ? 1 : 0;
    }
    return -std::expm1(-std::exp(-(value - location) / scale));
}

Gumbel fit_gumbel(std::span<const double> values) {
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    if (values.size() < 2 || squares <= 0) {
        return {mean, 0};
    }
    const double scale = std::sqrt(6 * squares / (count - 1)) / std::numbers::pi;
    return {mean - std::numbers::egamma * scale, scale};
}

double chance_of_maximum(double observed, std::span<const double> replicates) {
    constexpr double least = 1e-9;
    const auto [low, high] = std::minmax_element(replicates.begin(), replicates.end());
    if (*low == *high) {
        return observed > *high ? 1 / (static_cast<double>(replicates.size()) + 1) : 1;
    }
    return std::clamp(fit_gumbel(replicates).upper_tail(observed), least, 1.0);
}

} // namespace cluster
