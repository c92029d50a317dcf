#include "cli/parse.hpp"

#include "cli/configuration.hpp"
#include "cli/help.hpp"
#include "geo/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <thread>

namespace cli {

namespace {

using geo::Error;
using geo::ErrorKind;
using Texts = std::vector<std::string>;

/// What the command line gave for each option of a command.
struct Given {
    const Option* option = nullptr;
    CLI::Option* parsed = nullptr;
    std::shared_ptr<Texts> words = std::make_shared<Texts>();
};

std::string flag_of(const Option& option) {
    const std::string long_name = fmt::format("--{}", option.name);
    return option.name == "verbose" ? "-v," + long_name : long_name;
}

Given add_option(CLI::App& app, const Option& option) {
    Given given{.option = &option};
    if (option.arity == Arity::flag) {
        given.parsed = app.add_flag(flag_of(option));
    } else {
        given.parsed = app.add_option(flag_of(option), *given.words);
        given.parsed->type_name(std::string(option.placeholder));
        option.arity == Arity::many
            ? given.parsed->expected(1, CLI::detail::expected_max_vector_size)
            : given.parsed->expected(1);
        given.parsed->multi_option_policy(option.arity == Arity::many
                                              ? CLI::MultiOptionPolicy::Throw
                                              : CLI::MultiOptionPolicy::TakeLast);
        // Else a positional swallows the word of the next one.
        given.parsed->allow_extra_args(option.arity == Arity::many);
    }
    return given;
}

/// Gives bare words to the command's positionals that have no words yet, in order; returns those
/// left over.
Texts give_positionals(const Texts& bare, const Command& command, std::vector<Given>& given) {
    std::size_t used = 0;
    for (const std::string_view name : command.positionals) {
        const auto target = std::find_if(given.begin(), given.end(),
                                         [&](const Given& g) { return g.option->name == name; });
        while (used < bare.size() && !bare[used].starts_with("-") &&
               (target->words->empty() || target->option->arity == Arity::many)) {
            target->words->push_back(bare[used++]);
        }
    }
    return {bare.begin() + static_cast<std::ptrdiff_t>(used), bare.end()};
}

[[noreturn]] void refuse_word(const std::string& word, const Command& command) {
    if (!word.starts_with("-")) {
        throw Error(ErrorKind::usage,
                    fmt::format("'{}' belongs to no option; see patrolzones {} --help", word,
                                command.name));
    }
    Texts names;
    for (const Option& option : option_table()) {
        if (!option.name.empty() && (option.commands & command.bit) != 0) {
            names.push_back(fmt::format("--{}", option.name));
        }
    }
    const std::string nearest = geo::nearest_word(word.substr(0, word.find('=')), names);
    throw Error(
        ErrorKind::usage,
        nearest.empty()
            ? fmt::format("unknown option '{}'; see patrolzones {} --help", word, command.name)
            : fmt::format("unknown option '{}'; did you mean '{}'?", word, nearest));
}

void apply_words(const std::vector<Given>& given, Settings& settings) {
    for (const Given& g : given) {
        if (g.parsed->count() > 0 || !g.words->empty()) {
            geo::within(fmt::format("--{}", g.option->name),
                        [&] { g.option->set(settings, *g.words); });
        }
    }
}

void check_settings(const Settings& settings) {
    const auto& zones = settings.hotspots.selection;
    if (zones.radius_min > zones.radius_max) {
        throw Error(ErrorKind::usage,
                    fmt::format("--radius-min {} is above --radius-max {}; change one of them",
                                zones.radius_min.value(), zones.radius_max.value()));
    }
    if (settings.rule.plan_gap > settings.rule.max_gap) {
        throw Error(
            ErrorKind::usage,
            fmt::format("--plan-gap-hours {} is above --max-gap-hours {}; change one of them",
                        settings.rule.plan_gap.count(), settings.rule.max_gap.count()));
    }
    if (settings.tile_url.has_value() != settings.tile_attribution.has_value()) {
        throw Error(ErrorKind::usage,
                    fmt::format("--{} is given alone; give --{}, too: a map must name its maker",
                                settings.tile_url ? "tile-url" : "tile-attribution",
                                settings.tile_url ? "tile-attribution" : "tile-url"));
    }
    if (settings.earliest.has_value() != settings.latest.has_value()) {
        throw Error(ErrorKind::usage,
                    fmt::format("--{} is given alone; give --{}, too: which hours of the night "
                                "belong to the day is not clear otherwise",
                                settings.earliest ? "earliest" : "latest",
                                settings.earliest ? "latest" : "earliest"));
    }
}

/// What leaves the force holds no incident point, and no plan where it is for everyone.
void check_audience(const Settings& settings, const Command& command) {
    const std::string_view audience = io::word(settings.audience);
    if (settings.audience == io::Audience::internal) {
        return;
    }
    if (settings.with_incidents) {
        throw Error(ErrorKind::usage,
                    fmt::format("--with-incidents puts incident points into the output, which "
                                "--audience {} must not hold; leave one of them out",
                                audience));
    }
    if (command.bit == for_check && settings.out) {
        throw Error(ErrorKind::usage,
                    fmt::format("check --out lists incident rows, which --audience {} must not "
                                "hold; leave one of them out",
                                audience));
    }
    if (settings.audience == io::Audience::everyone &&
        (command.bit == for_schedule || command.bit == for_evaluate)) {
        throw Error(ErrorKind::usage,
                    fmt::format("--audience public holds wards alone, and {} makes none; use run "
                                "or zones for it",
                                command.name));
    }
}

/// The help that a command line asks for, if it does: `--help`, `--help all`, `--help=plan`.
std::optional<std::string> asked_help(const Command& command, const Texts& words) {
    constexpr std::string_view with_topic = "--help=";
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word.starts_with(with_topic)) {
            return help_on(command, word.substr(with_topic.size()));
        }
        if (word == "--help" || word == "-h") {
            const bool topic = i + 1 < words.size() && !words[i + 1].starts_with("-");
            return topic ? help_on(command, words[i + 1]) : help_of(command);
        }
    }
    return std::nullopt;
}

