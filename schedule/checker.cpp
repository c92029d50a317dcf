// The plan checker. Nothing here is shared with the planner but the value types: travel, shifts,
// gaps, clock times and who serves what are worked out a second time, from the wording of the rule,
// so that a fault of the one shows in the other.
#include "schedule/checker.hpp"

#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "schedule/local_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>

namespace schedule {

namespace {

constexpr double way_over_straight_line = 1.3;
constexpr std::chrono::hours start_of_duty_day{6};

/// One turn of duty that a visit can lie in.
struct Duty {
    std::size_t unit = 0;
    std::size_t pattern = 0;
    geo::Day day{};
    geo::TimeSpan when;

    friend bool operator<(const Duty& a, const Duty& b) {
        return std::tie(a.unit, a.day, a.pattern) < std::tie(b.unit, b.day, b.pattern);
    }
};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

double hours_of(std::chrono::seconds length) {
    return static_cast<double>(length.count()) / 3600.0;
}

long minutes_of(std::chrono::seconds length) {
    return static_cast<long>(std::chrono::ceil<Minutes>(length).count());
}

class Checker {
  public:
    explicit Checker(const Check& check) : check_(check) {
        for (std::size_t i = 0; i < check.places.size(); ++i) {
            if (!place_of_.emplace(check.places[i].zone.text(), i).second) {
                throw geo::Error(geo::ErrorKind::usage,
                                 "zone id '" + check.places[i].zone.text() +
                                     "' is given twice; zone ids must be unique");
            }
        }
        for (std::size_t i = 0; i < check.units.size(); ++i) {
            if (!unit_of_.emplace(check.units[i].name.text(), i).second) {
                throw geo::Error(geo::ErrorKind::usage,
                                 "unit '" + check.units[i].name.text() +
                                     "' is given twice; give each unit its own name");
            }
        }
        for (const Way& way : check.travel) {
            ways_[{way.from, way.to}].push_back(&way);
        }
        order_.resize(check.visits.size());
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
            const Visit& x = check.visits[a];
            const Visit& y = check.visits[b];
            return std::tie(x.when.from, x.when.to, x.unit, x.zone, x.id, a) <
                   std::tie(y.when.from, y.when.to, y.unit, y.zone, y.id, b);
        });
    }

    std::vector<Violation> run() {
        for (const Place& place : check_.places) {
            check_zone(place);
        }
        for (const std::size_t v : order_) {
            check_visit(check_.visits[v]);
        }
        for (std::size_t u = 0; u < check_.units.size(); ++u) {
            check_unit(u);
        }
        return std::move(found_);
    }

  private:
    std::string at(geo::Instant instant) const { return local_text(instant, check_.zone); }

    void report(ViolationKind kind, const Visit& visit, std::string text) {
        found_.push_back({kind, visit.zone, visit.unit, visit.id, visit.when, std::move(text)});
    }

    /// "Visit V7 (unit West 1, zone Z3, Fri 13 Nov 2026 15:00)".
    std::string name(const Visit& visit) const {
        return fmt::format("visit {} (unit {}, zone {}, {})", visit.id, visit.unit.text(),
                           visit.zone.text(), at(visit.when.from));
    }

    /// "; did you mean 'West 1'?" where a name is near enough.
    static std::string meant(const std::string& word,
                             const std::unordered_map<std::string, std::size_t>& names) {
        std::set<std::string> known;
        for (const auto& [name, index] : names) {
            known.insert(name);
        }
        const std::string nearest = geo::nearest_word(word, known);
        return nearest.empty() ? "" : fmt::format("; did you mean '{}'?", nearest);
    }

    // Gaps.

