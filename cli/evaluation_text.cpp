#include "cli/evaluation_text.hpp"

#include "cli/summary.hpp"
#include "geo/time_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace cli {

namespace {

using Out = std::back_insert_iterator<std::string>;
using cluster::Measure;
using cluster::Method;
using cluster::MethodScore;

const std::optional<cluster::Estimate>& estimate(const MethodScore& score, Measure measure) {
    return score.estimates.at(static_cast<std::size_t>(measure));
}

std::string percent(double share) {
    return fmt::format("{:.1f} %", 100 * share);
}

/// A count that may be the mean of several draws.
std::string count(double number) {
    return grouped(static_cast<std::uint64_t>(std::llround(number)));
}

std::string hit_rate(const MethodScore& score) {
    const auto& rate = estimate(score, Measure::hit_rate);
    return rate ? fmt::format("{:.1f} % [{:.1f}, {:.1f}]", 100 * rate->value, 100 * rate->low,
                              100 * rate->high)
                : "-";
}

std::string number(const MethodScore& score, Measure measure) {
    const auto& found = estimate(score, measure);
    return found ? fmt::format("{:.2f} [{:.2f}, {:.2f}]", found->value, found->low, found->high)
                 : "-";
}

double area_share(const cluster::Tally& tally) {
    return tally.area.value() > 0 ? tally.covered / tally.area : 0;
}

void add_header(Out out) {
    fmt::format_to(out, "  {:<35} {:>6} {:>8}  {:<19} {:<17} {:>6} {:>7}  {:<17} {:<17} {}\n",
                   "method", "zones", "held", "hit rate [95 %]", "PAI [95 %]", "a/A", "ceiling",
                   "PEI", "RRI", "Jaccard");
}

void add_row(Out out, const MethodScore& score) {
    const double share = area_share(score.tally);
    fmt::format_to(out, "  {:<35} {:>6} {:>8}  {:<19} {:<17} {:>6.4f} {:>7}  {:<17} {:<17} {}\n",
                   name(score.method), grouped(score.zones), count(score.tally.held),
                   hit_rate(score), number(score, Measure::pai), share,
                   share > 0 ? fmt::format("{:.2f}", 1 / share) : "-", number(score, Measure::pei),
                   number(score, Measure::rri), number(score, Measure::jaccard));
}

void add_table(Out out, const cluster::OriginScore& score) {
    add_header(out);
    for (const MethodScore& method : score.methods) {
        add_row(out, method);
    }
}

std::string days(const geo::TimeSpan& span, const geo::TimeZone& time_zone) {
    return fmt::format("{} to {}", geo::iso_text(time_zone.day(span.from)),
                       geo::iso_text(time_zone.day(span.to - std::chrono::seconds(1))));
}

/// A method of others for as many zones: neither our own optimiser on other weights nor cells,
/// which are many more.
bool is_rival(Method method) {
    return method == Method::last_period || method == Method::incidents ||
           method == Method::kernel_peaks || method == Method::dbscan ||
           method == Method::k_means || method == Method::random;
}

bool is_grid(Method method) {
    return method == Method::grid_150 || method == Method::grid_300;
}

const MethodScore* score_of(const cluster::OriginScore& origin, Method method) {
    const auto found = std::find_if(origin.methods.begin(), origin.methods.end(),
                                    [&](const MethodScore& m) { return m.method == method; });
    return found == origin.methods.end() ? nullptr : &*found;
}

/// The method that held most of those that `counts` lets in, or null.
const MethodScore* best_of(const cluster::OriginScore& origin, bool (*counts)(Method)) {
    const MethodScore* best = nullptr;
    for (const MethodScore& score : origin.methods) {
        if (counts(score.method) && (best == nullptr || score.tally.held > best->tally.held)) {
            best = &score;
        }
    }
    return best;
}

std::string share_held(const MethodScore& score) {
    const cluster::Tally& tally = score.tally;
    return fmt::format("{}/{} ({})", count(tally.held), count(tally.incidents),
                       percent(tally.incidents > 0 ? tally.held / tally.incidents : 0));
}

void add_share(Out out, const MethodScore* score) {
    if (score != nullptr) {
        const cluster::Tally& tally = score->tally;
        fmt::format_to(out, "; {}: {}", name(score->method),
                       percent(tally.incidents > 0 ? tally.held / tally.incidents : 0));
    }
}

void add_origin(Out out, const cluster::OriginScore& origin, const geo::TimeZone& time_zone) {
    const MethodScore* ours = score_of(origin, Method::zones);
    fmt::format_to(
        out, "  trained to {}, tested on {}: {} zones in {} wards held {} of {} = {}",
        geo::iso_text(time_zone.day(origin.origin.training.to - std::chrono::seconds(1))),
        days(origin.origin.test, time_zone), ours->zones, origin.wards, count(ours->tally.held),
        count(ours->tally.incidents), hit_rate(*ours));
    add_share(out, score_of(origin, Method::flat_year));
    add_share(out, best_of(origin, is_rival));
    add_share(out, score_of(origin, Method::hindsight));
    fmt::format_to(out, "\n");
}

/// "the next six months", or the days where they are no whole months.
std::string length_of(const geo::TimeSpan& test, const geo::TimeZone& time_zone) {
    static constexpr std::array words{"month",        "two months",    "three months",
                                      "four months",  "five months",   "six months",
                                      "seven months", "eight months",  "nine months",
                                      "ten months",   "eleven months", "twelve months"};
    const std::chrono::year_month_day from(time_zone.day(test.from));
    const std::chrono::year_month_day to(time_zone.day(test.to));
    const auto months = (to.year() / to.month() - from.year() / from.month()).count();
    if (from.day() == to.day() && months >= 1 && months <= static_cast<int>(words.size())) {
        return fmt::format("the next {}", words.at(static_cast<std::size_t>(months - 1)));
    }
    return days(test, time_zone);
}

} // namespace

