#pragma once

#include "cluster/profile.hpp"
#include "geo/point.hpp"
#include "geo/time_zone.hpp"
#include "schedule/plan.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// All that report.html and the patrol sheets show, as one value: written as report.json, so that
// both can be made again from an output folder alone. What disclosure hides is absent here already.

namespace io {

/// A month with data.
struct ReportMonth {
    std::chrono::year_month month{};
    std::optional<std::uint32_t> incidents; ///< nothing where the number may not be told
};

/// How far a zone is from breaking the rule, in the plan.
enum class RuleState {
    kept,  ///< no absence passes the planning gap
    tight, ///< some does, none the rule's
    broken,
};

/// What the plan means for a zone.
struct ReportOutlook {
    std::optional<geo::Instant> last_visit; ///< end of the last that counted before the plan
    std::optional<geo::Instant> next_visit;
    geo::Instant due_by{};
    double max_gap_h = 0;
    RuleState state = RuleState::kept;
    double hours_left = 0; ///< of the absence nearest to the rule's gap; negative: too long by that
};

struct ReportZone {
    std::string id;
    std::string name;
    std::string ward_code;
    unsigned rank = 0;
    unsigned ward_rank = 0;
    geo::LonLat centre;
    double radius_m = 0;
    std::optional<std::uint32_t> incidents;
    std::optional<double> count_low; ///< 95 % interval of the count
    std::optional<double> count_high;
    std::optional<double> weight;
    std::optional<double> ward_share; ///< 0 to 1
    std::optional<double> pai;
    std::optional<double> pai_ceiling; ///< ward's area / zone's area in it: what the PAI can reach
    std::optional<double> p_value;
    std::optional<double> q_value;
    std::optional<std::string> peak;
    std::optional<std::string> trend;
    std::optional<std::string> offences;
    std::string why;
    std::vector<ReportMonth> months; ///< ascending; empty where they are not known
    std::optional<cluster::WeekProfile>
        hours; ///< incidents by hour of the week; nothing where records do not say hours
    std::optional<ReportOutlook> outlook; ///< nothing where there is no plan, or not for this zone
};

struct ReportWard {
    std::string code;
    std::string name;
    std::optional<unsigned> rank; ///< nothing where the ranking may not be told
    std::optional<std::uint32_t> incidents;
    std::optional<std::string> band; ///< "10 to 19 incidents", where only that may be told
    std::optional<bool> chosen;      ///< zones were sought in it
    std::optional<std::uint32_t> zones;
    std::vector<std::vector<geo::LonLat>> outline; ///< rings; the last point is not the first again
};

struct ReportUnit {
    std::string name;
    schedule::Mode mode = schedule::Mode::foot;
    unsigned officers = 2;
    std::optional<geo::LonLat> base;
};

struct ReportVisit {
    std::string zone; ///< its id
    geo::TimeSpan when;
    schedule::Minutes travel{0}; ///< from the stop before
    schedule::Reason reason = schedule::Reason::rule;
    schedule::Status status = schedule::Status::planned;
};

/// A unit's turn of duty on one day, also where it has no visit.
struct ReportShift {
    std::string unit;
    std::string name;
    geo::Day day{};                    ///< on which it begins
    std::optional<geo::TimeSpan> when; ///< nothing where no pattern of the unit says
    std::vector<ReportVisit> visits;   ///< in visiting order
};

struct ReportPlan {
    geo::TimeSpan horizon;
    schedule::Minutes visit{15};
    std::chrono::hours max_gap{96};
    std::chrono::hours plan_gap{72};
    bool duty_days = false;                    ///< absences are measured in duty days
    std::optional<std::uint64_t> units_needed; ///< to keep the rule, where that was found
    bool default_units = false;                ///< nobody said who patrols
    std::vector<std::string> notes;            ///< what else is to be said, a line each
    std::vector<ReportUnit> units;             ///< in the order of the units file
    std::vector<ReportShift> shifts;           ///< by day, unit in that order, start
};

/// Rows with one reason.
struct ReportReason {
    std::string code;
    std::string meaning;
    bool used = false; ///< doubted only
    std::uint64_t rows = 0;
};

/// What became of the rows read.
struct ReportRows {
    std::uint64_t read = 0;
    std::uint64_t used = 0;
    std::uint64_t left_out = 0;
    std::vector<ReportReason> reasons; ///< in the order of issues.csv
};

/// What the zones hold together.
struct ReportTotals {
    std::optional<geo::TimeSpan> period; ///< what the incidents span; nothing where that would
                                         ///< tell when the first or the last of them was
    std::optional<std::uint64_t> incidents;
    std::optional<std::uint64_t> in_zones;    ///< each once
    std::optional<double> share_of_all;       ///< of the weight of all wards, 0 to 1
    std::optional<double> share_of_top_wards; ///< of that of the chosen wards
    std::uint64_t wards = 0;
    std::optional<std::uint64_t> chosen_wards;
    std::string tested_against; ///< what p-values compare with: "the ward's other recorded crime"
};

struct ReportEstimate {
    double value = 0;
    double low = 0;
    double high = 0;
};

/// How one method did in the back-test.
struct ReportScore {
    std::string name;
    bool ours = false;
    std::uint64_t zones = 0;
    double held = 0;
    double incidents = 0;
    std::optional<ReportEstimate> hit_rate;
    std::optional<ReportEstimate> pai;
    std::optional<double> pai_ceiling;
};

struct ReportBacktest {
    std::string sentence;
    std::uint64_t origins = 0;
    geo::TimeSpan test; ///< of all origins
    std::vector<ReportScore> scores;
};

/// A piece of the method in plain words.
struct ReportParagraph {
    std::string heading;
    std::string text;
};

struct ReportSetting {
    std::string key;
    std::string value;
};

/// Background map from a server; there is none, and no request to any host, without it.
struct TileLayer {
    std::string url; ///< with {z}, {x}, {y}, and {s} where it has several hosts
    std::string attribution;
};

struct ReportData {
    std::string version;
    std::uint64_t seed = 0;
    std::string time_zone = "Europe/London";
    std::string audience = "internal"; ///< for whom it is
    std::optional<ReportTotals> totals;
    std::vector<ReportWard> wards; ///< those that are drawn, in the order of the ranking
    std::vector<ReportZone> zones; ///< in the order of rank
    std::optional<ReportPlan> plan;
    std::optional<ReportRows> rows;
    std::optional<ReportBacktest> backtest;
    std::vector<ReportParagraph> method;
    std::vector<ReportSetting> settings; ///< those that shape the result
    std::vector<std::string> warnings;
    std::optional<TileLayer> tiles;
};

} // namespace io
