// Calendars of visits: any text is events, with or without faults, or an error that says so.
#include "geo/error.hpp"
#include "io/calendar_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const geo::TimeZone london("Europe/London");
    const std::string text(reinterpret_cast<const char*>(data), size);
    try {
        io::read_calendar(text, london);
    } catch (const geo::Error&) {
        return 0;
    }
    return 0;
}
