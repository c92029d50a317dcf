#include "geo/time_text.hpp"
#include "io/evaluation_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace io {
namespace {

using testing::HasSubstr;
using testing::Not;

geo::Instant midnight(std::string_view day) {
    return geo::TimeZone("Europe/London").midnight(*geo::read_day(day));
}

/// One origin and one method with a hit rate and a PAI, and no other measure.
cluster::Backtest sample() {
    cluster::MethodScore score{.method = cluster::Method::kernel_peaks, .zones = 2};
    score.tally.held = 30.25;
    score.tally.incidents = 100;
    score.tally.covered = geo::SquareMetres(250'000);
    score.tally.area = geo::SquareMetres(2e6);
    score.estimates.at(0) = {.value = 0.3025, .low = 0.2, .high = 0.4};
    score.estimates.at(1) = {.value = 2.42, .low = 1.6, .high = 1.0 / 3};
    const cluster::OriginScore origin{
        .origin = {.training = {midnight("2025-01-01"), midnight("2025-07-01")},
                   .test = {midnight("2025-07-01"), midnight("2026-01-01")}},
        .wards = 1,
        .methods = {score}};
    return {.origins = {origin}, .pooled = origin};
}

TEST(EvaluationCsv, NamesTheLastTrainingDayAndLeavesOutWhatHasNoValue) {
    const std::string text = evaluation_csv(sample(), geo::TimeZone("Europe/London"));
    EXPECT_THAT(text, HasSubstr("origin,method,measure,value,low,high\n"
                                "2025-06-30,kernel_peaks,zones,2,,\n"
                                "2025-06-30,kernel_peaks,held,30.25,,\n"));
    EXPECT_THAT(text, HasSubstr("2025-06-30,kernel_peaks,hit_rate,0.3025,0.2,0.4\n"));
    EXPECT_THAT(text, HasSubstr("all,kernel_peaks,pai,2.42,1.6,0.333333\n"));
    EXPECT_THAT(text, HasSubstr("all,kernel_peaks,pai_ceiling,8,,\n"));
    EXPECT_THAT(text, Not(HasSubstr("jaccard")));
}

TEST(EvaluationJson, HasTheSentenceAndNullForWhatHasNoValue) {
    const std::string text =
        evaluation_json(sample(), {.sentence = "So much.", .warnings = {"no record"}},
                        geo::TimeZone("Europe/London"));
    EXPECT_THAT(text, HasSubstr("\"sentence\": \"So much.\""));
    EXPECT_THAT(text, HasSubstr("\"to\": \"2025-12-31\""));
    EXPECT_THAT(text, HasSubstr("\"low\": 0.2"));
    EXPECT_THAT(text, HasSubstr("\"jaccard\": null"));
    EXPECT_THAT(text, HasSubstr("\"no record\""));
}

} // namespace
} // namespace io
