#pragma once

#include <span>

namespace cluster {

/// A Gumbel distribution: what the maximum of many alike quantities tends to follow.
struct Gumbel {
    double location = 0; ///< mode
    double scale = 1;    ///< not negative; 0: all mass on the location

    /// The chance of `value` or more, 0 to 1.
    double upper_tail(double value) const;
};

/// The Gumbel distribution with the mean and the variance of the values (method of moments).
/// \param values at least one; fewer than two, or equal ones, give scale 0.
Gumbel fit_gumbel(std::span<const double> values);

/// How likely a maximum of `observed` or more is where chance gave the maxima `replicates`, in
/// (0, 1]: the upper tail of the Gumbel distribution fitted to them, never below 1e-9, since no fit
/// to a hundred values says anything of rarer events. Equal replicates have no fit; there it is
/// the rank, 1 / (replicates + 1) or 1.
///
/// Abrams, Kleinman & Kulldorff (2010) found such p-values as good as far more replicates give, and
/// better than the rank's below 1 / (replicates + 1).
double chance_of_maximum(double observed, std::span<const double> replicates);

} // namespace cluster
