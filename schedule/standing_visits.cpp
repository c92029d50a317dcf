#include "schedule/standing_visits.hpp"

#include "schedule/checker.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace schedule {

namespace {

bool by_start(const Visit& a, const Visit& b) {
    return std::tie(a.when.from, a.unit, a.seq, a.id) < std::tie(b.when.from, b.unit, b.seq, b.id);
}

/// Whether the fault lies in a visit itself or its shift, and not in what the plan adds up to.
bool cannot_be_made(const Violation& violation) {
    switch (violation.kind) {
    case ViolationKind::gap:
    case ViolationKind::gap_inherited:
    case ViolationKind::missing_zone:
    case ViolationKind::same_clock_time:
    case ViolationKind::sequence:
    case ViolationKind::outside_horizon:
        return false;
    default:
        return true;
    }
}

/// The visit that the fault is to be mended by: its own, else the last of its unit in that time.
std::vector<Visit>::iterator at_fault(std::vector<Visit>& visits, const Violation& violation) {
    if (violation.visit) {
        return std::find_if(visits.begin(), visits.end(),
                            [&](const Visit& visit) { return visit.id == *violation.visit; });
    }
    for (auto visit = visits.end(); visit != visits.begin();) {
        --visit;
        if (violation.unit == visit->unit &&
            (!violation.when ||
             (visit->when.from < violation.when->to && violation.when->from < visit->when.to))) {
            return visit;
        }
    }
    return visits.end();
}

/// Takes out of the visits those that cannot be made.
std::vector<Visit> take_lost(std::vector<Visit>& visits, const Problem& problem) {
    std::vector<Visit> lost;
    for (bool more = true; more;) {
        more = false;
        const std::vector<Violation> violations = check_plan({.places = problem.places,
                                                              .units = problem.units,
                                                              .visits = visits,
                                                              .rule = problem.rule,
                                                              .horizon = problem.horizon,
                                                              .zone = problem.zone,
                                                              .travel = problem.travel});
        for (const Violation& violation : violations) {
            if (!cannot_be_made(violation)) {
                continue;
            }
            const auto visit = at_fault(visits, violation);
            if (visit != visits.end()) {
                lost.push_back(std::move(*visit));
                visits.erase(visit);
                more = true;
            }
        }
    }
    std::sort(lost.begin(), lost.end(), by_start);
    return lost;
}

} // namespace

StandingVisits standing_visits(const Problem& problem, std::vector<Visit> visits,
                               geo::Instant now) {
    std::erase_if(visits, [&](const Visit& visit) { return visit.when.from < now; });
    std::sort(visits.begin(), visits.end(), by_start);
    StandingVisits standing;
    std::vector<Visit> planned;
    for (Visit& visit : visits) {
        (visit.status == Status::issued ? standing.visits : planned).push_back(std::move(visit));
    }
    standing.lost = take_lost(standing.visits, problem);
    std::move(planned.begin(), planned.end(), std::back_inserter(standing.visits));
    std::sort(standing.visits.begin(), standing.visits.end(), by_start);
    return standing;
}

} // namespace schedule
