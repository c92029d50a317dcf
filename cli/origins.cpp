#include "cli/origins.hpp"

#include "geo/error.hpp"
#include "geo/time_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace cli {

namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month_day;

constexpr months usual_test{6};

/// The same day of another month, or that month's last day.
geo::Day shifted(geo::Day day, months by) {
    const year_month_day date = year_month_day(day) + by;
    return geo::Day(date.ok() ? date
                              : year_month_day(date.year() / date.month() / std::chrono::last));
}

/// Calendar days [from, to).
struct DaySpan {
    geo::Day from;
    geo::Day to;
};

/// What the records span, in whole days.
DaySpan days_of(const cluster::IncidentTable& table, const geo::TimeZone& time_zone) {
    geo::TimeSpan span = table.incidents.front().when;
    for (const cluster::Incident& incident : table.incidents) {
        span.from = std::min(span.from, incident.when.from);
        span.to = std::max(span.to, incident.when.to);
    }
    return {time_zone.day(span.from), time_zone.day(span.to - std::chrono::seconds(1)) + days(1)};
}

DaySpan last_test(const Settings& settings, const DaySpan& data) {
    if (settings.train_to && !settings.test_to) {
        const geo::Day cut = *settings.train_to + days(1);
        return {cut, std::min(shifted(cut, usual_test), data.to)};
    }
    const geo::Day end = settings.test_to ? *settings.test_to + days(1) : data.to;
    return {settings.train_to ? *settings.train_to + days(1) : shifted(end, -usual_test), end};
}

bool any_in(const cluster::IncidentTable& table, const geo::TimeSpan& span) {
    return std::any_of(table.incidents.begin(), table.incidents.end(),
                       [&](const cluster::Incident& incident) {
                           return incident.when.from >= span.from && incident.when.to <= span.to;
                       });
}

/// Consecutive months as "2020-06, 2020-08 and 2020-09".
std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
    }
    return text;
}

std::chrono::year_month month_of(geo::Day day) {
    const year_month_day date(day);
    return date.year() / date.month();
}

} // namespace

std::vector<cluster::Origin> origins_of(const Settings& settings,
                                        const cluster::IncidentTable& table,
                                        const geo::TimeZone& time_zone) {
    std::vector<cluster::Origin> origins;
    if (table.incidents.empty()) {
        throw geo::Error(geo::ErrorKind::usage,
                         "there is no incident to evaluate on; widen --from and --test-to");
    }
    const DaySpan data = days_of(table, time_zone);
    const geo::Day first = settings.from.value_or(data.from);
    const DaySpan test = last_test(settings, data);
    if (test.to <= test.from) {
        throw geo::Error(geo::ErrorKind::usage,
                         fmt::format("there is no day to test on between --train-to {} and {}",
                                     geo::iso_text(test.from - days(1)),
                                     geo::iso_text(test.to - days(1))));
    }
    for (unsigned k = 0; k < settings.origins; ++k) {
        const months back(static_cast<int>(k * settings.step_months));
        const DaySpan shifted_test{shifted(test.from, -back), shifted(test.to, -back)};
        if (shifted_test.from - first < shifted_test.to - shifted_test.from) {
            break;
        }
        const geo::TimeSpan training{time_zone.midnight(first),
                                     time_zone.midnight(shifted_test.from)};
        const geo::TimeSpan later{training.to, time_zone.midnight(shifted_test.to)};
        if (any_in(table, training) && any_in(table, later)) {
            origins.push_back({training, later});
        }
    }
    if (origins.empty()) {
        throw geo::Error(
            geo::ErrorKind::usage,
            fmt::format("the incidents, {} to {}, leave no training as long as the test of {} to "
                        "{}; move --train-to and --test-to",
                        geo::iso_text(data.from), geo::iso_text(data.to - days(1)),
                        geo::iso_text(test.from), geo::iso_text(test.to - days(1))));
    }
    std::reverse(origins.begin(), origins.end());
    return origins;
}

std::vector<std::string> gap_warnings(const std::vector<cluster::Origin>& origins,
                                      const cluster::IncidentTable& table,
                                      const geo::TimeZone& time_zone) {
    std::set<std::chrono::year_month> seen;
    const auto see = [&](const geo::TimeSpan& when) {
        seen.insert(month_of(time_zone.day(when.from)));
    };
    for (const cluster::Incident& incident : table.incidents) {
        see(incident.when);
    }
    for (const cluster::BaselineCrime& crime : table.baseline) {
        see(crime.when);
    }
    std::set<std::chrono::year_month> missing;
    for (const cluster::Origin& origin : origins) {
        const auto last = month_of(time_zone.day(origin.test.to - std::chrono::seconds(1)));
        for (auto month = month_of(time_zone.day(origin.test.from)); month <= last;
             month += months(1)) {
            if (!seen.contains(month)) {
                missing.insert(month);
            }
        }
    }
    if (missing.empty()) {
        return {};
    }
    std::vector<std::string> names;
    for (const std::chrono::year_month month : missing) {
        names.push_back(fmt::format("{:04}-{:02}", static_cast<int>(month.year()),
                                    static_cast<unsigned>(month.month())));
    }
    return {fmt::format("no record of any kind is from {}, inside a test span; what was not "
                        "recorded counts as not happened",
                        listed(names))};
}

} // namespace cli
