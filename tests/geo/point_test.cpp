#include "geo/error.hpp"
#include "geo/id.hpp"
#include "geo/point.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string_view>
#include <type_traits>

namespace geo {
namespace {

using namespace literals;

TEST(GridPoint, APointExactlyOnTheRimIsWithin) {
    const GridPoint centre = GridPoint::at(353'000_m, 429'000_m);
    EXPECT_TRUE(within(GridPoint::at(353'120_m, 429'160_m), centre, 200_m));
    EXPECT_FALSE(within(GridPoint::at(353'120_m, 429'160.001_m), centre, 200_m));
}

TEST(GridPoint, WithinDoesNotOverflowAcrossTheWorld) {
    const GridPoint far = GridPoint::at(Metres(1e8), Metres(-1e8));
    EXPECT_FALSE(within(far, GridPoint::at(Metres(-1e8), Metres(1e8)), 200_m));
}

TEST(GridPoint, TiesAreOrderedByNorthingFirst) {
    EXPECT_LT(GridPoint::at(9_m, 1_m), GridPoint::at(1_m, 2_m));
    EXPECT_LT(GridPoint::at(1_m, 2_m), GridPoint::at(9_m, 2_m));
}

TEST(Id, KindsDoNotConvertIntoEachOther) {
    using Apples = Id<struct Apple>;
    using Pears = Id<struct Pear>;
    EXPECT_FALSE((std::is_convertible_v<Apples, Pears>));
    EXPECT_FALSE((std::is_convertible_v<std::string, Apples>));
}

TEST(Error, ReadsFromTheOutsideIn) {
    try {
        within("beats.csv", [] {
            within("line 12",
                   [] { throw Error(ErrorKind::input, "easting: 'abc' is not a number"); });
        });
        FAIL() << "nothing was thrown";
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(), "beats.csv: line 12: easting: 'abc' is not a number");
        EXPECT_EQ(error.kind(), ErrorKind::input);
    }
}

TEST(NearestWord, FindsWhatWasMeantAndNothingFarFetched) {
    constexpr std::array<std::string_view, 3> words{"top-wards", "zones-per-ward", "radius-max"};
    EXPECT_EQ(nearest_word("top_wrads", words), "top-wards");
    EXPECT_EQ(nearest_word("raduis-max", words), "radius-max");
    EXPECT_EQ(nearest_word("colour", words), "");
}

} // namespace
} // namespace geo
