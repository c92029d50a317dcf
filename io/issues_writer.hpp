#pragma once

#include "io/issue_log.hpp"

#include <span>
#include <string>

namespace io {

/// The text of issues.csv: `file,line,column,reason,action,rows`, in the order given.
///
/// A line of 0 (the file as a whole) is written as an empty cell.
/// \param files what `Issue::file` counts into.
std::string issues_csv(std::span<const Issue> issues, std::span<const std::string> files);

} // namespace io
