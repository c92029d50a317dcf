#include "cli/completion.hpp"
#include "cli/help.hpp"
#include "cli/man_page.hpp"
#include "cli/parse.hpp"
#include "geo/error.hpp"

#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace cli {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string printed(const std::vector<std::string>& words) {
    return std::get<std::string>(parse(words));
}

std::string complaint(const std::vector<std::string>& words) {
    try {
        parse(words);
    } catch (const geo::Error& error) {
        EXPECT_EQ(error.kind(), geo::ErrorKind::usage);
        return error.what();
    }
    return "accepted";
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line);
    }
    return lines;
}

TEST(Help, FitsAScreenForEveryCommandAndForAll) {
    std::vector<std::string> pages{printed({"--help"})};
    for (const Command& command : command_table()) {
        pages.push_back(printed({std::string(command.name), "--help"}));
    }
    for (const std::string& page : pages) {
        const std::vector<std::string> lines = lines_of(page);
        EXPECT_LE(lines.size(), 24U) << page;
        for (const std::string& line : lines) {
            EXPECT_LE(line.size(), 80U) << line;
        }
    }
}

TEST(Help, ShowsEveryOptionUnderAllAndUnderItsGroup) {
    for (const Command& command : command_table()) {
        const std::string name(command.name);
        const std::string all = printed({name, "--help", "all"});
        for (const Option* option : options_of(command)) {
            const std::string flag = "  " + flag_text(*option);
            EXPECT_THAT(all, HasSubstr(flag));
            EXPECT_THAT(printed({name, "--help=" + std::string(option->group)}), HasSubstr(flag));
        }
        for (const std::string& line : lines_of(all)) {
            EXPECT_LE(line.size(), 80U) << line;
        }
    }
}

TEST(Help, HasAnExampleThatTheProgramUnderstands) {
    const io::TemporaryFolder folder; // with the configuration that examples name
    folder.file("vrn.toml", "");
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    for (const Command& command : command_table()) {
        EXPECT_THAT(printed({std::string(command.name), "--help"}), HasSubstr("\nexample\n"));
        std::istringstream example{std::string(command.example)};
        std::vector<std::string> words;
        for (std::string word; example >> word;) {
            words.push_back(word);
        }
        words.erase(words.begin());
        EXPECT_EQ(std::get<Call>(parse(words)).command->name, command.name);
    }
    std::filesystem::current_path(before);
}

TEST(Help, ShortOnesNameOptionsThatTheCommandHas) {
    for (const Command& command : command_table()) {
        for (const std::string_view name : command.everyday) {
            const auto own = options_of(command);
            EXPECT_TRUE(std::ranges::find(own, name, &Option::name) != own.end())
                << command.name << " has no --" << name;
        }
    }
}

TEST(Help, IsGivenInEveryWayThatPeopleAskForIt) {
    const std::string page = printed({"zones", "--help"});
    EXPECT_EQ(printed({"zones", "-h"}), page);
    EXPECT_EQ(printed({"help", "zones"}), page);
    EXPECT_EQ(printed({"zones", "--top-wards", "3", "--help"}), page);
    EXPECT_EQ(printed({"help", "zones", "all"}), printed({"zones", "--help", "all"}));
    EXPECT_EQ(printed({"help"}), printed({"--help"}));
}

TEST(Help, AnswersAMistypedTopicWithTheNearest) {
    EXPECT_THAT(complaint({"run", "--help", "ouput"}), HasSubstr("did you mean 'output'?"));
    EXPECT_THAT(complaint({"help", "zonse"}), HasSubstr("did you mean 'zones'?"));
}

TEST(Help, NamesNoExitCodeThatNoCommandEndsWith) {
    std::vector<int> codes;
    for (const ExitMeaning& meaning : exit_meanings()) {
        codes.push_back(meaning.code);
    }
    const bool refreshes =
        std::ranges::any_of(command_table(), [](const Command& c) { return c.name == "refresh"; });
    EXPECT_EQ(codes, refreshes ? (std::vector<int>{0, 1, 2, 3, 4, 5, 75})
                               : (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(Parse, AnswersAMistypedChoiceWithTheNearest) {
    EXPECT_EQ(complaint({"run", "--audience", "partnr"}),
              "--audience: 'partnr' is not one of internal, partner, public; did you mean "
              "'partner'?");
    EXPECT_THAT(complaint({"run", "--rank-by", "zzzzzzzz"}), Not(HasSubstr("did you mean")));
}

TEST(ManPages, HaveEveryOptionOfTheTableWithItsKey) {
    for (const Command& command : command_table()) {
        const std::string page = man_page(command);
        for (const Option* option : options_of(command)) {
            std::string flag = "\\-\\-";
            for (const char c : option->name) {
                flag += c == '-' ? "\\-" : std::string(1, c);
            }
            EXPECT_THAT(page, HasSubstr("\\fB" + (option->name == "verbose" ? "" : flag)));
            if (!option->key.empty() && option->key != option->name) {
                EXPECT_THAT(page, HasSubstr("(configuration: " + std::string(option->key) + ")"));
            }
        }
        EXPECT_THAT(man_page(), HasSubstr("patrolzones\\-" + std::string(command.name)));
    }
}

TEST(BashCompletion, KnowsEveryCommandAndOption) {
    const std::string script = bash_completion();
    for (const Command& command : command_table()) {
        EXPECT_THAT(script, HasSubstr("        " + std::string(command.name) + ") words="));
        for (const Option* option : options_of(command)) {
            EXPECT_THAT(script, HasSubstr(" --" + std::string(option->name)));
        }
    }
}

} // namespace
} // namespace cli
