#pragma once

#include "cli/option_table.hpp"
#include "cli/progress.hpp"
#include "cli/settings.hpp"
#include "cluster/hotspots.hpp"
#include "cluster/zone_builder.hpp"
#include "io/incident_reader.hpp"
#include "io/manifest_writer.hpp"
#include "io/published.hpp"
#include "io/ward_reader.hpp"
#include "schedule/checker.hpp"
#include "schedule/demand.hpp"
#include "schedule/outlook.hpp"
#include "schedule/plan.hpp"
#include "schedule/plan_quality.hpp"
#include "schedule/remedy.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

// The steps that commands are put together from: each takes the settings and what earlier steps
// found, and gives a value.

namespace cli {

/// How long each step took, for the manifest and -v.
class Stopwatch {
  public:
    Stopwatch() = default;
    /// With a progress line on stderr, where that is a terminal and the settings are not quiet.
    explicit Stopwatch(const Settings& settings);

    /// What long steps are to count in; null where nobody looks.
    geo::Progress* progress() const { return line_ ? &line_->counters() : nullptr; }

    /// Calls `work` and books its time under `step`.
    template <typename Work>
    decltype(auto) time(const std::string& step, Work&& work) {
        const Booking booking(*this, step);
        return std::forward<Work>(work)();
    }
    const std::vector<std::pair<std::string, double>>& seconds() const { return seconds_; }

  private:
    using Clock = std::chrono::steady_clock;
    class Booking {
      public:
        Booking(Stopwatch& watch, std::string step)
            : watch_(watch), step_(std::move(step)), start_(Clock::now()) {
            if (watch_.line_) {
                watch_.line_->begin(step_);
            }
        }
        ~Booking() {
            if (watch_.line_) {
                watch_.line_->end();
            }
            watch_.seconds_.emplace_back(
                step_, std::chrono::duration<double>(Clock::now() - start_).count());
        }
        Booking(const Booking&) = delete;
        Booking& operator=(const Booking&) = delete;

      private:
        Stopwatch& watch_;
        std::string step_;
        Clock::time_point start_;
    };

    std::vector<std::pair<std::string, double>> seconds_;
    std::unique_ptr<ProgressLine> line_;
};

/// The value of an option that a command cannot do without.
/// \throws geo::Error (usage) if it is not set.
std::string required(const std::optional<std::string>& value, std::string_view option);

/// What is said where nothing qualifies.
inline constexpr std::string_view no_zone_qualifies =
    "no zone qualifies; lower --min-incidents or widen the window";

/// Incidents placed in wards.
struct Evidence {
    io::ReadWards wards;
    io::ReadIncidents incidents;
};

/// \throws geo::Error (usage) if a path that is needed is not set.
Evidence read_evidence(const Settings& settings, const geo::TimeZone& time_zone, Stopwatch& watch);

/// How incidents are weighed, but for the day from which their ages count.
cluster::Weighting weighting_of(const Settings& settings);

/// Gives the incidents their final weights, as of the end of the period that they span.
void weigh_incidents(const Settings& settings, const geo::TimeZone& time_zone, Evidence& evidence);

/// What zones hold together, each incident once.
struct Held {
    double weight = 0;
    std::uint32_t incidents = 0;
};

/// Zones and the ranking that they come from.
struct FoundZones {
    std::vector<cluster::RankedWard> ranking; ///< all wards
    std::size_t chosen_wards = 0;             ///< the first of them that got zones
    std::vector<cluster::BuiltZone> zones;    ///< in the order of rank
    geo::TimeSpan period;                     ///< what the incidents span
    double weight = 0;                        ///< of all incidents
    Held in_zones;
    std::optional<Held> if_best; ///< as many zones, allocated by what they hold, where wards were
                                 ///< to have equal numbers
};

FoundZones find_zones(const Settings& settings, const Evidence& evidence,
                      const geo::TimeZone& time_zone, Stopwatch& watch);

/// The ranking, and the discs that the settings lead to.
cluster::Hotspots find_hotspots(const Settings& settings, const Evidence& evidence,
                                const geo::TimeZone& time_zone, Stopwatch& watch);

/// Discs, wherever they come from, as zones: counted, tested, named and ranked.
FoundZones describe_zones(const Settings& settings, const Evidence& evidence,
                          const cluster::Hotspots& hotspots, const geo::TimeZone& time_zone,
                          Stopwatch& watch);

/// The zones alone, in the order of rank.
std::vector<cluster::Zone> zones_of(const FoundZones& found);

/// A plan that has been through the checker.
struct CheckedPlan {
    schedule::Problem problem;
    schedule::Plan plan;
    std::vector<schedule::Outlook> outlooks;   ///< in the order of the places
    std::vector<schedule::Violation> breaches; ///< of the rule; anything else would have been a bug
    schedule::Certificate certificate;
    schedule::PlanQuality quality;
    std::optional<schedule::UnitsNeeded> units_needed; ///< worked out when the rule is broken
    std::optional<schedule::Remedies> remedies;    ///< likewise, but for inherited breaches only
    std::vector<schedule::Attendance> attendances; ///< that are known, where files give some
    std::vector<std::string> warnings;
    bool default_units = false; ///< no units were given

