// Plays a plan against the street: visits are missed or cut short at random, and each night the
// plan is mended by the planner itself. Plain Monte Carlo; replicates share their draws between
// miss rates and planning gaps (common random numbers), so that what differs between two runs is
// what was changed. Intervals are Wilson's (1927) for as many independent trials as the spread
// between replicates shows (Kish's design effect).
//
// Wilson, E. B. (1927), Journal of the American Statistical Association 22: 209-212.
// Kish, L. (1965), Survey Sampling: the design effect.
// Williams, S. & Coupe, T. (2017), Cambridge Journal of Evidence-Based Policing 1: 5-22.
#include "schedule/simulate.hpp"

#include "geo/error.hpp"
#include "geo/parallel.hpp"
#include "schedule/gap.hpp"
#include "schedule/ground.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>

namespace schedule {

namespace {

using std::chrono::seconds;

constexpr std::chrono::hours duty_day_begins{6};
constexpr std::size_t enough = 30; ///< rows of a log that say something

/// [0, 1).
double uniform(std::uint64_t bits) {
    return static_cast<double>(bits >> 11) * 0x1p-53;
}

/// Wilson's interval for a share of `trials` independent trials.
Share wilson(double share, double trials) {
    constexpr double z = 1.959964;
    const double scale = 1 + z * z / trials;
    const double centre = (share + z * z / (2 * trials)) / scale;
    const double half =
        z / scale * std::sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials));
    return {share, share == 0 ? 0 : std::max(0.0, centre - half),
            share == 1 ? 1 : std::min(1.0, centre + half)};
}

/// How many trials a replicate is, at most, and how many where nothing varies.
struct Trials {
    double most = 1;
    double without_spread = 1;
};

/// The mean of the replicates' shares, as of the number of independent trials that their spread
/// shows.
Share share_of(const std::vector<double>& replicates, const Trials& trials) {
    const auto count = static_cast<double>(replicates.size());
    const double mean = std::accumulate(replicates.begin(), replicates.end(), 0.0) / count;
    double squares = 0;
    for (const double share : replicates) {
        squares += (share - mean) * (share - mean);
    }
    const double variance_of_mean = squares / (count - 1) / count;
    const double shown =
        variance_of_mean > 0 ? mean * (1 - mean) / variance_of_mean : count * trials.without_spread;
    return wilson(mean, std::clamp(shown, count, count * trials.most));
}

/// What all replicates share.
struct Stage {
    const Problem& problem;
    const Plan& plan;
    PlanOptions nightly;
    const Street& street;
    SimulationOptions simulation;
    std::vector<geo::Instant> cuts; ///< the horizon's start, each 06:00 inside, its end
    std::vector<geo::TimeSpan> weeks;
    std::unordered_map<cluster::ZoneId, std::size_t> zone_of;

    std::size_t zones() const { return problem.places.size(); }
};

/// What came of one replicate.
struct Outcome {
    std::vector<char> breached; ///< by zone, then week
    std::size_t visits = 0;
    std::size_t counted = 0;
    std::size_t replanned = 0;
};

/// One playing of the horizon.
class Play {
  public:
    Play(const Stage& stage, std::uint64_t key) : stage_(stage), key_(key), states_(stage.zones()) {
        outcome_.breached.resize(stage.zones() * stage.weeks.size());
        const geo::TimeSpan horizon = stage.problem.horizon;
        for (const Visit& visit : stage.plan.visits) {
            if (horizon.contains(visit.when.from) && stage.zone_of.count(visit.zone) > 0) {
                visits_.push_back(visit);
            }
        }
        sort_from(0);
        for (std::size_t z = 0; z < states_.size(); ++z) {
            const auto last = stage.problem.places[z].last_attended;
            states_[z] = {.since = last.value_or(horizon.from),
                          .inherited = last && limit(*last, max_gap()) < horizon.from};
        }
    }

