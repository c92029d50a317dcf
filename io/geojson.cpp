#include "io/geojson.hpp"

#include <charconv>
#include <fmt/core.h>

namespace io {

namespace {

/// The shortest text of the number, with a decimal point, so that it stays one with decimals.
std::string shortest(std::string_view number) {
    double value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    std::string text = fmt::format("{}", value);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

/// JSON text whose numbers with decimals are as short as they can be. The JSON library's are not in
/// one case of a thousand: 53.903620600000004 for 53.9036206, which is one decimal too many.
std::string with_shortest_numbers(std::string_view json) {
    std::string text;
    text.reserve(json.size());
    bool in_string = false;
    for (std::size_t i = 0; i < json.size();) {
        const char c = json[i];
        if (!in_string && (c == '-' || (c >= '0' && c <= '9'))) {
            const std::string_view number =
                json.substr(i, json.find_first_not_of("+-.0123456789eE", i) - i);
            const bool whole = number.find_first_of(".eE") == std::string_view::npos;
            text += whole ? std::string(number) : shortest(number);
            i += number.size();
            continue;
        }
        if (in_string && c == '\\') {
            text += c;
            text += json[i + 1];
            i += 2;
            continue;
        }
        in_string = in_string != (c == '"');
        text += c;
        ++i;
    }
    return text;
}

} // namespace

std::string feature_collection(std::string_view name, std::span<const std::string> features) {
    std::string text =
        fmt::format(R"({{"type":"FeatureCollection","name":"{}","features":[)", name);
    for (const std::string& feature : features) {
        text += &feature == features.data() ? "\n" : ",\n";
        text += with_shortest_numbers(feature);
    }
    return text + "\n]}\n";
}

} // namespace io
