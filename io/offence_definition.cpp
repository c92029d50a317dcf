#include "io/offence_definition.hpp"

#include "geo/error.hpp"
#include "io/built_in_definition.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <span>
#include <sstream>

namespace io {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// Whether `pattern` (normal text, `*` for any text) covers all of `text` (normal text).
bool matches(std::string_view text, std::string_view pattern) {
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

[[noreturn]] void refuse(const toml::node& where, const std::string& what) {
    throw geo::Error(geo::ErrorKind::usage, what)
        .within(fmt::format("line {}", where.source().begin.line));
}

void refuse_unknown_keys(const toml::table& table, std::span<const std::string_view> known) {
    for (const auto& [name, value] : table) {
        if (std::find(known.begin(), known.end(), name.str()) == known.end()) {
            const std::string nearest = geo::nearest_word(name.str(), known);
            refuse(value, nearest.empty() ? fmt::format("unknown key '{}'", name.str())
                                          : fmt::format("unknown key '{}'; did you mean '{}'?",
                                                        name.str(), nearest));
        }
    }
}

std::string text_of(const toml::node& node, std::string_view name) {
    const auto text = node.value_exact<std::string>();
    if (!text || normal_text(*text).empty()) {
        refuse(node, fmt::format("{} must be a text in quotes, such as \"8N\"", name));
    }
    return *text;
}

/// The texts under `name`: one text, or a list of them; empty if the key is not there.
std::vector<std::string> texts_under(const toml::table& table, std::string_view name) {
    const toml::node* node = table.get(name);
    if (node == nullptr) {
        return {};
    }
    if (!node->is_array()) {
        return {text_of(*node, name)};
    }
    std::vector<std::string> texts;
    for (const toml::node& element : *node->as_array()) {
        texts.push_back(text_of(element, name));
    }
    return texts;
}

double weight_of(const toml::table& table) {
    const toml::node* node = table.get("weight");
    if (node == nullptr) {
        return 1;
    }
    const auto weight = node->value<double>();
    if (!weight || !std::isfinite(*weight) || *weight <= 0) {
        refuse(*node, "weight must be a number above 0");
    }
    return *weight;
}

std::vector<std::string> normalised(std::vector<std::string> texts,
                                    std::string (*normal)(std::string_view)) {
    std::transform(texts.begin(), texts.end(), texts.begin(),
                   [&](const auto& text) { return normal(text); });
    return texts;
}

DefinedOffence offence_of(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) {
        refuse(node,
               R"(each offence is a table such as {name = "Robbery", codes = ["34A", "34B"]})");
    }
    constexpr std::array<std::string_view, 6> known{"name",     "code",       "codes",
                                                    "category", "categories", "weight"};
    refuse_unknown_keys(*table, known);
    DefinedOffence offence;
    for (const std::string_view name : {"code", "codes"}) {
        const auto texts = normalised(texts_under(*table, name), normal_code);
        offence.codes.insert(offence.codes.end(), texts.begin(), texts.end());
    }
    for (const std::string_view name : {"category", "categories"}) {
        const auto texts = normalised(texts_under(*table, name), normal_text);
        offence.categories.insert(offence.categories.end(), texts.begin(), texts.end());
    }
    if (offence.codes.empty() && offence.categories.empty()) {
        refuse(node, "an offence needs a code or a category");
    }
    const toml::node* name = table->get("name");
    offence.name = name != nullptr          ? text_of(*name, "name")
                   : !offence.codes.empty() ? offence.codes.front()
                                            : offence.categories.front();
    offence.weight = weight_of(*table);
    return offence;
}

/// `codes` and `categories` at the top: each its own offence, with weight 1.
void add_plain_lists(const toml::table& table, std::vector<DefinedOffence>& offences) {
    for (const std::string& code : texts_under(table, "codes")) {
        offences.push_back({code, {normal_code(code)}, {}, 1});
    }
    for (const std::string& category : texts_under(table, "categories")) {
        offences.push_back({category, {}, {normal_text(category)}, 1});
    }
}

std::vector<DefinedOffence> offences_of(const toml::table& table) {
    std::vector<DefinedOffence> offences;
    if (const toml::node* list = table.get("offences")) {
        if (!list->is_array()) {
            refuse(*list, "offences must be a list of tables");
        }
        for (const toml::node& element : *list->as_array()) {
            offences.push_back(offence_of(element));
        }
    }
    add_plain_lists(table, offences);
    return offences;
}

OffenceDefinition definition_of(const toml::table& table, const std::string& name) {
    constexpr std::array<std::string_view, 9> known{"name",
                                                    "warning",
                                                    "offences",
                                                    "codes",
                                                    "categories",
                                                    "status_left_out",
                                                    "domestic_left_out",
                                                    "location_types_left_out",
                                                    "patrol_generated"};
    refuse_unknown_keys(table, known);
    OffenceDefinition definition;
    const toml::node* own_name = table.get("name");
    definition.name = own_name != nullptr ? text_of(*own_name, "name") : name;
    if (const toml::node* warning = table.get("warning")) {
        definition.warning = text_of(*warning, "warning");
    }
    definition.offences = offences_of(table);
    if (definition.offences.empty()) {
        throw geo::Error(geo::ErrorKind::usage,
                         "no offence is defined; list them under `offences` or `codes`");
    }
    definition.status_left_out = texts_under(table, "status_left_out");
    definition.domestic_left_out = texts_under(table, "domestic_left_out");
    definition.location_types_left_out = texts_under(table, "location_types_left_out");
    definition.patrol_generated = texts_under(table, "patrol_generated");
    return definition;
}

/// Where the class code that a text starts with ends: letters and figures with at most one `.` or
/// `/` between them.
std::string_view leading_code(std::string_view text) {
    const std::size_t start = text.find_first_not_of(" \t");
    if (start == std::string_view::npos || !is_digit(text[start])) {
        return {};
    }
    text.remove_prefix(start);
    return text.substr(0, text.find_first_of(" \t:-,;"));
}

/// Whether a pattern is a class code: it begins with a figure and is one word without `*`.
bool is_class_code(std::string_view pattern) {
    const std::string_view code = leading_code(pattern);
    return !code.empty() && code.find('*') == std::string_view::npos &&
           normal_text(code) == normal_text(pattern);
}

} // namespace

