// Two Poisson counts are compared given their sum: the later is then binomial with the share of
// time that it was counted over. Przyborowski, J. and Wilenski, H. (1940). Homogeneity of results
// in testing samples from Poisson series. Biometrika 31, 313-323.

#include "cluster/trend.hpp"

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <vector>

namespace cluster {

namespace {

constexpr std::size_t year = 12;

double days(std::span<const geo::TimeSpan> months) {
    double sum = 0;
    for (const geo::TimeSpan& month : months) {
        sum += std::chrono::duration<double, std::chrono::days::period>(month.length()).count();
    }
    return sum;
}

std::uint32_t count_in(std::span<const Incident> incidents, std::span<const geo::TimeSpan> months) {
    return static_cast<std::uint32_t>(
        std::count_if(incidents.begin(), incidents.end(), [&](const Incident& incident) {
            const geo::Instant middle = incident.when.from + incident.when.length() / 2;
            return std::any_of(months.begin(), months.end(),
                               [&](const geo::TimeSpan& month) { return month.contains(middle); });
        }));
}

/// The chance of `count` or more of `counts` in the recent months at an even rate.
double at_least(std::uint32_t count, const TrendCounts& counts) {
    const std::uint32_t all = counts.recent + counts.before;
    if (count == 0) {
        return 1;
    }
    return count > all
               ? 0
               : boost::math::ibeta(static_cast<double>(count),
                                    static_cast<double>(all - count) + 1, counts.recent_share);
}

} // namespace

std::string_view word(Trend trend) {
    switch (trend) {
    case Trend::rising:
        return "rising";
    case Trend::steady:
        return "steady";
    case Trend::falling:
        return "falling";
    }
    return "";
}

std::optional<TrendCounts> trend_counts(std::span<const Incident> inside,
                                        std::span<const geo::TimeSpan> covered) {
    std::vector<geo::TimeSpan> whole;
    std::copy_if(
        covered.begin(), covered.end(), std::back_inserter(whole),
        [](const geo::TimeSpan& month) { return month.length() >= std::chrono::days(27); });
    const std::size_t each = std::min(year, whole.size() / 2);
    if (each == 0) {
        return std::nullopt;
    }
    const auto compared = std::span(whole).last(2 * each);
    const auto before = compared.first(each);
    const auto recent = compared.last(each);
    TrendCounts counts{.recent = count_in(inside, recent),
                       .before = count_in(inside, before),
                       .months = static_cast<unsigned>(each),
                       .recent_share = days(recent) / days(compared)};
    for (std::size_t i = 1; i < compared.size(); ++i) {
        counts.gaps = counts.gaps || compared[i].from != compared[i - 1].to;
    }
    return counts;
}

std::optional<Trend> trend_of(const TrendCounts& counts) {
    constexpr std::uint32_t enough = 20;
    constexpr double tail = 0.025;
    if (counts.recent + counts.before < enough) {
        return std::nullopt;
    }
    if (at_least(counts.recent, counts) <= tail) {
        return Trend::rising;
    }
    const double at_most = 1 - at_least(counts.recent + 1, counts);
    return at_most <= tail ? Trend::falling : Trend::steady;
}

} // namespace cluster
