#pragma once

#include "geo/time_zone.hpp"

#include <chrono>

namespace schedule {

/// Calendar days, both ends included; one day where they are equal.
struct DayRange {
    geo::Day first{};
    geo::Day last{};

    constexpr bool contains(geo::Day day) const { return first <= day && day <= last; }
    friend constexpr bool operator==(const DayRange&, const DayRange&) = default;
};

/// A stretch of the wall clock that comes every day.
struct ClockSpan {
    std::chrono::seconds from{}; ///< since midnight, [0, 24 h)
    std::chrono::seconds
        to{}; ///< since midnight, (0, 24 h]; not after `from` means on the next day

    friend constexpr bool operator==(const ClockSpan&, const ClockSpan&) = default;
};

} // namespace schedule
