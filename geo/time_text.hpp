#pragma once

#include "geo/time_zone.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace geo {

/// What a text says about time, at the precision it says it.
struct ReadTime {
    enum class Precision { second, day, month };

    WallTime wall{};                            ///< first instant meant, by the wall clock
    Precision precision = Precision::second;    ///< how much the text said
    std::optional<std::chrono::seconds> offset; ///< given UTC offset ("+01:00", "Z"), if any
};

/// What `03/04/2024` means: the third of April, or the fourth of March as in the United States.
enum class DateOrder { day_first, month_first };

/// Reads a date or a date with time as analysts write them; white space around is ignored.
///
/// Dates: `2024-03-31`, `2024/03/31`, `31/03/2024`, `31-03-2024`, `31.03.2024`, `31/03/24` (in
/// the order given), `31-Mar-2024`, `20240331`; months: `2024-03`. A time may follow after a blank
/// or `T`: `21:05`, `21:05:30`, `21:05:30.250` (fractions are cut), `2105`, `9:05 PM`; then an
/// offset `Z`, `+01:00`, `+0100`, `+01`. Returns nothing if the text is anything else or names a
/// day that does not exist.
std::optional<ReadTime> read_time(std::string_view text, DateOrder order = DateOrder::day_first);

/// Reads a time of day alone, in the forms above; `24:00` is allowed and is the end of the day.
std::optional<std::chrono::seconds> read_time_of_day(std::string_view text);

/// Reads a calendar day (any of the date forms above without time, day first).
std::optional<Day> read_day(std::string_view text);

/// The first instant that `time` means in `zone`; a given offset wins over the zone.
Instant first_instant(const ReadTime& time, const TimeZone& zone);

/// The span that `time` leaves open: one second, the day, or the month, in local time.
TimeSpan span_of(const ReadTime& time, const TimeZone& zone);

/// `2026-11-23T15:00:00+00:00`: local time with its offset, never `Z`.
std::string iso_text(Instant instant, const TimeZone& zone);
/// `2026-11-23`.
std::string iso_text(Day day);
/// `15:00`.
std::string clock_text(WallTime wall);

} // namespace geo
