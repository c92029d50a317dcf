#include "cli/option_kinds.hpp"

#include "geo/error.hpp"
#include "geo/projection.hpp"
#include "geo/time_text.hpp"

#include <fmt/format.h>

#include <cmath>

namespace cli {

void refuse(std::string_view text, std::string_view wanted) {
    throw geo::Error(geo::ErrorKind::usage, fmt::format("'{}' is not {}", text, wanted));
}

void refuse_choice(std::string_view text, const std::vector<std::string_view>& words) {
    const std::string nearest = geo::nearest_word(text, words);
    refuse(text, fmt::format("one of {}{}", fmt::join(words, ", "),
                             nearest.empty() ? "" : "; did you mean '" + nearest + "'?"));
}

double number(const std::string& text, double least, double most) {
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, value);
    if (fault != std::errc() || stop != end || !std::isfinite(value) || value < least ||
        value > most) {
        refuse(text, fmt::format("a number from {} to {}", least, most));
    }
    return value;
}

geo::Day day(const std::string& text) {
    const auto value = geo::read_day(text);
    if (!value) {
        refuse(text, "a date such as 2026-11-23 or 23/11/2026");
    }
    return *value;
}

bool yes_or_no(const std::string& text) {
    if (text == "true") {
        return true;
    }
    if (text != "false") {
        refuse(text, "true or false");
    }
    return false;
}

std::string crs_name(const std::string& text) {
    try {
        geo::crs_traits(text);
    } catch (const geo::Error& error) {
        throw geo::Error(geo::ErrorKind::usage, error.what());
    }
    return text;
}

io::OptionValue shown(const std::string& text) {
    return text;
}

io::OptionValue shown(const std::optional<std::string>& text) {
    return text ? io::OptionValue(*text) : io::OptionValue();
}

io::OptionValue shown(const std::optional<geo::Day>& value) {
    return value ? io::OptionValue(geo::iso_text(*value)) : io::OptionValue();
}

} // namespace cli
