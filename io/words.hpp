#pragma once

#include "schedule/plan.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace io {

/// "rule" or "risk".
std::string_view word(schedule::Reason reason);
/// "planned" or "issued".
std::string_view word(schedule::Status status);

/// What the word means, letter case ignored, or nothing.
std::optional<schedule::Reason> reason_of(std::string_view word);
std::optional<schedule::Status> status_of(std::string_view word);

/// Whether two words are the same but for the letter case of A to Z.
bool same_word(std::string_view a, std::string_view b);

/// The number that the whole text is ("12", "0.5", "1e3"; blanks around are ignored), or nothing;
/// never infinite or not-a-number.
std::optional<double> number_of(std::string_view text);
/// The whole number, 0 or more, that the whole text is, or nothing.
std::optional<std::uint64_t> whole_number_of(std::string_view text);

/// `text` without the blanks, tabs and line ends around it.
std::string_view trimmed(std::string_view text);

/// The trimmed parts of `text` between any of the characters of `separators`; empty ones left out.
std::vector<std::string> parts_of(std::string_view text, std::string_view separators);

} // namespace io
