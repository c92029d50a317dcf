#include "cluster/covered_months.hpp"

#include <algorithm>

namespace cluster {

namespace {

std::vector<geo::TimeSpan> months_of(const geo::TimeSpan& period, const geo::TimeZone& time_zone) {
    std::vector<geo::TimeSpan> months;
    if (period.length() <= std::chrono::seconds(0)) {
        return months;
    }
    const std::chrono::year_month_day first(time_zone.day(period.from));
    for (std::chrono::year_month month = first.year() / first.month();;
         month += std::chrono::months(1)) {
        const geo::TimeSpan span = geo::month_span(time_zone, month);
        if (span.from >= period.to) {
            return months;
        }
        months.push_back({std::max(span.from, period.from), std::min(span.to, period.to)});
    }
}

/// Marks the months that hold the middle of one of the records.
template <typename Records>
std::vector<char> marked(std::vector<char> seen, std::span<const geo::TimeSpan> months,
                         const Records& records) {
    for (const auto& record : records) {
        const geo::Instant middle = record.when.from + record.when.length() / 2;
        const auto after = std::upper_bound(
            months.begin(), months.end(), middle,
            [](geo::Instant instant, const geo::TimeSpan& month) { return instant < month.from; });
        if (after != months.begin() && middle < std::prev(after)->to) {
            seen[static_cast<std::size_t>(after - months.begin()) - 1] = 1;
        }
    }
    return seen;
}

} // namespace

std::vector<geo::TimeSpan> covered_months(const IncidentTable& table, const geo::TimeSpan& period,
                                          const geo::TimeZone& time_zone) {
    const std::vector<geo::TimeSpan> months = months_of(period, time_zone);
    std::vector<char> seen(months.size());
    seen = marked(std::move(seen), months, table.incidents);
    seen = marked(std::move(seen), months, table.baseline);
    std::vector<geo::TimeSpan> covered;
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (seen[i] != 0) {
            covered.push_back(months[i]);
        }
    }
    return covered;
}

double effective_weeks(const Recency& recency, std::span<const geo::TimeSpan> spans) {
    double weeks = 0;
    for (const geo::TimeSpan& span : spans) {
        weeks += recency.effective_weeks(span);
    }
    return weeks;
}

} // namespace cluster
