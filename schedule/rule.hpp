#pragma once

#include "schedule/calendar.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <vector>

namespace schedule {

using Minutes = std::chrono::minutes;

/// How absence is measured.
enum class GapMode {
    elapsed,  ///< real hours, across clock changes
    duty_day, ///< duty days from 06:00 to 05:59 local: at most ceil(hours / 24) of them from one
              ///< visit's to the next's
};

/// The Home Office rule and how it is planned for.
struct Rule {
    Minutes visit{15}; ///< length of every visit
    std::chrono::hours max_gap{
        96}; ///< hard: from the end of one attendance to the start of the next, this included
    std::chrono::hours plan_gap{72}; ///< what planning aims at
    GapMode gap_mode = GapMode::elapsed;
    Minutes min_dwell{10};          ///< an attendance shorter than this does not reset the gap
    bool count_background = false;  ///< whether background presence resets the gap, too
    std::optional<ClockSpan> hours; ///< of the day within which every visit lies; any when left out
    std::vector<DayRange> days_off; ///< local days on which no visit lies; gaps run on
    std::array<bool, 7> weekdays_off{}; ///< likewise, Monday first
};

} // namespace schedule
