#pragma once

#include "io/report_data.hpp"

#include <array>
#include <string_view>
#include <utility>

// The words of report.json for what has only a few values. Only for its writer and reader.

namespace io {

inline constexpr std::string_view report_format = "patrolzones-report-1";

inline constexpr std::array<std::pair<std::string_view, RuleState>, 3> rule_state_words{
    {{"kept", RuleState::kept}, {"tight", RuleState::tight}, {"broken", RuleState::broken}}};

inline constexpr std::array<std::pair<std::string_view, schedule::Mode>, 3> mode_words{
    {{"foot", schedule::Mode::foot},
     {"bicycle", schedule::Mode::bicycle},
     {"vehicle", schedule::Mode::vehicle}}};

} // namespace io
