#include "error_text.hpp"
#include "io/profile_reader.hpp"
#include "temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace io {
namespace {

const std::string header = "zone_id,weekday,hour,expected\n";

TEST(ReadProfile, PutsMondayMidnightFirstAndSundayElevenLast) {
    const TemporaryFolder folder;
    const auto profile =
        read_profile(folder.file("p.csv", header + "Z,1,0,0.25\nZ,7,23,1e-3\nY,2,5,2\n"));
    ASSERT_EQ(profile.size(), 2U);
    const schedule::WeekProfile& z = profile.at(cluster::ZoneId("Z"));
    EXPECT_EQ(z[0], 0.25);
    EXPECT_EQ(z[167], 1e-3);
    EXPECT_EQ(z[1], 0);
    EXPECT_EQ(profile.at(cluster::ZoneId("Y"))[29], 2);
}

TEST(ReadProfile, NamesLineColumnAndValueOfAFault) {
    const TemporaryFolder folder;
    const auto refused = [&](const std::string& rows) {
        const std::string path = folder.file("p.csv", header + rows);
        return error_text(geo::ErrorKind::input, [&] { read_profile(path); });
    };
    EXPECT_THAT(refused("Z,1,0,1\nZ,8,0,1\n"), testing::HasSubstr("p.csv: line 3: weekday: '8'"));
    EXPECT_THAT(refused("Z,0,0,1\n"), testing::HasSubstr("weekday: '0'"));
    EXPECT_THAT(refused("Z,1,24,1\n"), testing::HasSubstr("hour: '24'"));
    EXPECT_THAT(refused("Z,1,0,-1\n"), testing::HasSubstr("expected: '-1'"));
    EXPECT_THAT(refused("Z,1,0,nan\n"), testing::HasSubstr("expected: 'nan'"));
    EXPECT_THAT(refused("Z,1,0,1\nZ,1,0,1\n"), testing::HasSubstr("line 3: hour"));
    EXPECT_THAT(refused(",1,0,1\n"), testing::HasSubstr("zone_id"));
}

TEST(ReadProfile, NamesTheColumnThatIsMissing) {
    const TemporaryFolder folder;
    const std::string path = folder.file("p.csv", "zone_id,weekday,hour\nZ,1,0\n");
    EXPECT_THAT(error_text(geo::ErrorKind::input, [&] { read_profile(path); }),
                testing::HasSubstr("'expected'"));
}

} // namespace
} // namespace io
