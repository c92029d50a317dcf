#pragma once

#include "schedule/plan.hpp"

#include <optional>
#include <string_view>

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

} // namespace io
