#pragma once

#include "schedule/attendance.hpp"
#include "schedule/plan.hpp"
#include "schedule/planner.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace schedule {

/// What becomes of planned visits on the street.
struct Street {
    double miss_rate = 0;       ///< chance that a visit does not take place, each by itself, 0 to 1
    double lost_shift_rate = 0; ///< chance that a unit makes none of a shift's visits, 0 to 1
    std::vector<std::chrono::seconds>
        dwell; ///< lengths of the visits made, each as likely as another; as planned when empty
    std::string source; ///< where the numbers come from, for people
};

/// The street as measured in the West Midlands (Williams & Coupe 2017): of three visits of 15
/// minutes planned a day 2.5 took place, and lasted 9.6 minutes on average.
///
/// The spread is not published; lengths are taken as even between 28 % and all of the planned
/// length, which has that mean. \param visit planned length, to which the lengths are scaled.
Street street_of_literature(Minutes visit);

/// What a force's own log says, and `otherwise` for what it is too small to say.
///
/// Lengths come from the attendances of a kind that counts, at least 30. The miss rate comes from
/// an earlier plan, at least 30 of whose visits lie between the log's first and last attendance: a
/// visit took place if an attendance in its zone began within four hours of its start, each
/// attendance standing for one visit.
Street learnt_street(std::span<const Attendance> attendances, std::span<const Visit> past,
                     const Rule& rule, const Street& otherwise);

/// A share with its 95 % interval (Wilson 1927), [0, 1] each.
struct Share {
    double value = 0;
    double low = 0;
    double high = 1;
};

struct SimulationOptions {
    std::uint64_t seed = 1;        ///< draws what is missed and how long visits last
    std::uint32_t replicates = 20; ///< how often the horizon is played; at least 2
    unsigned issued_days = 1;      ///< days already handed out when a night's plan is made
    unsigned window_days = 6;      ///< days that a night plans anew; at least 1
    std::uint32_t effort = 30;     ///< search moves of a night's plan
    unsigned threads = 1;          ///< changes the time, never the result
};

/// How a plan fares on the street.
struct Robustness {
    Share breach;                ///< chance that a zone breaches the rule in a week
    std::vector<Share> by_zone;  ///< the same for each zone, in the order of the places
    std::vector<Share> by_week;  ///< and for each week of the plan; the last may be shorter
    double planned = 0;          ///< share of zones and weeks in breach if all goes as planned
    double counted = 0;          ///< share of the planned visits that reset a gap
    double nights_replanned = 0; ///< mean of a replicate
    std::size_t inherited = 0;   ///< zones overdue before the plan; until their first visit they
                                 ///< count for nothing
};

/// Plays a plan with visits missed or cut short, and plans anew each night.
///
/// A duty day runs from 06:00 to 06:00. After each, the visits that did not count are known. Where
/// one of their zones would now wait longer than the planning gap, the nights' plan is made with
/// `make_plan`: `issued_days` stay as they are and are taken to take place, the next `window_days`
/// are planned with the plan in force as former, the rest stays. A zone is in breach in a week if
/// at some time in it its absence is longer than the rule allows; real ends of attendances count,
/// and visits longer than planned end as planned.
///
/// Deterministic by seed at any number of threads; a visit's fate depends on seed, replicate, zone
/// and start only, so that a higher miss rate misses the same visits and more. Costs replicates x
/// days times a plan of `window_days`.
///
/// \param plan a plan of the problem; what lies outside the horizon is left out.
/// \throws geo::Error (usage) as make_plan does, or if an option or rate is out of its range.
Robustness simulate(const Problem& problem, const Plan& plan, const PlanOptions& options,
                    const Street& street, const SimulationOptions& simulation = {});

/// A planning gap and what it leads to.
struct GapTrial {
    std::chrono::hours plan_gap{0};
    std::size_t visits = 0; ///< of the plan
    Robustness robustness;
};

/// The planning gaps that are worth trying: 48, 60, 72, 84 and 93 h for a rule of 96 h, in
/// proportion for others; ascending.
std::vector<std::chrono::hours> gaps_to_try(const Rule& rule);

/// Plans with each of the planning gaps and plays each plan, in the order given.
std::vector<GapTrial> try_gaps(const Problem& problem, const PlanOptions& options,
                               const Street& street, const SimulationOptions& simulation,
                               std::span<const std::chrono::hours> gaps);

/// The longest planning gap of the trials whose chance of a breach lies under `target` with its
/// whole interval; nothing where none does.
std::optional<std::chrono::hours> gap_for_target(std::span<const GapTrial> trials, double target);

} // namespace schedule
