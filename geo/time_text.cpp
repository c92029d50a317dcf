#include "geo/time_text.hpp"

#include <fmt/format.h>

#include <array>

namespace geo {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

/// A run of digits: how many, and the number they make.
struct Digits {
    std::size_t count = 0;
    int value = 0;
};

/// Reads a text from its start; every `take` consumes what it returns, and nothing when it fails.
class Cursor {
  public:
    explicit Cursor(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

    bool take(char c) {
        if (lower(peek()) != c) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }

    bool take_blanks() {
        const std::size_t before = rest_.size();
        while (!rest_.empty() && is_blank(rest_.front())) {
            rest_.remove_prefix(1);
        }
        return rest_.size() != before;
    }

    /// At most eight digits, so that the value cannot overflow.
    Digits take_digits() {
        Digits digits;
        while (digits.count < 8 && digits.count < rest_.size() && is_digit(rest_[digits.count])) {
            digits.value = digits.value * 10 + (rest_[digits.count] - '0');
            ++digits.count;
        }
        rest_.remove_prefix(digits.count);
        return digits;
    }

    std::string_view take_letters() {
        std::size_t count = 0;
        while (count < rest_.size() && is_letter(rest_[count])) {
            ++count;
        }
        const std::string_view word = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return word;
    }

  private:
    std::string_view rest_;
};

/// A calendar date as read: the day is missing where the text names a month only.
struct ReadDate {
    int year = 0;
    int month = 0;
    std::optional<int> day;
};

/// The number of a month by its English name or the first three letters of it.
std::optional<int> month_number(std::string_view word) {
    constexpr std::array<std::string_view, 12> names{
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    for (std::size_t m = 0; m < names.size(); ++m) {
        if (word.size() != 3 && word.size() != names[m].size()) {
            continue;
        }
        bool same = true;
        for (std::size_t i = 0; i < word.size(); ++i) {
            same = same && lower(word[i]) == names[m][i];
        }
        if (same) {
            return static_cast<int>(m) + 1;
        }
    }
    return std::nullopt;
}

/// `2024-03-31`, `2024/3/31` or `2024-03`, after the year.
std::optional<ReadDate> year_first(Cursor& cursor, int year) {
    const char separator = cursor.peek();
    if (separator != '-' && separator != '/') {
        return std::nullopt;
    }
    cursor.take(separator);
    const Digits month = cursor.take_digits();
    if (month.count == 0 || month.count > 2) {
        return std::nullopt;
    }
    if (!cursor.take(separator)) {
        const bool whole_month = separator == '-' && month.count == 2;
        return whole_month ? std::optional(ReadDate{year, month.value, {}}) : std::nullopt;
    }
    const Digits day = cursor.take_digits();
    if (day.count == 0 || day.count > 2) {
        return std::nullopt;
    }
    return ReadDate{year, month.value, day.value};
}

/// Two digits mean the hundred years that end in 2069, as POSIX has it.
std::optional<int> full_year(const Digits& digits) {
    if (digits.count == 4) {
        return digits.value;
    }
    if (digits.count == 2) {
        return digits.value + (digits.value < 70 ? 2000 : 1900);
    }
    return std::nullopt;
}

/// `31/03/2024`, `31.3.24` or `31-Mar-2024`, after the first number, which is the month if `order`
/// says so and another number follows.
std::optional<ReadDate> year_last(Cursor& cursor, int day, DateOrder order) {
    const char separator = cursor.peek();
    if (separator != '-' && separator != '/' && separator != '.' && separator != ' ') {
        return std::nullopt;
    }
    cursor.take(separator);
    std::optional<int> month;
    if (is_letter(cursor.peek())) {
        month = month_number(cursor.take_letters());
    } else if (const Digits digits = cursor.take_digits(); digits.count == 1 || digits.count == 2) {
        month = digits.value;
        if (order == DateOrder::month_first) {
            std::swap(*month, day);
        }
    }
    if (!month || !cursor.take(separator)) {
        return std::nullopt;
    }
    const auto year = full_year(cursor.take_digits());
    return year ? std::optional(ReadDate{*year, *month, day}) : std::nullopt;
}

std::optional<ReadDate> take_date(Cursor& cursor, DateOrder order) {
    const Digits first = cursor.take_digits();
    switch (first.count) {
    case 8:
        return ReadDate{first.value / 10000, first.value / 100 % 100, first.value % 100};
    case 4:
        return year_first(cursor, first.value);
    case 1:
    case 2:
        return year_last(cursor, first.value, order);
    default:
        return std::nullopt;
    }
}

std::optional<Day> existing_day(const ReadDate& date) {
    const std::chrono::year_month_day day{
        std::chrono::year(date.year), std::chrono::month(static_cast<unsigned>(date.month)),
        std::chrono::day(static_cast<unsigned>(date.day.value_or(1)))};
    return day.ok() && date.year > 0 ? std::optional(Day(day)) : std::nullopt;
}

/// Hours as a twelve-hour clock has them, made those of the day; unchanged without AM or PM.
std::optional<int> hour_of_day(Cursor& cursor, int hour) {
    Cursor ahead = cursor;
    ahead.take_blanks();
    const bool afternoon = lower(ahead.peek()) == 'p';
    if (!ahead.take(afternoon ? 'p' : 'a') || !ahead.take('m')) {
        return hour;
    }
    cursor = ahead;
    if (hour < 1 || hour > 12) {
        return std::nullopt;
    }
    return hour % 12 + (afternoon ? 12 : 0);
}

/// `:30` or `:30.250` where they follow; the fraction is cut.
std::optional<int> take_seconds(Cursor& cursor) {
    if (!cursor.take(':')) {
        return 0;
    }
    const Digits second = cursor.take_digits();
    if (second.count != 2) {
        return std::nullopt;
    }
    if (cursor.take('.') && cursor.take_digits().count == 0) {
        return std::nullopt;
    }
    while (is_digit(cursor.peek())) {
        cursor.take_digits();
    }
    return second.value;
}

std::optional<seconds> take_time_of_day(Cursor& cursor) {
    const Digits first = cursor.take_digits();
    int hour = first.value;
    int minute = 0;
    std::optional<int> second = 0;
    if (first.count == 4) {
        hour = first.value / 100;
        minute = first.value % 100;
    } else if ((first.count == 1 || first.count == 2) && cursor.take(':')) {
        const Digits digits = cursor.take_digits();
        if (digits.count != 2) {
            return std::nullopt;
        }
        minute = digits.value;
        second = take_seconds(cursor);
    } else {
        return std::nullopt;
    }
    const auto of_day = hour_of_day(cursor, hour);
    if (!second || !of_day || minute > 59 || *second > 59) {
        return std::nullopt;
    }
    const seconds time = hours(*of_day) + minutes(minute) + seconds(*second);
    return time <= hours(24) ? std::optional(time) : std::nullopt;
}

/// `Z`, `+01:00`, `+0100` or `+01`.
std::optional<seconds> take_offset(Cursor& cursor) {
    if (cursor.take('z')) {
        return seconds(0);
    }
    const bool west = cursor.peek() == '-';
    if (!cursor.take(west ? '-' : '+')) {
        return std::nullopt;
    }
    const Digits first = cursor.take_digits();
    int hour = first.value;
    int minute = 0;
    if (first.count == 4) {
        hour = first.value / 100;
        minute = first.value % 100;
    } else if (first.count != 2) {
        return std::nullopt;
    } else if (cursor.take(':')) {
        const Digits digits = cursor.take_digits();
        if (digits.count != 2) {
            return std::nullopt;
        }
        minute = digits.value;
    }
    if (hour > 15 || minute > 59) {
        return std::nullopt;
    }
    const seconds offset = hours(hour) + minutes(minute);
    return west ? -offset : offset;
}

} // namespace

std::optional<ReadTime> read_time(std::string_view text, DateOrder order) {
    Cursor cursor(trimmed(text));
    const auto date = take_date(cursor, order);
    const auto day = date ? existing_day(*date) : std::nullopt;
    if (!day) {
        return std::nullopt;
    }
    ReadTime read{WallTime(*day), ReadTime::Precision::day, std::nullopt};
    if (cursor.at_end()) {
        read.precision = date->day ? ReadTime::Precision::day : ReadTime::Precision::month;
        return read;
    }
    if (!date->day || (!cursor.take_blanks() && !cursor.take('t'))) {
        return std::nullopt;
    }
    const auto time = take_time_of_day(cursor);
    if (!time) {
        return std::nullopt;
    }
    read.wall += *time;
    read.precision = ReadTime::Precision::second;
    cursor.take_blanks();
    if (!cursor.at_end()) {
        read.offset = take_offset(cursor);
        if (!read.offset || !cursor.at_end()) {
            return std::nullopt;
        }
    }
    return read;
}

std::optional<seconds> read_time_of_day(std::string_view text) {
    Cursor cursor(trimmed(text));
    const auto time = take_time_of_day(cursor);
    return cursor.at_end() ? time : std::nullopt;
}

std::optional<Day> read_day(std::string_view text) {
    const auto read = read_time(text);
    if (!read || read->precision != ReadTime::Precision::day) {
        return std::nullopt;
    }
    return std::chrono::floor<std::chrono::days>(read->wall);
}

Instant first_instant(const ReadTime& time, const TimeZone& zone) {
    return time.offset ? Instant(time.wall.time_since_epoch() - *time.offset)
                       : zone.instant(time.wall);
}

TimeSpan span_of(const ReadTime& time, const TimeZone& zone) {
    const Day day = std::chrono::floor<std::chrono::days>(time.wall);
    switch (time.precision) {
    case ReadTime::Precision::day:
        return day_span(zone, day);
    case ReadTime::Precision::month: {
        const std::chrono::year_month_day date(day);
        return month_span(zone, date.year() / date.month());
    }
    case ReadTime::Precision::second:
        break;
    }
    const Instant start = first_instant(time, zone);
    return {start, start + seconds(1)};
}

std::string iso_text(Instant instant, const TimeZone& zone) {
    const WallTime wall = zone.wall_time(instant);
    const Day day = std::chrono::floor<std::chrono::days>(wall);
    const std::chrono::hh_mm_ss clock(wall - day);
    const seconds offset = zone.offset(instant);
    const auto away = std::chrono::round<minutes>(std::chrono::abs(offset)).count();
    return fmt::format("{}T{:02}:{:02}:{:02}{}{:02}:{:02}", iso_text(day), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(),
                       offset < seconds(0) ? '-' : '+', away / 60, away % 60);
}

std::string iso_text(Day day) {
    const std::chrono::year_month_day date(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string clock_text(WallTime wall) {
    const auto of_day = wall - std::chrono::floor<std::chrono::days>(wall);
    const std::chrono::hh_mm_ss clock(of_day);
    return fmt::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count());
}

} // namespace geo
