#include "io/unit_values.hpp"

#include "geo/time_text.hpp"
#include "io/words.hpp"
#include "schedule/bank_holidays.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>

namespace io {

namespace {

constexpr std::array<std::string_view, 7> day_names{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};

std::optional<std::size_t> weekday(std::string_view word) {
    for (std::size_t day = 0; day < day_names.size(); ++day) {
        // "Tue", "Tues" and "Tuesday" alike.
        if (word.size() >= 3 && word.size() <= day_names[day].size() &&
            same_word(word, day_names[day].substr(0, word.size()))) {
            return day;
        }
    }
    return std::nullopt;
}

constexpr std::string_view days_remedy =
    "write Mon Tue Wed Thu Fri Sat Sun, or a span such as Fri-Sun";

std::string clock(std::chrono::seconds since_midnight) {
    const auto minutes = std::chrono::duration_cast<schedule::Minutes>(since_midnight).count();
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

} // namespace

geo::Error wrong_value(std::string_view key, std::string_view value, std::string_view remedy) {
    return {geo::ErrorKind::usage, fmt::format("{}: '{}' cannot be; {}", key, value, remedy)};
}

geo::Error unknown_key(std::string_view key, std::span<const std::string_view> known) {
    const std::string nearest = geo::nearest_word(key, known);
    return {geo::ErrorKind::usage,
            nearest.empty()
                ? fmt::format("{}: there is no such key; use {}", key, fmt::join(known, ", "))
                : fmt::format("{}: there is no such key; did you mean {}?", key, nearest)};
}

schedule::Mode mode_of(std::string_view word) {
    using schedule::Mode;
    constexpr std::array modes{std::pair{std::string_view("foot"), Mode::foot},
                               std::pair{std::string_view("bicycle"), Mode::bicycle},
                               std::pair{std::string_view("vehicle"), Mode::vehicle}};
    for (const auto& [name, mode] : modes) {
        if (same_word(word, name)) {
            return mode;
        }
    }
    throw wrong_value("mode", word, "write foot, bicycle or vehicle");
}

std::optional<std::array<bool, 7>> weekdays_of(const std::string& word) {
    std::array<bool, 7> days{};
    if (same_word(word, "daily")) {
        days.fill(true);
        return days;
    }
    const std::size_t dash = word.find('-');
    const auto first = weekday(trimmed(std::string_view(word).substr(0, dash)));
    const auto last = dash == std::string::npos
                          ? first
                          : weekday(trimmed(std::string_view(word).substr(dash + 1)));
    if (!first || !last) {
        return std::nullopt;
    }
    for (std::size_t day = *first;; day = (day + 1) % days.size()) {
        days[day] = true;
        if (day == *last) {
            return days;
        }
    }
}

std::optional<schedule::DayRange> date_range_of(std::string_view text) {
    constexpr std::string_view to = " to ";
    const std::size_t split = text.find(to);
    const auto first = geo::read_day(text.substr(0, split));
    const auto last =
        split == std::string_view::npos ? first : geo::read_day(text.substr(split + to.size()));
    return first && last && *first <= *last ? std::optional(schedule::DayRange{*first, *last})
                                            : std::nullopt;
}

std::array<bool, 7> days_of(std::span<const std::string> words) {
    std::array<bool, 7> days{};
    for (const std::string& word : words) {
        const auto named = weekdays_of(word);
        if (!named) {
            throw wrong_value("days", word, days_remedy);
        }
        for (std::size_t day = 0; day < days.size(); ++day) {
            days[day] = days[day] || (*named)[day];
        }
    }
    if (std::ranges::none_of(days, [](bool on) { return on; })) {
        throw wrong_value("days", "", days_remedy);
    }
    return days;
}

std::chrono::seconds time_of_day(std::string_view key, std::string_view text) {
    const auto time = geo::read_time_of_day(text);
    if (!time) {
        throw wrong_value(key, text, "write a time of day such as 15:00");
    }
    return *time;
}

double speed_of(double kmh) {
    if (!(kmh > 0 && kmh <= 200)) {
        throw wrong_value("speed_kmh", fmt::format("{}", kmh),
                          "write km/h above 0 and at most 200; foot is usually 5");
    }
    return kmh;
}

schedule::Minutes minutes_of(std::string_view key, double minutes) {
    if (!(minutes >= 1 && minutes <= 1440 && minutes == std::floor(minutes))) {
        throw wrong_value(key, fmt::format("{}", minutes), "write whole minutes from 1 to 1440");
    }
    return schedule::Minutes(static_cast<int>(minutes));
}

unsigned count_of(std::string_view key, double number) {
    if (!(number >= 1 && number <= 1000 && number == std::floor(number))) {
        throw wrong_value(key, fmt::format("{}", number), "write a whole number from 1 to 1000");
    }
    return static_cast<unsigned>(number);
}

std::vector<schedule::DayRange> dates_of(std::string_view key, std::span<const std::string> words) {
    std::vector<schedule::DayRange> ranges;
    for (const std::string& word : words) {
        const auto range = date_range_of(word);
        if (!range) {
            throw wrong_value(key, word,
                              "write a day such as 2026-12-24, or a span from the first to the "
                              "last such as 2026-12-24 to 2026-12-31");
        }
        ranges.push_back(*range);
    }
    return ranges;
}

schedule::BankHolidayDuty bank_holiday_duty_of(std::string_view word) {
    using Duty = schedule::BankHolidayDuty;
    constexpr std::array duties{std::pair{std::string_view("as_usual"), Duty::as_usual},
                                std::pair{std::string_view("as_sunday"), Duty::as_sunday},
                                std::pair{std::string_view("off"), Duty::off},
                                std::pair{std::string_view("only"), Duty::only}};
    for (const auto& [name, duty] : duties) {
        if (same_word(word, name)) {
            return duty;
        }
    }
    throw wrong_value("bank_holidays", word, "write as_usual, as_sunday, off or only");
}

std::vector<geo::Day> bank_holidays_of(std::span<const std::string> words) {
    std::vector<geo::Day> days;
    for (const std::string& word : words) {
        if (same_word(word, "England and Wales")) {
            for (int year = 2000; year <= 2100; ++year) {
                const auto of_year =
                    schedule::bank_holidays_in_england_and_wales(std::chrono::year(year));
                days.insert(days.end(), of_year.begin(), of_year.end());
            }
            continue;
        }
        const auto range = dates_of("bank_holidays", std::span(&word, 1)).front();
        for (geo::Day day = range.first; day <= range.last; day += std::chrono::days(1)) {
            days.push_back(day);
        }
    }
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

void check_breaks(const schedule::ShiftPattern& shift) {
    constexpr std::chrono::seconds day_length = std::chrono::hours(24);
    const auto length = [day_length](std::chrono::seconds from, std::chrono::seconds to) {
        return to > from ? to - from : to - from + day_length;
    };
    int floating = 0;
    for (const schedule::Break& pause : shift.breaks) {
        const auto [from, to] = pause.within;
        const std::string text = clock(from) + "-" + clock(to);
        const std::chrono::seconds before =
            from >= shift.from ? from - shift.from : from - shift.from + day_length;
        if (before + length(from, to) > length(shift.from, shift.to)) {
            throw wrong_value("break", text,
                              "it reaches out of the shift; write times between its from and to");
        }
        if (pause.length && *pause.length > length(from, to)) {
            throw wrong_value("minutes", fmt::format("{}", pause.length->count()),
                              "the break is longer than from " + text + "; widen one of them");
        }
        floating += pause.length ? 1 : 0;
    }
    if (floating > 1) {
        throw geo::Error(geo::ErrorKind::usage,
                         "break: a shift has one break with minutes at most; give the others "
                         "from and to alone");
    }
}

geo::GridPoint base_of(geo::LonLat place, const geo::Projection& lonlat) {
    const bool on_earth = std::abs(place.longitude) <= 180 && std::abs(place.latitude) <= 90;
    const geo::SourcePoint source{place.longitude, place.latitude};
    const auto base = on_earth ? lonlat.to_grid(std::span(&source, 1)).front() : std::nullopt;
    if (!base) {
        throw wrong_value("base", fmt::format("{}, {}", place.longitude, place.latitude),
                          "write longitude, then latitude, in degrees: [-3.05, 53.82]");
    }
    return *base;
}

schedule::ShiftPattern finished(schedule::ShiftPattern shift) {
    constexpr std::chrono::hours day_end{24};
    if (shift.from >= day_end) {
        throw wrong_value("from", clock(shift.from), "write 00:00 for a shift from midnight");
    }
    if (shift.to == std::chrono::seconds(0)) {
        shift.to = day_end;
    }
    if (shift.name.empty()) {
        shift.name = clock(shift.from) + "-" + clock(shift.to);
    }
    for (schedule::Break& pause : shift.breaks) {
        pause.within.to = pause.within.to == std::chrono::seconds(0) ? day_end : pause.within.to;
        if (pause.within.from >= day_end) {
            pause.within.from -= day_end;
        }
    }
    check_breaks(shift);
    return shift;
}

void check_unit(const schedule::Unit& unit, std::span<const schedule::Unit> before) {
    if (unit.name.text().empty()) {
        throw geo::Error(geo::ErrorKind::usage, "name: is missing; give each unit a name");
    }
    if (unit.shifts.empty()) {
        throw geo::Error(geo::ErrorKind::usage,
                         fmt::format("unit {}: has no shift; add [[unit.shift]] with days, from "
                                     "and to",
                                     unit.name.text()));
    }
    if (std::ranges::find(before, unit.name, &schedule::Unit::name) != before.end()) {
        throw wrong_value("name", unit.name.text(),
                          "another unit has that name; give each its own");
    }
}

} // namespace io