Parsed parse_command(const Command& command, Texts words) {
    if (std::optional<std::string> help = asked_help(command, words)) {
        return std::move(*help);
    }
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    std::vector<Given> given;
    for (const Option& option : option_table()) {
        if (!option.name.empty() && (option.commands & command.bit) != 0) {
            given.push_back(add_option(app, option));
        }
    }
    std::reverse(words.begin(), words.end()); // CLI11 takes words from the back
    try {
        app.parse(words);
    } catch (const CLI::ParseError& fault) {
        throw Error(ErrorKind::usage,
                    fmt::format("{}; see patrolzones {} --help", fault.what(), command.name));
    }
    if (const Texts extras = give_positionals(app.remaining(), command, given); !extras.empty()) {
        refuse_word(extras.front(), command);
    }
    Call call{.command = &command};
    call.settings.hotspots.selection.threads = std::max(1U, std::thread::hardware_concurrency());
    const auto config = std::find_if(given.begin(), given.end(),
                                     [](const Given& g) { return g.option->name == "config"; });
    if (config != given.end() && config->parsed->count() > 0) {
        apply_configuration(config->words->front(), call.settings);
    }
    apply_words(given, call.settings);
    check_settings(call.settings);
    check_audience(call.settings, command);
    return call;
}

[[noreturn]] void refuse_command(const std::string& word) {
    std::vector<std::string_view> names;
    for (const Command& command : command_table()) {
        names.push_back(command.name);
    }
    const std::string nearest = geo::nearest_word(word, names);
    throw Error(ErrorKind::usage,
                nearest.empty()
                    ? fmt::format("unknown command '{}'; see patrolzones --help", word)
                    : fmt::format("unknown command '{}'; did you mean '{}'?", word, nearest));
}

const Command& named_command(const std::string& word) {
    const auto commands = command_table();
    const auto command = std::ranges::find(commands, word, &Command::name);
    if (command == commands.end()) {
        refuse_command(word);
    }
    return *command;
}

} // namespace

Parsed parse(std::span<const std::string> words) {
    if (words.empty()) {
        throw Error(ErrorKind::usage, "a command is missing; see patrolzones --help");
    }
    const std::string& first = words.front();
    if (first == "--help" || first == "-h" || (first == "help" && words.size() == 1)) {
        return help_of_all();
    }
    if (first == "help") {
        const Command& command = named_command(words[1]);
        return words.size() > 2 ? help_on(command, words[2]) : help_of(command);
    }
    if (first == "--version") {
        return fmt::format("patrolzones {}\n", PATROLZONES_VERSION);
    }
    return parse_command(named_command(first), Texts(words.begin() + 1, words.end()));
}

} // namespace cli
