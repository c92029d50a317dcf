#include "cli/night_status.hpp"

#include "cli/night_plan.hpp"
#include "geo/error.hpp"
#include "io/file_text.hpp"
#include "schedule/gap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <tuple>
#include <vector>

namespace cli {

namespace fs = std::filesystem;

namespace {

/// Zones that somebody should see to, worst first.
std::vector<io::StatusAlert> alerts_of(const Workplace& work, const CheckedPlan& plan,
                                       const std::vector<io::StoredZone>& zones) {
    using Level = io::StatusAlert::Level;
    const schedule::Rule& rule = work.settings.rule;
    std::vector<io::StatusAlert> alerts;
    const std::vector<geo::Instant> since = in_force_since(plan.problem.places, zones);
    for (std::size_t p = 0; p < plan.problem.places.size(); ++p) {
        const schedule::Place& place = plan.problem.places[p];
        const schedule::Outlook& outlook = plan.outlooks[p];
        const geo::Instant due = schedule::latest_start(
            place.last_attended.value_or(since[p]), rule.max_gap, rule.gap_mode, work.time_zone);
        const auto left = due - work.now;
        if (left > work.settings.alert_hours && outlook.next_visit && *outlook.next_visit <= due) {
            continue;
        }
        const bool will_pass = !outlook.next_visit || *outlook.next_visit > due;
        const auto own = std::find_if(zones.begin(), zones.end(), [&](const io::StoredZone& zone) {
            return zone.id == place.zone;
        });
        alerts.push_back(
            {.level = due < work.now ? Level::overdue
                      : will_pass    ? Level::will_pass
                                     : Level::last_day,
             .zone = place.zone,
             .name = own->name,
             .due_by = due,
             .hours_left = std::chrono::duration<double, std::ratio<3600>>(left).count(),
             .next_visit = outlook.next_visit});
    }
    std::sort(alerts.begin(), alerts.end(), [](const io::StatusAlert& a, const io::StatusAlert& b) {
        return std::tie(a.level, a.due_by, a.zone) < std::tie(b.level, b.due_by, b.zone);
    });
    return alerts;
}

} // namespace

fs::path status_path(const Settings& settings) {
    return fs::path(required(settings.out, "out")) / "status.json";
}

io::Status status_of(const Workplace& work, const Result& result, const Drift& drift,
                     const std::string& night, const io::RunCounts& counts) {
    io::Status status{.last_attempt = work.now,
                      .last_success = work.now,
                      .exit_code = static_cast<int>(result.exit_code),
                      .night = night,
                      .next_due = work.now + std::chrono::days(1),
                      .incidents = counts.rows_used,
                      .rows_left_out = counts.rows_left_out,
                      .zones = result.zones.size()};
    status.new_candidates = static_cast<std::uint64_t>(
        std::count_if(drift.candidates.begin(), drift.candidates.end(),
                      [](const io::StoredCandidate& c) { return c.is_new; }));
    if (result.plan != nullptr) {
        status.visits = result.plan->plan.visits.size();
        status.alerts = alerts_of(work, *result.plan, drift.zones);
        status.zones_in_breach = static_cast<std::uint64_t>(std::count_if(
            status.alerts.begin(), status.alerts.end(), [](const io::StatusAlert& alert) {
                return alert.level != io::StatusAlert::Level::last_day;
            }));
        status.zones_in_breach =
            std::max<std::uint64_t>(status.zones_in_breach, result.plan->zones_in_breach());
    }
    return status;
}

std::string message_of(const io::Status& status) {
    if (status.zones == 0) {
        return fmt::format("no zone is in force, {} are proposed: patrolzones adopt puts them in "
                           "force",
                           status.new_candidates);
    }
    return fmt::format("{} zones, {} visits, {}; {} new candidates, {} alerts", status.zones,
                       status.visits,
                       status.zones_in_breach == 0
                           ? "the rule is kept"
                           : fmt::format("the rule is broken in {} zones", status.zones_in_breach),
                       status.new_candidates, status.alerts.size());
}

void write_status(const Settings& settings, const io::Status& status,
                  const geo::TimeZone& time_zone) {
    if (settings.prometheus) {
        try {
            io::replace_text(*settings.prometheus, io::prometheus_text(status));
        } catch (const geo::Error& unwritten) { // status.json tells, too
            std::cerr << "patrolzones: warning: " << unwritten.what() << '\n';
        }
    }
    io::replace_text(status_path(settings), io::status_json(status, time_zone));
}

void tell_of_failure(const Workplace& work, ExitCode exit_code, const std::string& message) {
    io::Status status =
        io::read_status(status_path(work.settings), work.time_zone).value_or(io::Status{});
    status.last_attempt = work.now;
    status.exit_code = static_cast<int>(exit_code);
    status.message = message;
    status.next_due = work.now + std::chrono::days(1);
    status.night = work.nights.current();
    try {
        write_status(work.settings, status, work.time_zone);
    } catch (const geo::Error& unwritten) { // the error itself is what matters
        std::cerr << "patrolzones: " << unwritten.what() << '\n';
    }
}

} // namespace cli
