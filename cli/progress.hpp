#pragma once

#include "geo/progress.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace cli {

/// What a progress line may use of the terminal.
enum class TerminalLook { coloured, plain };

/// How stderr may be written to while work goes on: not at all unless it is a terminal that can
/// erase a line (TERM is set and not "dumb"); without colour where NO_COLOR is set and not empty.
std::optional<TerminalLook> look_of_stderr();

/// What is known of the work in hand.
struct ProgressState {
    std::string phase;
    std::uint64_t expected = 0; ///< 0: nobody knows
    std::uint64_t done = 0;
    std::uint64_t rows = 0;
    std::chrono::duration<double> elapsed{0}; ///< of the phase
};

/// "read incidents: 1,234,567 rows, 45 %, 0:12 left": what is not known is not in it. Time left is
/// in minutes and seconds, told once a twentieth is done and a second has passed.
std::string progress_text(const ProgressState& state);

/// One line on stderr that says how far the work is, from a second after the start on, ten times a
/// second; erased as soon as no phase is in hand, so that other output never meets it.
///
/// Runs a thread of its own, which only looks.
class ProgressLine {
  public:
    explicit ProgressLine(TerminalLook look);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// A phase within another takes its place until it ends.
    void begin(const std::string& phase);
    void end();

    /// What work is to count in.
    geo::Progress& counters() { return counters_; }

  private:
    using Clock = std::chrono::steady_clock;
    struct Phase {
        std::string name;
        Clock::time_point start;
    };

    void run(const std::stop_token& stop);
    void draw();
    void erase();

    TerminalLook look_;
    Clock::time_point start_ = Clock::now();
    geo::Progress counters_;
    std::mutex guard_; ///< of what follows, and of stderr
    std::vector<Phase> phases_;
    bool shown_ = false;
    std::condition_variable_any woken_;
    std::jthread drawer_; ///< last, so that it ends before what it looks at
};

} // namespace cli
