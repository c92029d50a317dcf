#include "io/unit_values.hpp"
#include "io/words.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <initializer_list>
#include <sstream>
#include <toml++/toml.h>
#include <utility>

namespace io {

namespace {

constexpr std::array<std::string_view, 3> file_keys{"unit", "bank_holidays", "divisions"};
constexpr std::array<std::string_view, 11> unit_keys{
    "name",       "serves",    "base",     "base_name",
    "mode",       "speed_kmh", "officers", "minutes_per_shift",
    "max_visits", "leave",     "shift"};
constexpr std::array<std::string_view, 8> shift_keys{"name",          "days", "dates", "except",
                                                     "bank_holidays", "from", "to",    "break"};
constexpr std::array<std::string_view, 3> break_keys{"from", "to", "minutes"};

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

/// Days as texts: TOML dates or texts, one or a list.
std::vector<std::string> day_texts_of(std::string_view key, const toml::node& node) {
    const auto text = [&](const toml::node& one) {
        return one.is_date() ? shown(one) : text_of(key, one);
    };
    const toml::array* const list = node.as_array();
    if (list == nullptr) {
        return {text(node)};
    }
    std::vector<std::string> texts;
    for (const toml::node& element : *list) {
        texts.push_back(text(element));
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
                              "open each one with double brackets: [[unit]], [[unit.shift]], "
                              "[[unit.shift.break]]");
        }
    });
    return tables;
}

schedule::Break break_of(const toml::table& table) {
    check_keys(table, break_keys);
    require(table, {"from", "to"});
    schedule::Break pause;
    with(table, "from",
         [&](const toml::node& node) { pause.within.from = time_of_node("from", node); });
    with(table, "to", [&](const toml::node& node) { pause.within.to = time_of_node("to", node); });
    with(table, "minutes", [&](const toml::node& node) {
        pause.length = minutes_of("minutes", number_of_node("minutes", node));
    });
    return pause;
}

/// On which days the shift begins: those of the week when neither days nor dates are given.
void read_days(const toml::table& table, schedule::ShiftPattern& shift) {
    with(table, "days",
         [&](const toml::node& node) { shift.days = days_of(texts_of("days", node)); });
    with(table, "dates", [&](const toml::node& node) {
        shift.dates = dates_of("dates", day_texts_of("dates", node));
    });
    with(table, "except", [&](const toml::node& node) {
        shift.except = dates_of("except", day_texts_of("except", node));
    });
    if (table.get("days") == nullptr && shift.dates.empty()) {
        shift.days.fill(true);
    }
    with(table, "bank_holidays", [&](const toml::node& node) {
        shift.on_bank_holidays = bank_holiday_duty_of(text_of("bank_holidays", node));
    });
}

schedule::ShiftPattern shift_of(const toml::table& table) {
    check_keys(table, shift_keys);
    require(table, {"from", "to"});
    schedule::ShiftPattern shift;
    with(table, "name", [&](const toml::node& node) { shift.name = text_of("name", node); });
    read_days(table, shift);
    with(table, "from", [&](const toml::node& node) { shift.from = time_of_node("from", node); });
    with(table, "to", [&](const toml::node& node) { shift.to = time_of_node("to", node); });
    for (const toml::table* const pause : tables_of(table, "break")) {
        shift.breaks.push_back(break_of(*pause));
    }
    return geo::within(line(table.source()), [&] { return finished(std::move(shift)); });
}

/// How much the unit does, and when it does nothing.
void read_capacity(const toml::table& table, schedule::Unit& unit) {
    with(table, "officers", [&](const toml::node& node) {
        unit.officers = count_of("officers", number_of_node("officers", node));
    });
    with(table, "minutes_per_shift", [&](const toml::node& node) {
        unit.minutes_per_shift =
            minutes_of("minutes_per_shift", number_of_node("minutes_per_shift", node));
    });
    with(table, "max_visits", [&](const toml::node& node) {
        unit.max_visits = count_of("max_visits", number_of_node("max_visits", node));
    });
    with(table, "leave", [&](const toml::node& node) {
        unit.leave = dates_of("leave", day_texts_of("leave", node));
    });
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
    with(table, "base_name",
         [&](const toml::node& node) { unit.base_name = text_of("base_name", node); });
    read_capacity(table, unit);
    for (const toml::table* const shift : tables_of(table, "shift")) {
        unit.shifts.push_back(shift_of(*shift));
    }
    return unit;
}

/// Names of divisions, each with what it stands for.
using Divisions = std::vector<std::pair<std::string, std::vector<std::string>>>;

Divisions divisions_of(const toml::table& file) {
    Divisions divisions;
    with(file, "divisions", [&](const toml::node& node) {
        const toml::table* const table = node.as_table();
        if (table == nullptr) {
            throw wrong_value("divisions", shown(node),
                              "write a table: [divisions] and West = [\"Claremont\"] below it");
        }
        for (const auto& entry : *table) {
            geo::within(line(entry.second.source()), [&] {
                divisions.emplace_back(std::string(entry.first.str()),
                                       texts_of(entry.first.str(), entry.second));
            });
        }
    });
    return divisions;
}

/// With the wards and zones of a division in place of its name.
std::vector<std::string> spelt_out(const std::vector<std::string>& serves,
                                   const Divisions& divisions) {
    std::vector<std::string> result;
    for (const std::string& name : serves) {
        const auto division = std::ranges::find_if(
            divisions, [&](const auto& entry) { return same_word(entry.first, name); });
        if (division == divisions.end()) {
            result.push_back(name);
        } else {
            result.insert(result.end(), division->second.begin(), division->second.end());
        }
    }
    return result;
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
    const Divisions divisions = divisions_of(file);
    std::vector<std::string> holidays{"England and Wales"};
    with(file, "bank_holidays",
         [&](const toml::node& node) { holidays = day_texts_of("bank_holidays", node); });
    const std::vector<geo::Day> calendar = [&] {
        const toml::node* const node = file.get("bank_holidays");
        return node == nullptr
                   ? bank_holidays_of(holidays)
                   : geo::within(line(node->source()), [&] { return bank_holidays_of(holidays); });
    }();
    std::vector<schedule::Unit> units;
    for (const toml::table* const table : tables_of(file, "unit")) {
        schedule::Unit unit = unit_of(*table, lonlat);
        unit.serves = spelt_out(unit.serves, divisions);
        unit.bank_holidays = calendar;
        geo::within(line(table->source()), [&] { check_unit(unit, units); });
        units.push_back(std::move(unit));
    }
    return units;
}

} // namespace io
