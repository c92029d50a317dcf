#pragma once

#include <optional>
#include <span>
#include <vector>

namespace cluster {

/// The q-value of each test: the smallest false discovery rate at which it is still among the
/// discoveries (Benjamini & Hochberg 1995, step-up), 0 to 1.
///
/// Calling those with q <= 0.05 discoveries makes at most one in twenty of them false, on average,
/// where tests are independent or depend positively (Benjamini & Yekutieli 2001). Where nothing was
/// tested there is nothing, and it does not count as a test. In the order given; O(n log n).
std::vector<std::optional<double>> q_values(std::span<const std::optional<double>> p_values);

} // namespace cluster
