#include "io/header_text.hpp"

#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/number_text.hpp"

#include <algorithm>

namespace io {

std::string listed_header(std::span<const std::string> names) {
    constexpr std::size_t longest = 40;
    const bool data = std::any_of(names.begin(), names.end(), [](const std::string& name) {
        return name.size() > longest || read_number(name) || geo::read_time(name);
    });
    if (data) {
        throw geo::Error(
            geo::ErrorKind::input,
            "the first line looks like a row of data; put a header line with the names of the "
            "columns in front");
    }
    constexpr std::size_t most = 20;
    std::string text;
    for (const std::string& name : names.first(std::min(names.size(), most))) {
        text += (text.empty() ? "'" : ", '") + name + "'";
    }
    return names.size() > most ? text + ", ..." : text;
}

} // namespace io
