// The report of compliance against twins: one walks through the period minute by minute, one
// recounts breaches from the rows as they came, two places and overlaps and all.
#include "schedule/attendance_log.hpp"
#include "schedule/compliance.hpp"
#include "schedule/gap.hpp"

#include "../schedule/attendances.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace schedule::test {
namespace {

constexpr Minutes minute{1};

struct Case {
    std::vector<WatchedZone> zones;
    std::vector<Attendance> attendances;
    Rule rule;
    geo::TimeSpan period;
};

Case random_case(unsigned seed) {
    std::mt19937 random(seed);
    const auto draw = [&](int low, int high) {
        return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
    };
    const std::array<const char*, 5> starts = {"2026-03-20 00:00", "2026-10-20 05:00",
                                               "2026-12-20 13:37", "2028-02-20 00:00",
                                               "2026-06-10 23:59"};
    Case drawn;
    const geo::Instant from = at(starts[seed % starts.size()]);
    drawn.period = {from, from + Minutes(draw(1, 25 * 24 * 60))};
    drawn.rule.count_background = draw(0, 3) == 0;
    drawn.rule.gap_mode = draw(0, 2) == 0 ? GapMode::duty_day : GapMode::elapsed;
    drawn.rule.max_gap = std::chrono::hours(draw(1, 4) * 24);
    const int zones = draw(1, 4);
    for (int z = 0; z < zones; ++z) {
        WatchedZone zone{cluster::ZoneId(std::string("Z").append(std::to_string(z)))};
        if (draw(0, 3) == 0) {
            zone.since = from + Minutes(draw(-5000, 20000));
        }
        if (draw(0, 3) == 0) {
            zone.until = zone.since.value_or(from) + Minutes(draw(0, 20000));
        }
        drawn.zones.push_back(zone);
        for (int i = draw(0, 14); i > 0; --i) {
            const geo::Instant start = from + Minutes(draw(-10 * 24 * 60, 26 * 24 * 60));
            const int length = draw(0, 4) == 0 ? draw(0, 1440) : draw(0, 30);
            drawn.attendances.push_back(
                {zone.zone,
                 UnitId("A"),
                 {start, start + Minutes(length)},
                 draw(0, 3) == 0 ? Attendance::Kind::background : Attendance::Kind::tasked});
        }
    }
    return drawn;
}

/// What the twin keeps of a zone.
struct Walked {
    std::set<geo::Instant> breached; ///< minutes of the period in breach, by their start
    std::optional<geo::Instant> last_counted;
    std::map<std::pair<int, unsigned>, Minutes> tasked_by_month;
    Minutes tasked{0};
};

/// Whether the absence since then may go on into the minute.
bool late(geo::Instant absent_since, geo::Instant now, const Rule& rule) {
    const geo::Instant allowed = latest_start(absent_since, rule.max_gap, rule.gap_mode, london());
    return rule.gap_mode == GapMode::elapsed ? now >= allowed : now > allowed;
}

Walked walk(const Case& drawn, const WatchedZone& zone) {
    std::vector<Attendance> known;
    for (const Attendance& a : drawn.attendances) {
        if (a.zone == zone.zone && a.when.to <= drawn.period.to) {
            known.push_back(a);
        }
    }
    Walked result;
    const geo::Instant since = zone.since.value_or(geo::Instant::min());
    std::optional<geo::Instant> absent_since;
    for (geo::Instant now = drawn.period.from - std::chrono::hours(24 * 30); now < drawn.period.to;
         now += minute) {
        const bool in_period = now >= drawn.period.from;
        bool there = false;
        for (const Attendance& a : known) {
            const bool present = a.when.contains(now);
            const bool began_in_force = !zone.until || a.when.from < *zone.until;
            there = there || (counts(a, drawn.rule) && present && began_in_force);
            if (present && in_period && a.kind == Attendance::Kind::tasked) {
                const std::chrono::year_month_day date(london().day(now));
                result.tasked += minute;
                result.tasked_by_month[{static_cast<int>(date.year()),
                                        static_cast<unsigned>(date.month())}] += minute;
            }
        }
        const bool over = zone.until && now >= *zone.until;
        if (there) {
            result.last_counted = now + minute;
            absent_since = now + minute;
            continue;
        }
        if (!absent_since && in_period) {
            absent_since = drawn.period.from;
        }
        if (absent_since && now >= since) {
            absent_since = std::max(*absent_since, since);
            if (in_period && !over && late(*absent_since, now, drawn.rule)) {
                result.breached.insert(now);
            }
        }
    }
    return result;
}

std::set<geo::Instant> breached_minutes(const ZoneCompliance& zone, const Case& drawn) {
    std::set<geo::Instant> minutes;
    const Minutes whole = drawn.rule.gap_mode == GapMode::duty_day ? minute : Minutes(0);
    for (const Breach& breach : zone.breaches) {
        for (geo::Instant now = std::max(breach.last_allowed + whole, drawn.period.from);
             now < breach.absence.to; now += minute) {
            minutes.insert(now);
        }
    }
    return minutes;
}

TEST(ComplianceProperty, AgreesWithAWalkMinuteByMinute) {
    std::size_t breaches = 0;
    for (unsigned seed = 1; seed <= 150; ++seed) {
        SCOPED_TRACE(seed);
        const Case drawn = random_case(seed);
        const Compliance result = compliance({.zones = drawn.zones,
                                              .attendances = drawn.attendances,
                                              .rule = drawn.rule,
                                              .period = drawn.period,
                                              .zone = london()});
        std::map<std::pair<int, unsigned>, Minutes> by_month;
        Minutes tasked{0};
        for (std::size_t z = 0; z < drawn.zones.size(); ++z) {
            SCOPED_TRACE(drawn.zones[z].zone.text());
            const Walked walked = walk(drawn, drawn.zones[z]);
            EXPECT_EQ(breached_minutes(result.zones[z], drawn), walked.breached);
            EXPECT_EQ(result.zones[z].last_counted, walked.last_counted);
            EXPECT_EQ(result.zones[z].presence.tasked.time, walked.tasked);
            breaches += result.zones[z].breaches.size();
            tasked += walked.tasked;
            for (const auto& [month, time] : walked.tasked_by_month) {
                by_month[month] += time;
            }
        }
        std::chrono::seconds of_quarters{0};
        for (const Return& quarter : result.quarters) {
            of_quarters += quarter.presence.tasked.time;
        }
        EXPECT_EQ(of_quarters, tasked);
        for (const Return& month : result.months) {
            const std::chrono::year_month_day date(month.first);
            const std::pair key{static_cast<int>(date.year()), static_cast<unsigned>(date.month())};
            EXPECT_EQ(month.presence.tasked.time, by_month[key]) << key.first << "-" << key.second;
        }
    }
    EXPECT_GT(breaches, 100U); // else nothing was tested
}

/// Rows as logs have them: of three units and nobody in three zones, some twice, many beside each
/// other.
std::vector<Attendance> random_log(std::mt19937& random, geo::Instant from) {
    const auto draw = [&](int below) {
        return static_cast<int>(random() % static_cast<unsigned>(below));
    };
    const std::array<const char*, 4> units = {"A", "B", "C", ""};
    std::vector<Attendance> rows;
    for (int i = 0; i < 45; ++i) {
        const bool beside = !rows.empty() && draw(2) == 0;
        const geo::Instant start = beside ? rows.back().when.from + Minutes(draw(21) - 10)
                                          : from + Minutes(draw(24 * 24 * 60) - 2 * 24 * 60);
        rows.push_back({cluster::ZoneId(std::string(1, static_cast<char>('X' + draw(3)))),
                        UnitId(units.at(static_cast<std::size_t>(draw(4)))),
                        {start, start + Minutes(draw(20))},
                        draw(4) == 0 ? Attendance::Kind::background : Attendance::Kind::tasked});
        if (draw(8) == 0) {
            rows.push_back(rows.back());
        }
    }
    return rows;
}

bool share_over_a_minute(const geo::TimeSpan& a, const geo::TimeSpan& b) {
    return std::min(a.to, b.to) - std::max(a.from, b.from) > minute;
}

/// The rows that stand: taken from the most believable down, each unless one that stands already
/// puts its unit elsewhere.
std::vector<Attendance> standing(std::vector<Attendance> rows) {
    std::stable_sort(rows.begin(), rows.end(), [](const Attendance& a, const Attendance& b) {
        return std::tie(a.kind, a.when.from, a.when.to) < std::tie(b.kind, b.when.from, b.when.to);
    });
    std::vector<Attendance> result;
    for (const Attendance& row : rows) {
        const bool elsewhere = std::any_of(result.begin(), result.end(), [&](const Attendance& a) {
            return !row.unit.text().empty() && a.unit == row.unit && a.zone != row.zone &&
                   share_over_a_minute(a.when, row.when);
        });
        if (!elsewhere) {
            result.push_back(row);
        }
    }
    return result;
}

/// Tasked presence of ten minutes or more in the zone, overlapping rows of a unit being one: rows
/// are joined two by two until none overlap.
std::vector<geo::TimeSpan> counted_spans(const std::vector<Attendance>& rows,
                                         const cluster::ZoneId& zone) {
    std::vector<Attendance> own;
    for (const Attendance& row : rows) {
        if (row.zone == zone && row.kind == Attendance::Kind::tasked) {
            own.push_back(row);
        }
    }
    for (std::size_t i = 0; i < own.size(); ++i) {
        for (std::size_t j = i + 1; j < own.size(); ++j) {
            geo::TimeSpan& a = own[i].when;
            const geo::TimeSpan& b = own[j].when;
            if (!own[i].unit.text().empty() && own[i].unit == own[j].unit && a.from < b.to &&
                b.from < a.to) {
                a = {std::min(a.from, b.from), std::max(a.to, b.to)};
                own.erase(own.begin() + static_cast<std::ptrdiff_t>(j));
                j = i; // from the start again: it may overlap others now
            }
        }
    }
    std::vector<geo::TimeSpan> spans;
    for (const Attendance& row : own) {
        if (row.when.length() >= Minutes(10)) {
            spans.push_back(row.when);
        }
    }
    return spans;
}

/// Every absence of over four days that touches the period, read off pairs of ends and starts.
std::vector<Breach> recounted(const std::vector<geo::TimeSpan>& spans, const geo::TimeSpan& period,
                              const cluster::ZoneId& zone) {
    std::set<geo::Instant> leaving{period.from};
    for (const geo::TimeSpan& span : spans) {
        if (span.to <= period.to) {
            leaving.insert(span.to);
            if (span.to <= period.from) {
                leaving.erase(period.from); // something is known from before
            }
        }
    }
    std::vector<Breach> breaches;
    for (const geo::Instant left : leaving) {
        geo::Instant back = period.to;
        bool never = true;
        bool there = false;
        bool open = true;
        for (const geo::TimeSpan& span : spans) {
            if (span.to > period.to) {
                continue; // not known yet
            }
            there = there || (span.from <= left && span.to > left);
            never = never && span.to > left;
            if (span.from >= left && span.to > left) {
                back = std::min(back, span.from);
                open = false;
            }
        }
        if (!there && back > period.from && back - left > std::chrono::hours(96)) {
            breaches.push_back({zone, {left, back}, left + std::chrono::hours(96), open, never});
        }
    }
    return breaches;
}

TEST(ComplianceProperty, BreachesAreThoseOfAnIndependentRecountOfTheRows) {
    std::size_t breaches = 0;
    std::size_t left_out = 0;
    for (unsigned seed = 1; seed <= 500; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const geo::Instant from = at(seed % 2 == 0 ? "2026-03-20 00:00" : "2026-10-18 00:00");
        const geo::TimeSpan period{from, from + std::chrono::hours(24 * 21)};
        const std::vector<Attendance> rows = random_log(random, from);
        const TidyLog log = tidy(rows, {}, {.now = period.to});
        left_out += log.faults.size();
        std::vector<WatchedZone> zones;
        for (const char* name : {"X", "Y", "Z"}) {
            zones.push_back({cluster::ZoneId(name)});
        }
        const Compliance result = compliance(
            {.zones = zones, .attendances = log.attendances, .period = period, .zone = london()});
        std::vector<Attendance> known;
        std::copy_if(rows.begin(), rows.end(), std::back_inserter(known),
                     [&](const Attendance& row) { return row.when.to <= period.to; });
        const std::vector<Attendance> believed = standing(known);
        for (const ZoneCompliance& zone : result.zones) {
            SCOPED_TRACE(zone.zone.text());
            EXPECT_EQ(zone.breaches,
                      recounted(counted_spans(believed, zone.zone), period, zone.zone));
            breaches += zone.breaches.size();
        }
    }
    EXPECT_GT(breaches, 500U); // else nothing was tested
    EXPECT_GT(left_out, 500U);
}

} // namespace
} // namespace schedule::test
