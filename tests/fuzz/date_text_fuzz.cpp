#include "geo/time_text.hpp"

#include <cstdint>
#include <cstdlib>

// Any text is either no time, or one whose day, written as ISO, reads back as the same day.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = geo::read_time({reinterpret_cast<const char*>(data), size});
    if (read) {
        const geo::Day day = std::chrono::floor<std::chrono::days>(read->wall);
        if (geo::read_day(geo::iso_text(day)) != day) {
            std::abort();
        }
    }
    return 0;
}
