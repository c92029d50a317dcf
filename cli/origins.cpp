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

    days length() const { return to - from; }
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

/// As many days before a span as it is long; as many months where it is whole months.
geo::Day one_length_before(const DaySpan& span) {
    const year_month_day from(span.from);
    const year_month_day to(span.to);
    return from.day() == to.day()
               ? shifted(span.from, -(to.year() / to.month() - from.year() / from.month()))
               : span.from - (span.to - span.from);
}

cluster::Origin origin_of(const DaySpan& training, const DaySpan& test,
                          const geo::TimeZone& time_zone) {
    const auto midnights = [&](const DaySpan& span) {
        return geo::TimeSpan{time_zone.midnight(span.from), time_zone.midnight(span.to)};
    };
    return {.training = midnights(training),
            .test = midnights(test),
            .one_test_earlier = time_zone.midnight(one_length_before(test)),
            .one_year_earlier = time_zone.midnight(shifted(training.to, months(-12)))};
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

[[noreturn]] void refuse_split(const DaySpan& data, const DaySpan& test) {
    throw geo::Error(
        geo::ErrorKind::usage,
        fmt::format("incidents from {} to {} cannot be tested on {} to {} after a training as long "
                    "as that; move --train-to or --test-to",
                    geo::iso_text(data.from), geo::iso_text(data.to - days(1)),
                    geo::iso_text(test.from), geo::iso_text(test.to - days(1))));
}

/// Every month of which any record was read.
std::set<std::chrono::year_month> months_recorded(const cluster::IncidentTable& table,
                                                  const geo::TimeZone& time_zone) {
    std::set<std::chrono::year_month> recorded;
    const auto see = [&](const auto& records) {
        for (const auto& record : records) {
            recorded.insert(month_of(time_zone.day(record.when.from)));
        }
    };
    see(table.incidents);
    see(table.baseline);
    return recorded;
}

/// Months of the test spans without any record, as "2020-06".
std::vector<std::string> months_without_record(const std::vector<cluster::Origin>& origins,
                                               const cluster::IncidentTable& table,
                                               const geo::TimeZone& time_zone) {
    const auto recorded = months_recorded(table, time_zone);
    std::set<std::string> missing;
    for (const cluster::Origin& origin : origins) {
        const auto last = month_of(time_zone.day(origin.test.to - std::chrono::seconds(1)));
        for (auto month = month_of(time_zone.day(origin.test.from)); month <= last;
             month += months(1)) {
            if (!recorded.contains(month)) {
                missing.insert(fmt::format("{:04}-{:02}", static_cast<int>(month.year()),
                                           static_cast<unsigned>(month.month())));
            }
        }
    }
    return {missing.begin(), missing.end()};
}

/// Whether an incident's time reaches over the cut or the end of the test.
bool straddles(const cluster::Incident& incident, const cluster::Origin& origin) {
    const auto reaches_over = [&](geo::Instant edge) {
        return incident.when.from < edge && incident.when.to > edge;
    };
    return reaches_over(origin.training.to) || reaches_over(origin.test.to);
}

} // namespace

std::vector<cluster::Origin> origins_of(const Settings& settings,
                                        const cluster::IncidentTable& table,
                                        const geo::TimeZone& time_zone) {
    if (table.incidents.empty()) {
        throw geo::Error(geo::ErrorKind::usage,
                         "there is no incident to evaluate on; widen --from and --test-to");
    }
    const DaySpan data = days_of(table, time_zone);
    const DaySpan test = last_test(settings, data);
    std::vector<cluster::Origin> origins;
    for (unsigned k = 0; k < settings.origins; ++k) {
        const months back(static_cast<int>(k * settings.step_months));
        const DaySpan tested{shifted(test.from, -back), shifted(test.to, -back)};
        const DaySpan trained{settings.from.value_or(data.from), tested.from};
        const cluster::Origin origin = origin_of(trained, tested, time_zone);
        if (trained.length() >= tested.length() && any_in(table, origin.training) &&
            any_in(table, origin.test)) {
            origins.push_back(origin);
        } else if (k == 0) {
            refuse_split(data, test);
        }
    }
    std::reverse(origins.begin(), origins.end());
    return origins;
}

std::vector<std::string> split_warnings(const std::vector<cluster::Origin>& origins,
                                        const cluster::IncidentTable& table,
                                        const geo::TimeZone& time_zone) {
    std::vector<std::string> warnings;
    if (const auto missing = months_without_record(origins, table, time_zone); !missing.empty()) {
        warnings.push_back(fmt::format("no record of any kind is from {}, inside a test span; what "
                                       "was not recorded counts as not happened",
                                       listed(missing)));
    }
    const auto straddling = static_cast<std::size_t>(
        std::count_if(table.incidents.begin(), table.incidents.end(),
                      [&](const cluster::Incident& i) { return straddles(i, origins.back()); }));
    if (straddling * 100 > table.incidents.size()) {
        warnings.push_back(fmt::format(
            "incidents that by their times may lie on either side of {1} or {2}, and so serve "
            "neither training nor test: {0}; for data by the month let both end with a month",
            straddling, geo::iso_text(time_zone.day(origins.back().training.to)),
            geo::iso_text(time_zone.day(origins.back().test.to))));
    }
    return warnings;
}

} // namespace cli
