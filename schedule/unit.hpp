#pragma once

#include "geo/id.hpp"
#include "geo/point.hpp"
#include "schedule/rule.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace schedule {

using UnitId = geo::Id<struct UnitIdKind>;

enum class Mode { foot, bicycle, vehicle };

/// Whether a shift begins on a bank holiday.
enum class BankHolidayDuty {
    as_usual,  ///< as on any such weekday
    as_sunday, ///< as if it were a Sunday
    off,       ///< it does not
    only,      ///< on those of its weekdays only that are bank holidays
};

/// Time in a shift that belongs to no visit and no way: a meal, a briefing, time in court.
struct Break {
    ClockSpan within;              ///< on the wall clock, in the shift
    std::optional<Minutes> length; ///< so long somewhere within; all of it when left out
};

/// A shift that repeats weekly: on each of `days`, from `from` to `to` by the wall clock.
struct ShiftPattern {
    std::string name;
    std::array<bool, 7> days{};  ///< Monday first: the day on which the shift begins
    std::chrono::seconds from{}; ///< since midnight, [0, 24 h)
    std::chrono::seconds
        to{}; ///< since midnight, (0, 24 h]; not after `from` means on the next day
    std::vector<DayRange> dates = {};  ///< begins on these, too, whatever the weekday
    std::vector<DayRange> except = {}; ///< does not begin on these, whatever `days` and `dates` say
    BankHolidayDuty on_bank_holidays = BankHolidayDuty::as_usual; ///< but for `dates`
    std::vector<Break> breaks = {};
};

/// Who patrols.
struct Unit {
    UnitId name;
    std::vector<std::string> serves;    ///< ward names or codes, zone ids; empty means everything
    std::optional<geo::GridPoint> base; ///< where each shift starts, if known
    std::string base_name = {}; ///< of the base in a travel matrix; the unit's own when empty
    Mode mode = Mode::foot;
    double speed_kmh = 5;
    unsigned officers = 2; ///< who go together; for hours in reports, not for planning
    std::optional<Minutes>
        minutes_per_shift; ///< for these patrols, travel included; the whole shift when left out
    std::optional<unsigned> max_visits = {};  ///< of a shift, at most; any number when left out
    std::vector<DayRange> leave = {};         ///< days on which no shift of the unit begins
    std::vector<geo::Day> bank_holidays = {}; ///< ascending; what its shifts' duty refers to
    std::vector<ShiftPattern> shifts;
};

/// Usual speed of a mode in km/h: foot 5, bicycle 12, vehicle 25.
double usual_speed_kmh(Mode mode);

} // namespace schedule