    bool too_long(geo::Instant since, geo::Instant until) const {
        if (check_.rule.gap_mode == GapMode::elapsed) {
            return until - since > check_.rule.max_gap;
        }
        const auto duty_day = [&](geo::Instant t) {
            return std::chrono::floor<std::chrono::days>(check_.zone.wall_time(t) -
                                                         start_of_duty_day);
        };
        const auto allowed = std::chrono::ceil<std::chrono::days>(check_.rule.max_gap);
        return duty_day(until) - duty_day(since - std::chrono::seconds(1)) > allowed;
    }

    /// Whether a shift was handed out before, so that no visit can be added to it.
    bool is_issued(const geo::TimeSpan& duty) const {
        return check_.open_from && duty.from < *check_.open_from;
    }

    /// Whether no shift of the plan that serves the place, and is open to planning, begins soon
    /// enough after its last real attendance.
    bool inherited(const Place& place) const {
        if (!place.last_attended) {
            return false;
        }
        bool any_shift = false;
        for (const Unit& unit : check_.units) {
            if (!serves(unit, place)) {
                continue;
            }
            for (geo::Day day = check_.zone.day(check_.horizon.from) - std::chrono::days(1);
                 check_.zone.midnight(day) < check_.horizon.to; day += std::chrono::days(1)) {
                for (const ShiftPattern& pattern : unit.shifts) {
                    const geo::TimeSpan duty = duty_time(pattern, day);
                    const geo::Instant first = std::max(duty.from, check_.horizon.from);
                    if (!begins(unit, pattern, day) || first >= duty.to ||
                        first >= check_.horizon.to || is_issued(duty)) {
                        continue;
                    }
                    const geo::TimeSpan ahead{first, std::min(duty.to, check_.horizon.to)};
                    const auto open = open_in(ahead, pattern, day).first;
                    if (!open) {
                        continue;
                    }
                    if (!too_long(*place.last_attended, *open)) {
                        return false;
                    }
                    any_shift = true;
                }
            }
        }
        return any_shift;
    }

    // Closed times: what no visit and no way may lie in. Looked at minute by minute.

    static bool names(const std::vector<DayRange>& ranges, geo::Day day) {
        return std::any_of(ranges.begin(), ranges.end(), [&](const DayRange& range) {
            return day >= range.first && day <= range.last;
        });
    }

    static bool begins(const Unit& unit, const ShiftPattern& pattern, geo::Day day) {
        const bool holiday = std::count(unit.bank_holidays.begin(), unit.bank_holidays.end(), day);
        const bool sunday = holiday && pattern.on_bank_holidays == BankHolidayDuty::as_sunday;
        const bool may = !(holiday && pattern.on_bank_holidays == BankHolidayDuty::off) &&
                         (holiday || pattern.on_bank_holidays != BankHolidayDuty::only);
        const bool usual = pattern.days[sunday ? 6 : geo::iso_weekday(day) - 1] && may;
        return (usual || names(pattern.dates, day)) && !names(pattern.except, day) &&
               !names(unit.leave, day);
    }

    geo::TimeSpan clock_time(const ClockSpan& span, geo::Day day) const {
        const std::chrono::days later(span.to > span.from ? 0 : 1);
        return {check_.zone.instant(geo::WallTime(day) + span.from),
                check_.zone.instant(geo::WallTime(day + later) + span.to)};
    }

    bool outside_hours(geo::Instant t) const {
        const geo::Day today = check_.zone.day(t);
        if (check_.rule.weekdays_off[geo::iso_weekday(today) - 1] ||
            names(check_.rule.days_off, today)) {
            return true;
        }
        return check_.rule.hours && !clock_time(*check_.rule.hours, today).contains(t) &&
               !clock_time(*check_.rule.hours, today - std::chrono::days(1)).contains(t);
    }

    geo::TimeSpan break_time(const Break& pause, const ShiftPattern& pattern, geo::Day day) const {
        const std::chrono::days later(pause.within.from < pattern.from ? 1 : 0);
        return clock_time(pause.within, day + later);
    }

