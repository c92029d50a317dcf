// Rolling-horizon planning: a frozen part that people work by, and an open part planned anew each
// night from the facts (the usual scheme of rolling schedules; Sahin, Narayanan & Robinson 2013
// review it). Shifts, not hours, are frozen, so that no shift is planned by two nights. The open
// part is a problem of its own: to it, the issued visits still to come are attendances.
#include "schedule/renewal.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace schedule {

namespace {

bool by_start(const Visit& a, const Visit& b) {
    return std::tie(a.when.from, a.unit, a.seq, a.id) < std::tie(b.when.from, b.unit, b.seq, b.id);
}

/// The next full hour, so that hours of the week stay whole.
geo::Instant next_hour(geo::Instant now) {
    return std::chrono::ceil<std::chrono::hours>(now);
}

/// The part of the problem that is planned tonight: shifts that begin on `open` or later, from
/// `now` on.
Problem open_part(const Problem& problem, const Renewal& renewal, geo::Day open,
                  const std::vector<Visit>& issued, std::vector<Visit> beyond) {
    Problem part = problem;
    part.horizon.from = std::max(problem.zone.midnight(open), next_hour(renewal.now));
    part.early_shift = renewal.issued_until ? EarlyShift::elsewhere : EarlyShift::cut;
    std::map<cluster::ZoneId, geo::Instant> last_issued;
    for (const Visit& visit : issued) {
        if (visit.shift_day < open) {
            geo::Instant& last = last_issued[visit.zone];
            last = std::max(last, visit.when.to);
        } else {
            part.former.push_back(visit);
        }
    }
    part.former.insert(part.former.end(), std::make_move_iterator(beyond.begin()),
                       std::make_move_iterator(beyond.end()));
    for (std::size_t p = 0; p < part.places.size(); ++p) {
        Place& place = part.places[p];
        geo::Instant last = place.last_attended.value_or(renewal.in_force_since[p]);
        const auto issued_last = last_issued.find(place.zone);
        if (issued_last != last_issued.end()) {
            last = std::max(last, issued_last->second);
        }
        place.last_attended = last;
    }
    return part;
}

/// Numbers each shift's visits from 1 in the order of their starts.
void number(std::vector<Visit>& visits) {
    std::map<std::tuple<UnitId, std::string, geo::Day>, unsigned> in_shift;
    for (Visit& visit : visits) {
        visit.seq = ++in_shift[{visit.unit, visit.shift, visit.shift_day}];
    }
}

} // namespace

RenewedPlan renew_plan(const Problem& problem, const Renewal& renewal, const PlanOptions& options) {
    if (renewal.in_force_since.size() != problem.places.size()) {
        throw std::invalid_argument("renew_plan: one instant a place");
    }
    const geo::Day today = problem.zone.day(renewal.now);
    geo::Day open = std::max(renewal.issued_until.value_or(today), today);
    std::vector<Visit> issued;
    std::vector<Visit> beyond;
    for (const Visit& visit : renewal.former) {
        if (visit.when.from >= renewal.now && visit.when.to <= problem.horizon.to) {
            (visit.status == Status::issued ? issued : beyond).push_back(visit);
        }
    }
    std::sort(issued.begin(), issued.end(), by_start);
    if (renewal.opened_again) {
        open = today;
    }
    RenewedPlan renewed;
    const Problem part = open_part(problem, renewal, open, issued, std::move(beyond));
    if (renewal.issued_until) {
        renewed.open_from = part.horizon.from;
    }
    if (part.horizon.from < part.horizon.to) {
        renewed.plan = make_plan(part, options);
    }
    for (Visit& visit : issued) {
        if (visit.shift_day < open) {
            renewed.plan.visits.push_back(std::move(visit));
        }
    }
    renewed.issued_until = std::max(today + std::chrono::days(renewal.issue_days),
                                    renewal.issued_until.value_or(today));
    for (Visit& visit : renewed.plan.visits) {
        visit.status = visit.shift_day < renewed.issued_until ? Status::issued : Status::planned;
    }
    std::sort(renewed.plan.visits.begin(), renewed.plan.visits.end(), by_start);
    number(renewed.plan.visits);
    return renewed;
}

} // namespace schedule
