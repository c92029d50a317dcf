#include "cli/option_table.hpp"

#include "cli/option_kinds.hpp"
#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/source.hpp"
#include "io/unit_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cli {

namespace {

constexpr std::array<std::pair<std::string_view, cluster::RankBy>, 3> rank_words{
    {{"weight", cluster::RankBy::weight},
     {"count", cluster::RankBy::count},
     {"density", cluster::RankBy::density}}};
constexpr std::array<std::pair<std::string_view, cluster::Objective>, 3> objective_words{
    {{"balanced", cluster::Objective::balanced},
     {"capture", cluster::Objective::capture},
     {"pai", cluster::Objective::pai}}};
constexpr std::array<std::pair<std::string_view, cluster::Allocation>, 2> allocation_words{
    {{"best", cluster::Allocation::best}, {"equal", cluster::Allocation::equal}}};
constexpr std::array<std::pair<std::string_view, cluster::Effort>, 3> effort_words{
    {{"fast", cluster::Effort::fast},
     {"normal", cluster::Effort::normal},
     {"thorough", cluster::Effort::thorough}}};
constexpr std::array<std::pair<std::string_view, cluster::WeightTransform::Kind>, 3>
    transform_words{{{"raw", cluster::WeightTransform::Kind::raw},
                     {"sqrt", cluster::WeightTransform::Kind::square_root},
                     {"log", cluster::WeightTransform::Kind::logarithm}}};
constexpr std::array<std::pair<std::string_view, geo::DateOrder>, 2> date_order_words{
    {{"day_first", geo::DateOrder::day_first}, {"month_first", geo::DateOrder::month_first}}};
constexpr std::array<std::pair<std::string_view, cluster::NullModel>, 3> null_words{
    {{"all-crime", cluster::NullModel::all_crime},
     {"locations", cluster::NullModel::locations},
     {"uniform", cluster::NullModel::uniform}}};
constexpr std::array<std::pair<std::string_view, DwellSource>, 3> dwell_words{
    {{"literature", DwellSource::literature},
     {"log", DwellSource::log},
     {"planned", DwellSource::as_planned}}};
constexpr std::array<std::pair<std::string_view, schedule::GapMode>, 2> gap_words{
    {{"elapsed", schedule::GapMode::elapsed}, {"duty_day", schedule::GapMode::duty_day}}};

constexpr std::array<std::pair<std::string_view, WantedVisits::By>, 2> wanted_words{
    {{"equal", WantedVisits::By::equal}, {"weight", WantedVisits::By::weight}}};

/// A member of Settings by its path, for writing and for reading.
#define PATROLZONES_AT(path) ([](auto& s) -> auto& { return s.path; })

constexpr CommandSet reads_incidents = for_run | for_check | for_zones | for_evaluate | for_init;
constexpr CommandSet reads_wards = for_run | for_check | for_zones | for_evaluate;
constexpr CommandSet finds_zones = for_run | for_zones | for_evaluate;
constexpr CommandSet plans = for_run | for_schedule;
constexpr CommandSet keeps_rule = plans | for_verify;
constexpr CommandSet reads_visits = for_schedule | for_verify;
constexpr CommandSet publishes = for_run | for_zones | for_schedule;
constexpr CommandSet all = reads_incidents | keeps_rule;

void add_evidence_files(std::vector<Option>& table) {
    Option incidents{
        .name = "incidents",
        .key = "incidents.paths",
        .placeholder = "PATH...",
        .help = "incident files: CSV, data.police.uk zip, folder, any vector source GDAL opens",
        .group = "Input",
        .arity = Arity::many,
        .words = Words::path,
        .commands = reads_incidents};
    incidents.set = [](Settings& s, const Texts& words) { s.incidents = words; };
    incidents.get = [](const Settings& s) { return io::OptionValue(s.incidents); };
    table.push_back(incidents);
    table.push_back(text_option({.name = "wards",
                                 .key = "wards.path",
                                 .placeholder = "PATH",
                                 .help = "ward polygons with code and name",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = reads_wards},
                                PATROLZONES_AT(wards.path)));
    table.push_back(text_option({.name = "zones",
                                 .key = "zones.path",
                                 .placeholder = "FILE",
                                 .help = "zones to plan for or to verify, as zones.geojson",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = for_schedule | for_verify},
                                PATROLZONES_AT(zones)));
    table.push_back(text_option({.name = "visits",
                                 .key = "visits.path",
                                 .placeholder = "FILE",
                                 .help = "planned visits, as visits.geojson or roster.csv",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = for_verify},
                                PATROLZONES_AT(visits)));
}

void add_plan_files(std::vector<Option>& table) {
    table.push_back(text_option(
        {.name = "units",
         .key = "units.path",
         .placeholder = "FILE",
         .help = "who patrols and when (TOML or CSV); fewest late-shift units when left out",
         .group = "Input",
         .words = Words::path,
         .commands = keeps_rule},
        PATROLZONES_AT(units)));
    table.push_back(text_option({.name = "attendance",
                                 .key = "attendance.path",
                                 .placeholder = "FILE",
                                 .help = "attendances so far (CSV)",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = keeps_rule},
                                PATROLZONES_AT(attendance)));
    table.push_back(text_option({.name = "profile",
                                 .key = "profile.path",
                                 .placeholder = "CSV",
                                 .help = "expected incidents by zone and hour of the week",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = for_schedule},
                                PATROLZONES_AT(profile)));
    table.push_back(text_option({.name = "travel",
                                 .key = "travel.path",
                                 .placeholder = "CSV",
                                 .help = "minutes between zones and from bases, where they were "
                                         "measured (from,to,minutes) [straight line x 1.3]",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = keeps_rule},
                                PATROLZONES_AT(travel)));
}

void add_settings_files(std::vector<Option>& table) {
    table.push_back(text_option({.name = "definition",
                                 .key = "incidents.definition",
                                 .placeholder = "FILE",
                                 .help = "which offences are serious violence (TOML)",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = reads_wards},
                                PATROLZONES_AT(definition)));
    table.push_back(text_option({.name = "config",
                                 .key = "",
                                 .placeholder = "FILE",
                                 .help = "configuration (TOML); the command line wins",
                                 .group = "Input",
                                 .words = Words::path,
                                 .commands = all & ~for_init},
                                PATROLZONES_AT(config)));
    table.push_back(day_option({.name = "from",
                                .key = "from",
                                .placeholder = "DATE",
                                .help = "first day of incidents, included",
                                .group = "Input",
                                .commands = reads_wards},
                               PATROLZONES_AT(from)));
    table.push_back(day_option({.name = "to",
                                .key = "to",
                                .placeholder = "DATE",
                                .help = "last day of incidents, included",
                                .group = "Input",
                                .commands = reads_wards & ~for_evaluate},
                               PATROLZONES_AT(to)));
}

void add_space_and_time(std::vector<Option>& table) {
    table.push_back(crs_option({.name = "analysis-crs",
                                .key = "analysis_crs",
                                .placeholder = "CRS",
                                .help = "projected CRS to work in; chosen by place when left out",
                                .group = "Input",
                                .commands = all & ~for_init},
                               PATROLZONES_AT(analysis_crs)));
    table.push_back(text_option({.name = "time-zone",
                                 .key = "time_zone",
                                 .placeholder = "NAME",
                                 .help = "IANA time zone of wall clocks [Europe/London]",
                                 .group = "Input",
                                 .commands = all},
                                PATROLZONES_AT(time_zone)));
    Option repair{.name = "repair-axes",
                  .key = "repair_axes",
                  .help = "use rows whose coordinates stand in each other's columns",
                  .group = "Input",
                  .arity = Arity::flag,
                  .commands = reads_wards};
    repair.set = [](Settings& s, const Texts& words) {
        s.axes = words.empty() || yes_or_no(words.front()) ? io::AxesRepair::repair
                                                           : io::AxesRepair::leave_out;
    };
    repair.get = [](const Settings& s) {
        return io::OptionValue(s.axes == io::AxesRepair::repair);
    };
    table.push_back(repair);
}

void add_filters(std::vector<Option>& table) {
    Option domestic{.name = "leave-out-domestic",
                    .key = "leave_out_domestic",
                    .help = "leave out rows with a domestic marker such as Y, yes, true or 1",
                    .group = "Input",
                    .arity = Arity::flag,
                    .commands = reads_wards};
    domestic.set = [](Settings& s, const Texts& words) {
        const bool on = words.empty() || yes_or_no(words.front());
        s.filters.domestic = on ? io::usual_domestic_markers() : Texts();
    };
    domestic.get = [](const Settings& s) { return io::OptionValue(!s.filters.domestic.empty()); };
    table.push_back(domestic);
    Option types{.name = "leave-out-location-types",
                 .key = "leave_out_location_types",
                 .placeholder = "PATTERN...",
                 .help = "leave out rows with such a type of location; * stands for any text",
                 .group = "Input",
                 .arity = Arity::many,
                 .commands = reads_wards};
    types.set = [](Settings& s, const Texts& words) { s.filters.location_types = words; };
    types.get = [](const Settings& s) { return io::OptionValue(s.filters.location_types); };
    table.push_back(types);
}

void add_exclusions(std::vector<Option>& table) {
    Option places{.name = "exclude",
                  .key = "exclude",
                  .placeholder = "PATH...",
                  .help = "places whose incidents are left out, such as custody and hospitals: "
                          "points, polygons, or a CSV",
                  .group = "Input",
                  .arity = Arity::many,
                  .words = Words::path,
                  .commands = reads_wards};
    places.set = [](Settings& s, const Texts& words) { s.exclusions.paths = words; };
    places.get = [](const Settings& s) { return io::OptionValue(s.exclusions.paths); };
    table.push_back(places);
    Option radius{.name = "exclude-radius",
                  .key = "exclude_radius",
                  .placeholder = "M",
                  .help = "radius in metres of places without one of their own [50; polygons 0]",
                  .group = "Input",
                  .commands = reads_wards};
    radius.set = [](Settings& s, const Texts& words) {
        s.exclusions.radius = geo::Metres(number(words.front(), 0, 5000));
    };
    radius.get = [](const Settings& s) {
        return s.exclusions.radius ? io::OptionValue(s.exclusions.radius->value())
                                   : io::OptionValue();
    };
    table.push_back(radius);
    table.push_back(crs_option({.name = "exclude-crs",
                                .key = "exclude_crs",
                                .placeholder = "CRS",
                                .help = "of the excluded places; the layer's own when left out",
                                .group = "Input",
                                .commands = reads_wards},
                               PATROLZONES_AT(exclusions.crs)));
}

cluster::WeightTransform weight_transform(const std::string& text) {
    constexpr std::string_view cap = "cap:";
    if (text.starts_with(cap)) {
        return {cluster::WeightTransform::Kind::cap, number(text.substr(cap.size()), 1e-3, 1e6)};
    }
    for (const auto& [word, kind] : transform_words) {
        if (text == word) {
            return {kind, 1};
        }
    }
    refuse(text, "one of raw, sqrt, log, cap:N such as cap:10");
}

void add_weight_table(std::vector<Option>& table) {
    table.push_back(text_option({.name = "weights",
                                 .key = "weights",
                                 .placeholder = "FILE",
                                 .help = "weight of each offence, such as days of harm (CSV: "
                                         "code,weight) [the definition's]",
                                 .group = "Zones",
                                 .words = Words::path,
                                 .commands = reads_wards},
                                PATROLZONES_AT(weights)));
    Option transform{.name = "weight-transform",
                     .key = "weight_transform",
                     .placeholder = "HOW",
                     .help = "what becomes of an offence's weight: raw, sqrt, log or cap:N [raw]",
                     .group = "Zones",
                     .commands = finds_zones};
    transform.set = [](Settings& s, const Texts& words) {
        s.weight_transform = weight_transform(words.front());
    };
    transform.get = [](const Settings& s) {
        return io::OptionValue(s.weight_transform.kind == cluster::WeightTransform::Kind::cap
                                   ? fmt::format("cap:{}", s.weight_transform.most)
                                   : word_of(s.weight_transform.kind, transform_words));
    };
    table.push_back(transform);
}

constexpr double days_per_month = 365.25 / 12;

std::optional<cluster::Recency::Days> half_life_of(const std::string& text) {
    if (text == "none") {
        return std::nullopt;
    }
    try {
        return cluster::Recency::Days(number(text, 0.1, 1200) * days_per_month);
    } catch (const geo::Error&) {
        refuse(text, "a number of months from 0.1 to 1200, or none");
    }
}

std::string half_life_text(const Settings& settings) {
    return settings.half_life ? fmt::format("{:.6g}", settings.half_life->count() / days_per_month)
                              : "none";
}

void add_weight_limits(std::vector<Option>& table) {
    static const std::string help =
        fmt::format("an incident counts half as much for every MONTHS of its age; none: all "
                    "alike [{}]",
                    half_life_text({}));
    Option half_life{.name = "half-life",
                     .key = "half_life",
                     .placeholder = "MONTHS",
                     .help = help,
                     .group = "Zones",
                     .commands = finds_zones};
    half_life.set = [](Settings& s, const Texts& words) {
        s.half_life = half_life_of(words.front());
    };
    half_life.get = [](const Settings& s) { return io::OptionValue(half_life_text(s)); };
    table.push_back(half_life);
    Option stacks{.name = "stack-cap",
                  .key = "stack_cap",
                  .placeholder = "N",
                  .help = "a single point weighs as much as N of its incidents, at most",
                  .group = "Zones",
                  .commands = finds_zones};
    stacks.set = [](Settings& s, const Texts& words) {
        s.stack_cap = whole_number<std::uint32_t>(words.front(), 1);
    };
    stacks.get = [](const Settings& s) {
        return s.stack_cap ? io::OptionValue(static_cast<std::int64_t>(*s.stack_cap))
                           : io::OptionValue();
    };
    table.push_back(stacks);
}

void add_ward_choice(std::vector<Option>& table) {
    Option top{.name = "top-wards",
               .key = "top_wards",
               .placeholder = "N",
               .help = "zones in the N wards ranked first [20]",
               .group = "Zones",
               .commands = finds_zones};
    top.set = [](Settings& s, const Texts& words) {
        s.hotspots.top_wards = whole_number<unsigned>(words.front(), 1);
    };
    top.get = [](const Settings& s) {
        const auto* count = std::get_if<unsigned>(&s.hotspots.top_wards);
        return count != nullptr ? io::OptionValue(static_cast<std::int64_t>(*count))
                                : io::OptionValue();
    };
    table.push_back(top);
    Option share{.name = "ward-share",
                 .key = "ward_share",
                 .placeholder = "S",
                 .help = "instead: the fewest wards that hold this share of all weight, 0 to 1",
                 .group = "Zones",
                 .commands = finds_zones};
    share.set = [](Settings& s, const Texts& words) {
        s.hotspots.top_wards = number(words.front(), 0, 1);
    };
    share.get = [](const Settings& s) {
        const auto* part = std::get_if<double>(&s.hotspots.top_wards);
        return part != nullptr ? io::OptionValue(*part) : io::OptionValue();
    };
    table.push_back(share);
    table.push_back(
        choice_option({.name = "rank-by",
                       .key = "rank_by",
                       .placeholder = "WHAT",
                       .help = "rank wards by weight, count or density (count per km2) [weight]",
                       .group = "Zones",
                       .commands = finds_zones},
                      PATROLZONES_AT(hotspots.rank_by), rank_words));
}

void add_zone_limits(std::vector<Option>& table) {
    Option per_ward{.name = "zones-per-ward",
                    .key = "zones_per_ward",
                    .placeholder = "K",
                    .help = "at most K zones in a ward, fewer where another is not worth a patrol; "
                            "exactly:K: K where they fit [3]",
                    .group = "Zones",
                    .commands = finds_zones};
    per_ward.set = [](Settings& s, const Texts& words) {
        constexpr std::string_view exactly = "exactly:";
        const bool exact = words.front().starts_with(exactly);
        s.hotspots.selection.zone_count =
            exact ? cluster::ZoneCount::exactly : cluster::ZoneCount::at_most;
        s.hotspots.selection.zones_per_ward =
            whole_number<unsigned>(exact ? words.front().substr(exactly.size()) : words.front(), 1);
    };
    per_ward.get = [](const Settings& s) {
        const auto& zones = s.hotspots.selection;
        return zones.zone_count == cluster::ZoneCount::exactly
                   ? io::OptionValue(
                         std::string("exactly:").append(std::to_string(zones.zones_per_ward)))
                   : io::OptionValue(static_cast<std::int64_t>(zones.zones_per_ward));
    };
    table.push_back(per_ward);
    Option most{.name = "max-zones",
                .key = "max_zones",
                .placeholder = "N",
                .help = "at most N zones over the whole force",
                .group = "Zones",
                .commands = finds_zones};
    most.set = [](Settings& s, const Texts& words) {
        s.hotspots.selection.max_zones = whole_number<unsigned>(words.front(), 1);
    };
    most.get = [](const Settings& s) {
        return s.hotspots.selection.max_zones
                   ? io::OptionValue(static_cast<std::int64_t>(*s.hotspots.selection.max_zones))
                   : io::OptionValue();
    };
    table.push_back(most);
    table.push_back(count_option({.name = "min-incidents",
                                  .key = "min_incidents",
                                  .placeholder = "N",
                                  .help = "a zone holds at least N incidents [5]",
                                  .group = "Zones",
                                  .commands = finds_zones},
                                 PATROLZONES_AT(hotspots.selection.min_incidents), 1));
}

void add_zone_search(std::vector<Option>& table) {
    table.push_back(
        choice_option({.name = "allocate",
                       .key = "allocate",
                       .placeholder = "HOW",
                       .help = "zones under --max-zones: best, where each holds most, or equal, as "
                               "many in every ward [best]",
                       .group = "Zones",
                       .commands = finds_zones},
                      PATROLZONES_AT(hotspots.selection.allocation), allocation_words));
    table.push_back(
        choice_option({.name = "effort",
                       .key = "effort",
                       .placeholder = "HOW",
                       .help = "search moves for zones and plan: fast, normal or thorough [normal]",
                       .group = "Zones",
                       .commands = finds_zones | for_schedule},
                      PATROLZONES_AT(hotspots.selection.effort), effort_words));
    Option borrow{.name = "borrow",
                  .key = "borrow",
                  .placeholder = "SHARE",
                  .help = "what another recorded crime adds to the forecast, in incidents, 0 to 1 "
                          "[0.15]",
                  .group = "Zones",
                  .commands = finds_zones};
    borrow.set = [](Settings& s, const Texts& words) {
        s.hotspots.forecast.borrowed = number(words.front(), 0, 1);
    };
    borrow.get = [](const Settings& s) { return io::OptionValue(s.hotspots.forecast.borrowed); };
    table.push_back(borrow);
}

void add_zone_shape(std::vector<Option>& table) {
    table.push_back(metres_option({.name = "radius-min",
                                   .key = "radius_min",
                                   .placeholder = "M",
                                   .help = "smallest radius in metres [150]",
                                   .group = "Zones",
                                   .commands = finds_zones},
                                  PATROLZONES_AT(hotspots.selection.radius_min)));
    table.push_back(metres_option({.name = "radius-max",
                                   .key = "radius_max",
                                   .placeholder = "M",
                                   .help = "largest radius in metres [200]",
                                   .group = "Zones",
                                   .commands = finds_zones},
                                  PATROLZONES_AT(hotspots.selection.radius_max)));
    table.push_back(
        choice_option({.name = "objective",
                       .key = "objective",
                       .placeholder = "WHAT",
                       .help = "what the radius is chosen for: balanced, capture or pai [balanced]",
                       .group = "Zones",
                       .commands = finds_zones},
                      PATROLZONES_AT(hotspots.selection.objective), objective_words));
    Option separation{
        .name = "min-separation",
        .key = "min_separation",
        .placeholder = "F",
        .help = "centres at least F x the sum of the radii apart; 1: no overlap, 0: any [1]",
        .group = "Zones",
        .commands = finds_zones};
    separation.set = [](Settings& s, const Texts& words) {
        s.hotspots.selection.separation.factor = number(words.front(), 0, 100);
    };
    separation.get = [](const Settings& s) {
        return io::OptionValue(s.hotspots.selection.separation.factor);
    };
    table.push_back(separation);
    Option naming{
        .name = "name-from-location",
        .key = "name_from_location",
        .help =
            "add the commonest location text to zone names (always done for data.police.uk data)",
        .group = "Zones",
        .arity = Arity::flag,
        .commands = finds_zones};
    naming.set = [](Settings& s, const Texts& words) {
        s.name_from_location = words.empty() || yes_or_no(words.front());
    };
    naming.get = [](const Settings& s) {
        return s.name_from_location ? io::OptionValue(*s.name_from_location) : io::OptionValue();
    };
    table.push_back(naming);
}

void add_backtest(std::vector<Option>& table) {
    table.push_back(day_option({.name = "train-to",
                                .key = "train_to",
                                .placeholder = "DATE",
                                .help = "last day of training, included [a test before the end]",
                                .group = "Back-test",
                                .commands = for_evaluate},
                               PATROLZONES_AT(train_to)));
    table.push_back(day_option({.name = "test-to",
                                .key = "test_to",
                                .placeholder = "DATE",
                                .help = "last day of the test, included [six months on]",
                                .group = "Back-test",
                                .commands = for_evaluate},
                               PATROLZONES_AT(test_to)));
    table.push_back(count_option({.name = "origins",
                                  .key = "origins",
                                  .placeholder = "N",
                                  .help = "repeat from N origins, where the data allow [4]",
                                  .group = "Back-test",
                                  .commands = for_run | for_evaluate},
                                 PATROLZONES_AT(origins), 1));
    table.push_back(count_option({.name = "step-months",
                                  .key = "step_months",
                                  .placeholder = "M",
                                  .help = "each origin M months before the next [3]",
                                  .group = "Back-test",
                                  .commands = for_run | for_evaluate},
                                 PATROLZONES_AT(step_months), 1));
    table.push_back(flag_option({.name = "backtest",
                                 .key = "backtest",
                                 .help = "evaluate these settings on the past, too",
                                 .group = "Back-test",
                                 .commands = for_run},
                                PATROLZONES_AT(backtest)));
}

void add_significance(std::vector<Option>& table) {
    table.push_back(
        choice_option({.name = "significance-baseline",
                       .key = "significance_baseline",
                       .placeholder = "WHAT",
                       .help = "test zones against all-crime, locations or uniform [all-crime]",
                       .group = "Zones",
                       .commands = for_run | for_zones},
                      PATROLZONES_AT(significance.null), null_words));
    table.push_back(count_option({.name = "replicates",
                                  .key = "replicates",
                                  .placeholder = "N",
                                  .help = "random draws for testing zones, 0 for no tests [99]",
                                  .group = "Zones",
                                  .commands = for_run | for_zones},
                                 PATROLZONES_AT(significance.replicates), 0));
}

void add_horizon(std::vector<Option>& table) {
    table.push_back(day_option({.name = "start",
                                .key = "start",
                                .placeholder = "DATE",
                                .help = "first day of the plan [tomorrow]",
                                .group = "Plan",
                                .commands = keeps_rule | reads_wards},
                               PATROLZONES_AT(start)));
    Option days = count_option({.name = "days",
                                .key = "days",
                                .placeholder = "N",
                                .help = "length of the plan in days [28]",
                                .group = "Plan",
                                .commands = keeps_rule},
                               PATROLZONES_AT(days), 1);
    days.set = [set_days = days.set](Settings& s, const Texts& words) {
        set_days(s, words);
        s.days_given = true;
    };
    table.push_back(days);
}

void add_rule(std::vector<Option>& table) {
    table.push_back(duration_option({.name = "visit-minutes",
                                     .key = "visit_minutes",
                                     .placeholder = "N",
                                     .help = "length of a visit in minutes [15]",
                                     .group = "Plan",
                                     .commands = keeps_rule},
                                    PATROLZONES_AT(rule.visit), 1));
    table.push_back(duration_option({.name = "max-gap-hours",
                                     .key = "max_gap_hours",
                                     .placeholder = "N",
                                     .help = "longest absence the rule allows, in hours [96]",
                                     .group = "Plan",
                                     .commands = keeps_rule},
                                    PATROLZONES_AT(rule.max_gap), 1));
    table.push_back(duration_option({.name = "plan-gap-hours",
                                     .key = "plan_gap_hours",
                                     .placeholder = "N",
                                     .help = "longest absence that planning aims at, in hours [72]",
                                     .group = "Plan",
                                     .commands = plans},
                                    PATROLZONES_AT(rule.plan_gap), 1));
    table.push_back(choice_option(
        {.name = "gap-mode",
         .key = "gap_mode",
         .placeholder = "WHAT",
         .help = "count absence in elapsed hours or duty_day (06:00 to 05:59) [elapsed]",
         .group = "Plan",
         .commands = keeps_rule},
        PATROLZONES_AT(rule.gap_mode), gap_words));
}

constexpr std::chrono::seconds day_end = std::chrono::hours(24);

std::chrono::seconds time_of_day(const std::string& text) {
    const auto time = geo::read_time_of_day(text);
    if (!time) {
        refuse(text, "a time of day such as 07:00");
    }
    return *time;
}

/// The rule's hours, as soon as both ends are known.
void set_visiting_hours(Settings& s) {
    if (s.earliest && s.latest) {
        s.rule.hours = schedule::ClockSpan{*s.earliest, *s.latest};
    }
}

io::OptionValue clock_value(std::chrono::seconds since_midnight) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(since_midnight).count();
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

void add_visiting_hours(std::vector<Option>& table) {
    Option earliest{.name = "earliest",
                    .key = "earliest",
                    .placeholder = "TIME",
                    .help = "no visit begins earlier in the day, such as 07:00 [any time]",
                    .group = "Plan",
                    .commands = keeps_rule};
    earliest.set = [](Settings& s, const Texts& words) {
        const std::chrono::seconds time = time_of_day(words.front());
        s.earliest = time == day_end ? std::chrono::seconds(0) : time;
        set_visiting_hours(s);
    };
    earliest.get = [](const Settings& s) {
        return s.earliest ? clock_value(*s.earliest) : io::OptionValue();
    };
    table.push_back(earliest);
    Option latest{.name = "latest",
                  .key = "latest",
                  .placeholder = "TIME",
                  .help =
                      "no visit ends later, such as 23:00; may lie past midnight, such as 02:00 "
                      "[any time]",
                  .group = "Plan",
                  .commands = keeps_rule};
    latest.set = [](Settings& s, const Texts& words) {
        const std::chrono::seconds time = time_of_day(words.front());
        s.latest = time == std::chrono::seconds(0) ? day_end : time;
        set_visiting_hours(s);
    };
    latest.get = [](const Settings& s) {
        return s.latest ? clock_value(*s.latest) : io::OptionValue();
    };
    table.push_back(latest);
}

void leave_out_days(Settings& settings, const Texts& words) {
    settings.leave_out_days = words;
    settings.rule.days_off.clear();
    settings.rule.weekdays_off = {};
    for (const std::string& word : words) {
        const auto weekdays = io::weekdays_of(word);
        const auto dates = weekdays ? std::nullopt : io::date_range_of(word);
        if (!weekdays && !dates) {
            refuse(word, "a day such as 2026-12-25, days such as 2026-12-24 to 2026-12-26, or "
                         "weekdays such as Sun or Fri-Sun");
        }
        for (std::size_t day = 0; weekdays && day < weekdays->size(); ++day) {
            settings.rule.weekdays_off[day] = settings.rule.weekdays_off[day] || (*weekdays)[day];
        }
        if (dates) {
            settings.rule.days_off.push_back(*dates);
        }
    }
}

void add_left_out(std::vector<Option>& table) {
    Option zones{.name = "leave-out-zones",
                 .key = "leave_out_zones",
                 .placeholder = "NAME...",
                 .help = "zones that the plan leaves out: zone ids, ward names or codes",
                 .group = "Plan",
                 .arity = Arity::many,
                 .commands = keeps_rule};
    zones.set = [](Settings& s, const Texts& words) { s.leave_out_zones = words; };
    zones.get = [](const Settings& s) { return io::OptionValue(s.leave_out_zones); };
    table.push_back(zones);
    Option days{.name = "leave-out-days",
                .key = "leave_out_days",
                .placeholder = "DAY...",
                .help = "days without visits: dates, \"2026-12-24 to 2026-12-26\", weekdays; the "
                        "gaps run on",
                .group = "Plan",
                .arity = Arity::many,
                .commands = keeps_rule};
    days.set = leave_out_days;
    days.get = [](const Settings& s) { return io::OptionValue(s.leave_out_days); };
    table.push_back(days);
}

void add_wanted(std::vector<Option>& table) {
    Option wanted{.name = "wanted-visits",
                  .key = "wanted_visits",
                  .placeholder = "N",
                  .help = "visits a week wished for in each zone beyond the rule [none]",
                  .group = "Plan",
                  .commands = plans};
    wanted.set = [](Settings& s, const Texts& words) {
        s.wanted.a_week = number(words.front(), 0, 1000);
    };
    wanted.get = [](const Settings& s) { return io::OptionValue(s.wanted.a_week); };
    table.push_back(wanted);
    table.push_back(
        choice_option({.name = "wanted-by",
                       .key = "wanted_by",
                       .placeholder = "HOW",
                       .help = "the same for every zone (equal), or as many on average and in "
                               "proportion to weight [equal]",
                       .group = "Plan",
                       .commands = plans},
                      PATROLZONES_AT(wanted.by), wanted_words));
    Option of_zones{.name = "wanted-zones",
                    .key = "wanted_zones",
                    .placeholder = "NAME=N...",
                    .help = "visits a week wished for in zones or wards that differ",
                    .group = "Plan",
                    .arity = Arity::many,
                    .commands = plans};
    of_zones.set = [](Settings& s, const Texts& words) {
        for (const std::string& word : words) {
            const std::size_t equals = word.rfind('=');
            if (equals == std::string::npos || equals == 0) {
                refuse(word, "a zone or ward and a number, such as West-1=14");
            }
            number(word.substr(equals + 1), 0, 1000);
        }
        s.wanted.of_zones = words;
    };
    of_zones.get = [](const Settings& s) { return io::OptionValue(s.wanted.of_zones); };
    table.push_back(of_zones);
}

void add_attendance_rule(std::vector<Option>& table) {
    table.push_back(duration_option({.name = "min-dwell-minutes",
                                     .key = "min_dwell_minutes",
                                     .placeholder = "N",
                                     .help = "shorter attendances do not count, in minutes [10]",
                                     .group = "Plan",
                                     .commands = keeps_rule},
                                    PATROLZONES_AT(rule.min_dwell), 0));
    table.push_back(flag_option({.name = "count-background",
                                 .key = "count_background",
                                 .help = "background presence counts as attendance, too",
                                 .group = "Plan",
                                 .commands = keeps_rule},
                                PATROLZONES_AT(rule.count_background)));
}

void add_drawing(std::vector<Option>& table) {
    Option noise{.name = "unpredictability",
                 .key = "unpredictability",
                 .placeholder = "U",
                 .help = "how much visits beyond the rule are left to chance, 0 to 1 [0.35]",
                 .group = "Plan",
                 .commands = plans};
    noise.set = [](Settings& s, const Texts& words) {
        s.plan.unpredictability = number(words.front(), 0, 1);
    };
    noise.get = [](const Settings& s) { return io::OptionValue(s.plan.unpredictability); };
    table.push_back(noise);
    table.push_back(count_option({.name = "seed",
                                  .key = "seed",
                                  .placeholder = "N",
                                  .help = "draws visit times and tests; same seed, same result [1]",
                                  .group = "Plan",
                                  .commands = plans | finds_zones | for_evaluate},
                                 PATROLZONES_AT(plan.seed), 0));
}

/// A number from 0 to 1 that may be left out.
template <typename At>
Option optional_rate(Option option, At at) {
    option.set = [at](Settings& s, const Texts& words) { at(s) = number(words.front(), 0, 1); };
    option.get = [at](const Settings& s) {
        return at(s) ? io::OptionValue(*at(s)) : io::OptionValue();
    };
    return option;
}

void add_street(std::vector<Option>& table) {
    table.push_back(optional_rate({.name = "miss-rate",
                                   .key = "miss_rate",
                                   .placeholder = "P",
                                   .help = "share of planned visits that do not take place, 0 to 1 "
                                           "[by --dwell; literature 0.17]",
                                   .group = "Simulation",
                                   .commands = for_schedule},
                                  PATROLZONES_AT(miss_rate)));
    Option lost{.name = "lost-shift-rate",
                .key = "lost_shift_rate",
                .placeholder = "P",
                .help = "share of shifts that make no visit at all, 0 to 1 [0]",
                .group = "Simulation",
                .commands = for_schedule};
    lost.set = [](Settings& s, const Texts& words) {
        s.lost_shift_rate = number(words.front(), 0, 1);
    };
    lost.get = [](const Settings& s) { return io::OptionValue(s.lost_shift_rate); };
    table.push_back(lost);
    table.push_back(choice_option({.name = "dwell",
                                   .key = "dwell",
                                   .placeholder = "WHAT",
                                   .help = "how long visits last: literature, log (--attendance) "
                                           "or planned [literature]",
                                   .group = "Simulation",
                                   .commands = for_schedule},
                                  PATROLZONES_AT(dwell), dwell_words));
    table.push_back(text_option({.name = "past-visits",
                                 .key = "past_visits",
                                 .placeholder = "FILE",
                                 .help = "an earlier plan, to learn missed visits from beside the "
                                         "log",
                                 .group = "Simulation",
                                 .words = Words::path,
                                 .commands = for_schedule},
                                PATROLZONES_AT(past_visits)));
}

void add_simulation(std::vector<Option>& table) {
    table.push_back(flag_option({.name = "simulate",
                                 .key = "simulate",
                                 .help = "play the plan with missed and short visits; report the "
                                         "chance of a breach",
                                 .group = "Simulation",
                                 .commands = for_schedule},
                                PATROLZONES_AT(simulate)));
    table.push_back(optional_rate({.name = "target-breach",
                                   .key = "target_breach",
                                   .placeholder = "P",
                                   .help = "chance of a breach in a zone and week to stay under: "
                                           "planning gaps are tried for it",
                                   .group = "Simulation",
                                   .commands = for_schedule},
                                  PATROLZONES_AT(target_breach)));
    table.push_back(count_option({.name = "simulations",
                                  .key = "simulations",
                                  .placeholder = "N",
                                  .help = "how often the plan is played [20]",
                                  .group = "Simulation",
                                  .commands = for_schedule},
                                 PATROLZONES_AT(simulation.replicates), 2));
    table.push_back(count_option({.name = "issued-days",
                                  .key = "issued_days",
                                  .placeholder = "N",
                                  .help = "days handed out already when a night plans anew [1]",
                                  .group = "Simulation",
                                  .commands = for_schedule},
                                 PATROLZONES_AT(simulation.issued_days), 0));
}

void add_output(std::vector<Option>& table) {
    table.push_back(
        text_option({.name = "out",
                     .key = "out",
                     .placeholder = "DIR",
                     .help = "folder to write (init: file); must not exist without --overwrite",
                     .group = "Output",
                     .words = Words::path,
                     .commands = publishes | for_check | for_evaluate | for_init},
                    PATROLZONES_AT(out)));
    table.push_back(flag_option({.name = "overwrite",
                                 .key = "overwrite",
                                 .help = "replace what is there",
                                 .group = "Output",
                                 .commands = publishes | for_check | for_evaluate | for_init},
                                PATROLZONES_AT(overwrite)));
    table.push_back(flag_option(
        {.name = "with-incidents",
         .key = "with_incidents",
         .help = "put the places of doubtful rows into the issues layer: for this machine only",
         .group = "Output",
         .commands = for_run | for_check | for_zones},
        PATROLZONES_AT(with_incidents)));
}

void add_printing(std::vector<Option>& table) {
    table.push_back(
        count_option({.name = "threads",
                      .key = "threads",
                      .placeholder = "N",
                      .help = "threads to use; changes the time, never the result [all]",
                      .group = "Output",
                      .commands = reads_wards | for_schedule},
                     PATROLZONES_AT(hotspots.selection.threads), 1));
    table.push_back(flag_option({.name = "quiet",
                                 .key = "quiet",
                                 .help = "print nothing but errors",
                                 .group = "Output",
                                 .commands = all},
                                PATROLZONES_AT(quiet)));
    table.push_back(flag_option({.name = "verbose",
                                 .key = "verbose",
                                 .help = "print the time of each step, too",
                                 .group = "Output",
                                 .commands = all},
                                PATROLZONES_AT(verbose)));
    table.push_back(
        flag_option({.name = "json",
                     .key = "json",
                     .help = "print the result as one JSON object; text for people goes to stderr",
                     .group = "Output",
                     .commands = all & ~for_init},
                    PATROLZONES_AT(json)));
}

void add_configuration_only(std::vector<Option>& table) {
    const auto column = [&](std::string_view key, auto at) {
        table.push_back(text_option({.key = key, .commands = reads_incidents}, at));
    };
    column("incidents.x", PATROLZONES_AT(columns.x));
    column("incidents.y", PATROLZONES_AT(columns.y));
    table.push_back(crs_option({.key = "incidents.crs", .commands = reads_incidents},
                               PATROLZONES_AT(columns.crs)));
    table.push_back(choice_option({.key = "incidents.date_order", .commands = reads_incidents},
                                  PATROLZONES_AT(columns.date_order), date_order_words));
    column("incidents.from", PATROLZONES_AT(columns.from));
    column("incidents.from_date", PATROLZONES_AT(columns.from_date));
    column("incidents.from_time", PATROLZONES_AT(columns.from_time));
    column("incidents.to", PATROLZONES_AT(columns.to));
    column("incidents.to_date", PATROLZONES_AT(columns.to_date));
    column("incidents.to_time", PATROLZONES_AT(columns.to_time));
    column("incidents.offence", PATROLZONES_AT(columns.offence));
    column("incidents.location", PATROLZONES_AT(columns.location));
    column("incidents.weight", PATROLZONES_AT(columns.weight));
    column("incidents.reference", PATROLZONES_AT(columns.reference));
    column("incidents.status", PATROLZONES_AT(columns.status));
    column("incidents.ward", PATROLZONES_AT(columns.ward));
    column("incidents.domestic", PATROLZONES_AT(columns.domestic));
    column("incidents.location_type", PATROLZONES_AT(columns.location_type));
    const auto ward_key = [&](std::string_view key, auto at) {
        table.push_back(text_option({.key = key, .commands = reads_wards}, at));
    };
    ward_key("wards.layer", PATROLZONES_AT(wards.layer));
    ward_key("wards.code", PATROLZONES_AT(wards.code));
    ward_key("wards.name", PATROLZONES_AT(wards.name));
    table.push_back(
        crs_option({.key = "wards.crs", .commands = reads_wards}, PATROLZONES_AT(wards.crs)));
    const auto visit_key = [&](std::string_view key, auto at) {
        table.push_back(text_option({.key = key, .commands = reads_visits}, at));
    };
    visit_key("visits.visit_id", PATROLZONES_AT(visit_columns.visit_id));
    visit_key("visits.zone_id", PATROLZONES_AT(visit_columns.zone_id));
    visit_key("visits.unit", PATROLZONES_AT(visit_columns.unit));
    visit_key("visits.shift", PATROLZONES_AT(visit_columns.shift));
    visit_key("visits.date", PATROLZONES_AT(visit_columns.date));
    visit_key("visits.seq", PATROLZONES_AT(visit_columns.seq));
    visit_key("visits.start", PATROLZONES_AT(visit_columns.start));
    visit_key("visits.end", PATROLZONES_AT(visit_columns.end));
    visit_key("visits.minutes", PATROLZONES_AT(visit_columns.minutes));
    table.push_back(choice_option({.key = "visits.date_order", .commands = reads_visits},
                                  PATROLZONES_AT(visit_columns.date_order), date_order_words));
    const auto attendance_key = [&](std::string_view key, auto at) {
        table.push_back(text_option({.key = key, .commands = keeps_rule}, at));
    };
    attendance_key("attendance.zone_id", PATROLZONES_AT(attendance_columns.zone_id));
    attendance_key("attendance.unit", PATROLZONES_AT(attendance_columns.unit));
    attendance_key("attendance.start", PATROLZONES_AT(attendance_columns.start));
    attendance_key("attendance.end", PATROLZONES_AT(attendance_columns.end));
    attendance_key("attendance.kind", PATROLZONES_AT(attendance_columns.kind));
    attendance_key("attendance.tasked", PATROLZONES_AT(attendance_columns.tasked));
    attendance_key("attendance.background", PATROLZONES_AT(attendance_columns.background));
}

#undef PATROLZONES_AT

} // namespace

