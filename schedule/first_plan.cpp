#include "schedule/first_plan.hpp"

#include "schedule/construct.hpp"
#include "schedule/search.hpp"

#include <array>
#include <map>
#include <optional>
#include <utility>

namespace schedule {

namespace {

/// Lateness first, then what is left of the turns for other visits: least spent on these.
std::pair<double, double> merit(const Draft& draft) {
    Minute used = 0;
    for (std::size_t k = 0; k < draft.ground().turns().size(); ++k) {
        used += draft.used(k);
    }
    // A minute spent is a minute less for risk: a visit with its travel takes about 20 and is worth
    // about 1.
    return {draft.lateness(), draft.score() - used / 20.0};
}

/// Puts the visits of an earlier plan where they were, the issued first: those that still fit.
void keep_former(Draft& draft, const Problem& problem) {
    const Ground& ground = draft.ground();
    std::map<std::string, std::size_t> zones;
    for (std::size_t z = 0; z < problem.places.size(); ++z) {
        zones[problem.places[z].zone.text()] = z;
    }
    for (const Status status : {Status::issued, Status::planned}) {
        for (const Visit& visit : problem.former) {
            const auto zone = zones.find(visit.zone.text());
            if (visit.status != status || zone == zones.end() ||
                visit.when.from < problem.horizon.from) {
                continue;
            }
            const auto start = std::chrono::floor<Minutes>(visit.when.from - problem.horizon.from);
            const Stop stop{zone->second, static_cast<Minute>(start.count()),
                            status == Status::issued ? Hold::issued : Hold::former};
            for (std::size_t k = 0; k < ground.turns().size(); ++k) {
                const Turn& turn = ground.turns()[k];
                if (problem.units[turn.unit].name == visit.unit && turn.from <= stop.start &&
                    stop.start + ground.visit() <= turn.to && draft.place(k, stop)) {
                    break;
                }
            }
        }
    }
}

} // namespace

Draft first_plan(const Ground& ground, const Problem& problem, std::uint32_t repairs) {
    constexpr std::array<Style, 6> by_deadline = {
        {{1, false}, {3, false}, {0.25, false}, {8, false}, {1, true}, {3, true}}};
    constexpr std::array<double, 7> in_tours = {0.5, 1, 2, 3, 5, 8, 12};
    std::optional<Draft> best;
    const auto consider = [&](const auto& make) {
        Draft draft(ground);
        keep_former(draft, problem);
        make(draft);
        if (!best || merit(draft) > merit(*best)) {
            best = std::move(draft);
        }
    };
    for (const Style& style : by_deadline) {
        consider([&](Draft& draft) { visit_by_deadline(draft, style); });
    }
    constexpr std::array<double, 3> in_rounds = {1, 0.95, 0.9};
    for (std::size_t i = 0; i < in_rounds.size() && best->lateness() < 0; ++i) {
        consider([&](Draft& draft) {
            visit_in_rounds(draft, in_rounds[i]);
            for (std::size_t k = 0; k < ground.turns().size(); ++k) {
                slide_to_best(draft, k);
            }
        });
    }
    for (std::size_t i = 0; i < in_tours.size() && best->lateness() < 0; ++i) {
        consider([&](Draft& draft) {
            visit_in_tours(draft, in_tours[i]);
            for (std::size_t k = 0; k < ground.turns().size(); ++k) {
                slide_to_best(draft, k);
            }
        });
    }
    improve(*best, {.moves = repairs, .only_the_rule = true});
    return std::move(*best);
}

} // namespace schedule
