#pragma once

#include "cli/steps.hpp"

#include <string>

namespace cli {

/// For people, of a plan that breaks the rule: why, what would do, the zones that were overdue
/// before it, and the zones that breach with how many absences, the worst of them, by how much and
/// when; worst first, ten at most. Lines end with a line end.
std::string breach_text(const CheckedPlan& plan);

} // namespace cli