std::span<const Option> option_table() {
    static const std::vector<Option> table = [] {
        std::vector<Option> options;
        add_evidence_files(options);
        add_plan_files(options);
        add_settings_files(options);
        add_space_and_time(options);
        add_filters(options);
        add_exclusions(options);
        add_ward_choice(options);
        add_zone_limits(options);
        add_zone_search(options);
        add_zone_shape(options);
        add_backtest(options);
        add_weight_table(options);
        add_weight_limits(options);
        add_significance(options);
        add_horizon(options);
        add_rule(options);
        add_visiting_hours(options);
        add_left_out(options);
        add_wanted(options);
        add_attendance_rule(options);
        add_drawing(options);
        add_simulation(options);
        add_street(options);
        add_output(options);
        add_printing(options);
        add_configuration_only(options);
        return options;
    }();
    return table;
}

const Option* option_by_key(std::string_view key) {
    const std::span<const Option> table = option_table();
    const auto found = std::find_if(table.begin(), table.end(), [&](const Option& o) {
        return !o.key.empty() && o.key == key;
    });
    return found == table.end() ? nullptr : &*found;
}

namespace {

/// The value without the passwords of databases.
io::OptionValue fit_to_publish(io::OptionValue value) {
    if (auto* text = std::get_if<std::string>(&value)) {
        *text = io::without_password(std::move(*text));
    } else if (auto* texts = std::get_if<std::vector<std::string>>(&value)) {
        std::transform(texts->begin(), texts->end(), texts->begin(), io::without_password);
    }
    return value;
}

} // namespace

std::vector<io::EffectiveOption> effective_options(const Settings& settings, CommandSet command) {
    std::vector<io::EffectiveOption> options;
    for (const Option& option : option_table()) {
        if ((option.commands & command) != 0 && !option.key.empty()) {
            options.emplace_back(option.key, fit_to_publish(option.get(settings)));
        }
    }
    return options;
}

} // namespace cli
