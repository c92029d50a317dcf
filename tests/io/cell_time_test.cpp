#include "io/cell_time.hpp"

#include <gtest/gtest.h>

namespace io {
namespace {

using namespace std::chrono_literals;

constexpr geo::Day monday{std::chrono::year(2026) / 11 / 23};

std::optional<CellTime> read(std::string_view text) {
    return read_cell_time(text, geo::DateOrder::day_first);
}

TEST(CellTime, IsADayATimeOfDayOrBoth) {
    EXPECT_EQ(read("23/11/2026")->day, monday);
    EXPECT_FALSE(read("23/11/2026")->of_day);
    EXPECT_FALSE(read("15:07")->day);
    EXPECT_EQ(read("15:07")->of_day, 15h + 7min);
    EXPECT_EQ(read("3:07 PM")->of_day, 15h + 7min);
    const auto both = read("2026-11-23T15:07:30+01:00");
    EXPECT_EQ(both->day, monday);
    EXPECT_EQ(both->of_day, 15h + 7min + 30s);
    EXPECT_EQ(both->offset, 1h);
    EXPECT_FALSE(both->serial);
}

TEST(CellTime, ANumberOfDaysIsADateToTheNearestSecond) {
    const auto both = read("46349.6298611111");
    EXPECT_EQ(both->day, monday);
    EXPECT_EQ(both->of_day, 15h + 7min);
    EXPECT_TRUE(both->serial);
    EXPECT_EQ(read("46349")->day, monday);
    EXPECT_FALSE(read("46349")->of_day);
    EXPECT_EQ(read("0.625")->of_day, 15h);
    EXPECT_FALSE(read("0.625")->day);
}

TEST(CellTime, ATimeThatASpreadsheetPutOnADayOf1899IsATimeAlone) {
    const auto time = read("1899-12-30 15:00:00");
    EXPECT_FALSE(time->day);
    EXPECT_EQ(time->of_day, 15h);
}

TEST(CellTime, NumbersOutside2000To2099AndOtherTextsAreNone) {
    for (const char* text : {"", "noon", "17", "36525", "73051", "-1", "2026-11", "1e9", "nan"}) {
        EXPECT_FALSE(read(text)) << text;
    }
    EXPECT_EQ(read("36526")->day, geo::Day(std::chrono::year(2000) / 1 / 1));
    EXPECT_EQ(read("73050")->day, geo::Day(std::chrono::year(2099) / 12 / 31));
}

} // namespace
} // namespace io
