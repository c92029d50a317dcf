#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace date {
class time_zone;
}

namespace geo {

/// An instant in UTC, to the second. The only time that is computed with.
using Instant = std::chrono::sys_seconds;

/// A reading of the wall clock, to the second; means an instant only together with a TimeZone.
using WallTime = std::chrono::local_seconds;

/// A calendar day of the wall clock.
using Day = std::chrono::local_days;

/// A span of time, half-open: `from` is in it, `to` is not. May be empty.
struct TimeSpan {
    Instant from{};
    Instant to{};

    constexpr std::chrono::seconds length() const { return to - from; }
    constexpr bool contains(Instant t) const { return t >= from && t < to; }
    friend constexpr bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

/// A named time zone of the IANA database (`Europe/London`).
///
/// The one place that decides what an odd wall time means: one that happens twice (clocks go back)
/// is the earlier instant, one that never happens (clocks go forward) is the instant of the change.
class TimeZone {
  public:
    /// \throws Error (usage) if the system's time zone database has no such name.
    explicit TimeZone(std::string_view name);

    const std::string& name() const { return name_; }

    WallTime wall_time(Instant instant) const;
    Instant instant(WallTime wall) const;
    /// Every instant at which the wall clock reads `wall`, ascending: one, mostly; two on the night
    /// the clocks go back, none when they go forward.
    std::vector<Instant> instants(WallTime wall) const;
    /// 00:00 of the wall clock on `day`.
    Instant midnight(Day day) const { return instant(WallTime(day)); }
    Day day(Instant instant) const;
    std::chrono::seconds offset(Instant instant) const;

  private:
    std::string name_;
    const date::time_zone* zone_ = nullptr;
};

/// The bounds of a day or month in local time, as half-open spans of instants.
TimeSpan day_span(const TimeZone& zone, Day day);
TimeSpan month_span(const TimeZone& zone, std::chrono::year_month month);

/// 1 Monday ... 7 Sunday.
unsigned iso_weekday(Day day);

/// The cell of the week in local time: (weekday - 1) * 24 + hour, 0 to 167, Monday 00:00 first.
unsigned hour_of_week(WallTime wall);

} // namespace geo
