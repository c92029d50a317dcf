#include "cli/night_plan.hpp"

#include "cli/standing_zones.hpp"
#include "geo/time_text.hpp"
#include "schedule/standing_visits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace cli {

std::vector<geo::Instant> in_force_since(const std::vector<schedule::Place>& places,
                                         const std::vector<io::StoredZone>& zones) {
    std::vector<geo::Instant> since;
    for (const schedule::Place& place : places) {
        const auto own = std::find_if(zones.begin(), zones.end(), [&](const io::StoredZone& zone) {
            return zone.id == place.zone;
        });
        since.push_back(own->valid_from);
    }
    return since;
}

namespace {

/// Since when the zone has been in force without a break, wherever it stood.
geo::Instant in_force_from(const std::vector<io::StoredZone>& history,
                           const cluster::ZoneId& zone) {
    std::optional<geo::Instant> from;
    std::optional<geo::Instant> ended;
    for (const io::StoredZone& row : history) { // by id, then valid_from
        if (row.id == zone) {
            from = from && ended && *ended >= row.valid_from ? from : row.valid_from;
            ended = row.valid_to;
        }
    }
    return from.value();
}

/// What earlier runs issued.
struct Issued {
    std::optional<geo::Day> until; ///< shifts that begin before this day; nothing before any run
    bool by_a_clock_ahead = false; ///< the last run was at a time that has not come yet
};

Issued issued_so_far(const Workplace& work, const std::optional<io::StoredRun>& last,
                     unsigned issue_days) {
    constexpr std::chrono::hours tolerated{36}; // clocks change, and machines wake in between
    if (!last) {
        return {};
    }
    if (last->at <= work.now + tolerated) {
        return {last->issued_until};
    }
    const geo::Day today = work.time_zone.day(work.now);
    return {std::min(last->issued_until, today + std::chrono::days(issue_days)), true};
}

} // namespace

NightPlan plan_night(Workplace& work, const Settings& tonight, const Evidence& evidence,
                     const FoundZones& scored, const io::StoreContent& content,
                     const LastAttended& last) {
    std::vector<schedule::Place> places = places_of(scored);
    for (schedule::Place& place : places) {
        place.last_attended = last.of(place.zone);
        if (place.last_attended < in_force_from(content.zones, place.zone)) {
            place.last_attended.reset(); // before anybody had to go there
        }
    }
    PlanTask task = plan_task(tonight, std::move(places), evidence.wards.wards,
                              evidence.wards.analysis_crs, work.time_zone);
    schedule::StandingVisits standing =
        schedule::standing_visits(task.problem, content.visits, work.now);
    const Issued issued = issued_so_far(work, content.last_run, tonight.issue_days);
    const schedule::Renewal renewal{
        .now = work.now,
        .former = std::move(standing.visits),
        .issued_until = issued.until,
        .opened_again = !standing.lost.empty() || issued.by_a_clock_ahead,
        .issue_days = tonight.issue_days,
        .in_force_since = in_force_since(task.problem.places, in_force(content.zones))};
    schedule::RenewedPlan renewed = work.watch.time(
        "plan", [&] { return schedule::renew_plan(task.problem, renewal, plan_options(tonight)); });
    task.problem.open_from = renewed.open_from;
    const schedule::Yardsticks yardsticks = work.watch.time("assess the plan", [&] {
        return yardsticks_of(tonight, task.problem, tonight.hotspots.selection.threads);
    });
    CheckedPlan checked =
        checked_plan(tonight, std::move(task), renewed.plan, yardsticks, work.watch);
    if (issued.by_a_clock_ahead) {
        checked.warnings.push_back(fmt::format(
            "the last run was at {}, later than now: the clock went back; the days issued then are "
            "planned anew around what stands",
            geo::iso_text(content.last_run->at, work.time_zone)));
    }
    for (const schedule::Visit& visit : standing.lost) {
        checked.warnings.push_back(fmt::format(
            "the issued visit {} of {} to zone {} can no longer be made; the issued "
            "days are planned anew around it",
            geo::iso_text(visit.when.from, work.time_zone), visit.unit.text(), visit.zone.text()));
    }
    return {std::move(checked), std::move(renewed), std::move(standing.lost)};
}

} // namespace cli