    Outcome run() {
        for (std::size_t k = 0; k + 1 < stage_.cuts.size(); ++k) {
            play_until(stage_.cuts[k + 1]);
            if (wants_replanning(k + 1)) {
                replan(k + 1);
            }
        }
        for (std::size_t z = 0; z < states_.size(); ++z) {
            end_absence(z, stage_.problem.horizon.to);
        }
        return std::move(outcome_);
    }

  private:
    struct State {
        geo::Instant since;     ///< absent since then
        bool inherited = false; ///< overdue from before the plan
        bool failed = false;    ///< a visit did not count since then
    };

    std::chrono::hours max_gap() const { return stage_.problem.rule.max_gap; }

    geo::Instant limit(geo::Instant since, std::chrono::hours gap) const {
        return latest_start(since, gap, stage_.problem.rule.gap_mode, stage_.problem.zone);
    }

    void sort_from(std::size_t first) {
        std::sort(visits_.begin() + static_cast<std::ptrdiff_t>(first), visits_.end(),
                  [](const Visit& a, const Visit& b) {
                      return std::tie(a.when.from, a.unit, a.seq) <
                             std::tie(b.when.from, b.unit, b.seq);
                  });
    }

    /// How long the visit lasts in the end; nothing where it does not take place.
    std::optional<seconds> fate(const Visit& visit) const {
        const auto minute = std::chrono::floor<Minutes>(visit.when.from).time_since_epoch();
        const std::uint64_t own =
            mix(mix(key_, key_of(visit.zone.text())), static_cast<std::uint64_t>(minute.count()));
        const auto day = static_cast<std::uint64_t>(visit.shift_day.time_since_epoch().count());
        const std::uint64_t shift =
            mix(mix(key_, key_of(visit.unit.text())), mix(day, key_of(visit.shift)));
        const Street& street = stage_.street;
        if (uniform(mix(own, 1)) < street.miss_rate ||
            uniform(mix(shift, 2)) < street.lost_shift_rate) {
            return std::nullopt;
        }
        if (street.dwell.empty()) {
            return visit.when.length();
        }
        const double position = uniform(mix(own, 3)) * static_cast<double>(street.dwell.size());
        return std::min(street.dwell[static_cast<std::size_t>(position)], visit.when.length());
    }

    void play_until(geo::Instant end) {
        for (; next_ < visits_.size() && visits_[next_].when.from < end; ++next_) {
            const Visit& visit = visits_[next_];
            const std::size_t z = stage_.zone_of.at(visit.zone);
            const auto length = fate(visit);
            const bool counts = length && *length >= stage_.problem.rule.min_dwell;
            ++outcome_.visits;
            outcome_.counted += counts ? 1U : 0U;
            if (!counts) {
                states_[z].failed = true;
                continue;
            }
            end_absence(z, visit.when.from);
            states_[z] = {.since = std::max(states_[z].since, visit.when.from + *length)};
        }
    }

    /// Marks the weeks in which the zone's absence was too long by then.
    void end_absence(std::size_t z, geo::Instant until) {
        const geo::Instant due = limit(states_[z].since, max_gap());
        if (states_[z].inherited || due >= until) {
            return;
        }
        for (std::size_t w = 0; w < stage_.weeks.size(); ++w) {
            if (due < stage_.weeks[w].to && until > stage_.weeks[w].from) {
                outcome_.breached[z * stage_.weeks.size() + w] = 1;
            }
        }
    }

    std::size_t cut_after(std::size_t cut, std::size_t days) const {
        return std::min(cut + days, stage_.cuts.size() - 1);
    }

