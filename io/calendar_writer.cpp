#include "io/calendar_writer.hpp"

#include "io/zone_lookup.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace io {

namespace {

using std::chrono::days;
using std::chrono::seconds;

/// RFC 5545, 3.1: no line is longer than 75 octets, its end not counted.
constexpr std::size_t longest_line = 75;

bool continues_a_letter(char octet) {
    return (static_cast<unsigned char>(octet) & 0xC0U) == 0x80U;
}

/// A content line, folded between letters of UTF-8, never within one.
void add_line(std::string& text, const std::string& line) {
    std::size_t from = 0;
    std::size_t room = longest_line;
    while (line.size() - from > room) {
        std::size_t to = from + room;
        while (to > from + 1 && continues_a_letter(line[to])) {
            --to;
        }
        text.append(line, from, to - from).append("\r\n ");
        from = to;
        room = longest_line - 1; // the blank counts
    }
    text.append(line, from).append("\r\n");
}

/// RFC 5545, 3.3.11: what a TEXT value may not hold as it is.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') {
            result += '\\';
            result += c;
        } else if (c == '\n') {
            result += "\\n";
        } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
            result += c;
        } else if (c == '\t') {
            result += ' ';
        }
    }
    return result;
}

template <typename Time>
std::string digits(Time time) {
    const auto day = std::chrono::floor<days>(time);
    const std::chrono::year_month_day date(std::chrono::sys_days(day.time_since_epoch()));
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string utc(geo::Instant instant) {
    return digits(instant) + "Z";
}

/// "+0100"; seconds only where there are any, as before 1847.
std::string offset_text(seconds offset) {
    const std::chrono::hh_mm_ss clock(std::chrono::abs(offset));
    std::string text = fmt::format("{}{:02}{:02}", offset < seconds(0) ? '-' : '+',
                                   clock.hours().count(), clock.minutes().count());
    if (clock.seconds().count() > 0) {
        text += fmt::format("{:02}", clock.seconds().count());
    }
    return text;
}

/// The first instant in (from, to] at which the offset is no longer that of `from`.
geo::Instant change_between(geo::Instant from, geo::Instant to, const geo::TimeZone& zone) {
    const seconds before = zone.offset(from);
    while (to - from > seconds(1)) {
        const geo::Instant middle = from + (to - from) / 2;
        (zone.offset(middle) == before ? from : to) = middle;
    }
    return to;
}

void add_observance(std::string& text, geo::Instant onset, seconds from, seconds to) {
    const std::string kind = to > from ? "DAYLIGHT" : "STANDARD";
    add_line(text, "BEGIN:" + kind);
    add_line(text, "DTSTART:" + digits(onset + from)); // by the clock that is about to change
    add_line(text, "TZOFFSETFROM:" + offset_text(from));
    add_line(text, "TZOFFSETTO:" + offset_text(to));
    add_line(text, "TZNAME:" + offset_text(to));
    add_line(text, "END:" + kind);
}

/// What the wall clock does from the last change before the plan to its end. Changes are found by
/// looking at each day: none is undone within one.
void add_time_zone(std::string& text, const geo::TimeZone& zone, const geo::TimeSpan& span) {
    add_line(text, "BEGIN:VTIMEZONE");
    add_line(text, "TZID:" + zone.name());
    const geo::Instant first = std::chrono::floor<days>(span.from) - days(400);
    geo::Instant known_from = first; // since when the offset at the plan's start is in force
    for (geo::Instant day = first; day < span.from; day += days(1)) {
        if (zone.offset(day) != zone.offset(day + days(1))) {
            known_from = change_between(day, day + days(1), zone);
        }
    }
    if (known_from == first) {
        add_observance(text, first, zone.offset(first), zone.offset(first));
    }
    for (geo::Instant day = std::chrono::floor<days>(known_from) - days(1); day < span.to;
         day += days(1)) {
        if (zone.offset(day) != zone.offset(day + days(1))) {
            const geo::Instant onset = change_between(day, day + days(1), zone);
            if (onset >= known_from) {
                add_observance(text, onset, zone.offset(onset - seconds(1)), zone.offset(onset));
            }
        }
    }
    add_line(text, "END:VTIMEZONE");
}

bool is_told_by_the_clock(geo::Instant instant, const geo::TimeZone& zone) {
    return zone.instant(zone.wall_time(instant)) == instant;
}

void add_times(std::string& text, const geo::TimeSpan& when, const geo::TimeZone& zone) {
    if (is_told_by_the_clock(when.from, zone) && is_told_by_the_clock(when.to, zone)) {
        add_line(text,
                 fmt::format("DTSTART;TZID={}:{}", zone.name(), digits(zone.wall_time(when.from))));
        add_line(text,
                 fmt::format("DTEND;TZID={}:{}", zone.name(), digits(zone.wall_time(when.to))));
    } else {
        add_line(text, "DTSTART:" + utc(when.from));
        add_line(text, "DTEND:" + utc(when.to));
    }
}

void add_event(std::string& text, const schedule::Visit& visit, const PublishedZone& zone,
               const geo::SourcePoint& place) {
    add_line(text, "SUMMARY:" + escaped(fmt::format("{}: {}", visit.unit.text(), zone.name)));
    add_line(text,
             "LOCATION:" + escaped(fmt::format("{}, {:.0f} m around {:.6f}, {:.6f}", zone.name,
                                               zone.disc.radius.value(), place.y, place.x)));
    add_line(text, fmt::format("GEO:{:.6f};{:.6f}", place.y, place.x));
    add_line(text, "DESCRIPTION:" +
                       escaped(fmt::format("Zone {}, stop {} of shift {}, {} min on the way.\n{}",
                                           zone.id.text(), visit.seq, visit.shift,
                                           visit.travel.count(), zone.why)));
    add_line(text, "CATEGORIES:" + escaped(visit.unit.text()));
}

} // namespace

std::string roster_ics(std::span<const schedule::Visit> visits,
                       std::span<const PublishedZone> zones, const geo::Projection& lonlat,
                       const geo::TimeZone& time_zone, const geo::TimeSpan& horizon) {
    const ZoneLookup lookup(zones);
    geo::TimeSpan span = horizon;
    for (const schedule::Visit& visit : visits) {
        span.from = std::min(span.from, visit.when.from);
        span.to = std::max(span.to, visit.when.to);
    }
    std::string text;
    for (const char* line : {"BEGIN:VCALENDAR", "VERSION:2.0",
                             "PRODID:-//patrolzones//patrolzones//EN", "CALSCALE:GREGORIAN"}) {
        add_line(text, line);
    }
    add_time_zone(text, time_zone, span);
    for (const schedule::Visit& visit : visits) {
        const PublishedZone& zone = lookup.zone(visit.zone);
        add_line(text, "BEGIN:VEVENT");
        add_line(text, "UID:" + escaped(visit.id) + "@patrolzones");
        add_line(text, "DTSTAMP:" + utc(horizon.from));
        add_times(text, visit.when, time_zone);
        add_event(text, visit, zone, lonlat.from_grid(zone.disc.centre));
        add_line(text, "END:VEVENT");
    }
    add_line(text, "END:VCALENDAR");
    return text;
}

} // namespace io