    bool in_break(geo::Instant t, const ShiftPattern& pattern, geo::Day day) const {
        return std::any_of(pattern.breaks.begin(), pattern.breaks.end(), [&](const Break& pause) {
            return !pause.length && break_time(pause, pattern, day).contains(t);
        });
    }

    /// All minutes of the span that are open, and the longest run of them.
    struct Open {
        std::chrono::seconds all{0};
        std::chrono::seconds longest{0};
        std::optional<geo::Instant> first;
    };

    Open open_in(geo::TimeSpan span, const ShiftPattern& pattern, geo::Day day) const {
        Open open;
        std::chrono::seconds run{0};
        const bool any_rule = check_.rule.hours || !check_.rule.days_off.empty() ||
                              check_.rule.weekdays_off != std::array<bool, 7>{};
        if (!any_rule && pattern.breaks.empty() && span.from < span.to) {
            return {span.length(), span.length(), span.from};
        }
        for (geo::Instant t = span.from; t < span.to; t += Minutes(1)) {
            const bool closed = outside_hours(t) || in_break(t, pattern, day);
            const std::chrono::seconds step =
                std::min<std::chrono::seconds>(Minutes(1), span.to - t);
            run = closed ? std::chrono::seconds(0) : run + step;
            open.all += closed ? std::chrono::seconds(0) : step;
            open.longest = std::max(open.longest, run);
            open.first = open.first || closed ? open.first : std::optional(t);
        }
        return open;
    }

    void check_absence(const Place& place, geo::TimeSpan absence, const Visit* next, bool first) {
        if (!too_long(absence.from, absence.to)) {
            return;
        }
        const bool from_before = first && inherited(place);
        const double hours = hours_of(absence.length());
        const std::string limit =
            check_.rule.gap_mode == GapMode::elapsed
                ? fmt::format("{} h", check_.rule.max_gap.count())
                : fmt::format("{} duty days",
                              std::chrono::ceil<std::chrono::days>(check_.rule.max_gap).count());
        Violation violation{from_before ? ViolationKind::gap_inherited : ViolationKind::gap,
                            place.zone,
                            {},
                            {},
                            absence,
                            {}};
        if (next != nullptr) {
            violation.unit = next->unit;
            violation.visit = next->id;
        }
        violation.text =
            fmt::format("zone {} is not visited from {} to {}: {:.1f} h, at most {} are allowed{}",
                        place.zone.text(), at(absence.from), at(absence.to), hours, limit,
                        from_before ? "; no shift that can still be planned is in time" : "");
        found_.push_back(std::move(violation));
    }

    void check_zone(const Place& place) {
        const std::size_t before = found_.size();
        const Visit* last = nullptr;
        geo::Instant since = place.last_attended.value_or(check_.horizon.from);
        for (const std::size_t v : order_) {
            const Visit& visit = check_.visits[v];
            if (!(visit.zone == place.zone)) {
                continue;
            }
            check_absence(place, {since, visit.when.from}, &visit, last == nullptr);
            if (last != nullptr && clock(visit) == clock(*last)) {
                report(ViolationKind::same_clock_time, visit,
                       fmt::format("{} starts at the clock time of the visit before", name(visit)));
            }
            since = last == nullptr ? visit.when.to : std::max(since, visit.when.to);
            last = &visit;
        }
        check_absence(place, {since, check_.horizon.to}, nullptr, last == nullptr);
        if (last == nullptr && found_.size() > before) {
            found_.push_back(
                {ViolationKind::missing_zone,
                 place.zone,
                 {},
                 {},
                 check_.horizon,
                 fmt::format("zone {} has no visit in the whole plan, {} to {}", place.zone.text(),
                             at(check_.horizon.from), at(check_.horizon.to))});
        }
    }

    std::chrono::seconds clock(const Visit& visit) const {
        const geo::WallTime wall =
            std::chrono::floor<Minutes>(check_.zone.wall_time(visit.when.from));
        return wall - std::chrono::floor<std::chrono::days>(wall);
    }

