#include "schedule/outlook.hpp"

#include "schedule/gap.hpp"
#include "schedule/wish.hpp"

#include <algorithm>
#include <unordered_map>

namespace schedule {

namespace {

double hours(std::chrono::seconds length) {
    return std::chrono::duration<double, std::ratio<3600>>(length).count();
}

Outlook outlook_of(const Place& place, std::vector<geo::TimeSpan> visits, const Rule& rule,
                   geo::TimeSpan horizon, const geo::TimeZone& zone) {
    std::sort(visits.begin(), visits.end(), [](const geo::TimeSpan& a, const geo::TimeSpan& b) {
        return a.from != b.from ? a.from < b.from : a.to < b.to;
    });
    Outlook result;
    result.zone = place.zone;
    result.last_visit = place.last_attended;
    geo::Instant absent_since = place.last_attended.value_or(horizon.from);
    result.due_by = latest_start(absent_since, rule.max_gap, rule.gap_mode, zone);
    result.overdue = result.due_by < horizon.from;
    result.rule_ok = true;
    const auto absence_ends = [&](geo::Instant next) {
        result.max_gap_h = std::max(result.max_gap_h, hours(next - absent_since));
        result.rule_ok =
            result.rule_ok && next <= latest_start(absent_since, rule.max_gap, rule.gap_mode, zone);
    };
    for (const geo::TimeSpan& visit : visits) {
        absence_ends(visit.from);
        absent_since = visit.to;
        result.starts.push_back(visit.from);
    }
    absence_ends(horizon.to);
    if (!result.starts.empty()) {
        result.next_visit = result.starts.front();
    }
    return result;
}

std::optional<WishMet> wish_met(const Place& place, const std::vector<geo::Instant>& starts,
                                geo::TimeSpan horizon) {
    if (!(place.wanted_a_week > 0)) {
        return std::nullopt;
    }
    WishMet result{.a_week = place.wanted_a_week};
    geo::Instant begin = horizon.from;
    for (const unsigned wanted : wanted_by_week(place.wanted_a_week, horizon)) {
        const geo::TimeSpan week{begin, begin + wish_week};
        const auto visits = static_cast<unsigned>(
            std::count_if(starts.begin(), starts.end(),
                          [&](geo::Instant start) { return week.contains(start); }));
        ++result.weeks;
        result.weeks_reached += visits >= wanted ? 1 : 0;
        result.visits_short += wanted - std::min(visits, wanted);
        begin = week.to;
    }
    return result;
}

} // namespace

std::vector<Outlook> outlook(std::span<const Place> places, std::span<const Visit> visits,
                             const Rule& rule, geo::TimeSpan horizon, const geo::TimeZone& zone) {
    std::unordered_map<cluster::ZoneId, std::vector<geo::TimeSpan>> by_zone;
    for (const Visit& visit : visits) {
        by_zone[visit.zone].push_back(visit.when);
    }
    std::vector<Outlook> result;
    result.reserve(places.size());
    for (const Place& place : places) {
        Outlook& of_place =
            result.emplace_back(outlook_of(place, by_zone[place.zone], rule, horizon, zone));
        of_place.wish = wish_met(place, of_place.starts, horizon);
    }
    return result;
}

std::vector<Outlook> outlook(const Problem& problem, const Plan& plan) {
    return outlook(problem.places, plan.visits, problem.rule, problem.horizon, problem.zone);
}

} // namespace schedule
