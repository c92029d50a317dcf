#include "io/pdf_printer.hpp"

#include "geo/error.hpp"

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <optional>
#include <spawn.h>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

extern char** environ; // NOLINT(*-redundant-declaration): POSIX has it in no header

namespace io {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 5> browsers{"chromium", "chromium-browser", "google-chrome",
                                                   "google-chrome-stable", "chrome"};

std::optional<fs::path> on_path(std::string_view program) {
    const char* path = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): nobody sets it
    std::string_view folders = path != nullptr ? path : "";
    while (!folders.empty()) {
        const std::size_t end = std::min(folders.find(':'), folders.size());
        const fs::path file = fs::path(folders.substr(0, end)) / program;
        if (::access(file.c_str(), X_OK) == 0) {
            return file;
        }
        folders.remove_prefix(std::min(end + 1, folders.size()));
    }
    return std::nullopt;
}

fs::path browser() {
    for (const std::string_view name : browsers) {
        if (const auto found = on_path(name)) {
            return *found;
        }
    }
    throw geo::Error(geo::ErrorKind::usage,
                     "--pdf: there is no Chromium on the PATH; install the package chromium, or "
                     "open sheets.html in any browser and print it from there");
}

/// A folder that is removed with all that is in it.
class Scratch {
  public:
    Scratch() {
        std::string name = (fs::temp_directory_path() / "patrolzones-print-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw geo::Error(geo::ErrorKind::input,
                             fmt::format("{}: cannot be made; set TMPDIR to a folder that may be "
                                         "written",
                                         name));
        }
        folder_ = name;
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    const fs::path& path() const { return folder_; }

  private:
    fs::path folder_;
};

/// The address of a file, whatever characters its path has.
std::string file_address(const fs::path& file) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.~";
    std::string address = "file://";
    for (const char c : fs::absolute(file).lexically_normal().string()) {
        address += plain.find(c) != std::string_view::npos
                       ? std::string(1, c)
                       : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return address;
}

std::vector<std::string> command_line(const fs::path& program, const fs::path& profile,
                                      const fs::path& pdf, const fs::path& html) {
    std::vector<std::string> words{program.string(),
                                   "--headless",
                                   "--disable-gpu",
                                   "--no-first-run",
                                   "--disable-background-networking",
                                   "--disable-component-update",
                                   "--disable-sync",
                                   "--host-resolver-rules=MAP * ~NOTFOUND",
                                   "--user-data-dir=" + profile.string(),
                                   "--no-pdf-header-footer",
                                   "--print-to-pdf-no-header",
                                   "--print-to-pdf=" + pdf.string()};
    if (::geteuid() == 0) {
        words.emplace_back("--no-sandbox"); // Chromium's sandbox refuses root
    }
    words.push_back(file_address(html));
    return words;
}

/// Runs a program without input or output until it ends.
void run_silently(std::vector<std::string> words) {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
    }
    pid_t child = 0;
    const int fault =
        ::posix_spawn(&child, words.front().c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    while (fault == 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
}

} // namespace

void print_pdf(const fs::path& html, const fs::path& pdf) {
    const fs::path program = browser();
    const Scratch scratch;
    const fs::path made = fs::absolute(pdf).parent_path() /
                          fmt::format(".{}.new-{}", pdf.filename().string(), ::getpid());
    run_silently(command_line(program, scratch.path(), made, html));
    std::error_code fault;
    fs::rename(made, pdf, fault); // whether there is a PDF is the only thing to go by
    if (fault) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("{}: {} made no PDF; open {} in any browser and print it from "
                                     "there",
                                     pdf.string(), program.string(), html.string()));
    }
}

} // namespace io
