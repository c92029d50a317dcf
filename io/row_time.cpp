#include "io/row_time.hpp"

#include "geo/time_text.hpp"
#include "io/number_text.hpp"

#include <algorithm>
#include <optional>

namespace io {

namespace {

using cluster::TimePrecision;
using geo::ReadTime;

constexpr std::chrono::seconds shortest(60);

/// One end of a row's time: what it says, or which column could not be read.
struct Moment {
    DateText state = DateText::missing;
    ReadTime time;
    Field column = Field::from;
};

std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
    if (const auto time = geo::read_time_of_day(text)) {
        return time;
    }
    // Spreadsheets keep a time alone as a time on some day of 1899.
    const auto dated = geo::read_time(text);
    if (!dated || dated->precision != ReadTime::Precision::second) {
        return std::nullopt;
    }
    return dated->wall - std::chrono::floor<std::chrono::days>(dated->wall);
}

/// A spreadsheet's date is a date with the time 00:00:00, which must not win over the time column.
bool says_no_time(const ReadTime& date) {
    const bool midnight = date.wall == std::chrono::floor<std::chrono::days>(date.wall);
    return date.precision == ReadTime::Precision::day ||
           (date.precision == ReadTime::Precision::second && midnight && !date.offset);
}

/// The columns that say one end of a row's time.
struct EndColumns {
    Field date;
    Field time;
};

Moment read_moment(std::string_view date, std::string_view time, EndColumns columns,
                   geo::DateOrder order) {
    if (is_blank_text(date)) {
        return {DateText::missing, {}, columns.date};
    }
    const auto read = geo::read_time(date, order);
    if (!read) {
        return {DateText::unreadable, {}, columns.date};
    }
    Moment moment{DateText::given, *read, columns.date};
    if (!is_blank_text(time) && says_no_time(*read)) {
        const auto of_day = time_of_day(time);
        if (!of_day) {
            return {DateText::unreadable, {}, columns.time};
        }
        moment.time.wall += *of_day;
        moment.time.precision = ReadTime::Precision::second;
    }
    return moment;
}

TimePrecision precision_of(const ReadTime& time) {
    switch (time.precision) {
    case ReadTime::Precision::day:
        return TimePrecision::day;
    case ReadTime::Precision::month:
        return TimePrecision::month;
    case ReadTime::Precision::second:
        break;
    }
    return TimePrecision::span;
}

/// The time of a row that gives only one end.
RowTime alone(const Moment& moment, const geo::TimeZone& zone) {
    RowTime time{DateText::given, geo::span_of(moment.time, zone), precision_of(moment.time),
                 moment.column};
    time.when.to = std::max(time.when.to, time.when.from + shortest);
    return time;
}

RowTime between(const Moment& from, const Moment& to, const geo::TimeZone& zone) {
    const geo::TimeSpan first = geo::span_of(from.time, zone);
    const geo::TimeSpan last = geo::span_of(to.time, zone);
    if (first == last) {
        return alone(from, zone);
    }
    const bool to_the_second = to.time.precision == ReadTime::Precision::second;
    const geo::Instant end = to_the_second ? last.from : last.to;
    const bool reversed = to_the_second ? end < first.from : end <= first.from;
    return {reversed ? DateText::reversed : DateText::given,
            {first.from, std::max(end, first.from + shortest)},
            TimePrecision::span,
            to.column};
}

} // namespace

RowTime read_row_time(const TimeTexts& texts, const geo::TimeZone& zone, geo::DateOrder order) {
    const Moment from =
        read_moment(texts.from, texts.from_time, {Field::from, Field::from_time}, order);
    const Moment to = read_moment(texts.to, texts.to_time, {Field::to, Field::to_time}, order);
    for (const Moment& moment : {from, to}) {
        if (moment.state == DateText::unreadable) {
            return {DateText::unreadable, {}, TimePrecision::span, moment.column};
        }
    }
    if (from.state == DateText::given && to.state == DateText::given) {
        return between(from, to, zone);
    }
    if (from.state == DateText::given || to.state == DateText::given) {
        return alone(from.state == DateText::given ? from : to, zone);
    }
    return {};
}

} // namespace io
