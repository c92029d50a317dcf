#include "geo/error.hpp"
#include "io/csv_text.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

namespace io {
namespace {

TEST(CsvRow, QuotesWhatWouldBreakTheRow) {
    const std::vector<std::string> cells{"plain", "a,b", "say \"no\"", "two\nlines", "", " edge"};
    EXPECT_EQ(csv_row(cells), "plain,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",,\" edge\"\n");
}

TEST(SpreadsheetSafe, GuardsFormulasAndComesBack) {
    for (const std::string text :
         {"=1+1", "+44 1253", "-Ribble", "@SUM(A1)", "\tx", "plain", "", "'quoted", "a=b"}) {
        EXPECT_EQ(without_guard(spreadsheet_safe(text)), text);
    }
    EXPECT_EQ(spreadsheet_safe("=1+1"), "'=1+1");
    EXPECT_EQ(spreadsheet_safe("a=b"), "a=b");
}

TEST(ParseCsv, ReadsBackWhatCsvRowWrote) {
    const unsigned seed = 20'270'328;
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    const std::string alphabet = "ab,;\"\n\t'=x";
    for (int round = 0; round < 500; ++round) {
        std::vector<std::string> cells{"k"}; // a row without any text would be left out
        for (int i = 0; i < 4; ++i) {
            std::string cell;
            for (auto n = random() % 6; n > 0; --n) {
                cell += alphabet[random() % alphabet.size()];
            }
            // Blanks around a cell are not kept: framed by letters they are not around it.
            cells.push_back("a" + cell + "b");
        }
        const CsvTable table = parse_csv("c1,c2,c3,c4,c5\n" + csv_row(cells));
        ASSERT_EQ(table.rows.size(), 1U);
        EXPECT_EQ(table.rows[0].cells, cells);
    }
}

TEST(ParseCsv, KnowsTheLineOfEachRowPastQuotedLineEndsAndEmptyLines) {
    const CsvTable table = parse_csv("a,b\n1,\"x\ny\"\n\n2,z\n");
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(table.rows[0].line, 2U);
    EXPECT_EQ(table.rows[0].cells[1], "x\ny");
    EXPECT_EQ(table.rows[1].line, 5U);
}

TEST(ParseCsv, SeesTheSeparatorInTheHeader) {
    for (const char separator : {',', ';', '\t'}) {
        const CsvTable table = parse_csv(fmt::format("a{0}b\r\n1{0} 2 \r\n", separator));
        EXPECT_EQ(table.columns, (std::vector<std::string>{"a", "b"}));
        ASSERT_EQ(table.rows.size(), 1U);
        EXPECT_EQ(table.rows[0].cells, (std::vector<std::string>{"1", "2"}));
    }
}

TEST(ParseCsv, KeepsEmptyCellsBetweenTabs) {
    const CsvTable table = parse_csv("a\tb\tc\n1\t\t3\n");
    EXPECT_EQ(table.rows.at(0).cells, (std::vector<std::string>{"1", "", "3"}));
}

TEST(ParseCsv, FillsShortRowsAndCutsLongOnes) {
    const CsvTable table = parse_csv("a,b\n1\n1,2,3\n");
    EXPECT_EQ(table.rows.at(0).cells, (std::vector<std::string>{"1", ""}));
    EXPECT_EQ(table.rows.at(1).cells, (std::vector<std::string>{"1", "2"}));
}

TEST(ParseCsv, FindsColumnsWhateverTheirLetterCase) {
    const CsvTable table = parse_csv("Zone_ID,b\n1,2\n");
    EXPECT_EQ(table.column("zone_id"), 0U);
    EXPECT_EQ(table.column("c"), std::nullopt);
}

TEST(ParseCsv, RefusesAnEmptyFileAndAnOpenQuote) {
    EXPECT_THROW(parse_csv(""), geo::Error);
    EXPECT_THROW(parse_csv("\n\n"), geo::Error);
    EXPECT_THROW(parse_csv("a,b\n1,\"open\n2,3\n"), geo::Error);
}

TEST(ParseCsv, ARowWithTextBesideItsLastColumnOverflows) {
    const CsvTable table = parse_csv("a,b\n1,2\n1,2,3\n1,2,,\n1\n");
    ASSERT_EQ(table.rows.size(), 4U);
    EXPECT_FALSE(table.rows[0].overflows);
    EXPECT_TRUE(table.rows[1].overflows);
    EXPECT_FALSE(table.rows[2].overflows);
    EXPECT_FALSE(table.rows[3].overflows);
    EXPECT_EQ(table.rows[1].cells.size(), 2U);
}

} // namespace
} // namespace io
