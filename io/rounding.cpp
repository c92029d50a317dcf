#include "io/rounding.hpp"

#include <charconv>
#include <fmt/core.h>
#include <string>

namespace io {

namespace {

/// Through text, so that the result is the double that its decimals name.
double from_text(const std::string& text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value == 0 ? 0 : value; // -0 looks odd in a table
}

} // namespace

double to_decimals(double value, int decimals) {
    return from_text(fmt::format("{:.{}f}", value, decimals));
}

double to_significant(double value, int digits) {
    return from_text(fmt::format("{:.{}g}", value, digits));
}

} // namespace io
