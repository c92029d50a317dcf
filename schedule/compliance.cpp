// The rule as it was kept: repeat attendance within four days, an attendance being ten minutes of
// tasked presence at least (Koper 1995; docs/methods/compliance.md). Gaps are read off the
// attendances of each zone in the order of time, keeping the latest end so far, so that units that
// come and go beside each other leave no gap between them.
#include "schedule/compliance.hpp"

#include "geo/error.hpp"
#include "schedule/gap.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace schedule {

namespace {

using std::chrono::seconds;

constexpr seconds ten_minutes{600};
constexpr seconds fifteen_minutes{900};

using Attendances = std::vector<const Attendance*>;

/// The last second in which a visit may start. A duty day's last minute is all of it allowed.
geo::Instant last_allowed_second(geo::Instant last_allowed, GapMode mode) {
    return mode == GapMode::duty_day ? last_allowed + seconds(59) : last_allowed;
}

/// Reads breaches off the attendances of one zone.
class GapReading {
  public:
    GapReading(const ComplianceQuestion& question, const WatchedZone& watched)
        : question_(question), watched_(watched),
          end_(watched.until ? std::min(*watched.until, question.period.to) : question.period.to) {}

    /// \param counted by start.
    ZoneCompliance read(const Attendances& counted) {
        result_.zone = watched_.zone;
        const geo::Instant as_of = question_.period.to;
        result_.in_force = (!watched_.since || *watched_.since <= as_of) &&
                           (!watched_.until || as_of < *watched_.until);
        geo::Instant from = beginning();
        for (const Attendance* attendance : counted) {
            const geo::TimeSpan& when = attendance->when;
            if (when.from >= end_) {
                break;
            }
            if (!result_.last_counted && when.to <= beginning()) {
                from = when.to; // known from before: the gap runs from there
            } else {
                absence({from, when.from}, false);
            }
            result_.last_counted =
                result_.last_counted ? std::max(*result_.last_counted, when.to) : when.to;
            from = *result_.last_counted;
        }
        absence({from, end_}, true);
        if (result_.in_force) {
            result_.due_by = last_allowed(std::max(from, earliest_start()));
            result_.left = *result_.due_by - as_of;
        }
        return std::move(result_);
    }

  private:
    /// From when absence counts where nothing is known from before.
    geo::Instant beginning() const {
        return watched_.since ? std::max(*watched_.since, question_.period.from)
                              : question_.period.from;
    }

    /// Before that, the zone was not in force.
    geo::Instant earliest_start() const { return watched_.since.value_or(geo::Instant::min()); }

    geo::Instant last_allowed(geo::Instant from) const {
        return latest_start(from, question_.rule.max_gap, question_.rule.gap_mode, question_.zone);
    }

    /// Books the absence, which may be none, as far as the zone was in force.
    void absence(geo::TimeSpan away, bool to_the_end) {
        const bool never = !result_.last_counted || *result_.last_counted < earliest_start();
        away.from = std::max(away.from, earliest_start());
        if (away.to <= away.from || away.to <= question_.period.from) {
            return;
        }
        result_.longest_absence = std::max(result_.longest_absence, away.length());
        const geo::Instant allowed = last_allowed(away.from);
        if (away.to > last_allowed_second(allowed, question_.rule.gap_mode)) {
            const bool open = to_the_end && result_.in_force;
            result_.breaches.push_back({watched_.zone, away, allowed, open, never});
        }
    }

    const ComplianceQuestion& question_;
    const WatchedZone& watched_;
    geo::Instant end_;
    ZoneCompliance result_;
};

/// The part of a span that lies in another.
seconds shared(const geo::TimeSpan& a, const geo::TimeSpan& b) {
    return std::max(seconds(0), std::min(a.to, b.to) - std::max(a.from, b.from));
}

void add_number(std::optional<std::uint64_t>& sum, const std::optional<std::uint32_t>& number) {
    if (number) {
        sum = sum.value_or(0) + *number;
    }
}

void add_dwell(DwellCounts& dwell, seconds length) {
    ++(length < ten_minutes       ? dwell.under_10
       : length < fifteen_minutes ? dwell.from_10_to_14
                                  : dwell.from_15);
}

/// Adds attendances to totals of spans of time.
class Adding {
  public:
    explicit Adding(const ComplianceQuestion& question) : rule_(question.rule) {
        for (const Unit& unit : question.units) {
            officers_.emplace(unit.name, unit.officers);
        }
    }

    void add(PresenceByKind& totals, const Attendance& attendance,
             const geo::TimeSpan& within) const {
        PresenceTotals& own =
            attendance.kind == Attendance::Kind::tasked ? totals.tasked : totals.background;
        const seconds time = shared(attendance.when, within);
        const auto officers = officers_.find(attendance.unit);
        own.time += time;
        if (officers != officers_.end()) {
            own.officer_time += time * static_cast<std::int64_t>(officers->second);
        }
        if (!within.contains(attendance.when.from)) {
            return;
        }
        ++own.visits;
        own.counted += counts(attendance, rule_) ? 1U : 0U;
        own.without_officers += officers == officers_.end() ? 1U : 0U;
        add_dwell(own.dwell, attendance.when.length());
        add_number(own.arrests, attendance.arrests);
        add_number(own.searches, attendance.searches);
    }