    /// Whether a zone with a visit that did not count would now wait longer than the planning gap.
    bool wants_replanning(std::size_t cut) const {
        const geo::Instant open = stage_.cuts[cut_after(cut, stage_.simulation.issued_days)];
        if (open == stage_.problem.horizon.to) {
            return false;
        }
        const std::chrono::hours aim = stage_.problem.rule.plan_gap;
        for (std::size_t z = 0; z < states_.size(); ++z) {
            if (!states_[z].failed) {
                continue;
            }
            geo::Instant since = states_[z].since;
            geo::Instant next = stage_.problem.horizon.to;
            for (std::size_t v = next_; v < visits_.size(); ++v) {
                if (!(visits_[v].zone == stage_.problem.places[z].zone)) {
                    continue;
                }
                if (visits_[v].when.from >= open) {
                    next = visits_[v].when.from;
                    break;
                }
                since = visits_[v].when.to;
            }
            if (next > limit(since, aim)) {
                return true;
            }
        }
        return false;
    }

    /// The days of the window planned anew: what is issued before them is taken to take place.
    void replan(std::size_t cut) {
        const std::size_t first = cut_after(cut, stage_.simulation.issued_days);
        const std::size_t last = cut_after(first, stage_.simulation.window_days);
        Problem night = stage_.problem;
        night.horizon = {stage_.cuts[first], stage_.cuts[last]};
        night.former.clear();
        for (std::size_t z = 0; z < states_.size(); ++z) {
            night.places[z].last_attended = states_[z].since;
        }
        for (std::size_t v = next_; v < visits_.size(); ++v) {
            const Visit& visit = visits_[v];
            if (visit.when.from < night.horizon.from) {
                night.places[stage_.zone_of.at(visit.zone)].last_attended = visit.when.to;
            } else if (visit.when.from < night.horizon.to) {
                night.former.push_back(visit);
            }
        }
        Plan mended = make_plan(night, stage_.nightly);
        std::erase_if(visits_, [&](const Visit& v) { return night.horizon.contains(v.when.from); });
        visits_.insert(visits_.end(), std::make_move_iterator(mended.visits.begin()),
                       std::make_move_iterator(mended.visits.end()));
        sort_from(next_);
        ++outcome_.replanned;
    }

    const Stage& stage_;
    std::uint64_t key_;
    std::vector<Visit> visits_; ///< those played, then those to come, by start
    std::size_t next_ = 0;      ///< the first to come
    std::vector<State> states_;
    Outcome outcome_;
};

void require_sense(const Street& street, const SimulationOptions& simulation) {
    for (const double rate : {street.miss_rate, street.lost_shift_rate}) {
        if (!(rate >= 0 && rate <= 1)) {
            throw geo::Error(geo::ErrorKind::usage,
                             "a rate of missed visits is outside 0 to 1; give a number between "
                             "them");
        }
    }
    if (simulation.replicates < 2 || simulation.window_days < 1) {
        throw geo::Error(geo::ErrorKind::usage,
                         "a simulation needs at least 2 replicates and a window of 1 day; give "
                         "more");
    }
}

Stage stage_of(const Problem& problem, const Plan& plan, const PlanOptions& options,
               const Street& street, const SimulationOptions& simulation) {
    Stage stage{.problem = problem,
                .plan = plan,
                .nightly = options,
                .street = street,
                .simulation = simulation};
    stage.nightly.effort = simulation.effort;
    const geo::TimeSpan horizon = problem.horizon;
    stage.cuts.push_back(horizon.from);
    const geo::Day first = problem.zone.day(horizon.from);
    for (geo::Day day = first + std::chrono::days(1);; day += std::chrono::days(1)) {
        const geo::Instant cut = problem.zone.instant(day + duty_day_begins);
        if (cut >= horizon.to) {
            break;
        }
        stage.cuts.push_back(cut);
    }
    stage.cuts.push_back(horizon.to);
    for (geo::Day day = first; problem.zone.midnight(day) < horizon.to;
         day += std::chrono::days(7)) {
        stage.weeks.push_back(
            {std::max(horizon.from, problem.zone.midnight(day)),
             std::min(horizon.to, problem.zone.midnight(day + std::chrono::days(7)))});
    }
    for (std::size_t z = 0; z < problem.places.size(); ++z) {
        stage.zone_of.emplace(problem.places[z].zone, z);
    }
    return stage;
}

