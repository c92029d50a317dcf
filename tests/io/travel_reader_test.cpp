#include "error_text.hpp"
#include "io/travel_reader.hpp"
#include "temporary_folder.hpp"

#include <gmock/gmock.h>

namespace io {
namespace {

using schedule::Minutes;
using schedule::Mode;
using testing::AllOf;
using testing::HasSubstr;

TEST(ReadTravel, TakesWaysInTheirOrderAndRoundsMinutesUp) {
    const TemporaryFolder folder;
    const auto ways = read_travel(
        folder.file("t.csv", "from,to,minutes,mode\nZ1,Z2,3.2,\nZ2,Z1,4,Foot\nStation, Z1 ,0,\n"));
    ASSERT_EQ(ways.size(), 3U);
    EXPECT_EQ(ways[0].time, Minutes(4));
    EXPECT_EQ(ways[0].mode, std::nullopt);
    EXPECT_EQ(ways[1].from, "Z2");
    EXPECT_EQ(ways[1].mode, Mode::foot);
    EXPECT_EQ(ways[2].to, "Z1");
    EXPECT_EQ(ways[2].time, Minutes(0));
}

TEST(ReadTravel, TheModeMayBeLeftOutAndColumnsComeInAnyOrder) {
    const TemporaryFolder folder;
    const auto ways = read_travel(folder.file("t.csv", "minutes;to;from\n7;B;A\n"));
    ASSERT_EQ(ways.size(), 1U);
    EXPECT_EQ(ways[0].from, "A");
    EXPECT_EQ(ways[0].time, Minutes(7));
}

TEST(ReadTravel, NamesLineColumnValueAndRemedyOfAFault) {
    const TemporaryFolder folder;
    const auto refused = [&](const std::string& rows) {
        const std::string path = folder.file("t.csv", "from,to,minutes,mode\n" + rows);
        return error_text(geo::ErrorKind::input, [&] { read_travel(path); });
    };
    EXPECT_THAT(refused("A,B,1,\nA,C,-2,\n"),
                AllOf(HasSubstr("t.csv: line 3: minutes: '-2' cannot be"), HasSubstr("0 to 1440")));
    for (const char* const minutes : {"nan", "inf", "", "soon", "1441"}) {
        EXPECT_THAT(refused(std::string("A,B,") + minutes + ",\n"), HasSubstr("minutes: '"));
    }
    EXPECT_THAT(refused("A,B,1,tank\n"), HasSubstr("mode: 'tank' cannot be; write foot"));
    EXPECT_THAT(refused(",B,1,\n"), HasSubstr("from: '' cannot be; name a zone"));
    EXPECT_THAT(refused("A,B,1,\nA,B,2,\n"),
                HasSubstr("line 3: to: 'B' cannot be; an earlier row"));
    EXPECT_THAT(refused("A,B,1,foot\nA,B,2,\nA,B,2,foot\n"), HasSubstr("line 4"));
}

TEST(ReadTravel, AColumnThatLacksIsNamed) {
    const TemporaryFolder folder;
    EXPECT_THAT(error_text(geo::ErrorKind::input,
                           [&] { read_travel(folder.file("t.csv", "from,to\nA,B\n")); }),
                HasSubstr("there is no column 'minutes'"));
}

} // namespace
} // namespace io