    // Visits.

    static bool serves(const Unit& unit, const Place& place) {
        if (unit.serves.empty()) {
            return true;
        }
        const std::set<std::string> names = {lower(place.zone.text()), lower(place.ward_code),
                                             lower(place.ward_name)};
        return std::any_of(unit.serves.begin(), unit.serves.end(),
                           [&](const std::string& s) { return names.count(lower(s)) > 0; });
    }

    void check_visit(const Visit& visit) {
        if (!ids_.insert(visit.id).second) {
            report(ViolationKind::duplicate_id, visit,
                   fmt::format("{}: another visit has the same id", name(visit)));
        }
        if (visit.when.length() != check_.rule.visit) {
            report(ViolationKind::wrong_length, visit,
                   fmt::format("{} lasts {} min, not {}", name(visit),
                               minutes_of(visit.when.length()), check_.rule.visit.count()));
        }
        if (visit.when.from < check_.horizon.from || visit.when.to > check_.horizon.to) {
            report(ViolationKind::outside_horizon, visit,
                   fmt::format("{} is outside the plan, {} to {}", name(visit),
                               at(check_.horizon.from), at(check_.horizon.to)));
        }
        for (geo::Instant t = visit.when.from; t < visit.when.to; t += Minutes(1)) {
            if (outside_hours(t)) {
                report(ViolationKind::outside_hours, visit,
                       fmt::format("{} lies in hours or on a day that the rule leaves out",
                                   name(visit)));
                break;
            }
        }
        const auto place = place_of_.find(visit.zone.text());
        if (place == place_of_.end()) {
            report(ViolationKind::unknown_zone, visit,
                   fmt::format("{}: there is no such zone{}", name(visit),
                               meant(visit.zone.text(), place_of_)));
        }
        const auto unit = unit_of_.find(visit.unit.text());
        if (unit == unit_of_.end()) {
            report(ViolationKind::unknown_unit, visit,
                   fmt::format("{}: there is no such unit{}", name(visit),
                               meant(visit.unit.text(), unit_of_)));
            return;
        }
        if (place != place_of_.end() &&
            !serves(check_.units[unit->second], check_.places[place->second])) {
            report(ViolationKind::wrong_unit, visit,
                   fmt::format("{}: the unit does not serve this zone", name(visit)));
        }
        find_duty(visit, unit->second);
    }

    // Shifts.

    geo::TimeSpan duty_time(const ShiftPattern& pattern, geo::Day day) const {
        const std::chrono::days later(pattern.to > pattern.from ? 0 : 1);
        return {check_.zone.instant(geo::WallTime(day) + pattern.from),
                check_.zone.instant(geo::WallTime(day + later) + pattern.to)};
    }

    void find_duty(const Visit& visit, std::size_t u) {
        const Unit& unit = check_.units[u];
        const geo::Day today = check_.zone.day(visit.when.from);
        const Duty* best = nullptr;
        Duty found;
        for (const geo::Day day : {today - std::chrono::days(1), today}) {
            for (std::size_t p = 0; p < unit.shifts.size(); ++p) {
                const geo::TimeSpan when = duty_time(unit.shifts[p], day);
                const bool named = visit.shift.empty() || visit.shift == unit.shifts[p].name;
                if (begins(unit, unit.shifts[p], day) && named && when.from <= visit.when.from &&
                    visit.when.to <= when.to && (best == nullptr || day == visit.shift_day)) {
                    found = {u, p, day, when};
                    best = &found;
                }
            }
        }
        if (best == nullptr) {
            report(ViolationKind::outside_shift, visit,
                   fmt::format("{} lies in no {} of the unit", name(visit),
                               visit.shift.empty() ? "shift" : "shift '" + visit.shift + "'"));
            return;
        }
        duties_[*best].push_back(&visit);
        if (visit.shift_day != geo::Day{} && visit.shift_day != best->day &&
            visit.shift_day != today) {
            report(ViolationKind::wrong_day, visit,
                   fmt::format("{} is entered under {}, and its shift began on {}", name(visit),
                               geo::iso_text(visit.shift_day), geo::iso_text(best->day)));
        }
    }

