#pragma once

#include "cluster/incident.hpp"
#include "cluster/recency.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace cluster {

/// How the weight that an offence has becomes the weight of an incident. Harm scores span four
/// orders of magnitude, so that raw ones let a single homicide outweigh a street of robberies. Each
/// leaves an incident of weight 1 at 1 (a cap below 1 excepted).
struct WeightTransform {
    enum class Kind : std::uint8_t {
        raw,         ///< w
        square_root, ///< sqrt(w)
        logarithm,   ///< log2(1 + w): ln(1 + w) in units that leave 1 at 1
        cap,         ///< min(w, most)
    };
    Kind kind = Kind::raw;
    double most = 1; ///< for `cap`; positive

    /// The transformed weight, positive if `weight` is.
    double of(double weight) const;
};

/// What an incident weighs in every sum, beyond the weight that its offence has.
struct Weighting {
    WeightTransform transform;
    Recency recency;
    std::optional<std::uint32_t> stack_cap; ///< a point counts as at most so many incidents;
                                            ///< at least 1
};

/// Gives each incident its final weight: transform(weight read) * recency, and on a point that
/// holds n incidents, more than the stack cap, times cap / n. So such a point weighs as much as
/// `cap` incidents of its own mean weight, while its incidents are still counted one by one.
///
/// To be called once for a table. Does not depend on the order. Time O(n), or O(n log n) with a
/// stack cap.
void weigh(std::span<Incident> incidents, const Weighting& weighting);

} // namespace cluster
