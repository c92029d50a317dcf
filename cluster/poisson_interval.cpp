// Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442: the
// bounds are quantiles of gamma distributions, half those of chi-squared with 2n and 2n + 2 degrees
// of freedom.

#include "cluster/poisson_interval.hpp"

#include <boost/math/special_functions/gamma.hpp>

namespace cluster {

CountInterval poisson_interval(std::uint32_t count) {
    constexpr double tail = 0.025;
    const double n = count;
    return {count == 0 ? 0 : boost::math::gamma_p_inv(n, tail),
            boost::math::gamma_q_inv(n + 1, tail)};
}

} // namespace cluster
