#include "error_text.hpp"
#include "io/attendance_reader.hpp"
#include "published_sample.hpp"
#include "temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace io {
namespace {

using Kind = schedule::Attendance::Kind;

TEST(ReadAttendances, TakesIsoAndBritishTimesAsLocal) {
    const TemporaryFolder folder;
    const auto read = read_attendances(
        folder.file("a.csv",
                    "zone_id,unit,start,end,kind\n"
                    "Z1,West 1,2027-03-29T10:00:00+01:00,2027-03-29T10:15:00+01:00,tasked\n"
                    "Z2,West 1,29/03/2027 10:00,29/03/2027 10:12,Background\n"),
        london());
    EXPECT_TRUE(read.problems.empty());
    ASSERT_EQ(read.attendances.size(), 2U);
    EXPECT_EQ(read.attendances[0].when.from, read.attendances[1].when.from);
    EXPECT_EQ(read.attendances[0].kind, Kind::tasked);
    EXPECT_EQ(read.attendances[1].kind, Kind::background);
    EXPECT_EQ(read.attendances[1].when.length(), schedule::Minutes(12));
    EXPECT_EQ(read.attendances[1].zone.text(), "Z2");
    EXPECT_EQ(read.attendances[1].unit.text(), "West 1");
}

TEST(ReadAttendances, CountsBadRowsAndKeepsTheOthers) {
    const TemporaryFolder folder;
    const auto read =
        read_attendances(folder.file("a.csv", "zone_id,unit,start,end,kind\n"
                                              ",U,2027-03-29 10:00,2027-03-29 10:15,tasked\n"
                                              "Z,U,,2027-03-29 10:15,tasked\n"
                                              "Z,U,2027-03-29 10:00,,tasked\n"
                                              "Z,U,soon,2027-03-29 10:15,tasked\n"
                                              "Z,U,2027-03-29 10:00,2027-03-29,tasked\n"
                                              "Z,U,2027-03-29 10:15,2027-03-29 10:00,tasked\n"
                                              "Z,U,2027-03-29 10:00,2027-03-29 10:15,coffee\n"
                                              "Z,U,2027-03-29 10:00,2027-03-29 10:15,tasked\n"),
                         london());
    std::vector<std::string> problems;
    for (const AttendanceProblem& problem : read.problems) {
        problems.push_back(std::to_string(problem.line) + " " + problem.column + " " +
                           std::string(code(problem.fault)));
    }
    EXPECT_EQ(problems,
              (std::vector<std::string>{"2 zone_id no-zone", "3 start no-start", "4 end no-end",
                                        "5 start bad-start", "6 end bad-end",
                                        "7 end end-before-start", "8 kind bad-kind"}));
    EXPECT_EQ(read.attendances.size(), 1U);
}

TEST(ReadAttendances, FindsColumnsAndKindsUnderOtherNames) {
    const TemporaryFolder folder;
    AttendanceColumns columns;
    columns.zone_id = "Hotspot";
    columns.start = "Arrived";
    columns.end = "Left";
    columns.kind = "Type";
    columns.background = "passing";
    const auto read = read_attendances(
        folder.file("a.csv", "HOTSPOT;Arrived;Left;Type\nZ;01/02/2027 10:00;01/02/2027 "
                             "10:20;passing\n"),
        london(), columns);
    ASSERT_EQ(read.attendances.size(), 1U);
    EXPECT_EQ(read.attendances[0].kind, Kind::background);
    EXPECT_EQ(read.attendances[0].unit.text(), "");
}

TEST(ReadAttendances, NamesTheColumnThatIsMissing) {
    const TemporaryFolder folder;
    const std::string path = folder.file("a.csv", "zone_id,start\nZ,2027-03-29 10:00\n");
    EXPECT_THAT(error_text(geo::ErrorKind::input, [&] { read_attendances(path, london()); }),
                testing::AllOf(testing::HasSubstr("a.csv: "), testing::HasSubstr("'end'")));
}

} // namespace
} // namespace io