/// Each replicate's share of the zones and weeks in question that were in breach.
std::vector<double> shares(const std::vector<Outcome>& outcomes, std::size_t first,
                           std::size_t step, std::size_t count) {
    std::vector<double> result;
    for (const Outcome& outcome : outcomes) {
        std::size_t breached = 0;
        for (std::size_t i = 0; i < count; ++i) {
            breached += outcome.breached[first + i * step] != 0 ? 1U : 0U;
        }
        result.push_back(count == 0 ? 0
                                    : static_cast<double>(breached) / static_cast<double>(count));
    }
    return result;
}

Robustness robustness_of(const std::vector<Outcome>& outcomes, const Stage& stage) {
    const std::size_t zones = stage.zones();
    const std::size_t weeks = stage.weeks.size();
    const auto by_weeks = static_cast<double>(weeks);
    const auto by_zones = static_cast<double>(std::max<std::size_t>(zones, 1));
    Robustness result;
    // Weeks count as independent where nothing varies, the zones of a week as one.
    result.breach =
        share_of(shares(outcomes, 0, 1, zones * weeks), {by_zones * by_weeks, by_weeks});
    for (std::size_t z = 0; z < zones; ++z) {
        result.by_zone.push_back(
            share_of(shares(outcomes, z * weeks, 1, weeks), {by_weeks, by_weeks}));
    }
    for (std::size_t w = 0; w < weeks; ++w) {
        result.by_week.push_back(share_of(shares(outcomes, w, weeks, zones), {by_zones, 1}));
    }
    std::size_t visits = 0;
    std::size_t counted = 0;
    std::size_t replanned = 0;
    for (const Outcome& outcome : outcomes) {
        visits += outcome.visits;
        counted += outcome.counted;
        replanned += outcome.replanned;
    }
    result.counted = visits == 0 ? 0 : static_cast<double>(counted) / static_cast<double>(visits);
    result.nights_replanned = static_cast<double>(replanned) / static_cast<double>(outcomes.size());
    return result;
}

/// Whether the zone's last attendance was too long ago when the plan began.
bool overdue(const Place& place, const Problem& problem) {
    return place.last_attended &&
           latest_start(*place.last_attended, problem.rule.max_gap, problem.rule.gap_mode,
                        problem.zone) < problem.horizon.from;
}

/// The share of planned visits without an attendance of their own; nothing where too few can be
/// told.
std::optional<double> missed_share(std::span<const Attendance> attendances,
                                   std::span<const Visit> past) {
    constexpr std::chrono::hours reach{4};
    std::map<cluster::ZoneId, std::vector<geo::Instant>> starts;
    geo::TimeSpan logged = attendances.front().when;
    for (const Attendance& attendance : attendances) {
        starts[attendance.zone].push_back(attendance.when.from);
        logged.from = std::min(logged.from, attendance.when.from);
        logged.to = std::max(logged.to, attendance.when.to);
    }
    for (auto& [zone, times] : starts) {
        std::sort(times.begin(), times.end());
    }
    std::vector<const Visit*> planned;
    for (const Visit& visit : past) {
        if (logged.contains(visit.when.from)) {
            planned.push_back(&visit);
        }
    }
    std::sort(planned.begin(), planned.end(),
              [](const Visit* a, const Visit* b) { return a->when.from < b->when.from; });
    std::size_t missed = 0;
    for (const Visit* visit : planned) {
        std::vector<geo::Instant>& times = starts[visit->zone];
        const auto found = std::find_if(times.begin(), times.end(), [&](geo::Instant start) {
            return std::chrono::abs(start - visit->when.from) <= reach;
        });
        if (found == times.end()) {
            ++missed;
        } else {
            times.erase(found);
        }
    }
    if (planned.size() < enough) {
        return std::nullopt;
    }
    return static_cast<double>(missed) / static_cast<double>(planned.size());
}

} // namespace