    std::size_t zones_in_breach() const;
    bool keeps_rule() const { return zones_in_breach() == 0; }
    /// Whether some breach is not inherited.
    bool breaks_rule_itself() const;
};

/// Places of zones just found, with their expected incidents.
std::vector<schedule::Place> places_of(const FoundZones& zones);

/// How the settings have plans made: their plan options, with as many moves as their effort takes.
schedule::PlanOptions plan_options(const Settings& settings);

/// What a plan is to be made for.
struct PlanTask {
    schedule::Problem problem;
    std::vector<std::string> warnings;
    bool default_units = false; ///< no units were given
};

/// The problem of the settings' horizon, units, ways and restrictions.
///
/// \param places with their last attendances. \param wards, crs as of make_checked_plan.
PlanTask plan_task(const Settings& settings, std::vector<schedule::Place> places,
                   std::span<const cluster::Ward> wards, const std::string& crs,
                   const geo::TimeZone& time_zone);

/// What plans for the problem are held against; nothing at little effort, as that would take longer
/// than the plan.
schedule::Yardsticks yardsticks_of(const Settings& settings, const schedule::Problem& problem,
                                   unsigned threads);

/// Proves a plan for the task with the checker, and says what it means and is worth.
///
/// \throws std::logic_error if the checker finds in the plan what only a bug can have put there.
CheckedPlan checked_plan(const Settings& settings, PlanTask task, schedule::Plan plan,
                         const schedule::Yardsticks& yardsticks, Stopwatch& watch);

/// Plans visits and proves the plan with the checker. With more than one thread what the plan is
/// held against is found beside it.
///
/// \param wards all wards where they are known, so that a unit may serve one without a zone; else
/// none. \param crs analysis CRS of the places, for the units' bases. \throws std::logic_error if
/// the checker finds in the plan what only a bug can have put there.
CheckedPlan make_checked_plan(const Settings& settings, std::vector<schedule::Place> places,
                              std::span<const cluster::Ward> wards, const std::string& crs,
                              const geo::TimeZone& time_zone, Stopwatch& watch);

/// The units that the settings name, or the fewest late-shift units for these places; and
/// attendances, if any.
struct Crew {
    std::vector<schedule::Unit> units;
    bool by_default = false;
    std::vector<std::string> warnings;
};
Crew read_crew(const Settings& settings, const std::vector<schedule::Place>& places,
               std::span<const cluster::Ward> wards, const std::string& crs);

/// First day of the plan: as set, else the day after today.
geo::Day plan_start(const Settings& settings, const geo::TimeZone& time_zone);
geo::TimeSpan plan_horizon(const Settings& settings, const geo::TimeZone& time_zone);

/// Rows left out by reason, in the order of the reasons; reasons without rows are not in it.
std::map<io::Reason, std::uint64_t> rows_by_reason(const std::vector<io::Issue>& issues,
                                                   io::Action action);

/// Checksums of the files on disk that the settings name, incident files with their row counts.
std::vector<io::ManifestInput> manifest_inputs(const Settings& settings, const Evidence* evidence,
                                               CommandSet command);

} // namespace cli
