#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace geo {

/// What kind of fault stops the program; `cli` maps each kind to an exit code.
enum class ErrorKind {
    usage,   ///< the command line or the configuration is wrong (exit 2)
    input,   ///< an input, or the place for the output, cannot be used (exit 3)
    refused, ///< publishing was refused by a guard (exit 5)
    locked,  ///< another run holds the lock (exit 75)
};

/// A fault that work cannot go on from: one line for a person, with the remedy.
///
/// Where a level knows the place of the fault it adds it with `within`, so that the line reads from
/// the outside in: `beats.csv: line 12: easting: 'abc' is not a number`.
class Error : public std::runtime_error {
  public:
    Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}

    ErrorKind kind() const { return kind_; }

    /// The same error, seen from one place further out.
    Error within(std::string_view place) const;

  private:
    ErrorKind kind_;
};

/// Calls `work`; an `Error` that leaves it carries `place` in front.
template <typename Work>
decltype(auto) within(std::string_view place, Work&& work) {
    try {
        return std::forward<Work>(work)();
    } catch (const Error& error) {
        throw error.within(place);
    }
}

/// The candidate closest to `word` by edit distance, or "" when none is close enough to be meant.
/// Ties go to the first candidate.
template <typename Words>
std::string nearest_word(std::string_view word, const Words& candidates);

/// Edits (insert, delete, replace, swap of neighbours) between two words, ignoring letter case and
/// reading '_' as '-'.
std::size_t edit_distance(std::string_view a, std::string_view b);

template <typename Words>
std::string nearest_word(std::string_view word, const Words& candidates) {
    std::string best;
    std::size_t best_distance = word.size() / 3 + 2;
    for (const auto& candidate : candidates) {
        const std::size_t d = edit_distance(word, candidate);
        if (d < best_distance) {
            best_distance = d;
            best = std::string(candidate);
        }
    }
    return best;
}

} // namespace geo
