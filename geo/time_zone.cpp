#include "geo/time_zone.hpp"

#include "geo/error.hpp"

#include <date/tz.h>

namespace geo {

TimeZone::TimeZone(std::string_view name) : name_(name) {
    try {
        zone_ = date::locate_zone(name_);
    } catch (const std::exception&) {
        throw Error(ErrorKind::usage,
                    "time zone '" + name_ +
                        "' is not in the system's database; give an IANA name such as "
                        "Europe/London, or install tzdata");
    }
}

std::chrono::seconds TimeZone::offset(Instant instant) const {
    return zone_->get_info(date::sys_seconds(instant.time_since_epoch())).offset;
}

WallTime TimeZone::wall_time(Instant instant) const {
    return WallTime((instant + offset(instant)).time_since_epoch());
}

Instant TimeZone::instant(WallTime wall) const {
    const auto info = zone_->get_info(date::local_seconds(wall.time_since_epoch()));
    if (info.result == date::local_info::nonexistent) {
        return Instant(info.first.end.time_since_epoch());
    }
    return Instant(wall.time_since_epoch() - info.first.offset);
}

std::vector<Instant> TimeZone::instants(WallTime wall) const {
    const auto info = zone_->get_info(date::local_seconds(wall.time_since_epoch()));
    const auto by = [&](const date::sys_info& reading) {
        return Instant(wall.time_since_epoch() - reading.offset);
    };
    switch (info.result) {
    case date::local_info::nonexistent:
        return {};
    case date::local_info::ambiguous:
        return {by(info.first), by(info.second)};
    default:
        return {by(info.first)};
    }
}

Day TimeZone::day(Instant instant) const {
    return std::chrono::floor<std::chrono::days>(wall_time(instant));
}

TimeSpan day_span(const TimeZone& zone, Day day) {
    return {zone.midnight(day), zone.midnight(day + std::chrono::days(1))};
}

TimeSpan month_span(const TimeZone& zone, std::chrono::year_month month) {
    return {zone.midnight(Day(month / 1)),
            zone.midnight(Day((month + std::chrono::months(1)) / 1))};
}

unsigned iso_weekday(Day day) {
    return std::chrono::weekday(day).iso_encoding();
}

unsigned hour_of_week(WallTime wall) {
    const Day day = std::chrono::floor<std::chrono::days>(wall);
    const auto hour = std::chrono::floor<std::chrono::hours>(wall - day).count();
    return (iso_weekday(day) - 1) * 24 + static_cast<unsigned>(hour);
}

} // namespace geo
