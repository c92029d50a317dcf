// libical reads what calendar programs write: folded lines, parameters, time zones under the names
// of their makers ("GMT Standard Time") with their rules in the file. What a time of the system's
// zones means is asked of geo::TimeZone, so that it is decided in one place.
#include "io/calendar_reader.hpp"

#include "geo/error.hpp"
#include "io/words.hpp"

#include <libical/ical.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace io {

namespace {

using schedule::Attendance;
using schedule::AttendanceFault;

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

/// The first property of an event with that name, letter case ignored.
icalproperty* property(icalcomponent* event, std::string_view name) {
    for (icalproperty* each = icalcomponent_get_first_property(event, ICAL_ANY_PROPERTY);
         each != nullptr; each = icalcomponent_get_next_property(event, ICAL_ANY_PROPERTY)) {
        const char* own = icalproperty_get_property_name(each);
        if (own != nullptr && same_word(own, name)) {
            return each;
        }
    }
    return nullptr;
}

std::string text_of(icalcomponent* event, std::string_view name) {
    icalproperty* const found = property(event, name);
    const icalvalue* const value = found != nullptr ? icalproperty_get_value(found) : nullptr;
    if (value == nullptr) {
        return "";
    }
    const std::unique_ptr<char, decltype(&icalmemory_free_buffer)> text(
        icalvalue_as_ical_string_r(value), icalmemory_free_buffer);
    std::string plain;
    for (const char* c = text.get(); c != nullptr && *c != '\0'; ++c) {
        if (*c == '\\' && c[1] != '\0') {
            ++c; // escaped comma, semicolon or backslash
        }
        plain += *c;
    }
    return std::string(trimmed(plain));
}

geo::WallTime wall_time(const icaltimetype& time) {
    using namespace std::chrono;
    return geo::Day(year(time.year) / time.month / time.day) + hours(time.hour) +
           minutes(time.minute) + seconds(time.second);
}

/// The zone of a property's TZID, by the system's names.
std::optional<geo::TimeZone> named_zone(icalproperty* of) {
    const icalparameter* const parameter =
        icalproperty_get_first_parameter(of, ICAL_TZID_PARAMETER);
    const char* const name = parameter != nullptr ? icalparameter_get_tzid(parameter) : nullptr;
    if (name == nullptr) {
        return std::nullopt;
    }
    try {
        return geo::TimeZone(name);
    } catch (const geo::Error&) {
        return std::nullopt; // a name of the calendar program's own
    }
}

std::optional<geo::Instant> instant_of(icalproperty* of, icalcomponent* event,
                                       const geo::TimeZone& time_zone) {
    const icaltimetype time = icalproperty_get_datetime_with_component(of, event);
    if (icaltime_is_null_time(time) != 0 || icaltime_is_date(time) != 0 ||
        icaltime_is_valid_time(time) == 0) {
        return std::nullopt;
    }
    if (icaltime_is_utc(time) != 0) {
        return geo::Instant(wall_time(time).time_since_epoch());
    }
    if (const auto zone = named_zone(of)) {
        return zone->instant(wall_time(time));
    }
    if (time.zone != nullptr) {
        return geo::Instant(std::chrono::seconds(icaltime_as_timet_with_zone(time, time.zone)));
    }
    return time_zone.instant(wall_time(time));
}

bool all_figures(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// What stands before "-20261123-1500", and perhaps a count, in the id of a visit.
std::string zone_of_visit(std::string_view id) {
    constexpr std::size_t stamp = 14;
    for (std::size_t at = id.size(); at-- > 0;) {
        const std::string_view rest = id.substr(at);
        if (rest.size() >= stamp && rest[0] == '-' && rest[9] == '-' &&
            all_figures(rest.substr(1, 8)) && all_figures(rest.substr(10, 4))) {
            return std::string(id.substr(0, at));
        }
    }
    return "";
}

using Event = std::variant<Attendance, CalendarFault>;

/// Start and end of an event, or what is wrong with them.
std::variant<geo::TimeSpan, CalendarFault> when_of(icalcomponent* event,
                                                   const geo::TimeZone& time_zone) {
    icalproperty* const start = property(event, "DTSTART");
    if (start == nullptr) {
        return CalendarFault{"DTSTART", AttendanceFault::no_start};
    }
    const auto from = instant_of(start, event, time_zone);
    if (!from) {
        return CalendarFault{"DTSTART", AttendanceFault::bad_start};
    }
    if (icalproperty* const end = property(event, "DTEND")) {
        const auto to = instant_of(end, event, time_zone);
        if (!to) {
            return CalendarFault{"DTEND", AttendanceFault::bad_end};
        }
        return geo::TimeSpan{*from, *to};
    }
    icalproperty* const length = property(event, "DURATION");
    if (length == nullptr) {
        return CalendarFault{"DTEND", AttendanceFault::no_end};
    }
    const icaldurationtype duration = icalproperty_get_duration(length);
    if (icaldurationtype_is_bad_duration(duration) != 0) {
        return CalendarFault{"DURATION", AttendanceFault::bad_end};
    }
    return geo::TimeSpan{*from, *from + std::chrono::seconds(icaldurationtype_as_int(duration))};
}

Event read_event(icalcomponent* event, const geo::TimeZone& time_zone) {
    if (same_word(text_of(event, "STATUS"), "CANCELLED")) {
        return CalendarFault{"STATUS", AttendanceFault::cancelled};
    }
    const std::string uid = text_of(event, "UID");
    const std::string own_id = uid.substr(0, uid.find('@'));
    std::string visit = text_of(event, "X-PATROLZONES-VISIT");
    visit = visit.empty() ? own_id : visit;
    std::string zone = text_of(event, "X-PATROLZONES-ZONE");
    zone = zone.empty() ? zone_of_visit(visit) : zone;
    if (zone.empty()) {
        return CalendarFault{"X-PATROLZONES-ZONE", AttendanceFault::no_zone};
    }
    const auto when = when_of(event, time_zone);
    if (const auto* const fault = std::get_if<CalendarFault>(&when)) {
        return *fault;
    }
    const auto& span = std::get<geo::TimeSpan>(when);
    if (span.to < span.from) {
        return CalendarFault{"DTEND", AttendanceFault::end_before_start};
    }
    std::string unit = text_of(event, "X-PATROLZONES-UNIT");
    unit = unit.empty() ? text_of(event, "CATEGORIES") : unit;
    Attendance attendance{cluster::ZoneId(zone), schedule::UnitId(unit), span};
    attendance.source = Attendance::Source::calendar;
    if (!visit.empty()) {
        attendance.visit = visit;
    }
    return attendance;
}

} // namespace

std::vector<Event> read_calendar(const std::string& text, const geo::TimeZone& time_zone) {
    const Component calendar(icalparser_parse_string(text.c_str()));
    if (!calendar || (icalcomponent_isa(calendar.get()) != ICAL_VCALENDAR_COMPONENT &&
                      icalcomponent_isa(calendar.get()) != ICAL_XROOT_COMPONENT)) {
        throw geo::Error(geo::ErrorKind::input,
                         "is no calendar; export it again as iCalendar (.ics)");
    }
    std::vector<Event> events;
    const auto take_all = [&](icalcomponent* of) {
        // An iterator of its own: reading an event asks its calendar for time zones.
        icalcompiter next = icalcomponent_begin_component(of, ICAL_VEVENT_COMPONENT);
        for (icalcomponent* event = icalcompiter_deref(&next); event != nullptr;
             event = icalcompiter_next(&next)) {
            events.push_back(read_event(event, time_zone));
        }
    };
    if (icalcomponent_isa(calendar.get()) == ICAL_VCALENDAR_COMPONENT) {
        take_all(calendar.get());
        return events;
    }
    icalcompiter next = icalcomponent_begin_component(calendar.get(), ICAL_VCALENDAR_COMPONENT);
    for (icalcomponent* each = icalcompiter_deref(&next); each != nullptr;
         each = icalcompiter_next(&next)) {
        take_all(each);
    }
    return events;
}

} // namespace io
