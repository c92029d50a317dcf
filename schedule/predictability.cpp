// Shannon's (1948) entropy of the hours in which visits begin. Few visits cannot spread over many
// hours: n visits have log2(n) bits at most.
#include "schedule/predictability.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

namespace schedule {

namespace {

using Hours = std::array<double, 24>; ///< visits by hour of the day

double entropy(const Hours& hours) {
    const double all = std::accumulate(hours.begin(), hours.end(), 0.0);
    double bits = 0;
    for (const double visits : hours) {
        bits -= visits > 0 ? visits / all * std::log2(visits / all) : 0;
    }
    return bits;
}

} // namespace

Predictability predictability(std::span<const Visit> visits, const geo::TimeZone& zone) {
    std::map<std::string, Hours> by_zone;
    Hours all{};
    for (const Visit& visit : visits) {
        const unsigned hour = geo::hour_of_week(zone.wall_time(visit.when.from)) % 24;
        by_zone[visit.zone.text()][hour] += 1;
        all[hour] += 1;
    }
    Predictability result;
    if (visits.empty()) {
        return result;
    }
    result.entropy = entropy(all);
    const auto total = static_cast<double>(visits.size());
    for (const auto& [id, hours] : by_zone) {
        const double own = std::accumulate(hours.begin(), hours.end(), 0.0);
        result.zone_entropy += own / total * entropy(hours);
        result.likeliest_hour += *std::max_element(hours.begin(), hours.end()) / total;
    }
    return result;
}

} // namespace schedule
