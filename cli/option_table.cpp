#include "cli/option_table.hpp"

#include "cli/option_groups.hpp"
#include "io/source.hpp"

#include <algorithm>

namespace cli {

std::span<const Option> option_table() {
    static const std::vector<Option> table = [] {
        std::vector<Option> options;
        add_input_options(options);
        add_zones_options(options);
        add_plan_options(options);
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