    const Place* place(const Visit& visit) const {
        const auto found = place_of_.find(visit.zone.text());
        return found == place_of_.end() ? nullptr : &check_.places[found->second];
    }

    Minutes way(const geo::GridPoint& from, const geo::GridPoint& to, const Unit& unit) const {
        const double dx = from.easting().value() - to.easting().value();
        const double dy = from.northing().value() - to.northing().value();
        const double kilometres = way_over_straight_line * std::sqrt(dx * dx + dy * dy) / 1000.0;
        // A hair's breadth, so that the last bit of another way to compute a distance is no
        // violation.
        const double minutes = kilometres / unit.speed_kmh * 60.0 - 1e-6;
        return Minutes(static_cast<Minutes::rep>(std::ceil(std::max(minutes, 0.0))));
    }

    /// The way from one end to another as it was measured, for the unit's mode before others.
    const Way* measured(const std::string& from, const std::string& to, const Unit& unit) const {
        const Way* found = nullptr;
        const auto listed = ways_.find({from, to});
        for (std::size_t i = 0; listed != ways_.end() && i < listed->second.size(); ++i) {
            const Way* candidate = listed->second[i];
            if (candidate->mode == unit.mode || (!candidate->mode && found == nullptr)) {
                found = candidate;
            }
        }
        return found;
    }

    static constexpr long no_way = 1'000'000;

    /// From each place (row) to each other, a last row for the unit's base.
    using Distances = std::vector<std::vector<long>>;

    const Distances& distances(const Unit& unit) {
        auto [known, fresh] = distances_.try_emplace(unit.name.text());
        if (!fresh) {
            return known->second;
        }
        const std::size_t n = check_.places.size();
        Distances& result = known->second;
        result.assign(n + 1, std::vector<long>(n, no_way));
        const std::string& base = unit.base_name.empty() ? unit.name.text() : unit.base_name;
        for (std::size_t i = 0; i <= n; ++i) {
            for (std::size_t j = 0; j < n; ++j) {
                const Place& there = check_.places[j];
                const Way* known_way =
                    measured(i < n ? check_.places[i].zone.text() : base, there.zone.text(), unit);
                if (known_way != nullptr) {
                    result[i][j] = known_way->time.count();
                } else if (i < n || unit.base) {
                    const geo::GridPoint& here = i < n ? check_.places[i].centre : *unit.base;
                    result[i][j] = way(here, there.centre, unit).count();
                }
                result[i][j] = i == j ? 0 : std::max(result[i][j], i < n ? 1L : 0L);
            }
        }
        // Over third places, as long as that makes any way shorter.
        for (bool shorter = !check_.travel.empty(); shorter;) {
            shorter = false;
            for (std::size_t over = 0; over < n; ++over) {
                for (std::vector<long>& row : result) {
                    for (std::size_t j = 0; j < n; ++j) {
                        const long longer = row[over] + result[over][j];
                        shorter = shorter || longer < row[j];
                        row[j] = std::min(row[j], longer);
                    }
                }
            }
        }
        return result;
    }

    /// Minutes a unit needs to reach a visit, from the visit before in its shift or else from its
    /// base.
    Minutes way_to(const Visit& visit, const Visit* before, const Unit& unit) {
        const Place* there = place(visit);
        const Place* here = before != nullptr ? place(*before) : nullptr;
        if (there == nullptr || here == there || (before != nullptr && here == nullptr)) {
            return Minutes(0);
        }
        if (!check_.travel.empty()) {
            const std::size_t row =
                here != nullptr ? place_of_.at(here->zone.text()) : check_.places.size();
            const long minutes = distances(unit)[row][place_of_.at(there->zone.text())];
            return Minutes(minutes < no_way ? minutes : 0);
        }
        if (before == nullptr) {
            return unit.base ? way(*unit.base, there->centre, unit) : Minutes(0);
        }
        return std::max(way(here->centre, there->centre, unit), Minutes(1));
    }

