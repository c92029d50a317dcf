#include "schedule/bank_holidays.hpp"

#include "problems.hpp"

#include "geo/time_text.hpp"

#include <gmock/gmock.h>

namespace schedule::test {
namespace {

using testing::ElementsAre;

/// The year's bank holidays as "month-day" texts.
std::vector<std::string> holidays(int year) {
    std::vector<std::string> texts;
    for (const geo::Day date : bank_holidays_in_england_and_wales(std::chrono::year(year))) {
        texts.push_back(geo::iso_text(date).substr(5));
    }
    return texts;
}

TEST(BankHolidays, AreThoseThatWerePublished) {
    EXPECT_THAT(holidays(2020), ElementsAre("01-01", "04-10", "04-13", "05-08", "05-25", "08-31",
                                            "12-25", "12-28"));
    EXPECT_THAT(holidays(2022), ElementsAre("01-03", "04-15", "04-18", "05-02", "06-02", "06-03",
                                            "08-29", "09-19", "12-26", "12-27"));
    EXPECT_THAT(holidays(2023), ElementsAre("01-02", "04-07", "04-10", "05-01", "05-08", "05-29",
                                            "08-28", "12-25", "12-26"));
    EXPECT_THAT(holidays(2026), ElementsAre("01-01", "04-03", "04-06", "05-04", "05-25", "08-31",
                                            "12-25", "12-28"));
    EXPECT_THAT(holidays(2027), ElementsAre("01-01", "03-26", "03-29", "05-03", "05-31", "08-30",
                                            "12-27", "12-28"));
}

TEST(BankHolidays, ADayAtAWeekendIsKeptOnTheNextFreeWeekday) {
    for (int year = 2000; year <= 2100; ++year) {
        SCOPED_TRACE(year);
        const auto dates = bank_holidays_in_england_and_wales(std::chrono::year(year));
        EXPECT_GE(dates.size(), 8U);
        for (std::size_t i = 0; i < dates.size(); ++i) {
            EXPECT_LE(geo::iso_weekday(dates[i]), 5U) << geo::iso_text(dates[i]);
            EXPECT_TRUE(i == 0 || dates[i - 1] < dates[i]);
        }
    }
}

TEST(Easter, IsTheSundayAfterTheFirstFullMoonOfSpring) {
    EXPECT_EQ(easter(std::chrono::year(1818)), day("1818-03-22")); // the earliest there can be
    EXPECT_EQ(easter(std::chrono::year(1943)), day("1943-04-25")); // the latest
    EXPECT_EQ(easter(std::chrono::year(1954)), day("1954-04-18"));
    EXPECT_EQ(easter(std::chrono::year(1981)), day("1981-04-19"));
    EXPECT_EQ(easter(std::chrono::year(2000)), day("2000-04-23"));
    EXPECT_EQ(easter(std::chrono::year(2038)), day("2038-04-25"));
    EXPECT_EQ(easter(std::chrono::year(2049)), day("2049-04-18"));
    for (int year = 1583; year < 2600; ++year) {
        EXPECT_EQ(geo::iso_weekday(easter(std::chrono::year(year))), 7U) << year;
    }
}

} // namespace
} // namespace schedule::test
