#pragma once

#include "geo/error.hpp"
#include "geo/projection.hpp"
#include "schedule/unit.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace io {

/// The values of a units file, as TOML and CSV share them. What is wrong with one is thrown as
/// geo::Error (usage) that names key, value and remedy; the caller adds file and line.

/// The error for a value that cannot be.
geo::Error wrong_value(std::string_view key, std::string_view value, std::string_view remedy);

/// The error for a key that does not exist, with the nearest one that does.
geo::Error unknown_key(std::string_view key, std::span<const std::string_view> known);

/// "foot", "bicycle" or "vehicle", letter case ignored.
schedule::Mode mode_of(std::string_view word);

/// "Mon" ... "Sun" or the whole names, spans such as "Fri-Sun" (they may pass Sunday), "daily".
std::array<bool, 7> days_of(std::span<const std::string> words);

/// The weekdays that a word names, as above, or nothing.
std::optional<std::array<bool, 7>> weekdays_of(const std::string& word);

/// A day, or a span such as "2026-12-24 to 2026-12-31", both ends included, or nothing.
std::optional<schedule::DayRange> date_range_of(std::string_view text);

/// A time of day as `geo::read_time_of_day` reads it.
std::chrono::seconds time_of_day(std::string_view key, std::string_view text);

/// More than 0, at most 200.
double speed_of(double kmh);

/// At least 1, at most a day.
schedule::Minutes minutes_of(std::string_view key, double minutes);

/// A whole number from 1 to 1000.
unsigned count_of(std::string_view key, double number);

/// Days, and spans of them: "2026-12-24", "03/08/2026 to 16/08/2026", both ends included.
std::vector<schedule::DayRange> dates_of(std::string_view key, std::span<const std::string> words);

/// What `bank_holidays` of a shift says: "as_usual", "as_sunday", "off" or "only".
schedule::BankHolidayDuty bank_holiday_duty_of(std::string_view word);

/// The bank holidays of a file, ascending: days, spans of them, and "England and Wales" for the
/// calendar that is built in, 2000 to 2100.
std::vector<geo::Day> bank_holidays_of(std::span<const std::string> words);

/// Refuses a break that is longer than its window or reaches out of the shift, and a second one
/// that floats.
void check_breaks(const schedule::ShiftPattern& shift);

/// \param lonlat from EPSG:4326 to the analysis grid.
geo::GridPoint base_of(geo::LonLat place, const geo::Projection& lonlat);

/// The shift with 00:00 as its end written 24:00 and, where it has no name, the one that people
/// then see in rosters: "15:00-23:00"; refuses breaks that do not fit.
schedule::ShiftPattern finished(schedule::ShiftPattern shift);

/// Refuses units without a name or a shift, and names that come twice.
void check_unit(const schedule::Unit& unit, std::span<const schedule::Unit> before);

/// The two sources.
std::vector<schedule::Unit> units_from_toml(const std::string& text, const geo::Projection& lonlat);
std::vector<schedule::Unit> units_from_csv(const std::string& text, const geo::Projection& lonlat);

} // namespace io
