#include "error_text.hpp"
#include "io/sheet_sketch.hpp"
#include "io/sheets_writer.hpp"
#include "report_sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

namespace io {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t number = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++number;
    }
    return number;
}

/// The first group of every match.
std::vector<std::string> found(const std::string& text, const char* pattern) {
    const std::regex expression(pattern);
    std::vector<std::string> all;
    for (std::sregex_iterator i(text.begin(), text.end(), expression), end; i != end; ++i) {
        all.push_back((*i)[1]);
    }
    return all;
}

geo::Day day(unsigned number) {
    return geo::Day(std::chrono::year(2027) / 3 / static_cast<int>(number));
}

TEST(PatrolSheets, AreOnePageAUnitAndShiftThatHasVisits) {
    const Sheets sheets = patrol_sheets(sample_report(), {});
    EXPECT_EQ(sheets.pages, 2U);
    EXPECT_EQ(count_of(sheets.html, "<section class=\"sheet"), 2U);
    EXPECT_THAT(found(sheets.html, "<h1>([^<]*)</h1>"), ElementsAre("West foot 1", "Car"));
    EXPECT_THAT(found(sheets.html, "class=\"day\">([^<]*)<"),
                ElementsAre("Sat 27 Mar 2027", "Sun 28 Mar 2027"));
}

TEST(PatrolSheets, ListVisitsInOrderByTheWallClockAcrossTheChangeOfClocks) {
    const Sheets sheets = patrol_sheets(sample_report(), {.from = day(27), .days = 1});
    EXPECT_EQ(sheets.pages, 1U);
    EXPECT_THAT(found(sheets.html, "class=\"time\">([^<]*)<"),
                ElementsAre("23:07–23:22", "02:11–02:26", "03:10–03:25"));
    EXPECT_THAT(found(sheets.html, "<th scope=\"row\">([^<]*)<"),
                ElementsAre("Mereside 1", "Ribble 1", "Mereside 1"));
    EXPECT_EQ(count_of(sheets.html, "class=\"tick-box\""), 3U);
}

TEST(PatrolSheets, SayOnceWhyAPlaceThatIsVisitedTwice) {
    const Sheets sheets = patrol_sheets(sample_report(), {.from = day(27), .days = 1});
    EXPECT_THAT(found(sheets.html, "<li><strong>([^<]*)<"),
                ElementsAre("1, 3 Mereside 1", "2 Ribble 1"));
    EXPECT_THAT(sheets.html, HasSubstr("peak Fri-Sat 21:00-02:00"));
    EXPECT_THAT(found(sheets.html, "class=\"order\"[^>]*>([^<]*)<"), ElementsAre("1, 3", "2"));
}

TEST(PatrolSheets, HaveNoScriptAndCannotBeMadeToRunOne) {
    ReportData data = sample_report();
    for (std::string* text : {&data.zones[0].name, &data.zones[0].why, &data.wards[0].name,
                              &data.plan->shifts[0].name}) {
        *text = "</style><script>alert(1)</script>";
    }
    const std::string html = patrol_sheets(data, {}).html;
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_EQ(count_of(html, "</style>"), 1U);
    EXPECT_THAT(html, HasSubstr("default-src 'none'"));
}

TEST(PatrolSheets, OfDaysWithoutVisitsSayWhichDaysThePlanHas) {
    EXPECT_THAT(error_text(geo::ErrorKind::usage,
                           [&] { patrol_sheets(sample_report(), {.from = day(29), .days = 3}); }),
                HasSubstr("no visit is planned from 2027-03-29 to 2027-03-31; the plan runs from "
                          "2027-03-27 to 2027-03-29"));
}

TEST(PatrolSheets, WithoutAPlanSayWhatMakesOne) {
    ReportData data = sample_report();
    data.plan.reset();
    EXPECT_THAT(error_text(geo::ErrorKind::usage, [&] { patrol_sheets(data, {}); }),
                HasSubstr("patrolzones run"));
}

TEST(PatrolSheets, OfTheSameDataAreTheSameBytes) {
    EXPECT_EQ(patrol_sheets(sample_report(), {}).html, patrol_sheets(sample_report(), {}).html);
}

SketchContent two_stops() {
    // The second 0.01 degrees of latitude north of the first: 1.112 km.
    return {.stops = {{{-3, 53.8}, geo::Metres(150), "1"}, {{-3, 53.81}, geo::Metres(200), "2"}},
            .way = {{-3, 53.8}, {-3, 53.81}}};
}

TEST(Sketch, IsTrueToScaleWithNorthUp) {
    const std::string svg = sketch_svg(two_stops());
    const auto y = found(svg, "class=\"zone\" cx=\"[^\"]*\" cy=\"([^\"]*)\"");
    const auto radii = found(svg, "class=\"zone\"[^>]* r=\"([^\"]*)\"");
    ASSERT_EQ(y.size(), 2U);
    const double up = std::stod(y[0]) - std::stod(y[1]);
    EXPECT_GT(up, 0);
    EXPECT_NEAR(std::stod(radii[1]) / std::stod(radii[0]), 200.0 / 150, 0.01);
    const double units_a_metre = std::stod(radii[1]) / 200;
    EXPECT_NEAR(up / units_a_metre, 1112, 5);
    // The scale bar says what it measures.
    const auto bar = found(svg, "class=\"scale\" d=\"M12 [0-9.]*v6h([0-9.]*)v-6\"");
    const auto text = found(svg, "class=\"scale-text\"[^>]*>([0-9]*) k?m<");
    ASSERT_EQ(bar.size(), 1U);
    ASSERT_EQ(text.size(), 1U);
    const double metres =
        svg.find("km<") != std::string::npos ? 1000 * std::stod(text[0]) : std::stod(text[0]);
    EXPECT_NEAR(std::stod(bar[0]) / units_a_metre, metres, metres * 0.01);
    EXPECT_THAT(svg, HasSubstr(">N</text>"));
}

TEST(Sketch, OfOneZoneAloneHasARoomAroundIt) {
    SketchContent content = two_stops();
    content.stops.pop_back();
    content.way.pop_back();
    const std::string svg = sketch_svg(content);
    EXPECT_THAT(svg, Not(HasSubstr("nan")));
    EXPECT_THAT(svg, Not(HasSubstr("inf")));
    EXPECT_THAT(found(svg, "class=\"zone\" cx=\"([^\"]*)\""), ElementsAre("360.0"));
}

} // namespace
} // namespace io
