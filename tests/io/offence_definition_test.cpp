#include "io/offence_definition.hpp"

#include <gtest/gtest.h>

namespace {

using io::covers_class;
using io::matches_offence;

TEST(CoversClass, ClassHoldsItselfItsLettersAndItsParts) {
    EXPECT_TRUE(covers_class("92", "92"));
    EXPECT_TRUE(covers_class("92", "92A"));
    EXPECT_TRUE(covers_class("92", "92.65"));
    EXPECT_TRUE(covers_class("92A", "92A.1"));
}

TEST(CoversClass, LongerNumberIsAnotherClass) {
    EXPECT_FALSE(covers_class("10", "104.2"));
    EXPECT_FALSE(covers_class("4.1", "4.10"));
    EXPECT_FALSE(covers_class("92A", "92"));
    EXPECT_FALSE(covers_class("", "92"));
}

TEST(MatchesOffence, ClassCodeStandsForAllThatBeginsWithIt) {
    for (const char* text : {"92", "092/65", "92A", "92a Trafficking", "092.64: Possession"}) {
        EXPECT_TRUE(matches_offence(text, {"92"})) << text;
    }
    for (const char* text : {"104/2", "9", "29", "Class 92", ""}) {
        EXPECT_FALSE(matches_offence(text, {"92", "10"})) << text;
    }
}

TEST(MatchesOffence, PatternsOfTextServeBesideCodes) {
    EXPECT_TRUE(matches_offence("Drugs", {"92", "drugs"}));
    EXPECT_TRUE(matches_offence("Possession of weapons", {"possession*"}));
    EXPECT_FALSE(matches_offence("104/2", {"10 *"})) << "with a star it is a text";
}

} // namespace
