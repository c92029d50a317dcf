#include "error_text.hpp"
#include "io/file_text.hpp"
#include "io/report_json.hpp"
#include "report_sample.hpp"
#include "temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace io {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;

TEST(ReportJson, ReadBackAndWrittenAgainIsTheSameText) {
    const std::string text = report_json(sample_report());
    EXPECT_EQ(report_json(read_report(text)), text);
}

TEST(ReportJson, OfAResultWithoutPartsSurvivesToo) {
    const std::string text = report_json({});
    EXPECT_EQ(report_json(read_report(text)), text);
    EXPECT_FALSE(read_report(text).plan);
    EXPECT_FALSE(read_report(text).backtest);
}

TEST(ReportJson, TimesComeBackAsTheInstantsTheyWereAcrossTheChangeOfClocks) {
    const ReportData data = read_report(report_json(sample_report()));
    const ReportShift& night = data.plan->shifts[0];
    EXPECT_EQ(night.visits[0].when.from, at("2027-03-27 23:07"));
    EXPECT_EQ(night.visits[1].when.from, at("2027-03-28 02:11"));
    EXPECT_EQ(night.visits[1].status, schedule::Status::issued);
    EXPECT_EQ(night.day, geo::Day(std::chrono::year(2027) / 3 / 27));
    EXPECT_EQ(data.zones[0].outlook->due_by, at("2027-03-30 23:00"));
    EXPECT_EQ(data.zones[0].outlook->state, RuleState::tight);
}

TEST(ReportJson, HiddenCountsAreNullAndStayHidden) {
    const Json json = Json::parse(report_json(sample_report()));
    EXPECT_EQ(json["zones"][0]["months"][1]["incidents"], nullptr);
    for (const char* key :
         {"incidents", "count_low", "weight", "ward_share", "pai", "p_value", "hours", "outlook"}) {
        EXPECT_EQ(json["zones"][1][key], nullptr) << key;
    }
    const ReportData data = read_report(json.dump());
    EXPECT_EQ(data.zones[0].months[1].incidents, std::nullopt);
    EXPECT_EQ(data.zones[0].months[2].incidents, 0U);
    EXPECT_EQ(data.zones[1].incidents, std::nullopt);
    EXPECT_EQ(data.wards[1].rank, std::nullopt);
}

TEST(ReportJson, HasEachZoneWardAndShiftOnALineOfItsOwn) {
    const std::string text = report_json(sample_report());
    EXPECT_THAT(text, HasSubstr("\n{\"id\":\"X05000001-1\""));
    EXPECT_THAT(text, HasSubstr("\n{\"code\":\"X05000002\""));
    EXPECT_THAT(text, HasSubstr("\n{\"unit\":\"Car\""));
}

TEST(ReportJson, SurvivesANameThatIsNotUtf8) {
    ReportData data = sample_report();
    data.zones[0].name = "Caf\xE9";
    EXPECT_EQ(read_report(report_json(data)).zones[0].name, "Caf\xEF\xBF\xBD");
}

TEST(ReportJson, OfAnotherFormatIsRefusedWithWhatToDo) {
    for (const char* text : {"", "[]", "{}", R"({"format":"patrolzones-report-99"})"}) {
        SCOPED_TRACE(text);
        EXPECT_THAT(error_text(geo::ErrorKind::input, [&] { read_report(text); }),
                    HasSubstr("make the folder again with patrolzones run --overwrite"));
    }
}

TEST(ReportJson, DamagedAnywhereIsAnErrorAndNeverABug) {
    const Json whole = Json::parse(report_json(sample_report()));
    for (const auto& [key, value] : whole.items()) {
        if (key == "format") {
            continue;
        }
        SCOPED_TRACE(key);
        Json without = whole;
        without.erase(key);
        EXPECT_THROW(read_report(without.dump()), geo::Error);
        Json wrong = whole;
        wrong[key] = 1.5;
        if (!value.is_number()) {
            EXPECT_THROW(read_report(wrong.dump()), geo::Error);
        }
    }
    Json hours = whole;
    hours["zones"][0]["hours"].erase(0);
    EXPECT_THROW(read_report(hours.dump()), geo::Error);
    Json time = whole;
    time["plan"]["start"] = "noon";
    EXPECT_THROW(read_report(time.dump()), geo::Error);
    Json state = whole;
    state["zones"][0]["outlook"]["state"] = "fine";
    EXPECT_THROW(read_report(state.dump()), geo::Error);
}

TEST(ReportJson, OfAFolderWithoutOneNamesTheFolderAndTheRemedy) {
    const TemporaryFolder folder;
    EXPECT_THAT(error_text(geo::ErrorKind::input, [&] { read_report_of(folder.path()); }),
                HasSubstr("has no report.json; name the --out folder"));
    write_text(folder.path() / "report.json", "{}");
    EXPECT_THAT(error_text(geo::ErrorKind::input, [&] { read_report_of(folder.path()); }),
                HasSubstr("report.json: "));
}

TEST(ReplaceText, PutsAFileInThePlaceOfAnOldOneAndLeavesNothingBeside) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "page.html";
    replace_text(file, "old");
    replace_text(file, "new");
    EXPECT_EQ(read_text(file), "new");
    const auto files = std::filesystem::directory_iterator(folder.path());
    EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST(ReplaceText, ThatCannotBeNamesTheFile) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "missing" / "page.html";
    EXPECT_THAT(error_text(geo::ErrorKind::input, [&] { replace_text(file, "text"); }),
                HasSubstr("page.html: cannot"));
}

} // namespace
} // namespace io
