#include "cli/report_plan.hpp"

#include "cli/breach_text.hpp"
#include "schedule/gap.hpp"
#include "schedule/shift.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace cli {

namespace {

/// The times that nobody is in the zone, from the plan's start or the visit before it to its end.
std::vector<geo::TimeSpan> absences(const schedule::Outlook& outlook,
                                    const schedule::Problem& problem) {
    std::vector<geo::TimeSpan> spans;
    geo::Instant from = outlook.last_visit.value_or(problem.horizon.from);
    for (const geo::Instant start : outlook.starts) {
        spans.push_back({from, start});
        from = start + problem.rule.visit;
    }
    spans.push_back({from, problem.horizon.to});
    return spans;
}

/// The least that any absence leaves of a gap; negative where one passes it.
std::chrono::seconds least_left(const schedule::Outlook& outlook, const schedule::Problem& problem,
                                std::chrono::hours gap) {
    std::chrono::seconds least = std::chrono::seconds::max();
    for (const geo::TimeSpan& absence : absences(outlook, problem)) {
        const geo::Instant latest =
            schedule::latest_start(absence.from, gap, problem.rule.gap_mode, problem.zone);
        least = std::min<std::chrono::seconds>(least, latest - absence.to);
    }
    return least;
}

geo::LonLat lon_lat(const geo::GridPoint& place, const geo::Projection& lonlat) {
    const geo::SourcePoint at = lonlat.from_grid(place);
    return {at.x, at.y};
}

io::ReportUnit report_unit(const schedule::Unit& unit, const geo::Projection& lonlat) {
    return {.name = unit.name.text(),
            .mode = unit.mode,
            .officers = unit.officers,
            .base = unit.base ? std::optional(lon_lat(*unit.base, lonlat)) : std::nullopt};
}

using ShiftKey = std::tuple<geo::Day, std::size_t, std::string>; ///< day, unit, name

/// All shifts in the plan's days, empty so far.
std::map<ShiftKey, io::ReportShift> empty_shifts(const schedule::Problem& problem) {
    std::map<ShiftKey, io::ReportShift> shifts;
    for (const schedule::Shift& shift :
         schedule::shifts_within(problem.units, problem.horizon, problem.zone, problem.rule)) {
        shifts.try_emplace({shift.day, shift.unit, shift.name},
                           io::ReportShift{.unit = problem.units[shift.unit].name.text(),
                                           .name = shift.name,
                                           .day = shift.day,
                                           .when = shift.when});
    }
    return shifts;
}

/// By day, unit and start; a shift that no pattern knows starts with its first visit.
std::vector<io::ReportShift> in_order(std::map<ShiftKey, io::ReportShift>&& shifts) {
    using Order = std::tuple<geo::Day, std::size_t, geo::Instant>;
    std::multimap<Order, io::ReportShift> ordered;
    for (auto& [key, shift] : shifts) {
        const geo::Instant start = shift.when ? shift.when->from : shift.visits.front().when.from;
        ordered.emplace(Order{std::get<0>(key), std::get<1>(key), start}, std::move(shift));
    }
    std::vector<io::ReportShift> list;
    for (auto& [order, shift] : ordered) {
        list.push_back(std::move(shift));
    }
    return list;
}

std::vector<io::ReportShift> filled_shifts(const CheckedPlan& plan) {
    const schedule::Problem& problem = plan.problem;
    std::map<schedule::UnitId, std::size_t> numbers;
    for (std::size_t i = 0; i < problem.units.size(); ++i) {
        numbers.emplace(problem.units[i].name, i);
    }
    std::map<ShiftKey, io::ReportShift> shifts = empty_shifts(problem);
    for (const schedule::Visit& visit : plan.plan.visits) { // by start
        const auto known = numbers.find(visit.unit);        // an issued visit's unit may be gone
        const std::size_t number = known != numbers.end() ? known->second : numbers.size();
        const ShiftKey key{visit.shift_day, number, visit.shift};
        io::ReportShift& shift = shifts
                                     .try_emplace(key, io::ReportShift{.unit = visit.unit.text(),
                                                                       .name = visit.shift,
                                                                       .day = visit.shift_day})
                                     .first->second;
        shift.visits.push_back(
            {visit.zone.text(), visit.when, visit.travel, visit.reason, visit.status});
    }
    return in_order(std::move(shifts));
}

/// The lines of a text that say something by themselves: no headings of lists, and no items of one,
/// for the page lists the zones in a table of its own.
std::vector<std::string> sentences(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        if (!line.empty() && line.front() != ' ' && line.back() != ':') {
            lines.emplace_back(line);
        }
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return lines;
}

} // namespace

io::ReportOutlook report_outlook(const schedule::Outlook& outlook,
                                 const schedule::Problem& problem) {
    const std::chrono::seconds left = least_left(outlook, problem, problem.rule.max_gap);
    const bool aimed =
        least_left(outlook, problem, problem.rule.plan_gap) >= std::chrono::seconds(0);
    return {.last_visit = outlook.last_visit,
            .next_visit = outlook.next_visit,
            .due_by = outlook.due_by,
            .max_gap_h = outlook.max_gap_h,
            .state = !outlook.rule_ok ? io::RuleState::broken
                     : aimed          ? io::RuleState::kept
                                      : io::RuleState::tight,
            .hours_left = std::chrono::duration<double, std::ratio<3600>>(left).count()};
}

io::ReportPlan report_plan(const CheckedPlan& plan, const geo::Projection& lonlat) {
    const schedule::Problem& problem = plan.problem;
    io::ReportPlan report{.horizon = problem.horizon,
                          .visit = problem.rule.visit,
                          .max_gap = problem.rule.max_gap,
                          .plan_gap = problem.rule.plan_gap,
                          .duty_days = problem.rule.gap_mode == schedule::GapMode::duty_day,
                          .default_units = plan.default_units,
                          .shifts = filled_shifts(plan)};
    for (const schedule::Unit& unit : problem.units) {
        report.units.push_back(report_unit(unit, lonlat));
    }
    if (plan.units_needed && plan.units_needed->found) {
        report.units_needed = *plan.units_needed->found;
    }
    if (!plan.keeps_rule()) {
        report.notes = sentences(breach_text(plan));
    }
    return report;
}

} // namespace cli
