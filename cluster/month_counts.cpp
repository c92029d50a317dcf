#include "cluster/month_counts.hpp"

#include <algorithm>

namespace cluster {

std::vector<MonthCount> month_counts(std::span<const Incident> incidents,
                                     std::span<const geo::TimeSpan> covered) {
    std::vector<MonthCount> counts;
    counts.reserve(covered.size());
    for (const geo::TimeSpan& month : covered) {
        counts.push_back({month, 0});
    }
    for (const Incident& incident : incidents) {
        const geo::Instant middle = incident.when.from + incident.when.length() / 2;
        const auto after = std::upper_bound(counts.begin(), counts.end(), middle,
                                            [](geo::Instant instant, const MonthCount& count) {
                                                return instant < count.month.from;
                                            });
        if (after != counts.begin() && std::prev(after)->month.contains(middle)) {
            ++std::prev(after)->incidents;
        }
    }
    return counts;
}

} // namespace cluster
