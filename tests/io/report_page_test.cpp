#include "error_text.hpp"
#include "io/html_text.hpp"
#include "io/report_assets.hpp"
#include "io/report_json.hpp"
#include "io/report_page.hpp"
#include "report_sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>

namespace io {
namespace {

using testing::HasSubstr;
using testing::Not;

/// What stands between two marks, the first time.
std::string between(const std::string& text, const std::string& from, const std::string& to) {
    const std::size_t begin = text.find(from) + from.size();
    return text.substr(begin, text.find(to, begin) - begin);
}

std::string data_of(const std::string& page) {
    return between(page, "id=\"report-data\">", "</script>");
}

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t number = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++number;
    }
    return number;
}

TEST(ReportHtml, CarriesTheDataOfReportJsonWhole) {
    const ReportData data = sample_report();
    EXPECT_EQ(nlohmann::json::parse(data_of(report_html(data))),
              nlohmann::json::parse(report_json(data)));
}

TEST(ReportHtml, ANameCannotEndTheScriptThatHoldsIt) {
    for (const std::string name :
         {"</script><script>alert(1)</script>", "<!--<script>", "]]>", "\xE2\x80\xA8 \xE2\x80\xA9",
          "\" onload='x' \\", "{{script}}", "&lt;/script&gt;"}) {
        SCOPED_TRACE(name);
        ReportData data = sample_report();
        data.wards[0].name = name;
        data.zones[0].name = name;
        data.warnings = {name};
        const std::string page = report_html(data);
        EXPECT_EQ(count_of(page, "</script"), count_of(report_html(sample_report()), "</script"));
        EXPECT_EQ(count_of(page, "<!--"), count_of(report_html(sample_report()), "<!--"));
        EXPECT_THAT(data_of(page), Not(HasSubstr("<")));
        EXPECT_THAT(data_of(page), Not(HasSubstr("\xE2\x80\xA8")));
        EXPECT_EQ(nlohmann::json::parse(data_of(page))["wards"][0]["name"], name);
    }
}

TEST(ReportHtml, ItsPolicyAllowsItsOwnScriptsAndStylesAlone) {
    ReportData data = sample_report();
    data.tiles.reset();
    const std::string page = report_html(data);
    const std::string policy = between(page, "Content-Security-Policy\" content=\"", "\"");
    EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
    EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
    EXPECT_THAT(policy, Not(HasSubstr("http")));
    for (const std::string_view text : {leaflet_script, report_script}) {
        EXPECT_THAT(policy, HasSubstr(policy_hash(text)));
        EXPECT_THAT(page, HasSubstr("<script>" + std::string(text) + "</script>"));
    }
    for (const std::string_view text : {leaflet_style, report_style}) {
        EXPECT_THAT(policy, HasSubstr(policy_hash(text)));
        EXPECT_THAT(page, HasSubstr("<style>" + std::string(text) + "</style>"));
    }
}

TEST(ReportHtml, MayAskNobodyButTheTilesOfASetMap) {
    EXPECT_THAT(between(report_html(sample_report()), "img-src", ";"),
                testing::StrEq(" data: https://*.example.org"));
    for (const std::string_view text : {leaflet_style, report_style}) {
        EXPECT_THAT(std::string(text), Not(HasSubstr("url(")));
        EXPECT_THAT(std::string(text), Not(HasSubstr("@import")));
    }
    EXPECT_THAT(std::string(leaflet_script), Not(HasSubstr("sourceMappingURL")));
    EXPECT_THAT(std::string(leaflet_script), HasSubstr("Vladimir Agafonkin"));
}

TEST(ReportHtml, OfTheSameDataIsTheSameBytes) {
    EXPECT_EQ(report_html(sample_report()), report_html(read_report(report_json(sample_report()))));
}

TEST(TileOrigin, IsWhatTheAddressAsks) {
    EXPECT_EQ(tile_origin("https://tiles.example.org:8080/a/{z}/{x}/{y}.png"),
              "https://tiles.example.org:8080");
    EXPECT_EQ(tile_origin("http://{s}.example.org/{z}/{x}/{y}"), "http://*.example.org");
}

TEST(TileOrigin, OfWhatIsNoTileAddressIsRefusedWithAnExample) {
    for (const char* url : {"", "tiles", "https://example.org/map.png", "https:///{z}/{x}/{y}",
                            "https://a;script-src *;/{z}/{x}/{y}", "file:///{z}/{x}/{y}",
                            "https://{s}example.org/{z}/{x}/{y}", "https://a b/{z}/{x}/{y}"}) {
        SCOPED_TRACE(url);
        EXPECT_THAT(error_text(geo::ErrorKind::usage, [&] { tile_origin(url); }),
                    HasSubstr("https://tiles.example.org/{z}/{x}/{y}.png"));
    }
}

TEST(HtmlText, EscapesWhatMarkupIsMadeOf) {
    EXPECT_EQ(html_escaped("<a href=\"x\">R&D's</a>"),
              "&lt;a href=&quot;x&quot;&gt;R&amp;D&#39;s&lt;/a&gt;");
}

TEST(HtmlText, FillsPlacesInOnePassAndMissesNone) {
    const std::array fillings{Filling{"a", "{{b}}"}, Filling{"b", "2"}};
    EXPECT_EQ(filled("x{{a}}y{{b}}z", fillings), "x{{b}}y2z");
    EXPECT_THROW(filled("{{c}}", fillings), std::logic_error);
}

TEST(HtmlText, PolicyHashIsTheOneOfTheStandard) {
    // Content Security Policy Level 2, section 4.2.5, its example of a hashed script.
    EXPECT_EQ(policy_hash("alert('Hello, world.');"),
              "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
}

} // namespace
} // namespace io
