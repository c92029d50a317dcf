#include "cluster/covered_months.hpp"

#include <algorithm>
#include <numeric>

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

/// How many records have their middle in each month, added to `counts`.
template <typename Records>
std::vector<std::size_t> counted(std::vector<std::size_t> counts,
                                 std::span<const geo::TimeSpan> months, const Records& records) {
    for (const auto& record : records) {
        const geo::Instant middle = record.when.from + record.when.length() / 2;
        const auto after = std::upper_bound(
            months.begin(), months.end(), middle,
            [](geo::Instant instant, const geo::TimeSpan& month) { return instant < month.from; });
        if (after != months.begin() && middle < std::prev(after)->to) {
            ++counts[static_cast<std::size_t>(after - months.begin()) - 1];
        }
    }
    return counts;
}

} // namespace

std::vector<geo::TimeSpan> covered_months(const IncidentTable& table, const geo::TimeSpan& period,
                                          const geo::TimeZone& time_zone) {
    constexpr std::size_t never_none =
        10; // records a month; none of as many: once in 20,000 months
    std::vector<geo::TimeSpan> months = months_of(period, time_zone);
    std::vector<std::size_t> counts(months.size());
    counts = counted(std::move(counts), months, table.incidents);
    counts = counted(std::move(counts), months, table.baseline);
    const std::size_t records = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
    const auto with_records = static_cast<std::size_t>(
        std::count_if(counts.begin(), counts.end(), [](std::size_t n) { return n > 0; }));
    if (records < never_none * with_records) {
        return months;
    }
    std::vector<geo::TimeSpan> covered;
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (counts[i] > 0) {
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
