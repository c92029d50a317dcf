#pragma once

#include "io/report_data.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace io {

/// The text of report.json (docs/formats/report.json.md): one object, each zone, ward and shift on
/// a line of its own. Lon/lat of outlines have 5 decimals (a metre), of centres 6. The same data
/// give the same bytes.
std::string report_json(const ReportData& data);

/// The data back from that text: writing them again gives the same text.
/// \throws geo::Error (input) if it is not a report.json of a format that this version knows.
ReportData read_report(std::string_view text);

/// The same from the report.json in an output folder.
/// \throws geo::Error (input) that names the file and what to do.
ReportData read_report_of(const std::filesystem::path& folder);

} // namespace io
