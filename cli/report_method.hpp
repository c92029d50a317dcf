#pragma once

#include "cli/publish.hpp"
#include "io/report_data.hpp"

#include <vector>

namespace cli {

/// How the result came about, in plain words with the settings in force.
std::vector<io::ReportParagraph> report_method(const Result& result);

/// What the p-values of the zones compare with, as the end of "more than ... would give".
std::string tested_against(const Result& result);

/// The settings that shape the result, as the configuration would have them: no paths, and nothing
/// that changes only how the program runs.
std::vector<io::ReportSetting> report_settings(const Result& result);

} // namespace cli
