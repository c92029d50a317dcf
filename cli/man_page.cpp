#include "cli/man_page.hpp"

#include "cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#ifndef PATROLZONES_VERSION
#error "the build names the version"
#endif

namespace cli {

namespace {

/// When what the pages say beside the tables was last changed.
constexpr std::string_view page_date = "2026-11-25";

/// Text in which roff sees nothing of its own: neither escapes nor, at the start of a line, a
/// request.
std::string roff(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '\\') {
            result += "\\e";
        } else if (c == '-') {
            result += "\\-";
        } else if (c == '\'' && result.empty()) {
            result += "\\(aq";
        } else if (c == '.' && result.empty()) {
            result += "\\&.";
        } else {
            result += c;
        }
    }
    return result;
}

/// Text as roff input: no line longer than 80 bytes, as mandoc's lint has it.
std::string paragraph(std::string_view text) {
    std::string result;
    std::string line;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        const std::string next =
            line.empty() ? std::string(word) : fmt::format("{} {}", line, word);
        if (!line.empty() && roff(next).size() > 78) {
            result.append(roff(line)).append("\n");
            line.assign(word);
        } else {
            line = next;
        }
    }
    return result.append(roff(line)).append("\n");
}

std::string title(std::string_view name) {
    std::string upper;
    for (const char c : name) {
        upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return fmt::format(".TH {} 1 {} \"patrolzones {}\" \"User Commands\"\n", roff(upper), page_date,
                       PATROLZONES_VERSION);
}

std::string option_text(const Option& option) {
    std::string text = fmt::format(".TP\n\\fB{}\\fR", option.name == "verbose"
                                                          ? R"(\-v\fR, \fB\-\-verbose)"
                                                          : roff(fmt::format("--{}", option.name)));
    if (!option.placeholder.empty()) {
        text += fmt::format(" \\fI{}\\fR", roff(option.placeholder));
    }
    text.append("\n").append(paragraph(option.help));
    if (!option.key.empty() && option.key != option.name) {
        text += fmt::format("(configuration: {})\n", roff(option.key));
    }
    return text;
}

std::string exit_status() {
    std::string text = ".SH EXIT STATUS\n";
    for (const ExitMeaning& meaning : exit_meanings()) {
        text += fmt::format(".TP\n{}\n{}\n", meaning.code, roff(meaning.words));
    }
    return text;
}

std::string example(const Command& command) {
    return fmt::format(".nf\n{}\n.fi\n", roff(command.example));
}

} // namespace

std::string man_page() {
    std::string text = title("patrolzones");
    text += ".SH NAME\npatrolzones \\- patrol zones and a visit plan from incidents\n"
            ".SH SYNOPSIS\n\\fBpatrolzones\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n"
            ".SH DESCRIPTION\n"
            "Turns geocoded incidents of serious violence into patrol zones of 150 to\n"
            "200 m radius, ward by ward, and into a plan of 15\\-minute visits that\n"
            "repeat within four days.\n"
            ".SH COMMANDS\n";
    for (const Command& command : command_table()) {
        text += fmt::format(".TP\n\\fBpatrolzones\\-{}\\fR(1)\n{}", command.name,
                            paragraph(command.does));
    }
    text += exit_status();
    text +=
        ".SH ENVIRONMENT\n.TP\n\\fBNO_COLOR\\fR\nIf set and not empty, the progress line has no "
        "colour.\n.TP\n\\fBTERM\\fR\nIf it is dumb, there is no progress line.\n"
        ".SH EXAMPLES\n";
    for (const Command& command : command_table()) {
        text += example(command);
    }
    return text;
}

std::string man_page(const Command& command) {
    const std::string name = fmt::format("patrolzones-{}", command.name);
    std::string text = title(name);
    text +=
        fmt::format(".SH NAME\n{}.SH SYNOPSIS\n\\fB{}\\fR\n.SH OPTIONS\n"
                    "Options that name no configuration key have their own name as one, - written "
                    "_.\n",
                    paragraph(fmt::format("{} - {}", name, command.does)), roff(usage_of(command)));
    for (const std::string_view group : groups_of(command)) {
        text += fmt::format(".SS {}\n", roff(group));
        for (const Option* option : options_of(command)) {
            if (option->group == group) {
                text += option_text(*option);
            }
        }
    }
    text += exit_status();
    return text + ".SH EXAMPLES\n" + example(command) + ".SH SEE ALSO\n\\fBpatrolzones\\fR(1)\n";
}

} // namespace cli
