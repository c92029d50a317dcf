#include "cli/configuration.hpp"

#include "cli/option_table.hpp"
#include "geo/error.hpp"
#include "io/file_text.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

namespace cli {

namespace {

using geo::Error;
using geo::ErrorKind;

std::string line_of(const toml::node& node) {
    return fmt::format("line {}", node.source().begin.line);
}

template <typename Printable>
std::string printed(const Printable& value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

/// A single TOML value as a person would type it on the command line.
std::string word(const toml::node& node) {
    if (const auto* text = node.as_string()) {
        return text->get();
    }
    if (const auto* whole = node.as_integer()) {
        return std::to_string(whole->get());
    }
    if (const auto* number = node.as_floating_point()) {
        return fmt::format("{}", number->get());
    }
    if (const auto* truth = node.as_boolean()) {
        return truth->get() ? "true" : "false";
    }
    if (const auto* date = node.as_date()) {
        return printed(date->get());
    }
    if (const auto* time = node.as_time()) {
        return printed(time->get());
    }
    throw Error(ErrorKind::usage, "a text, number, date, true or false is wanted here");
}

/// Whether a path is relative to the configuration's folder: not absolute, and no connection string
/// such as "PG:...".
bool is_relative(const std::string& path) {
    const bool connection = path.find(':') != std::string::npos;
    return !connection && std::filesystem::path(path).is_relative() && path != "-";
}

std::vector<std::string> words(const toml::node& node, const Option& option,
                               const std::filesystem::path& folder) {
    std::vector<std::string> result;
    if (const auto* list = node.as_array()) {
        if (option.arity != Arity::many) {
            throw Error(ErrorKind::usage, "one value is wanted, not a list");
        }
        for (const toml::node& item : *list) {
            result.push_back(word(item));
        }
    } else {
        result.push_back(word(node));
    }
    if (option.words == Words::path) {
        for (std::string& path : result) {
            path = is_relative(path) ? (folder / path).lexically_normal().string() : path;
        }
    }
    return result;
}

[[noreturn]] void refuse_key(const std::string& key) {
    std::vector<std::string> keys;
    for (const Option& option : option_table()) {
        keys.emplace_back(option.key);
    }
    const std::string nearest = geo::nearest_word(key, keys);
    throw Error(ErrorKind::usage,
                nearest.empty()
                    ? fmt::format("unknown key '{}'; remove it", key)
                    : fmt::format("unknown key '{}'; did you mean '{}'?", key, nearest));
}

bool is_table_of_options(const std::string& name) {
    const auto table = option_table();
    return std::any_of(table.begin(), table.end(),
                       [&](const Option& o) { return o.key.starts_with(name + "."); });
}

void apply_table(const toml::table& table, const std::string& prefix,
                 const std::filesystem::path& folder, Settings& settings) {
    for (const auto& entry : table) {
        const std::string key = prefix + std::string(entry.first.str());
        const toml::node& node = entry.second;
        geo::within(line_of(node), [&] {
            if (node.is_table()) {
                if (!prefix.empty() || !is_table_of_options(key)) {
                    refuse_key(key);
                }
                return;
            }
            const Option* option = option_by_key(key);
            if (option == nullptr) {
                refuse_key(key);
            }
            geo::within(key, [&] { option->set(settings, words(node, *option, folder)); });
        });
        if (const toml::table* inner = node.as_table()) {
            apply_table(*inner, key + ".", folder, settings);
        }
    }
}

} // namespace

void apply_configuration(const std::filesystem::path& file, Settings& settings) {
    std::string text;
    try {
        text = io::read_text(file);
    } catch (const Error& error) {
        throw Error(ErrorKind::usage,
                    error.what()); // a configuration that cannot be read is a fault of the command
    }
    geo::within(file.string(), [&] {
        try {
            apply_table(toml::parse(text), "", file.parent_path(), settings);
        } catch (const toml::parse_error& fault) {
            throw Error(ErrorKind::usage,
                        fmt::format("line {}: {}", fault.source().begin.line, fault.description()));
        }
    });
}

} // namespace cli
