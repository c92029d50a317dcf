#include "schedule/wish.hpp"

#include <algorithm>
#include <cmath>

namespace schedule {

std::vector<unsigned> wanted_by_week(double a_week, geo::TimeSpan horizon) {
    constexpr double most = 1000;
    const double wish = std::clamp(a_week, 0.0, most);
    const std::chrono::seconds week = wish_week;
    std::vector<unsigned> result;
    double before = 0;
    for (std::chrono::seconds end = week; end - week < horizon.length(); end += week) {
        const std::chrono::duration<double> until = std::min(end, horizon.length());
        const double sum = std::floor(wish * (until / wish_week) + 0.5);
        result.push_back(static_cast<unsigned>(sum - before));
        before = sum;
    }
    return result;
}

} // namespace schedule
