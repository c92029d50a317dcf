#pragma once

#include "geo/time_zone.hpp"

#include <chrono>
#include <vector>

namespace schedule {

/// Easter Sunday of the Gregorian calendar.
geo::Day easter(std::chrono::year year);

/// The bank holidays of a year in England and Wales as they are published, ascending: substitute
/// days in place of those at a weekend, and the days that were moved or proclaimed up to 2023.
///
/// By the rules in force since 1978 (Banking and Financial Dealings Act 1971, schedule 1, and
/// proclamations); earlier years are given by the same rules. Days proclaimed later are not known.
std::vector<geo::Day> bank_holidays_in_england_and_wales(std::chrono::year year);

} // namespace schedule
