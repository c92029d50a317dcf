#include "io/issues_writer.hpp"

#include <gtest/gtest.h>

namespace io {
namespace {

TEST(IssuesCsv, ListsReasonsWithTheirActionAndLeavesTheLineOfAWholeFileEmpty) {
    const std::vector<std::string> files{"a.csv", "street.zip/2021-04/x,y-street.csv"};
    const std::vector<Issue> issues{
        {0, 0, "", Reason::not_serious, 120, std::nullopt},
        {0, 17, "Easting", Reason::no_coordinates, 1, std::nullopt},
        {1, 3, "", Reason::stacked_point, 25, geo::GridPoint::at_millimetres(1, 2)}};
    EXPECT_EQ(issues_csv(issues, files),
              "file,line,column,reason,action,rows\n"
              "a.csv,,,not-serious,left out,120\n"
              "a.csv,17,Easting,no-coordinates,left out,1\n"
              "\"street.zip/2021-04/x,y-street.csv\",3,,stacked-point,used,25\n");
}

TEST(IssuesCsv, LetsNoColumnNameBecomeAFormula) {
    const std::vector<std::string> files{"=cmd.csv"};
    const std::vector<Issue> issues{{0, 2, "@SUM(A1)", Reason::unreadable, 1, std::nullopt}};
    EXPECT_NE(issues_csv(issues, files).find("'=cmd.csv,2,'@SUM(A1),"), std::string::npos);
}

} // namespace
} // namespace io
