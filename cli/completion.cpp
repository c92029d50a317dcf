#include "cli/completion.hpp"

#include "cli/help.hpp"

#include <fmt/format.h>

#include <iterator>

namespace cli {

namespace {

constexpr std::string_view head =
    R"(# bash completion for patrolzones; made of the program's own tables

_patrolzones() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=
    COMPREPLY=()
    if [[ $cur == = ]]; then # --option=
        cur=
    elif [[ $prev == = ]]; then # --option=value
        prev=${COMP_WORDS[COMP_CWORD-2]}
    fi
    if ((COMP_CWORD == 1)); then
)";

constexpr std::string_view tail = R"(        *) return ;;
        esac
    else
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        return
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}
complete -F _patrolzones patrolzones
)";

/// The table's options that satisfy a condition, as a pattern of `case`.
template <typename Condition>
std::string pattern(Condition condition) {
    std::string names;
    for (const Option& option : option_table()) {
        if (!option.name.empty() && condition(option)) {
            names += fmt::format("{}--{}", names.empty() ? "" : "|", option.name);
        }
    }
    return names;
}

std::string names_of_commands() {
    std::string names;
    for (const Command& command : command_table()) {
        names += fmt::format("{} ", command.name);
    }
    return names;
}

std::string words_after_options() {
    std::string text;
    for (const Option& option : option_table()) {
        if (!option.name.empty() && !option.choices.empty()) {
            text += fmt::format("    --{})\n        mapfile -t COMPREPLY < <(compgen -W \"{}\" -- "
                                "\"$cur\")\n        return ;;\n",
                                option.name, fmt::join(option.choices, " "));
        }
    }
    text += fmt::format("    {})\n        compopt -o filenames\n        mapfile -t COMPREPLY < "
                        "<(compgen -f -- \"$cur\")\n        return ;;\n",
                        pattern([](const Option& o) { return o.words == Words::path; }));
    text += fmt::format(
        "    {}) # values that nobody can guess\n        return ;;\n", pattern([](const Option& o) {
            return o.words == Words::plain && o.arity != Arity::flag && o.choices.empty();
        }));
    return text;
}

} // namespace

std::string bash_completion() {
    std::string text(head);
    const std::string commands = names_of_commands();
    text +=
        fmt::format("        mapfile -t COMPREPLY < <(compgen -W \"{}help --help --version\" -- "
                    "\"$cur\")\n        return\n    fi\n    case $prev in\n",
                    commands);
    text +=
        fmt::format("    help)\n        mapfile -t COMPREPLY < <(compgen -W \"{}\" -- \"$cur\")\n"
                    "        return ;;\n",
                    commands.substr(0, commands.size() - 1));
    text += words_after_options();
    text += "    esac\n    if [[ $cur == -* ]]; then\n        case ${COMP_WORDS[1]} in\n";
    for (const Command& command : command_table()) {
        std::string names = "--help";
        for (const Option* option : options_of(command)) {
            names += fmt::format(" --{}", option->name);
        }
        text += fmt::format("        {}) words=\"{}\" ;;\n", command.name, names);
    }
    return text.append(tail);
}

} // namespace cli