std::string_view name(Method method) {
    switch (method) {
    case Method::zones:
        return "patrol zones, these settings";
    case Method::flat_year:
        return "our discs of a flat last 12 months";
    case Method::last_period:
        return "last period's zones";
    case Method::incidents:
        return "discs on incidents";
    case Method::kernel_peaks:
        return "kernel density peaks";
    case Method::dbscan:
        return "DBSCAN centroids";
    case Method::k_means:
        return "k-means centroids";
    case Method::grid_150:
        return "150 m grid cells";
    case Method::grid_300:
        return "300 m grid cells";
    case Method::random:
        return "random legal discs, mean of 20";
    case Method::hindsight:
        return "hindsight";
    }
    return "";
}

std::string evaluation_sentence(const cluster::OriginScore& origin,
                                const geo::TimeZone& time_zone) {
    const MethodScore& ours = *score_of(origin, Method::zones);
    const cluster::Tally& tally = ours.tally;
    const auto& rate = estimate(ours, Measure::hit_rate);
    std::string text = fmt::format(
        "The {} zones are {:.1f}/{:.1f} km2 ({}) of the top wards' area and held {}/{} ({}{}) of "
        "their violence in {}",
        ours.zones, tally.covered.square_kilometres(), tally.area.square_kilometres(),
        percent(area_share(tally)), count(tally.held), count(tally.incidents),
        percent(rate ? rate->value : 0),
        rate ? fmt::format(" [{}, {}]", percent(rate->low), percent(rate->high)) : "",
        length_of(origin.origin.test, time_zone));
    if (const MethodScore* other = best_of(origin, is_rival)) {
        text += fmt::format("; the best other method for as many zones ({}) held {}",
                            name(other->method), share_held(*other));
    }
    if (const MethodScore* cells = best_of(origin, is_grid)) {
        text += fmt::format("; {} {} of the same area held {}", cells->zones, name(cells->method),
                            share_held(*cells));
    }
    return text;
}

std::string evaluation_text(const cluster::Backtest& backtest, const geo::TimeZone& time_zone) {
    std::string text;
    const Out out(text);
    const cluster::OriginScore& pooled = backtest.pooled;
    fmt::format_to(out,
                   "Back-test over {} origin{}: zones from the training days, scored on the "
                   "later test days\n",
                   backtest.origins.size(), backtest.origins.size() == 1 ? "" : "s");
    if (backtest.origins.size() > 1) {
        fmt::format_to(out, "All origins together, tested on {}\n",
                       days(pooled.origin.test, time_zone));
        add_table(out, pooled);
        fmt::format_to(out, "Each origin\n");
        for (const cluster::OriginScore& origin : backtest.origins) {
            add_origin(out, origin, time_zone);
        }
    }
    const cluster::OriginScore& last = backtest.origins.back();
    fmt::format_to(out, "The last origin, tested on {}\n", days(last.origin.test, time_zone));
    add_table(out, last);
    fmt::format_to(out, "{}\n", evaluation_sentence(last, time_zone));
    return text;
}

} // namespace cli
