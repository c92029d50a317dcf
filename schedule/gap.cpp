#include "schedule/gap.hpp"

namespace schedule {

namespace {

constexpr std::chrono::hours duty_day_begins{6};

geo::Day duty_day(geo::Instant instant, const geo::TimeZone& zone) {
    return std::chrono::floor<std::chrono::days>(zone.wall_time(instant) - duty_day_begins);
}

} // namespace

geo::Instant latest_start(geo::Instant end, std::chrono::hours gap, GapMode mode,
                          const geo::TimeZone& zone) {
    if (mode == GapMode::elapsed) {
        return end + gap;
    }
    const auto days = std::chrono::ceil<std::chrono::days>(gap);
    const geo::Day day = duty_day(end - std::chrono::seconds(1), zone) + days;
    const geo::WallTime next_day_begins = day + std::chrono::days(1) + duty_day_begins;
    return zone.instant(next_day_begins) - Minutes(1);
}

} // namespace schedule
