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

/// A shift that repeats weekly: on each of `days`, from `from` to `to` by the wall clock.
struct ShiftPattern {
    std::string name;
    std::array<bool, 7> days{};  ///< Monday first: the day on which the shift begins
    std::chrono::seconds from{}; ///< since midnight, [0, 24 h)
    std::chrono::seconds
        to{}; ///< since midnight, (0, 24 h]; not after `from` means on the next day
};

/// Who patrols.
struct Unit {
    UnitId name;
    std::vector<std::string> serves;    ///< ward names or codes, zone ids; empty means everything
    std::optional<geo::GridPoint> base; ///< where each shift starts, if known
    Mode mode = Mode::foot;
    double speed_kmh = 5;
    std::optional<Minutes>
        minutes_per_shift; ///< for these patrols, travel included; the whole shift when left out
    std::vector<ShiftPattern> shifts;
};

/// Usual speed of a mode in km/h: foot 5, bicycle 12, vehicle 25.
double usual_speed_kmh(Mode mode);

} // namespace schedule
