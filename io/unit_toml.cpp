#include "io/unit_values.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <initializer_list>
#include <sstream>
#include <toml++/toml.h>

namespace io {

namespace {

constexpr std::array<std::string_view, 1> file_keys{"unit"};
constexpr std::array<std::string_view, 7> unit_keys{
    "name", "serves", "base", "mode", "speed_kmh", "minutes_per_shift", "shift"};
constexpr std::array<std::string_view, 4> shift_keys{"name", "days", "from", "to"};

std::string line(const toml::source_region& source) {
    return fmt::format("line {}", source.begin.line);
}

/// As the file writes it, for messages.
std::string shown(const toml::node& node) {
    std::ostringstream text;
    node.visit([&](const auto& held) {
        if constexpr (toml::is_string<decltype(held)>) {
            text << held.get();
        } else {
            text << held;
        }
    });
    return text.str();
}

void check_keys(const toml::table& table, std::span<const std::string_view> known) {
    for (const auto& [key, value] : table) {
        if (std::ranges::find(known, key.str()) == known.end()) {
            throw unknown_key(key.str(), known).within(line(key.source()));
        }
    }
}

std::string text_of(std::string_view key, const toml::node& node) {
    const auto text = node.value_exact<std::string>();
    if (!text) {
        throw wrong_value(key, shown(node), "write it as text in quotes");
    }
    return *text;
}

double number_of_node(std::string_view key, const toml::node& node) {
    const auto number = node.is_number() ? node.value<double>() : std::nullopt;
    if (!number) {
        throw wrong_value(key, shown(node), "write a number without quotes");
    }
    return *number;
}

std::vector<std::string> texts_of(std::string_view key, const toml::node& node) {
    if (node.is_string()) {
        return {text_of(key, node)};
    }
    const toml::array* const list = node.as_array();
    if (list == nullptr) {
        throw wrong_value(key, shown(node), "write a list of texts in quotes");
    }
    std::vector<std::string> texts;
    for (const toml::node& element : *list) {
        texts.push_back(text_of(key, element));
    }
    return texts;
}

std::chrono::seconds time_of_node(std::string_view key, const toml::node& node) {
    if (const auto time = node.value<toml::time>(); time && node.is_time()) {
        return std::chrono::hours(time->hour) + std::chrono::minutes(time->minute) +
               std::chrono::seconds(time->second);
    }
    return time_of_day(key, text_of(key, node));
}

geo::GridPoint base_of_node(const toml::node& node, const geo::Projection& lonlat) {
    const toml::array* const pair = node.as_array();
    if (pair == nullptr || pair->size() != 2) {
        throw wrong_value("base", shown(node), "write [longitude, latitude], as in [-3.05, 53.82]");
    }
    return base_of({number_of_node("base", *pair->get(0)), number_of_node("base", *pair->get(1))},
                   lonlat);
}

/// Calls `work` with the node of `key`, if it is there; errors say on which line it stands.
template <typename Work>
void with(const toml::table& table, std::string_view key, const Work& work) {
    if (const toml::node* const node = table.get(key)) {
        geo::within(line(node->source()), [&] { work(*node); });
    }
}

void require(const toml::table& table, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
        if (table.get(key) == nullptr) {
            throw geo::Error(geo::ErrorKind::usage, fmt::format("{}: is missing; add it", key))
                .within(line(table.source()));
        }
    }
}

/// The tables under `key`, none if it is not there.
std::vector<const toml::table*> tables_of(const toml::table& table, std::string_view key) {
    std::vector<const toml::table*> tables;
    with(table, key, [&](const toml::node& node) {
        const toml::array* const list = node.as_array();
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            tables.push_back(list->get(i)->as_table());
        }
        if (list == nullptr || std::ranges::find(tables, nullptr) != tables.end()) {
            throw wrong_value(key, shown(node),
                              "open each one with double brackets: [[unit]], [[unit.shift]]");
        }
    });
    return tables;
}

schedule::ShiftPattern shift_of(const toml::table& table) {
    check_keys(table, shift_keys);
    require(table, {"from", "to"});
    schedule::ShiftPattern shift;
    shift.days.fill(true);
    with(table, "name", [&](const toml::node& node) { shift.name = text_of("name", node); });
    with(table, "days",
         [&](const toml::node& node) { shift.days = days_of(texts_of("days", node)); });
    with(table, "from", [&](const toml::node& node) { shift.from = time_of_node("from", node); });
    with(table, "to", [&](const toml::node& node) { shift.to = time_of_node("to", node); });
    return geo::within(line(table.source()), [&] { return finished(std::move(shift)); });
}

schedule::Unit unit_of(const toml::table& table, const geo::Projection& lonlat) {
    check_keys(table, unit_keys);
    require(table, {"name"});
    schedule::Unit unit;
    with(table, "name",
         [&](const toml::node& node) { unit.name = schedule::UnitId(text_of("name", node)); });
    with(table, "serves", [&](const toml::node& node) { unit.serves = texts_of("serves", node); });
    with(table, "base", [&](const toml::node& node) { unit.base = base_of_node(node, lonlat); });
    with(table, "mode",
         [&](const toml::node& node) { unit.mode = mode_of(text_of("mode", node)); });
    unit.speed_kmh = schedule::usual_speed_kmh(unit.mode);
    with(table, "speed_kmh", [&](const toml::node& node) {
        unit.speed_kmh = speed_of(number_of_node("speed_kmh", node));
    });
    with(table, "minutes_per_shift", [&](const toml::node& node) {
        unit.minutes_per_shift = minutes_of(number_of_node("minutes_per_shift", node));
    });
    for (const toml::table* const shift : tables_of(table, "shift")) {
        unit.shifts.push_back(shift_of(*shift));
    }
    return unit;
}

} // namespace

std::vector<schedule::Unit> units_from_toml(const std::string& text,
                                            const geo::Projection& lonlat) {
    toml::table file;
    try {
        file = toml::parse(text);
    } catch (const toml::parse_error& fault) {
        throw geo::Error(
            geo::ErrorKind::usage,
            fmt::format("{}: {}; correct the TOML", line(fault.source()), fault.description()));
    }
    check_keys(file, file_keys);
    std::vector<schedule::Unit> units;
    for (const toml::table* const table : tables_of(file, "unit")) {
        schedule::Unit unit = unit_of(*table, lonlat);
        geo::within(line(table->source()), [&] { check_unit(unit, units); });
        units.push_back(std::move(unit));
    }
    return units;
}

} // namespace io
