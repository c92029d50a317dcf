#include "cli/completion.hpp"
#include "cli/man_page.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

// make_documents FOLDER: writes the manual pages to FOLDER/man1 and the bash completion to
// FOLDER/completions, all made of the program's own tables. Runs at build.

namespace {

void write(const std::filesystem::path& path, const std::string& text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    if (!(file << text).flush()) {
        throw std::runtime_error(path.string() + ": cannot be written");
    }
}

} // namespace

int main(int count, char** words) {
    try {
        const std::filesystem::path folder = count > 1 ? words[1] : ".";
        write(folder / "man1" / "patrolzones.1", cli::man_page());
        for (const cli::Command& command : cli::command_table()) {
            write(folder / "man1" / ("patrolzones-" + std::string(command.name) + ".1"),
                  cli::man_page(command));
        }
        write(folder / "completions" / "patrolzones", cli::bash_completion());
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "make_documents: " << error.what() << '\n';
        return 1;
    }
}
