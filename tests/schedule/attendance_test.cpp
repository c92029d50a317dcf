#include "schedule/attendance.hpp"

#include "problems.hpp"

#include <gtest/gtest.h>

namespace schedule::test {
namespace {

Attendance attendance(const std::string& zone, std::string_view start, int minutes,
                      Attendance::Kind kind = Attendance::Kind::tasked) {
    return {cluster::ZoneId(zone), UnitId("A"), {at(start), at(start) + Minutes(minutes)}, kind};
}

TEST(Counts, TenMinutesAreEnoughAndASecondLessIsNot) {
    Attendance brief = attendance("Z", "2026-11-23 15:00", 10);
    EXPECT_TRUE(counts(brief, {}));
    brief.when.to -= std::chrono::seconds(1);
    EXPECT_FALSE(counts(brief, {}));
}

TEST(Counts, BackgroundPresenceCountsByChoiceOnly) {
    const Attendance passing =
        attendance("Z", "2026-11-23 15:00", 30, Attendance::Kind::background);
    EXPECT_FALSE(counts(passing, {}));
    EXPECT_TRUE(counts(passing, {.count_background = true}));
}

TEST(LastCountedEnd, IsTheLatestThatCountsAndEndedInTime) {
    const std::vector<Attendance> log = {
        attendance("Z", "2026-11-20 15:00", 15), attendance("Z", "2026-11-21 15:00", 5),
        attendance("Z", "2026-11-19 15:00", 15), attendance("Y", "2026-11-22 15:00", 15),
        attendance("Z", "2026-11-22 23:50", 15)};
    const cluster::ZoneId zone("Z");
    EXPECT_EQ(last_counted_end(log, zone, at("2026-11-23 00:00"), {}), at("2026-11-20 15:15"));
    EXPECT_EQ(last_counted_end(log, zone, at("2026-11-23 00:05"), {}), at("2026-11-23 00:05"));
    EXPECT_EQ(last_counted_end(log, cluster::ZoneId("X"), at("2026-11-23 00:00"), {}),
              std::nullopt);
}

} // namespace
} // namespace schedule::test
