// Attendances come from several places at once: a list that officers keep, a calendar, positions of
// vehicles and radios. The same presence may stand in all of them, and a slip of the pen puts a
// unit into two zones at a time. Rows are first judged alone, then beside the other rows of their
// unit; what is left is joined, so that no minute of a unit in a zone counts twice.
#include "schedule/attendance_log.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace schedule {

namespace {

using Kind = Attendance::Kind;

struct FaultText {
    std::string_view code;
    std::string_view meaning;
};

constexpr std::array<FaultText, 20> texts{{
    {"no-zone", "neither a zone nor a position is given"},
    {"no-start", "the start is empty"},
    {"no-end", "the end is empty"},
    {"bad-start", "the start is no date with a time of day"},
    {"bad-end", "the end is no date with a time of day"},
    {"end-before-start", "the end lies before the start"},
    {"bad-kind", "the kind is neither tasked nor background"},
    {"cancelled", "the event was cancelled"},
    {"no-unit", "the position belongs to no unit"},
    {"no-position", "the position is empty or 0, 0"},
    {"bad-position", "the position could not be read or is no place"},
    {"outside-zones", "the position lies in no zone"},
    {"unknown-zone", "there is no such zone"},
    {"future", "it ends after the time of the report, the night or the plan's start"},
    {"too-long", "it lasts longer than a day"},
    {"duplicate", "the same unit, place and time as an earlier row"},
    {"stray-position", "a single position too far away to have been reached"},
    {"two-places", "the unit was in another zone at the same time"},
    {"overlapping", "its time is in another row of unit and zone, too, and counts once"},
    {"bad-number", "arrests or searches are no whole number and are passed over"},
}};

/// Judges the rows and joins those that are good.
class Tidying {
  public:
    Tidying(std::span<const Attendance> rows, std::span<const cluster::ZoneId> zones,
            const LogOptions& options)
        : rows_(rows), zones_(zones.begin(), zones.end()), options_(options), faults_(rows.size()) {
    }

    TidyLog run() {
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            faults_[i] = fault_alone(rows_[i]);
        }
        find_duplicates();
        find_two_places();
        join();
        return finished();
    }

  private:
    std::optional<AttendanceFault> fault_alone(const Attendance& row) const {
        if (!zones_.empty() && !zones_.contains(row.zone)) {
            return AttendanceFault::unknown_zone;
        }
        if (row.when.to < row.when.from) {
            return AttendanceFault::end_before_start;
        }
        if (options_.now && row.when.to > *options_.now) {
            return AttendanceFault::future;
        }
        if (row.when.length() > options_.longest) {
            return AttendanceFault::too_long;
        }
        return std::nullopt;
    }

