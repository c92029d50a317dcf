#include "io/offence_definition.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

// A code in its normal form stays as it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string once = io::normal_code({reinterpret_cast<const char*>(data), size});
    if (io::normal_code(once) != once) {
        std::abort();
    }
    return 0;
}
