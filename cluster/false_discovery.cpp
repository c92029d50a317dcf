// Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate: a practical and
// powerful approach to multiple testing. Journal of the Royal Statistical Society B 57, 289-300.

#include "cluster/false_discovery.hpp"

#include <algorithm>

namespace cluster {

std::vector<std::optional<double>> q_values(std::span<const std::optional<double>> p_values) {
    std::vector<std::size_t> tested;
    for (std::size_t i = 0; i < p_values.size(); ++i) {
        if (p_values[i]) {
            tested.push_back(i);
        }
    }
    std::sort(tested.begin(), tested.end(),
              [&](std::size_t a, std::size_t b) { return *p_values[a] < *p_values[b]; });
    std::vector<std::optional<double>> result(p_values.size());
    double least = 1;
    for (std::size_t rank = tested.size(); rank > 0; --rank) {
        const std::size_t test = tested[rank - 1];
        const double scaled =
            *p_values[test] * static_cast<double>(tested.size()) / static_cast<double>(rank);
        least = std::min(least, scaled);
        result[test] = least;
    }
    return result;
}

} // namespace cluster
