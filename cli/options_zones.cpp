#include "cli/option_groups.hpp"

#include "geo/error.hpp"

#include <fmt/format.h>

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
constexpr std::array<std::pair<std::string_view, cluster::NullModel>, 3> null_words{
    {{"all-crime", cluster::NullModel::all_crime},
     {"locations", cluster::NullModel::locations},
     {"uniform", cluster::NullModel::uniform}}};

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

} // namespace

void add_zones_options(std::vector<Option>& table) {
    add_ward_choice(table);
    add_zone_limits(table);
    add_zone_search(table);
    add_zone_shape(table);
    add_backtest(table);
    add_weight_table(table);
    add_weight_limits(table);
    add_significance(table);
}

} // namespace cli
