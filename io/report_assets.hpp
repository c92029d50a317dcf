#pragma once

#include <string_view>

namespace io {

/// The texts that report.html and sheets.html are made of, from io/report and Debian's Leaflet.
/// Pages have places to fill: `{{name}}`.
extern const std::string_view report_page;
extern const std::string_view report_style;
extern const std::string_view report_script;
extern const std::string_view leaflet_script; ///< with its licence
extern const std::string_view leaflet_style;
extern const std::string_view sheets_page;
extern const std::string_view sheets_style;

} // namespace io
