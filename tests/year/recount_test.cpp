// The recount itself, on days drawn by hand.

#include "tests/year/recount.hpp"

#include <gtest/gtest.h>

namespace year {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// So many hours after a beginning.
geo::Instant hour(int number) {
    return geo::Instant(hours(24 * 20000 + number));
}

geo::TimeSpan visit_at(int number) {
    return {hour(number), hour(number) + minutes(15)};
}

Outcome made(int number) {
    return {"Z", visit_at(number), visit_at(number), true};
}

Outcome missed(int number, const std::string& zone = "Z") {
    return {zone, visit_at(number), {}, false};
}

std::vector<Absence> breaches(const std::vector<Outcome>& outcomes) {
    const std::vector<InForce> zones{{"Z", {hour(0), hour(300)}}};
    return recount(zones, outcomes);
}

TEST(Recount, NinetySixHoursAreAllowedAndAMinuteMoreIsNot) {
    Outcome next = made(10 + 96);
    next.made.from += minutes(15);
    next.made.to += minutes(15);
    EXPECT_TRUE(breaches({made(10), next, made(200), made(290)}).empty());
    next.made.from += minutes(1);
    const std::vector<Absence> found = breaches({made(10), next, made(200), made(290)});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].when, (geo::TimeSpan{hour(10) + minutes(15), next.made.from}));
}

TEST(Recount, CountsFromWhenTheZoneCameIntoForceToItsEnd) {
    EXPECT_EQ(breaches({made(97), made(190), made(210)}).size(), 1U) << "at the beginning";
    EXPECT_EQ(breaches({made(90), made(150)}).size(), 1U) << "at the end";
    EXPECT_EQ(breaches({missed(50), missed(150)}).size(), 1U) << "all of the time";
}

TEST(Explained, ByAMissedVisitThatWouldHaveKeptTheRule) {
    const std::vector<Outcome> outcomes{made(10), missed(80), made(150)};
    EXPECT_TRUE(explained(breaches({made(10), made(150), made(240)}).at(0), outcomes));
}

TEST(Explained, NotWhereNoVisitWasMissed) {
    EXPECT_FALSE(explained(breaches({made(10), made(150), made(240)}).at(0), {}));
}

TEST(Explained, NotByAMissedVisitThatWouldHaveComeTooLateOrToAnotherZone) {
    const Absence absence = breaches({made(10), made(150), made(240)}).at(0);
    const std::vector<Outcome> late{missed(120)};
    EXPECT_FALSE(explained(absence, late));
    const std::vector<Outcome> elsewhere{missed(80, "Y")};
    EXPECT_FALSE(explained(absence, elsewhere));
}

} // namespace
} // namespace year
