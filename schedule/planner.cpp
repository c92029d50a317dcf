#include "schedule/planner.hpp"

#include "schedule/construct.hpp"
#include "schedule/draft.hpp"
#include "schedule/first_plan.hpp"
#include "schedule/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace schedule {

namespace {

/// Whether each call of a zone is one the rule needs, walking forward in time.
std::vector<Reason> reasons(const Draft& draft, std::size_t zone) {
    const Ground& ground = draft.ground();
    const std::vector<Call>& calls = draft.calls(zone);
    std::vector<Reason> result;
    Minute limit = ground.origin(zone).aim;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Minute next = i + 1 < calls.size() ? calls[i + 1].start : ground.length();
        const bool needed = next > limit;
        result.push_back(needed ? Reason::rule : Reason::risk);
        if (needed) {
            limit = ground.aim_limit(calls[i].start + ground.visit());
        }
    }
    return result;
}

std::string visit_id(const cluster::ZoneId& zone, geo::WallTime start) {
    const geo::Day day = std::chrono::floor<std::chrono::days>(start);
    const std::chrono::year_month_day date(day);
    const auto minutes = std::chrono::floor<Minutes>(start - day).count();
    return fmt::format("{}-{:04}{:02}{:02}-{:02}{:02}", zone.text(), static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       minutes / 60, minutes % 60);
}

/// Visits of the former plan that still stand keep their ids; the others are called after zone and
/// start.
void name_visits(std::vector<Visit>& visits, const Problem& problem) {
    const auto key = [](const Visit& visit) {
        return std::tuple(visit.zone.text(), visit.unit.text(), visit.when.from);
    };
    std::map<std::tuple<std::string, std::string, geo::Instant>, std::string> former;
    for (const Visit& visit : problem.former) {
        former.emplace(key(visit), visit.id);
    }
    std::set<std::string> used;
    for (Visit& visit : visits) {
        const auto old = former.find(key(visit));
        visit.id = old != former.end()
                       ? old->second
                       : visit_id(visit.zone, problem.zone.wall_time(visit.when.from));
        while (!used.insert(visit.id).second) {
            visit.id += "+";
        }
    }
}

/// The visits of one turn, in order.
void append_turn(std::vector<Visit>& visits, const Draft& draft, const Problem& problem,
                 std::size_t turn) {
    const Ground& ground = draft.ground();
    const Shift& shift = ground.shifts()[turn];
    const std::vector<Stop>& stops = draft.stops(turn);
    for (std::size_t i = 0; i < stops.size(); ++i) {
        const std::size_t zone = stops[i].zone;
        Visit visit;
        visit.zone = problem.places[zone].zone;
        visit.unit = problem.units[shift.unit].name;
        visit.shift = shift.name;
        visit.shift_day = shift.day;
        visit.seq = static_cast<unsigned>(i + 1);
        visit.when.from = problem.horizon.from + Minutes(stops[i].start);
        visit.when.to = visit.when.from + problem.rule.visit;
        visit.travel =
            Minutes(i == 0 ? ground.first_leg(shift.unit, zone)
                           : ground.travel(ground.turns()[turn].speed, stops[i - 1].zone, zone));
        visit.status = stops[i].hold == Hold::issued ? Status::issued : Status::planned;
        visits.push_back(std::move(visit));
    }
}

Plan plan_of(const Draft& draft, const Problem& problem) {
    Plan plan;
    std::map<std::pair<std::string, geo::Instant>, Reason> reason_of;
    for (std::size_t z = 0; z < problem.places.size(); ++z) {
        const std::vector<Reason> of_zone = reasons(draft, z);
        for (std::size_t i = 0; i < of_zone.size(); ++i) {
            const geo::Instant start = problem.horizon.from + Minutes(draft.calls(z)[i].start);
            reason_of[{problem.places[z].zone.text(), start}] = of_zone[i];
        }
    }
    for (std::size_t k = 0; k < draft.ground().turns().size(); ++k) {
        append_turn(plan.visits, draft, problem, k);
    }
    for (Visit& visit : plan.visits) {
        visit.reason = reason_of.at({visit.zone.text(), visit.when.from});
    }
    std::sort(plan.visits.begin(), plan.visits.end(), [](const Visit& a, const Visit& b) {
        return std::tie(a.when.from, a.unit, a.seq) < std::tie(b.when.from, b.unit, b.seq);
    });
    name_visits(plan.visits, problem);
    return plan;
}

} // namespace

Plan make_plan(const Problem& problem, const PlanOptions& options) {
    const Ground ground(problem, options);
    constexpr std::uint32_t most_repairs = 2000;
    // The same at every effort, so that more of it never starts from a worse plan.
    Draft draft = first_plan(ground, problem, most_repairs);
    // About what a minute is worth that a better place frees for visits: they take about 20 and are
    // worth about 1.
    constexpr double minute_worth = 0.05;
    constexpr int passes = 2;
    for (int pass = 0; pass < passes; ++pass) {
        relocate(draft, minute_worth);
    }
    fill(draft);
    for (std::size_t k = 0; k < ground.turns().size(); ++k) {
        pack(draft, k);
    }
    fill(draft);
    const auto visits = static_cast<std::uint32_t>(draft.visits());
    improve(draft, {.moves = options.effort.value_or(visits * options.moves_a_visit),
                    .first_round = visits * fast_moves_a_visit,
                    .progress = options.progress});
    if (ground.with_chance()) {
        draw_starts(draft, 10 + static_cast<Minute>(50 * options.unpredictability));
        fill(draft);
    }
    return plan_of(draft, problem);
}

} // namespace schedule
