#include "error_text.hpp"
#include "geo/time_text.hpp"
#include "io/unit_reader.hpp"
#include "published_sample.hpp"
#include "temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace io {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::array<bool, 7> every_day{true, true, true, true, true, true, true};
constexpr std::array<bool, 7> weekdays{true, true, true, true, true, false, false};

class UnitFile : public testing::Test {
  protected:
    std::vector<schedule::Unit> toml(const std::string& text) const {
        return read_units(folder.file("units.toml", text), sample_lonlat());
    }
    std::vector<schedule::Unit> csv(const std::string& text) const {
        return read_units(folder.file("units.csv", text), sample_lonlat());
    }
    /// The message with which a TOML text is refused, without the folder.
    std::string refusal(const std::string& text) const {
        const std::string message = error_text(geo::ErrorKind::usage, [&] { toml(text); });
        return message.substr(std::min(message.find("units.toml"), message.size()));
    }

    TemporaryFolder folder;
};

const std::string shift = "[[unit.shift]]\nfrom = \"15:00\"\nto = \"23:00\"\n";

TEST_F(UnitFile, GivesEveryKey) {
    const auto units = toml(R"([[unit]]
name = "West foot 1"
serves = ["Claremont", "E05001651"]
base = [-3.05, 53.82]
mode = "foot"
speed_kmh = 4.5
minutes_per_shift = 120

[[unit.shift]]
name = "late"
days = ["Mon", "Wed", "Sun"]
from = "15:00"
to = "02:30"

[[unit.shift]]
name = "early"
days = ["Fri-Mon"]
from = 07:00:00
to = "15:00"
)");
    ASSERT_EQ(units.size(), 1U);
    const schedule::Unit& unit = units[0];
    EXPECT_EQ(unit.name.text(), "West foot 1");
    EXPECT_EQ(unit.serves, (std::vector<std::string>{"Claremont", "E05001651"}));
    ASSERT_TRUE(unit.base);
    EXPECT_NEAR(unit.base->easting().value(), 330'900, 500);
    EXPECT_NEAR(unit.base->northing().value(), 436'500, 500);
    EXPECT_EQ(unit.speed_kmh, 4.5);
    EXPECT_EQ(unit.minutes_per_shift, schedule::Minutes(120));
    ASSERT_EQ(unit.shifts.size(), 2U);
    EXPECT_EQ(unit.shifts[0].name, "late");
    EXPECT_EQ(unit.shifts[0].days,
              (std::array<bool, 7>{true, false, true, false, false, false, true}));
    EXPECT_EQ(unit.shifts[0].to, std::chrono::minutes(150));
    EXPECT_EQ(unit.shifts[1].days,
              (std::array<bool, 7>{true, false, false, false, true, true, true}));
    EXPECT_EQ(unit.shifts[1].from, std::chrono::hours(7));
}

TEST_F(UnitFile, HasDefaultsForAllButNameFromAndTo) {
    const auto units = toml("[[unit]]\nname = \"A\"\n" + shift);
    ASSERT_EQ(units.size(), 1U);
    EXPECT_EQ(units[0].mode, schedule::Mode::foot);
    EXPECT_EQ(units[0].speed_kmh, 5);
    EXPECT_TRUE(units[0].serves.empty());
    EXPECT_FALSE(units[0].base);
    EXPECT_FALSE(units[0].minutes_per_shift);
    EXPECT_EQ(units[0].shifts[0].days, every_day);
    EXPECT_EQ(units[0].shifts[0].name, "15:00-23:00");
}

TEST_F(UnitFile, TakesTheUsualSpeedOfTheMode) {
    EXPECT_EQ(toml("[[unit]]\nname = \"A\"\nmode = \"Vehicle\"\n" + shift)[0].speed_kmh, 25);
}

TEST_F(UnitFile, ReadsMidnightAsTheEndOfTheDay) {
    const auto units =
        toml("[[unit]]\nname = \"A\"\n[[unit.shift]]\nfrom = \"16:00\"\nto = \"00:00\"\n");
    EXPECT_EQ(units[0].shifts[0].to, std::chrono::hours(24));
}

TEST_F(UnitFile, NamesLineAndNearestKeyOfAMisspeltOne) {
    EXPECT_THAT(refusal("[[unit]]\nname = \"A\"\nspeed_kph = 5\n" + shift),
                AllOf(StartsWith("units.toml: line 3: speed_kph:"), HasSubstr("mean speed_kmh?")));
    EXPECT_THAT(refusal("[[units]]\nname = \"A\"\n"),
                AllOf(HasSubstr("line 1: units:"), HasSubstr("mean unit?")));
    EXPECT_THAT(refusal("[[unit]]\nname = \"A\"\n[[unit.shift]]\nform = \"15:00\"\n"),
                AllOf(HasSubstr("line 4: form:"), HasSubstr("mean from?")));
}

TEST_F(UnitFile, NamesLineKeyValueAndRemedyOfABadValue) {
    const std::string start = "[[unit]]\nname = \"A\"\n";
    EXPECT_THAT(refusal(start + "speed_kmh = \"fast\"\n" + shift),
                StartsWith("units.toml: line 3: speed_kmh: 'fast' cannot be; write a number"));
    EXPECT_THAT(refusal(start + "speed_kmh = -5\n" + shift), HasSubstr("line 3: speed_kmh: '-5'"));
    EXPECT_THAT(refusal(start + "speed_kmh = nan\n" + shift),
                HasSubstr("line 3: speed_kmh: 'nan'"));
    EXPECT_THAT(refusal(start + "mode = \"horse\"\n" + shift),
                AllOf(HasSubstr("line 3: mode: 'horse'"), HasSubstr("foot, bicycle or vehicle")));
    EXPECT_THAT(refusal(start + "minutes_per_shift = 7.5\n" + shift),
                HasSubstr("line 3: minutes_per_shift: '7.5'"));
    EXPECT_THAT(refusal(start + "base = [53.82]\n" + shift), HasSubstr("line 3: base:"));
    EXPECT_THAT(refusal(start + "base = [-3.05, 153.82]\n" + shift), HasSubstr("line 3: base:"));
    EXPECT_THAT(refusal(start + "serves = [1]\n" + shift), HasSubstr("line 3: serves: '1'"));
    EXPECT_THAT(refusal(start + "[[unit.shift]]\nfrom = \"25:00\"\nto = \"23:00\"\n"),
                HasSubstr("line 4: from: '25:00'"));
    EXPECT_THAT(
        refusal(start + "[[unit.shift]]\nfrom = \"5:00\"\nto = \"9:00\"\ndays = [\"Moon\"]\n"),
        AllOf(HasSubstr("line 6: days: 'Moon'"), HasSubstr("Fri-Sun")));
    EXPECT_THAT(refusal(start + "[[unit.shift]]\nfrom = \"5:00\"\nto = \"9:00\"\ndays = []\n"),
                HasSubstr("line 6: days:"));
}

TEST_F(UnitFile, RefusesWhatIsMissingOrTwice) {
    EXPECT_THAT(refusal("[[unit]]\n" + shift), HasSubstr("line 1: name: is missing"));
    EXPECT_THAT(refusal("[[unit]]\nname = \"A\"\n"), HasSubstr("has no shift"));
    EXPECT_THAT(refusal("[[unit]]\nname = \"A\"\n[[unit.shift]]\nfrom = \"15:00\"\n"),
                HasSubstr("line 3: to: is missing"));
    EXPECT_THAT(refusal("[[unit]]\nname = \"A\"\n" + shift + "[[unit]]\nname = \"A\"\n" + shift),
                AllOf(HasSubstr("line 6: name: 'A'"), HasSubstr("another unit")));
    EXPECT_THAT(refusal(""), HasSubstr("names no unit"));
    EXPECT_THAT(refusal("unit = 3\n"), HasSubstr("[[unit]]"));
}

TEST_F(UnitFile, NamesTheLineOfBrokenToml) {
    EXPECT_THAT(refusal("[[unit]]\nname = \n"), StartsWith("units.toml: line 2: "));
}

TEST_F(UnitFile, IsAnInputErrorWhenItIsMissing) {
    EXPECT_THAT(error_text(geo::ErrorKind::input,
                           [&] { read_units((folder / "none.toml").string(), sample_lonlat()); }),
                HasSubstr("none.toml"));
}

TEST_F(UnitFile, MayBeATableWithARowForEachUnitAndShift) {
    const auto units =
        csv("unit;serves;base;mode;speed_kmh;minutes_per_shift;shift;days;from;to\n"
            "A;Claremont|E05001651;-3.05 53.82;bicycle;;90;late;Mon-Fri;15:00;23:00\n"
            "A;;;;;;night;Sat Sun;22:00;04:00\n"
            "B;;;;;;;;07:00;15:00\n");
    ASSERT_EQ(units.size(), 2U);
    EXPECT_EQ(units[0].serves, (std::vector<std::string>{"Claremont", "E05001651"}));
    EXPECT_TRUE(units[0].base);
    EXPECT_EQ(units[0].speed_kmh, 12);
    EXPECT_EQ(units[0].minutes_per_shift, schedule::Minutes(90));
    ASSERT_EQ(units[0].shifts.size(), 2U);
    EXPECT_EQ(units[0].shifts[0].days, weekdays);
    EXPECT_EQ(units[0].shifts[1].name, "night");
    EXPECT_EQ(units[1].shifts[0].days, every_day);
    EXPECT_EQ(units[1].shifts[0].name, "07:00-15:00");
}

TEST_F(UnitFile, AsATableNamesLineColumnAndValue) {
    const auto refused = [&](const std::string& text) {
        return error_text(geo::ErrorKind::usage, [&] { csv(text); });
    };
    EXPECT_THAT(refused("unit,from,till\nA,15:00,23:00\n"), HasSubstr("line 1: till:"));
    EXPECT_THAT(refused("unit,from\nA,15:00\n"), HasSubstr("line 1: to:"));
    EXPECT_THAT(refused("unit,from,to\nA,15:00,23:00\nB,15:00,later\n"),
                HasSubstr("line 3: to: 'later'"));
    EXPECT_THAT(refused("unit,mode,from,to\nA,foot,15:00,23:00\nA,vehicle,07:00,09:00\n"),
                HasSubstr("line 3: mode: 'vehicle'"));
    EXPECT_THAT(refused("unit,from,to\n,15:00,23:00\n"), HasSubstr("line 2: name: is missing"));
}

schedule::DayRange days(std::string_view first, std::string_view last) {
    return {*geo::read_day(first), *geo::read_day(last)};
}

schedule::ClockSpan span(int from_minutes, int to_minutes) {
    return {std::chrono::minutes(from_minutes), std::chrono::minutes(to_minutes)};
}

TEST_F(UnitFile, SaysWhenAUnitIsAwayAndWhenItHasABreak) {
    const auto units = toml(R"([[unit]]
name = "A"
base_name = "Station"
officers = 3
max_visits = 8
leave = ["2026-12-24 to 2026-12-31", 2027-01-04]
[[unit.shift]]
days = ["Mon-Fri"]
dates = ["19/12/2026"]
except = 2026-12-22
bank_holidays = "as_sunday"
from = "15:00"
to = "02:00"
[[unit.shift.break]]
from = 18:00:00
to = "18:45"
[[unit.shift.break]]
from = "22:00"
to = "00:00"
minutes = 30
)");
    const schedule::Unit& unit = units[0];
    EXPECT_EQ(unit.base_name, "Station");
    EXPECT_EQ(unit.officers, 3U);
    EXPECT_EQ(unit.max_visits, 8U);
    EXPECT_THAT(unit.leave, testing::ElementsAre(days("2026-12-24", "2026-12-31"),
                                                 days("2027-01-04", "2027-01-04")));
    const schedule::ShiftPattern& late = unit.shifts[0];
    EXPECT_EQ(late.days, weekdays);
    EXPECT_THAT(late.dates, testing::ElementsAre(days("2026-12-19", "2026-12-19")));
    EXPECT_THAT(late.except, testing::ElementsAre(days("2026-12-22", "2026-12-22")));
    EXPECT_EQ(late.on_bank_holidays, schedule::BankHolidayDuty::as_sunday);
    ASSERT_EQ(late.breaks.size(), 2U);
    EXPECT_EQ(late.breaks[0].within, span(18 * 60, 18 * 60 + 45));
    EXPECT_FALSE(late.breaks[0].length);
    EXPECT_EQ(late.breaks[1].within, span(22 * 60, 24 * 60));
    EXPECT_EQ(late.breaks[1].length, schedule::Minutes(30));
}

TEST_F(UnitFile, AShiftWithDatesAndNoDaysRunsOnThoseOnly) {
    const auto units = toml("[[unit]]\nname = \"A\"\n" + shift + "dates = [2026-12-24]\n");
    EXPECT_EQ(units[0].shifts[0].days, (std::array<bool, 7>{}));
}

TEST_F(UnitFile, BankHolidaysAreThoseOfEnglandAndWalesOrOfTheFile) {
    const std::string rest = "[[unit]]\nname = \"A\"\n" + shift;
    const auto holidays = [&](const std::string& key) { return toml(key + rest)[0].bank_holidays; };
    EXPECT_THAT(holidays(""), testing::Contains(*geo::read_day("2026-12-28")));
    EXPECT_THAT(holidays("bank_holidays = [2026-12-28, \"2026-11-30\"]\n"),
                testing::ElementsAre(*geo::read_day("2026-11-30"), *geo::read_day("2026-12-28")));
    EXPECT_THAT(
        holidays("bank_holidays = [\"england and wales\", 2026-11-30]\n"),
        testing::IsSupersetOf({*geo::read_day("2026-11-30"), *geo::read_day("2026-12-28")}));
    EXPECT_THAT(holidays("bank_holidays = []\n"), testing::IsEmpty());
}

TEST_F(UnitFile, ADivisionStandsForItsWardsAndZones) {
    const auto units = toml("[divisions]\nWest = [\"Claremont\", \"Z7\"]\n[[unit]]\nname = \"A\"\n"
                            "serves = [\"Bloomfield\", \"WEST\"]\n" +
                            shift);
    EXPECT_THAT(units[0].serves, testing::ElementsAre("Bloomfield", "Claremont", "Z7"));
}

TEST_F(UnitFile, RefusesDaysAndBreaksThatCannotBe) {
    const std::string start = "[[unit]]\nname = \"A\"\n";
    EXPECT_THAT(refusal("bank_holidays = [\"Scotland\"]\n" + start + shift),
                HasSubstr("line 1: bank_holidays: 'Scotland' cannot be; write a day"));
    EXPECT_THAT(refusal("divisions = 3\n" + start + shift), HasSubstr("line 1: divisions: '3'"));
    EXPECT_THAT(refusal(start + "leave = [\"2026-12-24 to 2026-12-01\"]\n" + shift),
                HasSubstr("line 3: leave: '2026-12-24 to 2026-12-01' cannot be"));
    EXPECT_THAT(refusal(start + "leave = [7]\n" + shift), HasSubstr("line 3: leave: '7'"));
    EXPECT_THAT(refusal(start + "max_visits = 0\n" + shift), HasSubstr("line 3: max_visits: '0'"));
    EXPECT_THAT(refusal(start + "officers = 1.5\n" + shift), HasSubstr("line 3: officers: '1.5'"));
    EXPECT_THAT(refusal(start + shift + "bank_holidays = \"never\"\n"),
                HasSubstr("line 6: bank_holidays: 'never' cannot be; write as_usual"));
    EXPECT_THAT(refusal(start + shift + "except = [\"31/02/2026\"]\n"),
                HasSubstr("line 6: except: '31/02/2026'"));
    const auto with_break = [&](const std::string& keys) {
        return refusal(start + shift + "[[unit.shift.break]]\n" + keys);
    };
    EXPECT_THAT(with_break("from = \"12:00\"\nto = \"15:30\"\n"),
                HasSubstr("break: '12:00-15:30' cannot be; it reaches out of the shift"));
    EXPECT_THAT(with_break("from = \"18:00\"\nto = \"19:00\"\nminutes = 61\n"),
                HasSubstr("minutes: '61' cannot be; the break is longer than from 18:00-19:00"));
    EXPECT_THAT(with_break("from = \"18:00\"\n"), HasSubstr("line 6: to: is missing"));
    EXPECT_THAT(with_break("from = \"18:00\"\nlong = 5\n"), HasSubstr("line 8: long:"));
    const std::string floating =
        "[[unit.shift.break]]\nfrom = \"18:00\"\nto = \"19:00\"\nminutes = 20\n";
    EXPECT_THAT(refusal(start + shift + floating + floating),
                HasSubstr("line 3: break: a shift has one break with minutes at most"));
}

TEST_F(UnitFile, AsATableHasColumnsForAllOfThat) {
    const auto units = csv("unit,base_name,officers,max_visits,leave,dates,except,bank_holidays,"
                           "breaks,from,to\n"
                           "A,Station,1,6,2026-12-24 to 2026-12-31|04/01/2027,,2026-12-22,off,"
                           "18:00-18:45|30 in 20:00-22:00,15:00,23:00\n"
                           "A,,,,,2026-12-19,,,,07:00,09:00\n");
    ASSERT_EQ(units.size(), 1U);
    EXPECT_EQ(units[0].base_name, "Station");
    EXPECT_EQ(units[0].officers, 1U);
    EXPECT_EQ(units[0].max_visits, 6U);
    EXPECT_EQ(units[0].leave.size(), 2U);
    EXPECT_THAT(units[0].bank_holidays, testing::Contains(*geo::read_day("2026-12-28")));
    const schedule::ShiftPattern& late = units[0].shifts[0];
    EXPECT_EQ(late.days, every_day);
    EXPECT_EQ(late.on_bank_holidays, schedule::BankHolidayDuty::off);
    ASSERT_EQ(late.breaks.size(), 2U);
    EXPECT_EQ(late.breaks[0].within, span(18 * 60, 18 * 60 + 45));
    EXPECT_EQ(late.breaks[1].length, schedule::Minutes(30));
    EXPECT_EQ(units[0].shifts[1].days, (std::array<bool, 7>{}));
    EXPECT_THAT(error_text(geo::ErrorKind::usage,
                           [&] { csv("unit,breaks,from,to\nA,noon,15:00,23:00\n"); }),
                HasSubstr("line 2: breaks: 'noon' cannot be; write 19:00-19:30"));
}

} // namespace
} // namespace io
