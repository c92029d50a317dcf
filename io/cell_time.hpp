#pragma once

#include "geo/time_text.hpp"

#include <optional>
#include <string_view>

namespace io {

/// What a cell of a hand-kept table says about time: a day, a time of day, or both.
struct CellTime {
    std::optional<geo::Day> day;
    std::optional<std::chrono::seconds> of_day; ///< since midnight by the wall clock, [0, 24 h]
    std::optional<std::chrono::seconds> offset; ///< given UTC offset ("+01:00", "Z"), if any
    bool serial = false; ///< a spreadsheet's number of days: 46349.625 is 2026-11-23 15:00
};

/// Reads a cell as geo::read_time and geo::read_time_of_day do, and two things of spreadsheets
/// besides: a number of days since 1899-12-30, for 2000 to 2099, or a part of a day below 1, to the
/// nearest second; and a time alone that was saved as a time on a day of 1899 or 1900.
///
/// \returns nothing for any other text, and for a month alone.
std::optional<CellTime> read_cell_time(std::string_view text, geo::DateOrder order);

} // namespace io