OffenceDefinition parse_definition(std::string_view toml, const std::string& name) {
    try {
        return definition_of(toml::parse(toml), name);
    } catch (const toml::parse_error& fault) {
        throw geo::Error(geo::ErrorKind::usage, std::string(fault.description()))
            .within(fmt::format("line {}", fault.source().begin.line));
    }
}

OffenceDefinition read_definition(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file || !text) {
        throw geo::Error(geo::ErrorKind::usage, "the definition cannot be read; check the path")
            .within(path);
    }
    return geo::within(path, [&] { return parse_definition(text.str(), path); });
}

const OffenceDefinition& data_police_uk_definition() {
    static const OffenceDefinition definition =
        parse_definition(data_police_uk_toml, "data.police.uk");
    return definition;
}

const OffenceDefinition& any_offence_definition() {
    static const OffenceDefinition definition{
        .name = "every row",
        .warning = std::nullopt,
        .offences = {{"any offence", {}, {}, 1}},
        .status_left_out = {"cancel*", "no crime*", "no-crime*", "nocrime*"},
        .domestic_left_out = {},
        .location_types_left_out = {},
        .patrol_generated = {}};
    return definition;
}

const std::vector<std::string>& usual_domestic_markers() {
    static const std::vector<std::string> markers{"y", "yes",       "true", "t",
                                                  "1", "domestic*", "da",   "dv"};
    return markers;
}

std::string normal_code(std::string_view code) {
    std::string normal;
    std::size_t part = 0; // where the part after the last '.' begins
    for (const char c : code) {
        if (is_blank(c)) {
            continue;
        }
        if (c == '.' || c == '/') {
            normal += '.';
            part = normal.size();
            continue;
        }
        if (normal.size() == part + 1 && normal[part] == '0' && is_digit(c)) {
            normal.pop_back();
        }
        normal += upper(c);
    }
    return normal;
}

std::string normal_text(std::string_view text) {
    std::string normal;
    bool blank = false;
    for (const char c : text) {
        if (is_blank(c)) {
            blank = true;
            continue;
        }
        if (blank && !normal.empty()) {
            normal += ' ';
        }
        blank = false;
        normal += lower(c);
    }
    return normal;
}

bool covers_class(std::string_view wider, std::string_view code) {
    if (wider.empty() || !code.starts_with(wider)) {
        return false;
    }
    if (code.size() == wider.size()) {
        return true;
    }
    const char next = code[wider.size()];
    return next == '.' || (is_digit(wider.back()) && !is_digit(next));
}

bool matches_any(std::string_view text, const std::vector<std::string>& patterns) {
    if (patterns.empty()) {
        return false;
    }
    const std::string normal = normal_text(text);
    return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
        return matches(normal, normal_text(pattern));
    });
}

bool matches_offence(std::string_view text, const std::vector<std::string>& patterns) {
    const std::string code = normal_code(leading_code(text));
    return matches_any(text, patterns) ||
           std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
               return is_class_code(pattern) && covers_class(normal_code(pattern), code);
           });
}

OffenceLookup::OffenceLookup(const OffenceDefinition& definition) {
    std::uint16_t written = 0;
    for (std::size_t i = 0; i < definition.offences.size(); ++i) {
        const auto offence = static_cast<std::uint16_t>(i);
        for (const std::string& code : definition.offences[i].codes) {
            by_code_.try_emplace(code, Match{offence, written++});
        }
        for (const std::string& category : definition.offences[i].categories) {
            by_category_.try_emplace(category, Match{offence, written++});
        }
    }
}

std::optional<OffenceLookup::Match> OffenceLookup::find(std::string_view text) {
    const auto seen = seen_.find(text);
    if (seen != seen_.end()) {
        return seen->second;
    }
    return seen_.emplace(std::string(text), look_up(text)).first->second;
}

std::optional<OffenceLookup::Match> OffenceLookup::look_up(std::string_view text) const {
    if (const auto category = by_category_.find(normal_text(text));
        category != by_category_.end()) {
        return category->second;
    }
    for (const std::string_view code : {text, leading_code(text)}) {
        if (const auto match = by_code_.find(normal_code(code)); match != by_code_.end()) {
            return match->second;
        }
    }
    return std::nullopt;
}

} // namespace io
