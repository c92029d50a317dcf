#pragma once

#include "io/report_data.hpp"

#include <string>

namespace io {

/// The text of report.html (docs/formats/report.html.md): one page that holds its data, styles and
/// scripts, and may ask no server for anything but the tiles of a background map, where one is set.
///
/// Its Content-Security-Policy allows the scripts and styles of this program alone, so that nothing
/// in the data can ever run. The same data give the same bytes.
std::string report_html(const ReportData& data);

/// What a tile address allows to be asked: "https://*.example.org" of
/// "https://{s}.example.org/{z}/{x}/{y}.png". \throws geo::Error (usage) if it is no http or https
/// address of tiles with {z}, {x} and {y}.
std::string tile_origin(const std::string& url);

} // namespace io
