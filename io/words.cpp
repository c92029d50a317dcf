#include "io/words.hpp"

#include <algorithm>

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

} // namespace io
