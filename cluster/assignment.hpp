#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cluster {

/// What a pair is worth, the most important part first: of two sums the one that is larger in the
/// first part in which they differ is larger. So a pair never weighs against another of more
/// importance, however many there are.
struct Gain {
    std::array<std::int64_t, 5> parts{};

    Gain& operator+=(const Gain& other);
    Gain& operator-=(const Gain& other);
    friend Gain operator+(Gain a, const Gain& b) { return a += b; }
    friend Gain operator-(Gain a, const Gain& b) { return a -= b; }
    friend bool operator==(const Gain&, const Gain&) = default;
    friend bool operator<(const Gain& a, const Gain& b) { return a.parts < b.parts; }
};

/// A pair of the row that it stands with and a column, and what it is worth.
struct PossiblePair {
    std::size_t column = 0;
    Gain gain;
};

/// The one-to-one pairing of rows with columns of most gain in all, exactly.
///
/// \param rows the pairs that may be made of each row, a column once at most. Those that gain
/// nothing (a gain of zero or less) are never made. \param columns how many columns there are.
/// \return the column of each row, or nothing. Gains are whole numbers, so the result is exact and
/// the same everywhere; among equals it is one that the order of rows and columns leads to.
///
/// Time O(r p log p) for r rows and p pairs at worst; where pairs are among near rows and columns,
/// as of visits in the order of time, about O(p). Source: Kuhn 1955, Jonker & Volgenant 1987.
std::vector<std::optional<std::size_t>>
best_assignment(std::span<const std::vector<PossiblePair>> rows, std::size_t columns);

} // namespace cluster
