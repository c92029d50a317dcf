#pragma once

#include "cli/collapse_guard.hpp"
#include "cluster/hotspots.hpp"
#include "cluster/significance.hpp"
#include "cluster/weighting.hpp"
#include "geo/time_zone.hpp"
#include "io/attendance_reader.hpp"
#include "io/disclosure.hpp"
#include "io/exclusion_reader.hpp"
#include "io/field_mapping.hpp"
#include "io/incident_reader.hpp"
#include "io/visits_reader.hpp"
#include "io/ward_reader.hpp"
#include "schedule/planner.hpp"
#include "schedule/rule.hpp"
#include "schedule/simulate.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cli {

/// Visits wished for beyond the rule.
struct WantedVisits {
    enum class By { equal, weight };

    double a_week = 0; ///< of every zone, or on average; 0 for none in particular
    By by = By::equal; ///< the same for every zone, or in proportion to what is expected there
    std::vector<std::string> of_zones; ///< "NAME=N": of zones and wards that differ
};

/// Where the lengths of visits on the street come from.
enum class DwellSource { literature, log, as_planned };

/// Everything a person can set, from the configuration and the command line together, with the
/// defaults of Lancashire's programme.
struct Settings {
    // input
    std::vector<std::string> incidents;
    io::IncidentColumns columns;
    std::optional<std::string> definition;
    std::optional<std::string> weights;
    io::RowFilters filters;
    io::ExclusionOptions exclusions;
    io::WardOptions wards;
    std::optional<std::string> units;
    std::vector<std::string> attendance;
    io::AttendanceColumns attendance_columns;
    schedule::PresenceOptions presence; ///< of positions among the attendances
    std::optional<std::string> zones;
    std::optional<std::string> visits;
    io::VisitColumns visit_columns;
    std::optional<std::string> profile;
    std::optional<std::string> travel;
    std::optional<std::string> config;
    std::optional<std::string> analysis_crs;
    std::string time_zone = "Europe/London";
    io::AxesRepair axes = io::AxesRepair::leave_out;
    std::optional<geo::Day> from;
    std::optional<geo::Day> to;

    // zones
    cluster::HotspotOptions hotspots;
    cluster::WeightTransform weight_transform;
    std::optional<std::uint32_t> stack_cap; ///< incidents that a point counts as, at most
    std::optional<cluster::Recency::Days> half_life =
        cluster::Recency::Days(365.25);        ///< of every record's weight: twelve months
    cluster::SignificanceOptions significance; ///< null and replicates; the rest follows
    std::optional<bool> name_from_location;    ///< by the kind of data when left out

    // plan
    schedule::Rule rule;
    schedule::PlanOptions plan;
    std::optional<geo::Day> start; ///< tomorrow when left out
    unsigned days = 28;
    DwellSource dwell = DwellSource::literature;  ///< of the simulation below
    std::optional<std::chrono::seconds> earliest; ///< of the day; `rule.hours` has both
    std::optional<std::chrono::seconds> latest;   ///< likewise, neither without the other
    WantedVisits wanted;
    std::vector<std::string> leave_out_zones; ///< zone ids, ward names or codes
    std::vector<std::string> leave_out_days;  ///< as written; `rule` has what they mean

    // the plan on the street
    schedule::SimulationOptions simulation; ///< seed and threads are the plan's and the program's
    std::optional<double> miss_rate;        ///< by the source of the street when left out
    double lost_shift_rate = 0;
    std::optional<std::string> past_visits; ///< an earlier plan, beside the log
    std::optional<double> target_breach;    ///< chance for which planning gaps are tried

    // back-test
    std::optional<geo::Day> train_to; ///< last training day of the last origin, included
    std::optional<geo::Day> test_to;  ///< its last test day, included
    unsigned origins = 4;
    unsigned step_months = 3; ///< from one origin to the next

    // compliance
    std::optional<geo::Day> compliance_from; ///< first day of the report
    std::optional<geo::Day> compliance_to;   ///< its last day, included
    std::optional<std::string> as_of;        ///< its end, else that of its last day, else now
    // nightly
    std::optional<std::string> store;
    unsigned issue_days = 2; ///< today and the days after it that are issued
    unsigned keep = 14;      ///< nights that stay published
    GuardOptions guard;
    std::optional<std::string> force;      ///< why the guard is overruled
    std::chrono::hours alert_hours{24};    ///< before a zone falls due
    std::optional<std::string> on_alert;   ///< command that is told of alerts
    std::optional<std::string> prometheus; ///< text file for node_exporter's collector
    std::vector<std::string> adopt_zones;  ///< ids of candidates; all when left out
    std::vector<std::string> retire_zones; ///< ids of zones in force
    std::optional<std::string> reason;     ///< of adopting or retiring

    // output
    std::optional<std::string> out;
    geo::Metres buffer{100};             ///< width of the rings around zones
    std::optional<std::string> publish;  ///< database to write the layers into, too: "PG:..."
    std::optional<std::string> tile_url; ///< background map of the report
    std::optional<std::string> tile_attribution; ///< who made it; not without it

    // report and sheets again
    std::optional<std::string> from_out; ///< an output folder
    std::optional<geo::Day> sheets_from; ///< the plan's first day when left out
    unsigned sheets_days = 7;
    io::Audience audience = io::Audience::internal;

    // yes or no
    bool overwrite = false;
    bool days_given = false; ///< whether somebody set `days`
    bool simulate = false;   ///< play the plan on the street
    bool backtest = false;   ///< of `run`
    bool with_incidents = false;
    bool sheets = false;
    bool pdf = false;
    bool dry_run = false;
    bool quiet = false;
    bool verbose = false;
    bool json = false;
};

} // namespace cli
