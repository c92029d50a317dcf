#include "schedule/attendance_log.hpp"

#include "attendances.hpp"

#include <gtest/gtest.h>

namespace schedule::test {
namespace {

using Texts = std::vector<std::string>;
using Fault = AttendanceFault;

/// "1 duplicate".
Texts faults(const TidyLog& log) {
    Texts texts;
    for (const RowFault& fault : log.faults) {
        texts.push_back(std::to_string(fault.row) + " " + std::string(code(fault.fault)));
    }
    return texts;
}

TEST(Tidy, KeepsWhatContradictsNothingInTheOrderOfTime) {
    const std::vector<Attendance> rows{attended("Z", "A", "2026-11-23 16:00"),
                                       attended("Y", "A", "2026-11-23 15:00"),
                                       attended("Z", "B", "2026-11-23 16:05")};
    const TidyLog log = tidy(rows, {});
    EXPECT_EQ(drawn(log.attendances), (Texts{"Y A 15:00-15:15 tasked", "Z A 16:00-16:15 tasked",
                                             "Z B 16:05-16:20 tasked"}));
    EXPECT_EQ(faults(log), Texts{});
}

TEST(Tidy, NamesWhatCannotBe) {
    std::vector<Attendance> rows{
        attended("X", "A", "2026-11-23 15:00"),       attended("Z", "A", "2026-11-24 11:46"),
        attended("Z", "A", "2026-11-20 15:00", 1441), attended("Z", "A", "2026-11-23 15:00", -1),
        attended("Z", "A", "2026-11-24 11:45"),       attended("Z", "B", "2026-11-20 15:00", 1440)};
    const std::vector<cluster::ZoneId> zones{cluster::ZoneId("Z")};
    const TidyLog log = tidy(rows, zones, {.now = at("2026-11-24 12:00")});
    EXPECT_EQ(faults(log),
              (Texts{"0 unknown-zone", "1 future", "2 too-long", "3 end-before-start"}));
    EXPECT_EQ(log.attendances.size(), 2U);
}

TEST(Tidy, LeavesOutTheSecondOfTwoEqualRows) {
    const std::vector<Attendance> rows{
        attended("Z", "A", "2026-11-23 15:00"), attended("Z", "A", "2026-11-23 15:00"),
        attended("Z", "B", "2026-11-23 15:00"), attended("Z", "", "2026-11-23 15:00"),
        attended("Z", "", "2026-11-23 15:00")};
    EXPECT_EQ(faults(tidy(rows, {})), (Texts{"1 duplicate", "4 duplicate"}));
}

TEST(Tidy, AUnitIsInOneZoneAtATimeButForAMinuteOfRounding) {
    const std::vector<Attendance> rows{
        attended("Z", "A", "2026-11-23 15:00"), attended("Y", "A", "2026-11-23 15:13"),
        attended("X", "A", "2026-11-23 15:14"), attended("W", "B", "2026-11-23 15:01"),
        attended("V", "", "2026-11-23 15:01")};
    EXPECT_EQ(faults(tidy(rows, {})), (Texts{"1 two-places"}));
}

TEST(Tidy, BelievesTaskedRowsBeforeBackground) {
    const std::vector<Attendance> rows{passed("Z", "A", "2026-11-23 15:00", 60),
                                       attended("Y", "A", "2026-11-23 15:30")};
    EXPECT_EQ(faults(tidy(rows, {})), (Texts{"0 two-places"}));
}

TEST(Tidy, LeavesOutAWholeRowThoughOnlyItsEndIsInAnotherZone) {
    const std::vector<Attendance> rows{attended("Z", "A", "2026-11-23 15:00", 60),
                                       attended("Y", "A", "2026-11-23 15:58", 60)};
    const TidyLog log = tidy(rows, {});
    EXPECT_EQ(faults(log), (Texts{"1 two-places"}));
    EXPECT_EQ(drawn(log.attendances), (Texts{"Z A 15:00-16:00 tasked"}));
}

TEST(Tidy, OfEqualClaimsToTwoZonesTheFirstReadStands) {
    const std::vector<Attendance> rows{attended("Z", "A", "2026-11-23 15:00"),
                                       attended("Y", "A", "2026-11-23 15:00"),
                                       attended("X", "A", "2026-11-23 15:00", 14)};
    EXPECT_EQ(faults(tidy(rows, {})), (Texts{"0 two-places", "1 two-places"}))
        << "the one that ends first stands before those";
    EXPECT_EQ(faults(tidy({rows.data(), 2}, {})), (Texts{"1 two-places"}));
}

TEST(Tidy, AMinuteInTwoZonesCountsInBoth) {
    const std::vector<Attendance> rows{attended("Z", "A", "2026-11-23 15:00"),
                                       attended("Y", "A", "2026-11-23 15:14")};
    const TidyLog log = tidy(rows, {});
    EXPECT_EQ(drawn(log.attendances), (Texts{"Z A 15:00-15:15 tasked", "Y A 15:14-15:29 tasked"}));
}

TEST(Tidy, JoinsRowsThatOverlapAndKeepsThoseThatTouchApart) {
    std::vector<Attendance> rows{
        attended("Z", "A", "2026-11-23 15:00", 15), attended("Z", "A", "2026-11-23 15:10", 15),
        attended("Z", "A", "2026-11-23 15:25", 15), attended("Z", "A", "2026-11-23 15:01", 2)};
    rows[0].arrests = 1;
    rows[1].arrests = 2;
    rows[3].visit.emplace("Z-20261123-1500");
    const TidyLog log = tidy(rows, {});
    EXPECT_EQ(drawn(log.attendances), (Texts{"Z A 15:00-15:25 tasked", "Z A 15:25-15:40 tasked"}));
    EXPECT_EQ(faults(log), (Texts{"0 overlapping", "1 overlapping", "3 overlapping"}));
    EXPECT_EQ(log.attendances[0].arrests, 2U);
    EXPECT_EQ(log.attendances[0].searches, std::nullopt);
    EXPECT_EQ(log.attendances[0].visit, "Z-20261123-1500");
}

TEST(Tidy, BackgroundIsWhatWasNotTasked) {
    std::vector<Attendance> rows{
        passed("Z", "A", "2026-11-23 15:00", 120), attended("Z", "A", "2026-11-23 15:30", 15),
        attended("Z", "A", "2026-11-23 16:45", 30), passed("Z", "A", "2026-11-23 15:32", 5)};
    rows[0].searches = 3;
    const TidyLog log = tidy(rows, {});
    EXPECT_EQ(drawn(log.attendances),
              (Texts{"Z A 15:00-15:30 background", "Z A 15:30-15:45 tasked",
                     "Z A 15:45-16:45 background", "Z A 16:45-17:15 tasked"}));
    EXPECT_EQ(log.attendances[0].searches, 3U);
    EXPECT_EQ(log.attendances[2].searches, std::nullopt);
}

TEST(Tidy, BackgroundThatEndsWithATaskedRowLeavesNoSliver) {
    const std::vector<Attendance> rows{passed("Z", "A", "2026-11-23 15:00", 30),
                                       attended("Z", "A", "2026-11-23 15:00", 30)};
    EXPECT_EQ(drawn(tidy(rows, {}).attendances), (Texts{"Z A 15:00-15:30 tasked"}));
}

TEST(Tidy, IsTheSameInAnyOrderAndHasAUnitNowhereTwice) {
    for (unsigned seed = 1; seed <= 30; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        std::vector<Attendance> rows;
        for (int i = 0; i < 40; ++i) {
            const geo::Instant start =
                at("2026-10-25 00:00") + Minutes(static_cast<int>(random() % 400));
            const auto kind =
                random() % 3 == 0 ? Attendance::Kind::background : Attendance::Kind::tasked;
            rows.push_back({cluster::ZoneId(std::string(1, static_cast<char>('X' + random() % 3))),
                            UnitId(std::string(1, static_cast<char>('A' + random() % 3))),
                            {start, start + Minutes(1 + static_cast<int>(random() % 30))},
                            kind});
        }
        const LogOptions strict{.forgiven = std::chrono::seconds(0)};
        const TidyLog log = tidy(rows, {}, strict);
        const std::vector<Attendance> turned(rows.rbegin(), rows.rend());
        EXPECT_EQ(drawn(tidy(turned, {}, strict).attendances), drawn(log.attendances));
        for (geo::Instant now = at("2026-10-25 00:00"); now < at("2026-10-25 08:00");
             now += Minutes(1)) {
            for (const char* unit : {"A", "B", "C"}) {
                EXPECT_LE(std::count_if(log.attendances.begin(), log.attendances.end(),
                                        [&](const Attendance& a) {
                                            return a.unit.text() == unit && a.when.contains(now);
                                        }),
                          1)
                    << unit;
            }
        }
    }
}

} // namespace
} // namespace schedule::test