    void find_duplicates() {
        std::set<AttendanceIdentity> seen;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (!faults_[i] && !seen.insert(identity(rows_[i])).second) {
                faults_[i] = AttendanceFault::duplicate;
            }
        }
    }

    /// The rows without a fault and with a unit, in the order in which they are believed.
    std::vector<std::size_t> by_trust() const {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (!faults_[i] && !rows_[i].unit.text().empty()) {
                order.push_back(i);
            }
        }
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            const auto key = [&](std::size_t i) {
                return std::tuple(rows_[i].kind, rows_[i].when.from, rows_[i].when.to, i);
            };
            return key(a) < key(b);
        });
        return order;
    }

    void find_two_places() {
        std::map<UnitId, std::multimap<geo::Instant, std::size_t>> believed;
        for (const std::size_t i : by_trust()) {
            auto& own = believed[rows_[i].unit];
            const geo::TimeSpan& when = rows_[i].when;
            // Nothing lasts longer than `longest`, so what began before that is over.
            const auto first = own.lower_bound(when.from - options_.longest);
            const auto last = own.lower_bound(when.to);
            const bool elsewhere = std::any_of(first, last, [&](const auto& other) {
                const Attendance& row = rows_[other.second];
                const auto shared =
                    std::min(when.to, row.when.to) - std::max(when.from, row.when.from);
                return row.zone != rows_[i].zone && shared > options_.forgiven;
            });
            if (elsewhere) {
                faults_[i] = AttendanceFault::two_places;
            } else {
                own.emplace(when.from, i);
            }
        }
    }

    void join() {
        std::map<std::pair<UnitId, cluster::ZoneId>, std::vector<std::size_t>> groups;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (!faults_[i] && rows_[i].unit.text().empty()) {
                log_.attendances.push_back(rows_[i]);
            } else if (!faults_[i]) {
                groups[{rows_[i].unit, rows_[i].zone}].push_back(i);
            }
        }
        for (auto& [key, group] : groups) {
            std::sort(group.begin(), group.end(), [&](std::size_t a, std::size_t b) {
                return std::tuple(rows_[a].when.from, rows_[a].when.to, a) <
                       std::tuple(rows_[b].when.from, rows_[b].when.to, b);
            });
            const std::vector<Attendance> tasked = joined(group, Kind::tasked);
            for (const Attendance& passing : joined(group, Kind::background)) {
                add_uncovered(passing, tasked);
            }
            log_.attendances.insert(log_.attendances.end(), tasked.begin(), tasked.end());
            mark_overlaps(group);
        }
    }

    /// One attendance for every run of rows of that kind that overlap. Rows come by start.
    std::vector<Attendance> joined(std::span<const std::size_t> group, Kind kind) const {
        std::vector<Attendance> result;
        for (const std::size_t i : group) {
            const Attendance& row = rows_[i];
            if (row.kind != kind) {
                continue;
            }
            if (result.empty() || row.when.from >= result.back().when.to) {
                result.push_back(row);
                continue;
            }
            Attendance& whole = result.back();
            whole.when.to = std::max(whole.when.to, row.when.to);
            whole.visit = whole.visit ? whole.visit : row.visit;
            whole.arrests = std::max(whole.arrests, row.arrests); // nothing is below any number
            whole.searches = std::max(whole.searches, row.searches);
        }
        return result;
    }

    /// The parts of background presence in which the unit was not tasked to be there; the first has
    /// what it says of arrests and searches.
    void add_uncovered(Attendance passing, std::span<const Attendance> tasked) {
        const geo::Instant end = passing.when.to;
        const bool momentary = passing.when.from == end;
        const auto add_until = [&](geo::Instant until) {
            if (until > passing.when.from) {
                Attendance part = passing;
                part.when.to = until;
                log_.attendances.push_back(part);
                passing.arrests.reset();
                passing.searches.reset();
            }
        };
        for (const Attendance& other : tasked) {
            if (other.when.to > passing.when.from && other.when.from < end) {
                add_until(other.when.from);
                passing.when.from = other.when.to;
            }
        }
        if (momentary && passing.when.from == end) {
            log_.attendances.push_back(passing);
        }
        add_until(end);
    }

    /// Rows come by start.
    void mark_overlaps(std::span<const std::size_t> group) {
        std::optional<std::size_t> longest;
        for (const std::size_t i : group) {
            if (longest && rows_[i].when.from < rows_[*longest].when.to) {
                faults_[i] = AttendanceFault::overlapping;
                faults_[*longest] = AttendanceFault::overlapping;
            }
            if (!longest || rows_[i].when.to > rows_[*longest].when.to) {
                longest = i;
            }
        }
    }

    TidyLog finished() {
        std::stable_sort(log_.attendances.begin(), log_.attendances.end(),
                         [](const Attendance& a, const Attendance& b) {
                             return std::tie(a.when.from, a.when.to, a.zone, a.unit, a.kind) <
                                    std::tie(b.when.from, b.when.to, b.zone, b.unit, b.kind);
                         });
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (faults_[i]) {
                log_.faults.push_back({i, *faults_[i]});
            }
        }
        return std::move(log_);
    }

    std::span<const Attendance> rows_;
    std::set<cluster::ZoneId> zones_;
    LogOptions options_;
    std::vector<std::optional<AttendanceFault>> faults_;
    TidyLog log_;
};

} // namespace

std::string_view code(AttendanceFault fault) {
    return texts[static_cast<std::size_t>(fault)].code;
}

std::string_view meaning(AttendanceFault fault) {
    return texts[static_cast<std::size_t>(fault)].meaning;
}

bool leaves_out(AttendanceFault fault) {
    return fault < AttendanceFault::overlapping;
}

TidyLog tidy(std::span<const Attendance> rows, std::span<const cluster::ZoneId> zones,
             const LogOptions& options) {
    return Tidying(rows, zones, options).run();
}

} // namespace schedule
