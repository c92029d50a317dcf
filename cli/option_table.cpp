#include "cli/option_table.hpp"

#include "cli/option_groups.hpp"
#include "io/source.hpp"

#include <algorithm>
#include <array>

namespace cli {

std::span<const Option> option_table() {
    static const std::vector<Option> table = [] {
        std::vector<Option> options;
        add_input_options(options);
        add_zones_options(options);
        add_plan_options(options);
        add_nightly_options(options);
        add_output_options(options);
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
        *text = io::without_password(*text);
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

namespace {

constexpr std::array<std::string_view, 3> told_to_everyone{"from", "to", "audience"};

constexpr std::array<std::string_view, 17> told_to_partners{"from",           "to",
                                                            "audience",       "time_zone",
                                                            "analysis_crs",   "top_wards",
                                                            "zones_per_ward", "max_zones",
                                                            "radius_min",     "radius_max",
                                                            "start",          "days",
                                                            "visit_minutes",  "max_gap_hours",
                                                            "plan_gap_hours", "min_dwell_minutes",
                                                            "gap_mode"};

} // namespace

std::vector<io::EffectiveOption> told_options(const Settings& settings, CommandSet command) {
    std::vector<io::EffectiveOption> options = effective_options(settings, command);
    if (settings.audience == io::Audience::internal) {
        return options;
    }
    std::span<const std::string_view> told = told_to_everyone;
    if (settings.audience == io::Audience::partner) {
        told = told_to_partners;
    }
    std::erase_if(options, [&](const io::EffectiveOption& option) {
        return std::ranges::find(told, option.first) == told.end();
    });
    return options;
}

} // namespace cli
