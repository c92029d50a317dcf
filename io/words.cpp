#include "io/words.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace io {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

std::string_view word(schedule::Reason reason) {
    return reason == schedule::Reason::rule ? "rule" : "risk";
}

std::string_view word(schedule::Status status) {
    return status == schedule::Status::planned ? "planned" : "issued";
}

std::optional<schedule::Reason> reason_of(std::string_view text) {
    for (const auto reason : {schedule::Reason::rule, schedule::Reason::risk}) {
        if (same_word(text, word(reason))) {
            return reason;
        }
    }
    return std::nullopt;
}

std::optional<schedule::Status> status_of(std::string_view text) {
    for (const auto status : {schedule::Status::planned, schedule::Status::issued}) {
        if (same_word(text, word(status))) {
            return status;
        }
    }
    return std::nullopt;
}

bool same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

namespace {

template <typename Number>
std::optional<Number> read_number(std::string_view text) {
    const std::string_view digits = trimmed(text);
    Number value{};
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (fault != std::errc() || end != digits.data() + digits.size()) {
        return std::nullopt;
    }
    return value;
}

} // namespace

std::optional<double> number_of(std::string_view text) {
    const auto value = read_number<double>(text);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<std::uint64_t> whole_number_of(std::string_view text) {
    return read_number<std::uint64_t>(text);
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string> parts_of(std::string_view text, std::string_view separators) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t length = std::min(text.find_first_of(separators), text.size());
        if (const std::string_view part = trimmed(text.substr(0, length)); !part.empty()) {
            parts.emplace_back(part);
        }
        text.remove_prefix(std::min(length + 1, text.size()));
    }
    return parts;
}

} // namespace io
