#include "io/number_text.hpp"

#include <charconv>
#include <cmath>
#include <string>

namespace io {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::optional<double> plain_number(std::string_view text) {
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = fault == std::errc() && end == text.data() + text.size();
    return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// The number without its thousand separators; nothing if one stands where none belongs.
std::optional<std::string> without_separators(std::string_view text) {
    const std::size_t point = text.find('.');
    std::string_view whole = text.substr(0, point);
    std::string plain;
    std::size_t behind = 0; // figures since the last separator
    bool separated = false;
    for (const char c : whole) {
        if (is_digit(c)) {
            ++behind;
            plain += c;
        } else if (c == ',' || c == ' ') {
            if (behind == 0 || behind > 3 || (separated && behind != 3)) {
                return std::nullopt;
            }
            separated = true;
            behind = 0;
        } else if (c == '-' && plain.empty()) {
            plain += c;
        } else {
            return std::nullopt;
        }
    }
    if (separated && behind != 3) {
        return std::nullopt;
    }
    return plain.append(point == std::string_view::npos ? "" : text.substr(point));
}

/// No-break and thin spaces, in UTF-8 or Windows-1252, as plain blanks: what spreadsheets put
/// between thousands.
std::string with_plain_blanks(std::string_view text) {
    std::string plain(text);
    for (const std::string_view blank : {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xA0"}) {
        for (std::size_t at = plain.find(blank); at != std::string::npos;
             at = plain.find(blank, at)) {
            plain.erase(at, blank.size() - 1);
            plain[at] = ' ';
        }
    }
    return plain;
}

} // namespace

bool is_blank_text(std::string_view text) {
    return trimmed(text).empty();
}

std::optional<double> read_number(std::string_view text) {
    if (const auto number = plain_number(text)) {
        return number;
    }
    const std::string spaced = with_plain_blanks(text);
    text = trimmed(spaced);
    if (text.size() > 1 && text.front() == '+' && text[1] != '-') {
        text.remove_prefix(1);
    }
    if (const auto number = plain_number(text)) {
        return number;
    }
    const auto plain = without_separators(text);
    return plain ? plain_number(*plain) : std::nullopt;
}

} // namespace io