Street street_of_literature(Minutes visit) {
    constexpr int steps = 101;
    constexpr double shortest = 0.28; // (0.28 + 1) / 2 x 15 min = 9.6 min
    Street street{.miss_rate = 0.5 / 3,
                  .source = "Williams & Coupe 2017, West Midlands: 2.5 of 3 visits made, 9.6 of 15 "
                            "minutes stayed"};
    for (int i = 0; i < steps; ++i) {
        const double share = shortest + (1 - shortest) * i / (steps - 1);
        street.dwell.emplace_back(
            std::llround(share * static_cast<double>(seconds(visit).count())));
    }
    return street;
}

Street learnt_street(std::span<const Attendance> attendances, std::span<const Visit> past,
                     const Rule& rule, const Street& otherwise) {
    std::vector<Attendance> counted;
    std::copy_if(attendances.begin(), attendances.end(), std::back_inserter(counted),
                 [&](const Attendance& attendance) {
                     return attendance.kind == Attendance::Kind::tasked || rule.count_background;
                 });
    if (counted.size() < enough) {
        Street street = otherwise;
        street.source += fmt::format("; the log has {} attendances, and it takes {} to learn from",
                                     counted.size(), enough);
        return street;
    }
    Street street = otherwise;
    street.dwell.clear();
    for (const Attendance& attendance : counted) {
        street.dwell.push_back(attendance.when.length());
    }
    std::sort(street.dwell.begin(), street.dwell.end());
    street.source = fmt::format("lengths of {} attendances in the log", counted.size());
    if (const auto missed = missed_share(counted, past)) {
        street.miss_rate = *missed;
        street.source += ", missed visits by the earlier plan";
    }
    return street;
}

Robustness simulate(const Problem& problem, const Plan& plan, const PlanOptions& options,
                    const Street& street, const SimulationOptions& simulation) {
    require_sense(street, simulation);
    const Stage stage = stage_of(problem, plan, options, street, simulation);
    std::vector<Outcome> outcomes(simulation.replicates);
    geo::parallel_for(outcomes.size(), simulation.threads, [&](std::size_t i) {
        outcomes[i] = Play(stage, mix(simulation.seed, i)).run();
    });
    Robustness result = robustness_of(outcomes, stage);
    const Street as_planned;
    const Stage rehearsal = stage_of(problem, plan, options, as_planned, simulation);
    const Outcome planned = Play(rehearsal, 0).run();
    result.planned = shares({planned}, 0, 1, planned.breached.size()).front();
    result.inherited = static_cast<std::size_t>(
        std::count_if(problem.places.begin(), problem.places.end(),
                      [&](const Place& place) { return overdue(place, problem); }));
    return result;
}

std::vector<std::chrono::hours> gaps_to_try(const Rule& rule) {
    std::vector<std::chrono::hours> gaps;
    for (const double share : {0.5, 0.625, 0.75, 0.875, 0.96875}) {
        const auto hours = std::llround(share * static_cast<double>(rule.max_gap.count()));
        const std::chrono::hours gap(std::max<long long>(1, hours));
        if (gaps.empty() || gap > gaps.back()) {
            gaps.push_back(gap);
        }
    }
    return gaps;
}

std::vector<GapTrial> try_gaps(const Problem& problem, const PlanOptions& options,
                               const Street& street, const SimulationOptions& simulation,
                               std::span<const std::chrono::hours> gaps) {
    std::vector<GapTrial> trials;
    for (const std::chrono::hours gap : gaps) {
        Problem tried = problem;
        tried.rule.plan_gap = gap;
        const Plan plan = make_plan(tried, options);
        trials.push_back(
            {gap, plan.visits.size(), simulate(tried, plan, options, street, simulation)});
    }
    return trials;
}

std::optional<std::chrono::hours> gap_for_target(std::span<const GapTrial> trials, double target) {
    std::optional<std::chrono::hours> best;
    for (const GapTrial& trial : trials) {
        if (trial.robustness.breach.high <= target && (!best || trial.plan_gap > *best)) {
            best = trial.plan_gap;
        }
    }
    return best;
}

} // namespace schedule