  private:
    const Rule& rule_;
    std::map<UnitId, unsigned> officers_;
};

/// A calendar month, or a quarter, as far as it lies in the period.
struct CalendarSpan {
    Return row;
    geo::TimeSpan part;
};

/// Every stretch of `months` calendar months that the period touches; January begins one.
std::vector<CalendarSpan> calendar(const ComplianceQuestion& question, unsigned months) {
    using std::chrono::year_month;
    std::vector<CalendarSpan> spans;
    const geo::TimeSpan& period = question.period;
    const std::chrono::year_month_day start(question.zone.day(period.from));
    const unsigned first_month = (static_cast<unsigned>(start.month()) - 1) / months * months + 1;
    year_month month(start.year(), std::chrono::month(first_month));
    while (true) {
        const year_month next = month + std::chrono::months(months);
        const geo::Day first = geo::Day(month / 1);
        const geo::Day after = geo::Day(next / 1);
        const geo::TimeSpan whole{question.zone.midnight(first), question.zone.midnight(after)};
        if (whole.from >= period.to) {
            return spans;
        }
        const geo::TimeSpan part{std::max(whole.from, period.from), std::min(whole.to, period.to)};
        spans.push_back({{first, after - std::chrono::days(1), part == whole, {}}, part});
        month = next;
    }
}

void add_to_calendar(std::vector<CalendarSpan>& spans, const Attendance& attendance,
                     const Adding& adding) {
    auto span = std::partition_point(spans.begin(), spans.end(), [&](const CalendarSpan& s) {
        return s.part.to <= attendance.when.from;
    });
    for (; span != spans.end(); ++span) {
        if (span->part.from > attendance.when.from && span->part.from >= attendance.when.to) {
            return;
        }
        adding.add(span->row.presence, attendance, span->part);
    }
}

std::vector<Return> rows_of(const std::vector<CalendarSpan>& spans) {
    std::vector<Return> rows;
    rows.reserve(spans.size());
    for (const CalendarSpan& span : spans) {
        rows.push_back(span.row);
    }
    return rows;
}

/// The attendances of each zone asked for that had ended by the end of the period, by start.
std::map<cluster::ZoneId, Attendances> by_zone(const ComplianceQuestion& question) {
    std::map<cluster::ZoneId, Attendances> result;
    for (const WatchedZone& watched : question.zones) {
        if (!result.emplace(watched.zone, Attendances()).second) {
            throw geo::Error(geo::ErrorKind::usage,
                             fmt::format("the zone '{}' comes twice", watched.zone.text()));
        }
    }
    for (const Attendance& attendance : question.attendances) {
        const auto own = result.find(attendance.zone);
        if (own != result.end() && attendance.when.to <= question.period.to) {
            own->second.push_back(&attendance);
        }
    }
    for (auto& [zone, list] : result) {
        std::sort(list.begin(), list.end(), [](const Attendance* a, const Attendance* b) {
            return std::tie(a->when.from, a->when.to) < std::tie(b->when.from, b->when.to);
        });
    }
    return result;
}

Attendances counted_of(const Attendances& all, const Rule& rule) {
    Attendances counted;
    std::copy_if(all.begin(), all.end(), std::back_inserter(counted),
                 [&](const Attendance* attendance) { return counts(*attendance, rule); });
    return counted;
}

} // namespace

std::uint64_t Compliance::breaches() const {
    std::uint64_t sum = 0;
    for (const ZoneCompliance& zone : zones) {
        sum += zone.breaches.size();
    }
    return sum;
}

Compliance compliance(const ComplianceQuestion& question) {
    if (question.period.to < question.period.from) {
        throw geo::Error(geo::ErrorKind::usage,
                         "the period of the report ends before it begins; change one of its ends");
    }
    const std::map<cluster::ZoneId, Attendances> lists = by_zone(question);
    const Adding adding(question);
    std::vector<CalendarSpan> months = calendar(question, 1);
    std::vector<CalendarSpan> quarters = calendar(question, 3);
    Compliance result{.period = question.period};
    for (const WatchedZone& watched : question.zones) {
        const Attendances& own = lists.at(watched.zone);
        ZoneCompliance zone = GapReading(question, watched).read(counted_of(own, question.rule));
        for (const Attendance* attendance : own) {
            adding.add(zone.presence, *attendance, question.period);
            adding.add(result.presence, *attendance, question.period);
            add_to_calendar(months, *attendance, adding);
            add_to_calendar(quarters, *attendance, adding);
        }
        result.zones.push_back(std::move(zone));
    }
    result.months = rows_of(months);
    result.quarters = rows_of(quarters);
    return result;
}

std::vector<Alert> alerts(const Compliance& compliance, std::chrono::seconds soon) {
    std::vector<Alert> result;
    for (const ZoneCompliance& zone : compliance.zones) {
        if (zone.due_by && *zone.left <= soon) {
            result.push_back({zone.zone, *zone.due_by, *zone.left, zone.last_counted});
        }
    }
    std::sort(result.begin(), result.end(), [](const Alert& a, const Alert& b) {
        return std::tie(a.left, a.zone) < std::tie(b.left, b.zone);
    });
    return result;
}

} // namespace schedule
