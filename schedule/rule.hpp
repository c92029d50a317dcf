#pragma once

#include "geo/time_zone.hpp"

#include <chrono>

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
    Minutes min_dwell{10};         ///< an attendance shorter than this does not reset the gap
    bool count_background = false; ///< whether background presence resets the gap, too
};

} // namespace schedule