    /// One finding a shift: a single visit left out shifts the numbers of all after it.
    void check_sequence(const std::vector<const Visit*>& visits) {
        std::size_t others = 0;
        std::size_t first = visits.size();
        for (std::size_t i = 0; i < visits.size(); ++i) {
            if (visits[i]->seq != 0 && visits[i]->seq != i + 1) {
                others += first < visits.size() ? 1U : 0U;
                first = std::min(first, i);
            }
        }
        if (first == visits.size()) {
            return;
        }
        const Visit& visit = *visits[first];
        std::string text =
            fmt::format("{} is number {} of its shift, not {}", name(visit), first + 1, visit.seq);
        if (others > 0) {
            text += fmt::format("; {} more of the shift {} numbered otherwise, too", others,
                                others == 1 ? "is" : "are");
        }
        report(ViolationKind::sequence, visit, std::move(text));
    }

    void check_duty(const Duty& duty, const std::vector<const Visit*>& visits) {
        const Unit& unit = check_.units[duty.unit];
        const ShiftPattern& pattern = unit.shifts[duty.pattern];
        std::chrono::seconds spent{0};
        std::vector<Pass> passes;
        const Visit* before = nullptr;
        geo::Instant free = std::max(duty.when.from, check_.horizon.from);
        for (const Visit* const at_stop : visits) {
            const Visit& visit = *at_stop;
            const Minutes needed = way_to(visit, before, unit);
            const Open open = open_in({free, visit.when.from}, pattern, duty.day);
            if (visit.when.from >= free && open.all < needed) {
                report(ViolationKind::travel, visit,
                       fmt::format("{}: {} min on the way do not fit after {}", name(visit),
                                   needed.count(), at(free)));
            }
            const Open during = open_in(visit.when, pattern, duty.day);
            if (during.all < visit.when.length() && !outside_hours(visit.when.from) &&
                !outside_hours(visit.when.to - std::chrono::seconds(1))) {
                report(ViolationKind::in_break, visit,
                       fmt::format("{} lies in a break of the shift", name(visit)));
            }
            passes.push_back({{free, visit.when.from}, needed});
            spent += visit.when.length() + needed;
            free = visit.when.to;
            before = &visit;
        }
        passes.push_back({{free, std::min(duty.when.to, check_.horizon.to)}, Minutes(0)});
        check_floating(duty, passes, *before);
        check_visits(duty, visits);
        check_sequence(visits);
        const Minutes most =
            unit.minutes_per_shift.value_or(std::chrono::floor<Minutes>(duty.when.length()));
        if (spent > most) {
            found_.push_back({ViolationKind::shift_minutes,
                              {},
                              unit.name,
                              before->id,
                              duty.when,
                              fmt::format("unit {} spends {} min on visits and travel in the shift "
                                          "of {}, and has {}",
                                          unit.name.text(), minutes_of(spent), at(duty.when.from),
                                          most.count())});
        }
    }

    /// Time between two visits of a shift, or a visit and its beginning or end, and the way in it.
    struct Pass {
        geo::TimeSpan when;
        Minutes way{0};
    };

