#include "io/stacked_points.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace io {

namespace {

constexpr std::uint32_t smallest_stack = 20;
constexpr double ninth_decile_of_normal = 1.2815515655446004;

/// How many of `points` points are expected to hold at least `size`, for sizes log-normal around
/// `median`.
double expected_points(double size, double median, double log_deviation, std::size_t points) {
    if (log_deviation <= 0) {
        return size > median ? 0 : static_cast<double>(points);
    }
    const double z = std::log(size / median) / log_deviation;
    return static_cast<double>(points) * 0.5 * std::erfc(z / std::numbers::sqrt2);
}

} // namespace

std::optional<std::uint32_t> improbable_stack(std::span<const std::uint32_t> sizes) {
    std::vector<std::uint32_t> sorted(sizes.begin(), sizes.end());
    std::sort(sorted.begin(), sorted.end());
    if (sorted.empty()) {
        return std::nullopt;
    }
    const double median = sorted[sorted.size() / 2];
    const double ninth_decile = sorted[sorted.size() * 9 / 10];
    const double log_deviation = std::log(ninth_decile / median) / ninth_decile_of_normal;
    const auto improbable = std::find_if(sorted.begin(), sorted.end(), [&](std::uint32_t size) {
        return size >= smallest_stack &&
               expected_points(size, median, log_deviation, sorted.size()) < 1;
    });
    return improbable == sorted.end() ? std::nullopt : std::optional(*improbable);
}

} // namespace io
