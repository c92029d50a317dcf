#pragma once

#include "io/report_data.hpp"

#include <cstddef>
#include <string>

namespace io {

/// Which patrol sheets are made.
struct SheetOptions {
    std::optional<geo::Day> from; ///< first day; the plan's when left out
    unsigned days = 7;            ///< from then on
};

/// Patrol sheets, and how many.
struct Sheets {
    std::string html;
    std::size_t pages = 0;
};

/// The patrol sheets (docs/formats/sheets.html.md): one A4 page a unit and shift with visits, by
/// day, unit in the plan's order, start. A shift belongs to the day on which it begins.
///
/// Each has the zones in visiting order with times, a sketch of the way (drawn north up, with a
/// scale), why each zone is one, its peak hours, and space for the return. Needs no script and asks
/// no server for anything. The same data and options give the same bytes.
/// \throws geo::Error (usage) if there is no plan, or no visit on those days.
Sheets patrol_sheets(const ReportData& data, const SheetOptions& options);

} // namespace io
