#include "cli/origins.hpp"
#include "geo/error.hpp"
#include "geo/time_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const geo::TimeZone& london() {
    static const geo::TimeZone zone("Europe/London");
    return zone;
}

geo::Day day(std::string_view text) {
    return *geo::read_day(text);
}

/// One record a month, known to the month only.
cluster::IncidentTable monthly(std::chrono::year_month first, int months) {
    cluster::IncidentTable table;
    for (int i = 0; i < months; ++i) {
        table.incidents.push_back(
            {.when = geo::month_span(london(), first + std::chrono::months(i))});
    }
    return table;
}

cluster::IncidentTable archive() {
    return monthly(std::chrono::year(2019) / std::chrono::December, 28); // to March 2022
}

/// "from..to | from..to" of training and test, days included.
std::vector<std::string> splits(const Settings& settings, const cluster::IncidentTable& table) {
    std::vector<std::string> texts;
    const auto text = [](const geo::TimeSpan& span) {
        return geo::iso_text(london().day(span.from)) + ".." +
               geo::iso_text(london().day(span.to - std::chrono::seconds(1)));
    };
    for (const cluster::Origin& origin : origins_of(settings, table, london())) {
        texts.push_back(text(origin.training) + " | " + text(origin.test));
    }
    return texts;
}

TEST(Origins, StepBackFromTheOneThatIsSet) {
    Settings settings;
    settings.train_to = day("2021-09-30");
    settings.test_to = day("2022-03-31");
    EXPECT_THAT(splits(settings, archive()),
                ElementsAre("2019-12-01..2020-12-31 | 2021-01-01..2021-06-30",
                            "2019-12-01..2021-03-31 | 2021-04-01..2021-09-30",
                            "2019-12-01..2021-06-30 | 2021-07-01..2021-12-31",
                            "2019-12-01..2021-09-30 | 2021-10-01..2022-03-31"));
}

TEST(Origins, EndWithTheDataByDefault) {
    Settings settings;
    settings.origins = 1;
    EXPECT_THAT(splits(settings, archive()),
                ElementsAre("2019-12-01..2021-09-30 | 2021-10-01..2022-03-31"));
}

TEST(Origins, TestSixMonthsOrWhatTheDataHave) {
    Settings settings;
    settings.origins = 1;
    settings.train_to = day("2021-03-31");
    EXPECT_THAT(splits(settings, archive()),
                ElementsAre("2019-12-01..2021-03-31 | 2021-04-01..2021-09-30"));
    settings.train_to = day("2021-12-31");
    EXPECT_THAT(splits(settings, archive()),
                ElementsAre("2019-12-01..2021-12-31 | 2022-01-01..2022-03-31"));
}

TEST(Origins, TrainNoShorterThanTheyTest) {
    Settings settings;
    settings.origins = 9;
    settings.step_months = 6;
    settings.train_to = day("2021-09-30");
    settings.test_to = day("2022-03-31");
    EXPECT_EQ(splits(settings, archive()).size(), 3U);
    settings.from = day("2020-07-01");
    EXPECT_EQ(splits(settings, archive()).size(), 2U);
}

TEST(Origins, ADayThatAMonthDoesNotHaveIsItsLast) {
    Settings settings;
    settings.origins = 2;
    settings.step_months = 1;
    settings.train_to = day("2021-03-30"); // the cut is 31 March, and 28 February a month before
    settings.test_to = day("2021-08-30");
    EXPECT_THAT(splits(settings, archive()).front(),
                HasSubstr("2019-12-01..2021-02-27 | 2021-02-28..2021-07-30"));
}

TEST(Origins, KnowOneTestAndOneYearEarlier) {
    Settings settings;
    settings.origins = 1;
    settings.train_to = day("2021-09-30");
    settings.test_to = day("2022-03-31");
    const auto origins = origins_of(settings, archive(), london());
    EXPECT_EQ(london().day(origins.front().one_test_earlier), day("2021-04-01"));
    EXPECT_EQ(london().day(origins.front().one_year_earlier), day("2020-10-01"));
}

TEST(Origins, WithoutAPastAreRefused) {
    Settings settings;
    settings.train_to = day("2020-02-29");
    settings.test_to = day("2021-02-28");
    try {
        origins_of(settings, archive(), london());
        FAIL() << "accepted";
    } catch (const geo::Error& error) {
        EXPECT_EQ(error.kind(), geo::ErrorKind::usage);
        EXPECT_THAT(error.what(), HasSubstr("after a training as long as that"));
    }
    EXPECT_THROW(origins_of(Settings(), {}, london()), geo::Error);
    settings.test_to = day("2020-02-01");
    EXPECT_THROW(origins_of(settings, archive(), london()), geo::Error) << "tests before it trains";
    settings.train_to = day("2022-06-30");
    settings.test_to = day("2022-09-30");
    EXPECT_THROW(origins_of(settings, archive(), london()), geo::Error) << "tests after the data";
}

TEST(SplitWarnings, NameMonthsOfATestWithoutAnyRecord) {
    Settings settings;
    auto table = archive();
    const auto origins = origins_of(settings, table, london());
    EXPECT_THAT(split_warnings(origins, table, london()), IsEmpty());
    // December 2021 goes altogether, of January 2022 other crime is left.
    const geo::TimeSpan january = table.incidents[25].when;
    table.incidents.erase(table.incidents.begin() + 24, table.incidents.begin() + 26);
    table.baseline.push_back({.when = january});
    EXPECT_THAT(split_warnings(origins, table, london()),
                ElementsAre(HasSubstr("from 2021-12, inside a test span")));
}

TEST(SplitWarnings, CountWhatMayLieOnEitherSideOfTheCut) {
    Settings settings;
    settings.origins = 1;
    settings.train_to = day("2021-09-15");
    settings.test_to = day("2022-03-31");
    const auto table = archive();
    EXPECT_THAT(split_warnings(origins_of(settings, table, london()), table, london()),
                ElementsAre(AllOf(HasSubstr("either side of 2021-09-16"), HasSubstr("test: 1;"))));
}

} // namespace
} // namespace cli
