#pragma once

#include "io/compliance_writer.hpp"
#include "schedule/rule.hpp"

#include <span>
#include <string>
#include <vector>

namespace cli {

/// What a report of compliance says besides its figures.
struct ComplianceTexts {
    const io::ComplianceReport& report;
    const schedule::Rule& rule;
    std::span<const io::AttendanceFile> files;
    std::span<const io::AttendanceProblem> problems;
    std::span<const std::string> warnings;
};

/// For people: what was read, how the rule was kept, where to go first, and the returns by month.
std::string compliance_text(const ComplianceTexts& texts);

/// The same as one JSON object (docs/formats/compliance.csv.md).
std::string compliance_json(const ComplianceTexts& texts);

} // namespace cli
