#include "cli/progress.hpp"

#include <gtest/gtest.h>

namespace cli {
namespace {

using std::chrono::seconds;

TEST(ProgressText, IsThePhaseAloneWhereNothingIsKnown) {
    EXPECT_EQ(progress_text({.phase = "find zones"}), "find zones");
}

TEST(ProgressText, TellsRowsWhereTheirNumberIsUnknown) {
    EXPECT_EQ(progress_text({.phase = "read incidents", .rows = 1'234'567}),
              "read incidents: 1,234,567 rows");
}

TEST(ProgressText, TellsShareAndTimeLeft) {
    EXPECT_EQ(
        progress_text(
            {.phase = "plan", .expected = 200, .done = 50, .rows = 0, .elapsed = seconds(40)}),
        "plan: 25 %, 2:00 left");
}

TEST(ProgressText, ForetellsNothingFromTheFirstMoment) {
    EXPECT_EQ(progress_text({.phase = "plan", .expected = 100, .done = 4, .elapsed = seconds(9)}),
              "plan: 4 %");
    EXPECT_EQ(progress_text({.phase = "plan",
                             .expected = 100,
                             .done = 50,
                             .elapsed = std::chrono::milliseconds(900)}),
              "plan: 50 %");
}

TEST(ProgressText, NeverPassesTheWhole) {
    EXPECT_EQ(progress_text(
                  {.phase = "read", .expected = 10, .done = 12, .rows = 12, .elapsed = seconds(5)}),
              "read: 12 rows, 100 %, 0:00 left");
}

TEST(Progress, AddsUpAndBeginsAnew) {
    geo::Progress progress;
    geo::expect(&progress, 3);
    geo::advance(&progress, 2);
    geo::advance(nullptr, 2);
    EXPECT_EQ(progress.expected(), 3U);
    EXPECT_EQ(progress.done(), 2U);
    progress.clear();
    EXPECT_EQ(progress.done(), 0U);
}

} // namespace
} // namespace cli
