#include "geo/error.hpp"
#include "io/calendar_writer.hpp"
#include "published_sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace io {
namespace {

using testing::HasSubstr;

geo::TimeSpan days_of(const char* from, const char* to) {
    return {at(from), at(to)};
}

std::string written(const std::vector<schedule::Visit>& visits, const geo::TimeSpan& horizon) {
    return roster_ics(visits, sample_zones(), sample_lonlat(), london(), horizon);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        EXPECT_TRUE(line.ends_with("\r")) << line;
        lines.push_back(line.substr(0, line.size() - 1));
    }
    return lines;
}

/// As RFC 5545 has readers do it.
std::string unfolded(std::string text) {
    for (std::size_t at = 0; (at = text.find("\r\n ", at)) != std::string::npos;) {
        text.erase(at, 3);
    }
    return text;
}

TEST(RosterIcs, WritesOneEventAVisitWithLocalTimes) {
    const std::string text = written(sample_visits(), days_of("2027-03-27", "2027-03-29"));
    EXPECT_THAT(text, HasSubstr("UID:V0001-a@patrolzones\r\n"
                                "DTSTAMP:20270327T000000Z\r\n"
                                "DTSTART;TZID=Europe/London:20270327T230700\r\n"
                                "DTEND;TZID=Europe/London:20270327T232200\r\n"));
    EXPECT_THAT(text, HasSubstr("DTSTART;TZID=Europe/London:20270328T021100\r\n"));
    EXPECT_THAT(text, HasSubstr("\r\nGEO:53.8"));
}

TEST(RosterIcs, HasTheClockChangesFromTheLastOneBeforeThePlanToItsEnd) {
    const std::string text = written({}, days_of("2027-03-27", "2027-03-29"));
    EXPECT_THAT(text, HasSubstr("BEGIN:STANDARD\r\nDTSTART:20261025T020000\r\n"
                                "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\n"));
    EXPECT_THAT(text, HasSubstr("BEGIN:DAYLIGHT\r\nDTSTART:20270328T010000\r\n"
                                "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\n"));
    EXPECT_EQ(text.find("BEGIN:DAYLIGHT"), text.rfind("BEGIN:DAYLIGHT"));
}

TEST(RosterIcs, GivesAZoneWithoutChangesTheOneOffsetItHas) {
    const std::string text = roster_ics({}, {}, sample_lonlat(), geo::TimeZone("Asia/Kolkata"),
                                        days_of("2027-03-27", "2027-03-29"));
    EXPECT_THAT(text, HasSubstr("TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\n"));
}

TEST(RosterIcs, WritesTheHourThatComesTwiceInUtcTheSecondTime) {
    schedule::Visit first =
        sample_visit("A", "X05000001-1", "2027-10-31 01:30", 1, schedule::Minutes(0));
    schedule::Visit second = first;
    second.id = "B";
    second.when = {first.when.from + std::chrono::hours(1), first.when.to + std::chrono::hours(1)};
    const std::string text = written({first, second}, days_of("2027-10-30", "2027-11-02"));
    EXPECT_THAT(text, HasSubstr("DTSTART;TZID=Europe/London:20271031T013000\r\n"));
    EXPECT_THAT(text, HasSubstr("DTSTART:20271031T013000Z\r\nDTEND:20271031T014500Z\r\n"));
}

TEST(RosterIcs, FoldsLinesAt75OctetsWithoutBreakingALetter) {
    std::vector<PublishedZone> zones = sample_zones();
    zones[0].why = "Caf\u00E9 ";
    for (unsigned i = 0; i < 5; ++i) {
        zones[0].why += zones[0].why;
    }
    const std::string text = roster_ics(sample_visits(), zones, sample_lonlat(), london(),
                                        days_of("2027-03-27", "2027-03-29"));
    const std::vector<std::string> lines = lines_of(text);
    for (const std::string& line : lines) {
        EXPECT_LE(line.size(), 75U) << line;
        const char first = line.size() > 1 ? line[line.starts_with(' ') ? 1 : 0] : 'x';
        EXPECT_NE(static_cast<unsigned char>(first) & 0xC0U, 0x80U) << line;
    }
    EXPECT_THAT(unfolded(text), HasSubstr(zones[0].why));
}

TEST(RosterIcs, EscapesWhatHasAMeaningInACalendar) {
    std::vector<PublishedZone> zones = sample_zones();
    zones[0].name = "A;B,C\\D\r\nEND:VEVENT";
    const std::string text = unfolded(roster_ics(sample_visits(), zones, sample_lonlat(), london(),
                                                 days_of("2027-03-27", "2027-03-29")));
    EXPECT_THAT(text, HasSubstr("SUMMARY:West foot 1: A\\;B\\,C\\\\D\\nEND:VEVENT\r\n"));
}

TEST(RosterIcs, RefusesAVisitToAnUnknownZone) {
    EXPECT_THROW(
        written({sample_visit("A", "nowhere", "2027-03-27 12:00", 1, schedule::Minutes(0))},
                days_of("2027-03-27", "2027-03-29")),
        geo::Error);
}

} // namespace
} // namespace io
