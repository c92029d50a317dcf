#pragma once

#include "cli/option_kinds.hpp"

#include <vector>

// The options by theme, each in a file of its own. Only for option_table.cpp and those files.

namespace cli {

/// A member of Settings by its path, for writing and for reading.
#define PATROLZONES_AT(path) ([](auto& s) -> auto& { return s.path; })

inline constexpr CommandSet reads_incidents =
    for_run | for_check | for_zones | for_evaluate | for_init | for_refresh;
inline constexpr CommandSet reads_wards =
    for_run | for_check | for_zones | for_evaluate | for_refresh;
inline constexpr CommandSet finds_zones = for_run | for_zones | for_evaluate | for_refresh;
inline constexpr CommandSet plans = for_run | for_schedule | for_refresh;
inline constexpr CommandSet keeps_rule = plans | for_verify;
inline constexpr CommandSet reads_attendance = keeps_rule | for_compliance;
inline constexpr CommandSet reads_visits = for_schedule | for_verify | for_compliance;
inline constexpr CommandSet publishes = for_run | for_zones | for_schedule | for_refresh;
inline constexpr CommandSet all = reads_incidents | reads_attendance | for_adopt | for_report;

/// Options that say what is read.
void add_input_options(std::vector<Option>& table);
/// Options that say how incidents are weighed and zones found.
void add_zones_options(std::vector<Option>& table);
/// Options that say how visits are planned and played.
void add_plan_options(std::vector<Option>& table);
/// Options of the nightly refresh and of adopting.
void add_nightly_options(std::vector<Option>& table);
/// Options that say what is written and printed, and what only a configuration file has.
void add_output_options(std::vector<Option>& table);

} // namespace cli
