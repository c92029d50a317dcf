#include "schedule/local_text.hpp"

#include <fmt/format.h>

#include <array>

namespace schedule {

std::string local_text(geo::Instant instant, const geo::TimeZone& zone) {
    constexpr std::array<const char*, 7> weekdays = {"Mon", "Tue", "Wed", "Thu",
                                                     "Fri", "Sat", "Sun"};
    constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const geo::WallTime wall = zone.wall_time(instant);
    const geo::Day day = std::chrono::floor<std::chrono::days>(wall);
    const std::chrono::year_month_day date(day);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(wall - day).count();
    return fmt::format("{} {} {} {} {:02}:{:02}", weekdays[geo::iso_weekday(day) - 1],
                       static_cast<unsigned>(date.day()),
                       months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), minutes / 60, minutes % 60);
}

} // namespace schedule
