#include "cli/help.hpp"

#include "geo/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace cli {

namespace {

constexpr std::size_t columns = 80;
constexpr std::size_t help_column = 27; ///< where descriptions begin

std::string in_case(std::string_view text, int (*letter)(int)) {
    std::string result;
    for (const char c : text) {
        result += static_cast<char>(letter(static_cast<unsigned char>(c)));
    }
    return result;
}

/// The words of a text on lines that begin at a column and end before the 80th.
std::string wrapped(std::string_view text, std::size_t column) {
    std::string result;
    std::size_t used = column;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (used > column && used + 1 + word.size() > columns) {
            result.append("\n").append(column, ' ');
            used = column;
        }
        const bool first = used == column;
        result.append(first ? "" : " ").append(word);
        used += word.size() + (first ? 0 : 1);
    }
    return result + "\n";
}

std::string option_lines(const Option& option) {
    std::string text = fmt::format("  {}", flag_text(option));
    if (text.size() + 2 > help_column) {
        text += "\n";
        text.append(help_column, ' ');
    } else {
        text.resize(help_column, ' ');
    }
    return text + wrapped(option.help, help_column);
}

/// Those of a command's options that most calls need; the first ones where none are named.
std::vector<const Option*> everyday_options(const Command& command) {
    constexpr std::size_t few = 8;
    std::vector<const Option*> own = options_of(command);
    if (command.everyday.empty()) {
        own.resize(std::min(own.size(), few));
        return own;
    }
    std::vector<const Option*> everyday;
    for (const std::string_view name : command.everyday) {
        const auto found = std::ranges::find(own, name, &Option::name);
        if (found != own.end()) {
            everyday.push_back(*found);
        }
    }
    return everyday;
}

/// An example on lines of 80 columns, as it could be typed: a backslash joins them.
std::string example_lines(std::string_view example) {
    std::string text = wrapped(example, 2);
    text.pop_back();
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 3) {
        text.replace(at, 1, " \\\n");
    }
    return fmt::format("  {}\n", text);
}

std::string how_to_see_the_rest(const Command& command) {
    const std::size_t rest = options_of(command).size() - everyday_options(command).size();
    if (rest == 0) {
        return "";
    }
    std::string groups;
    for (const std::string_view group : groups_of(command)) {
        groups.append(" ").append(in_case(group, std::tolower));
    }
    return wrapped(fmt::format("{} more: --help all, or --help with one of{}", rest, groups), 0);
}

} // namespace

std::vector<const Option*> options_of(const Command& command) {
    std::vector<const Option*> options;
    for (const Option& option : option_table()) {
        if (!option.name.empty() && (option.commands & command.bit) != 0) {
            options.push_back(&option);
        }
    }
    return options;
}

std::vector<std::string_view> groups_of(const Command& command) {
    std::vector<std::string_view> groups;
    for (const Option* option : options_of(command)) {
        if (std::ranges::find(groups, option->group) == groups.end()) {
            groups.push_back(option->group);
        }
    }
    return groups;
}

std::string flag_text(const Option& option) {
    std::string text =
        option.name == "verbose" ? "-v, --verbose" : fmt::format("--{}", option.name);
    return option.placeholder.empty() ? text : fmt::format("{} {}", text, option.placeholder);
}

std::string usage_of(const Command& command) {
    std::string text = fmt::format("patrolzones {}", command.name);
    for (const std::string_view name : command.positionals) {
        text += fmt::format(" [{}]", in_case(name, std::toupper));
    }
    return text + " [OPTIONS]";
}

std::vector<ExitMeaning> exit_meanings() {
    struct Row {
        ExitCode code;
        std::string_view words;
        std::string_view command; ///< the only one that ends with it, or ""
    };
    constexpr std::array<Row, 7> table{
        {{ExitCode::done, "done", ""},
         {ExitCode::bug, "a bug", ""},
         {ExitCode::usage, "command line or configuration is wrong", ""},
         {ExitCode::input, "input cannot be used, nothing was written", ""},
         {ExitCode::rule_broken, "done, but some zone breaches the rule", ""},
         {ExitCode::refused, "refused to publish", "refresh"},
         {ExitCode::locked, "another run holds the lock", "refresh"}}};
    std::vector<ExitMeaning> meanings;
    for (const Row& row : table) {
        const bool occurs =
            row.command.empty() || std::ranges::any_of(command_table(), [&](const Command& c) {
                return c.name == row.command;
            });
        if (occurs) {
            meanings.push_back({static_cast<int>(row.code), row.words});
        }
    }
    return meanings;
}

std::string help_of_all() {
    std::string text =
        "patrolzones: patrol zones of 150-200 m and a 15-minute / 4-day visit plan\n\n"
        "usage: patrolzones COMMAND [OPTIONS]\n\n";
    for (const Command& command : command_table()) {
        text += fmt::format("  {:<10} {}", command.name, wrapped(command.does, 13));
    }
    text += "\nhelp: patrolzones COMMAND --help; version: patrolzones --version\n";
    std::string codes;
    for (const ExitMeaning& meaning : exit_meanings()) {
        codes += fmt::format("{}{} {}", codes.empty() ? "exit codes: " : "; ", meaning.code,
                             meaning.words);
    }
    return text + wrapped(codes, 2);
}

std::string help_of(const Command& command) {
    std::string text = wrapped(fmt::format("patrolzones {}: {}", command.name, command.does), 0);
    text += fmt::format("usage: {}\n\n", usage_of(command));
    for (const Option* option : everyday_options(command)) {
        text += option_lines(*option);
    }
    return text + how_to_see_the_rest(command) + "\nexample\n" + example_lines(command.example);
}

std::string help_on(const Command& command, std::string_view topic) {
    std::vector<std::string_view> groups = groups_of(command);
    const std::string wanted = in_case(topic, std::tolower);
    if (wanted != "all") {
        std::vector<std::string> topics{"all"};
        for (const std::string_view group : groups) {
            topics.push_back(in_case(group, std::tolower));
        }
        const auto found = std::ranges::find(topics, wanted);
        if (found == topics.end()) {
            const std::string nearest = geo::nearest_word(wanted, topics);
            throw geo::Error(
                geo::ErrorKind::usage,
                fmt::format("--help: '{}' is not one of {}{}", topic, fmt::join(topics, ", "),
                            nearest.empty() ? "" : "; did you mean '" + nearest + "'?"));
        }
        groups = {groups[static_cast<std::size_t>(found - topics.begin()) - 1]};
    }
    std::string text = wrapped(fmt::format("patrolzones {}: {}", command.name, command.does), 0);
    text += fmt::format("usage: {}\n", usage_of(command));
    for (const std::string_view group : groups) {
        text += fmt::format("\n{}\n", group);
        for (const Option* option : options_of(command)) {
            if (option->group == group) {
                text += option_lines(*option);
            }
        }
    }
    return text + "\nexample\n" + example_lines(command.example);
}

} // namespace cli
