#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace cli {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds before_first(1000);
constexpr milliseconds between(100);

/// Writes to the terminal at once; what cannot be written is lost, as befits a progress line.
void show(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
        if (written <= 0) {
            return;
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::size_t columns_of_stderr() {
    winsize size{};
    const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
    return known ? size.ws_col : 80;
}

std::string grouped_rows(std::uint64_t rows) {
    std::string text = std::to_string(rows);
    for (std::size_t i = text.size(); i > 3;) {
        i -= 3;
        text.insert(i, 1, ',');
    }
    return text;
}

} // namespace

std::optional<TerminalLook> look_of_stderr() {
    const char* const term = std::getenv("TERM");
    if (::isatty(STDERR_FILENO) == 0 || term == nullptr || *term == '\0' ||
        std::string_view(term) == "dumb") {
        return std::nullopt;
    }
    const char* const no_colour = std::getenv("NO_COLOR");
    return no_colour != nullptr && *no_colour != '\0' ? TerminalLook::plain
                                                      : TerminalLook::coloured;
}

std::string progress_text(const ProgressState& state) {
    std::string text = state.phase;
    std::string_view before = ": ";
    const auto add = [&](const std::string& more) {
        text.append(before).append(more);
        before = ", ";
    };
    if (state.rows > 0) {
        add(grouped_rows(state.rows) + " rows");
    }
    if (state.expected == 0) {
        return text;
    }
    const double share =
        std::min(1.0, static_cast<double>(state.done) / static_cast<double>(state.expected));
    add(fmt::format("{:.0f} %", 100 * share));
    if (share >= 0.05 && state.elapsed.count() >= 1) {
        const auto left = static_cast<std::uint64_t>(state.elapsed.count() * (1 - share) / share);
        add(fmt::format("{}:{:02} left", left / 60, left % 60));
    }
    return text;
}

ProgressLine::ProgressLine(TerminalLook look)
    : look_(look), drawer_([this](const std::stop_token& stop) { run(stop); }) {}

ProgressLine::~ProgressLine() {
    const std::scoped_lock lock(guard_);
    erase();
    phases_.clear();
}

void ProgressLine::begin(const std::string& phase) {
    const std::scoped_lock lock(guard_);
    counters_.clear();
    phases_.push_back({phase, Clock::now()});
}

void ProgressLine::end() {
    const std::scoped_lock lock(guard_);
    counters_.clear();
    phases_.pop_back();
    if (phases_.empty()) {
        erase();
    }
}

void ProgressLine::run(const std::stop_token& stop) {
    std::unique_lock lock(guard_);
    milliseconds wait = before_first;
    while (!stop.stop_requested()) {
        woken_.wait_for(lock, stop, wait, [] { return false; });
        wait = between;
        if (!stop.stop_requested() && !phases_.empty() && Clock::now() - start_ >= before_first) {
            draw();
        }
    }
}

void ProgressLine::draw() {
    const Phase& phase = phases_.back();
    std::string text = progress_text({.phase = phase.name,
                                      .expected = counters_.expected(),
                                      .done = counters_.done(),
                                      .rows = counters_.rows(),
                                      .elapsed = Clock::now() - phase.start});
    text.resize(std::min(text.size(), columns_of_stderr() - 1)); // a full line would wrap
    if (look_ == TerminalLook::coloured) {
        constexpr std::string_view bold = "\x1b[1m";
        constexpr std::string_view normal = "\x1b[0m";
        text.insert(std::min(text.size(), phase.name.size()), normal);
        text.insert(0, bold);
    }
    show("\r" + text + "\x1b[K");
    shown_ = true;
}

void ProgressLine::erase() {
    if (shown_) {
        show("\r\x1b[K");
        shown_ = false;
    }
}

} // namespace cli
