#include "geo/error.hpp"
#include "io/offence_definition.hpp"

#include <cstdint>
#include <cstdlib>

// Any text is either a definition whose weights are positive, or refused in one line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const auto definition =
            io::parse_definition({reinterpret_cast<const char*>(data), size}, "fuzz");
        for (const io::DefinedOffence& offence : definition.offences) {
            if (!(offence.weight > 0)) {
                std::abort();
            }
        }
    } catch (const geo::Error&) {
        return 0;
    }
    return 0;
}
