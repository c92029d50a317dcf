#include "io/compliance_writer.hpp"

#include "geo/time_text.hpp"
#include "io/csv_text.hpp"

#include <array>
#include <fmt/core.h>
#include <optional>

namespace io {

namespace {

using Cells = std::vector<std::string>;

std::string hours(std::chrono::seconds time) {
    return fmt::format("{:.2f}", static_cast<double>(time.count()) / 3600);
}

std::string truth(bool value) {
    return value ? "true" : "false";
}

template <typename Number>
std::string number(const std::optional<Number>& value) {
    return value ? std::to_string(*value) : "";
}

std::string time(const std::optional<geo::Instant>& instant, const geo::TimeZone& time_zone) {
    return instant ? geo::iso_text(*instant, time_zone) : "";
}

std::string header(std::string_view first, std::string_view last = "") {
    return fmt::format("{},visits,counted,under_10_min,from_10_to_14_min,from_15_min,hours,"
                       "officer_hours,arrests,searches,background_visits,background_hours,"
                       "background_arrests,background_searches{}\n",
                       first, last);
}

/// The columns of `header` between its first and its last.
void add_presence(Cells& cells, const schedule::PresenceByKind& presence, bool with_units) {
    const schedule::PresenceTotals& tasked = presence.tasked;
    const schedule::PresenceTotals& background = presence.background;
    cells.insert(cells.end(),
                 {std::to_string(tasked.visits), std::to_string(tasked.counted),
                  std::to_string(tasked.dwell.under_10), std::to_string(tasked.dwell.from_10_to_14),
                  std::to_string(tasked.dwell.from_15), hours(tasked.time),
                  with_units ? hours(tasked.officer_time) : "", number(tasked.arrests),
                  number(tasked.searches), std::to_string(background.visits),
                  hours(background.time), number(background.arrests), number(background.searches)});
}

std::chrono::seconds breach_time(const schedule::ZoneCompliance& zone) {
    std::chrono::seconds sum{0};
    for (const schedule::Breach& breach : zone.breaches) {
        sum += breach.length();
    }
    return sum;
}

DeliveredCounts counted(const ComplianceReport& report, const cluster::ZoneId* zone) {
    using State = schedule::Delivery::State;
    DeliveredCounts counts;
    for (std::size_t i = 0; i < report.visits.size(); ++i) {
        if (zone != nullptr && report.visits[i].zone != *zone) {
            continue;
        }
        const State state = report.deliveries[i].state;
        ++counts.planned;
        ++(state == State::delivered ? counts.delivered
           : state == State::brief   ? counts.brief
           : state == State::missed  ? counts.missed
                                     : counts.open);
    }
    return counts;
}

std::string minutes(std::chrono::seconds time) {
    return std::to_string(std::chrono::round<std::chrono::minutes>(time).count());
}

} // namespace

std::string_view word(schedule::Delivery::State state) {
    constexpr std::array<std::string_view, 4> words{"delivered", "brief", "missed", "open"};
    return words[static_cast<std::size_t>(state)];
}

DeliveredCounts delivered_in(const ComplianceReport& report, const cluster::ZoneId& zone) {
    return counted(report, &zone);
}

DeliveredCounts delivered_in_all(const ComplianceReport& report) {
    return counted(report, nullptr);
}

std::string compliance_csv(const ComplianceReport& report) {
    std::string text =
        header("zone_id,name,in_force,last_counted,due_by,hours_left,rule_ok,breaches,breach_hours,"
               "longest_absence_h",
               ",planned,delivered,brief,missed,open");
    for (std::size_t i = 0; i < report.zones.size(); ++i) {
        const schedule::ZoneCompliance& zone = report.compliance.zones[i];
        Cells cells{spreadsheet_safe(zone.zone.text()),
                    spreadsheet_safe(report.zones[i].name),
                    truth(zone.in_force),
                    time(zone.last_counted, report.time_zone),
                    time(zone.due_by, report.time_zone),
                    zone.left ? hours(*zone.left) : "",
                    truth(zone.breaches.empty()),
                    std::to_string(zone.breaches.size()),
                    hours(breach_time(zone)),
                    hours(zone.longest_absence)};
        add_presence(cells, zone.presence, report.with_units);
        const DeliveredCounts counts = delivered_in(report, zone.zone);
        for (const std::uint64_t each :
             {counts.planned, counts.delivered, counts.brief, counts.missed, counts.open}) {
            cells.push_back(report.with_plan ? std::to_string(each) : "");
        }
        text += csv_row(cells);
    }
    return text;
}

std::string breaches_csv(const ComplianceReport& report) {
    std::string text = "zone_id,name,absent_from,last_allowed,absent_to,absent_hours,breach_hours,"
                       "open,never_attended\n";
    for (std::size_t i = 0; i < report.zones.size(); ++i) {
        for (const schedule::Breach& breach : report.compliance.zones[i].breaches) {
            text += csv_row(Cells{
                spreadsheet_safe(breach.zone.text()), spreadsheet_safe(report.zones[i].name),
                geo::iso_text(breach.absence.from, report.time_zone),
                geo::iso_text(breach.last_allowed, report.time_zone),
                geo::iso_text(breach.absence.to, report.time_zone), hours(breach.absence.length()),
                hours(breach.length()), truth(breach.open), truth(breach.never_attended)});
        }
    }
    return text;
}

std::string deliveries_csv(const ComplianceReport& report) {
    std::string text = "visit_id,zone_id,unit,start,end,state,attended_from,attended_to,"
                       "attended_by,late_min\n";
    for (std::size_t i = 0; i < report.visits.size(); ++i) {
        const schedule::Visit& visit = report.visits[i];
        const schedule::Delivery& delivery = report.deliveries[i];
        Cells cells{spreadsheet_safe(visit.id),
                    spreadsheet_safe(visit.zone.text()),
                    spreadsheet_safe(visit.unit.text()),
                    geo::iso_text(visit.when.from, report.time_zone),
                    geo::iso_text(visit.when.to, report.time_zone),
                    std::string(word(delivery.state)),
                    "",
                    "",
                    "",
                    ""};
        if (delivery.attendance) {
            const schedule::Attendance& attendance = report.attendances[*delivery.attendance];
            cells[6] = geo::iso_text(attendance.when.from, report.time_zone);
            cells[7] = geo::iso_text(attendance.when.to, report.time_zone);
            cells[8] = spreadsheet_safe(attendance.unit.text());
            cells[9] = minutes(delivery.late);
        }
        text += csv_row(cells);
    }
    return text;
}

std::string period_name(const schedule::Return& row, ReturnPeriod period) {
    const std::chrono::year_month_day date(row.first);
    const auto month = static_cast<unsigned>(date.month());
    return period == ReturnPeriod::month
               ? fmt::format("{:04}-{:02}", static_cast<int>(date.year()), month)
               : fmt::format("{:04}-Q{}", static_cast<int>(date.year()), (month + 2) / 3);
}

std::string returns_csv(const ComplianceReport& report, ReturnPeriod period) {
    std::string text = header("period,first_day,last_day,whole");
    const auto& rows =
        period == ReturnPeriod::month ? report.compliance.months : report.compliance.quarters;
    for (const schedule::Return& row : rows) {
        Cells cells{period_name(row, period), geo::iso_text(row.first), geo::iso_text(row.last),
                    truth(row.whole)};
        add_presence(cells, row.presence, report.with_units);
        text += csv_row(cells);
    }
    return text;
}

std::string attendance_issues_csv(std::span<const AttendanceProblem> problems,
                                  std::span<const AttendanceFile> files) {
    std::string text = "file,line,column,reason,action,rows\n";
    for (const AttendanceProblem& problem : problems) {
        text += csv_row(Cells{spreadsheet_safe(files[problem.file].path),
                              problem.line > 0 ? std::to_string(problem.line) : "",
                              spreadsheet_safe(problem.column), std::string(code(problem.fault)),
                              schedule::leaves_out(problem.fault) ? "left out" : "used",
                              problem.line > 0 ? "1" : "0"});
    }
    return text;
}

} // namespace io