    /// Whether each break that floats finds a pass that holds it beside the way.
    void check_floating(const Duty& duty, const std::vector<Pass>& passes, const Visit& last) {
        const ShiftPattern& pattern = check_.units[duty.unit].shifts[duty.pattern];
        for (const Break& pause : pattern.breaks) {
            geo::TimeSpan window = break_time(pause, pattern, duty.day);
            window = {std::max({window.from, duty.when.from, check_.horizon.from}),
                      std::min({window.to, duty.when.to, check_.horizon.to})};
            const auto holds = [&](const Pass& pass) {
                const geo::TimeSpan both{std::max(pass.when.from, window.from),
                                         std::min(pass.when.to, window.to)};
                return open_in(both, pattern, duty.day).longest >= *pause.length &&
                       open_in(pass.when, pattern, duty.day).all - pass.way >= *pause.length;
            };
            if (pause.length && open_in(window, pattern, duty.day).longest >= *pause.length &&
                std::none_of(passes.begin(), passes.end(), holds)) {
                report(ViolationKind::in_break, last,
                       fmt::format("unit {}: no {} min are free for the break between {} and {}",
                                   last.unit.text(), pause.length->count(), at(window.from),
                                   at(window.to)));
            }
        }
    }

    void check_visits(const Duty& duty, const std::vector<const Visit*>& visits) {
        const Unit& unit = check_.units[duty.unit];
        if (unit.max_visits && visits.size() > *unit.max_visits) {
            report(ViolationKind::shift_visits, *visits.back(),
                   fmt::format("unit {} makes {} visits in the shift of {}, and at most {} are set",
                               unit.name.text(), visits.size(), at(duty.when.from),
                               *unit.max_visits));
        }
    }

    void check_unit(std::size_t u) {
        const Visit* longest = nullptr;
        for (const std::size_t v : order_) {
            const Visit& visit = check_.visits[v];
            if (!(visit.unit == check_.units[u].name)) {
                continue;
            }
            if (longest != nullptr && visit.when.from < longest->when.to) {
                report(ViolationKind::overlap, visit,
                       fmt::format("{} begins before visit {} of the same unit has ended",
                                   name(visit), longest->id));
            }
            if (longest == nullptr || visit.when.to > longest->when.to) {
                longest = &visit;
            }
        }
        for (const auto& [duty, visits] : duties_) {
            if (duty.unit == u) {
                check_duty(duty, visits);
            }
        }
    }

    const Check& check_;
    std::unordered_map<std::string, std::size_t> place_of_;
    std::unordered_map<std::string, std::size_t> unit_of_;
    std::vector<std::size_t> order_; ///< visits by start
    std::set<std::string> ids_;
    std::map<Duty, std::vector<const Visit*>> duties_;
    std::map<std::pair<std::string, std::string>, std::vector<const Way*>> ways_;
    std::unordered_map<std::string, Distances> distances_; ///< by unit; only with measured ways
    std::vector<Violation> found_;
};

} // namespace

std::string_view code(ViolationKind kind) {
    switch (kind) {
    case ViolationKind::gap:
        return "gap";
    case ViolationKind::gap_inherited:
        return "gap-inherited";
    case ViolationKind::wrong_length:
        return "wrong-length";
    case ViolationKind::outside_shift:
        return "outside-shift";
    case ViolationKind::outside_hours:
        return "outside-hours";
    case ViolationKind::in_break:
        return "in-break";
    case ViolationKind::shift_minutes:
        return "shift-minutes";
    case ViolationKind::shift_visits:
        return "shift-visits";
    case ViolationKind::overlap:
        return "overlap";
    case ViolationKind::travel:
        return "travel";
    case ViolationKind::same_clock_time:
        return "same-clock-time";
    case ViolationKind::wrong_unit:
        return "wrong-unit";
    case ViolationKind::unknown_zone:
        return "unknown-zone";
    case ViolationKind::unknown_unit:
        return "unknown-unit";
    case ViolationKind::missing_zone:
        return "missing-zone";
    case ViolationKind::outside_horizon:
        return "outside-horizon";
    case ViolationKind::duplicate_id:
        return "duplicate-id";
    case ViolationKind::sequence:
        return "sequence";
    case ViolationKind::wrong_day:
        return "wrong-day";
    }
    return "gap";
}

std::vector<Violation> check_plan(const Check& check) {
    return Checker(check).run();
}

} // namespace schedule
