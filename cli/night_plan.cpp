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

NightPlan plan_night(Workplace& work, const Settings& tonight, const Evidence& evidence,
                     const FoundZones& scored, const io::StoreContent& content,
                     const LastAttended& last) {
    std::vector<schedule::Place> places = places_of(scored);
    for (schedule::Place& place : places) {
        place.last_attended = last.of(place.zone);
    }
    PlanTask task = plan_task(tonight, std::move(places), evidence.wards.wards,
                              evidence.wards.analysis_crs, work.time_zone);
    schedule::StandingVisits standing =
        schedule::standing_visits(task.problem, content.visits, work.now);
    const schedule::Renewal renewal{
        .now = work.now,
        .former = std::move(standing.visits),
        .issued_until =
            content.last_run ? std::optional(content.last_run->issued_until) : std::nullopt,
        .opened_again = !standing.lost.empty(),
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
    for (const schedule::Visit& visit : standing.lost) {
        checked.warnings.push_back(fmt::format(
            "the issued visit {} of {} to zone {} can no longer be made; the issued "
            "days are planned anew around it",
            geo::iso_text(visit.when.from, work.time_zone), visit.unit.text(), visit.zone.text()));
    }
    return {std::move(checked), std::move(renewed), std::move(standing.lost)};
}

} // namespace cli
