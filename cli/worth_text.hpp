#pragma once

#include "cli/steps.hpp"

#include <string>

namespace cli {

/// For people: what the plan is worth beside the most that any plan could be, how well its hours
/// could be told and what that costs, and where the units are too few for chance, how many would
/// do. Lines end with a line end; empty without visits.
std::string worth_text(const CheckedPlan& plan);

} // namespace cli
