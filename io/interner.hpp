#pragma once

#include "geo/projection.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace io {

/// Lets a map with texts as keys be searched without making a std::string.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>()(text);
    }
};

/// Gives each distinct text a number, in the order in which they come.
class TextInterner {
  public:
    std::uint32_t number(std::string_view text) {
        const auto known = numbers_.find(text);
        if (known != numbers_.end()) {
            return known->second;
        }
        const auto next = static_cast<std::uint32_t>(texts_.size());
        texts_.emplace_back(text);
        numbers_.emplace(texts_.back(), next);
        return next;
    }

    const std::vector<std::string>& texts() const { return texts_; }

  private:
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> numbers_;
    std::vector<std::string> texts_;
};

/// Finds again what stands in a list of the caller's, by its hash: open addressing, at most three
/// quarters full, five to eleven bytes an item. Items are numbered by their positions, below 2^32
/// - 1.
class PositionTable {
  public:
    /// The position of the item that `same(position)` says is equal; `next` if there is none, which
    /// is entered for an item that the caller is about to append there.
    /// \param hash of the item. \param hash_of the hash of the item at a position.
    template <typename Same, typename HashOf>
    std::uint32_t find_or_enter(std::size_t hash, std::uint32_t next, const Same& same,
                                const HashOf& hash_of) {
        if (4 * (entered_ + 1) > 3 * slots_.size()) {
            grow(hash_of);
        }
        std::size_t at = hash & (slots_.size() - 1);
        for (; slots_[at] != nothing; at = (at + 1) & (slots_.size() - 1)) {
            if (same(slots_[at])) {
                return slots_[at];
            }
        }
        slots_[at] = next;
        ++entered_;
        return next;
    }

  private:
    static constexpr std::uint32_t nothing = std::numeric_limits<std::uint32_t>::max();

    template <typename HashOf>
    void grow(const HashOf& hash_of) {
        std::vector<std::uint32_t> wider(std::max<std::size_t>(16, 2 * slots_.size()), nothing);
        for (const std::uint32_t position : slots_) {
            if (position != nothing) {
                std::size_t at = hash_of(position) & (wider.size() - 1);
                while (wider[at] != nothing) {
                    at = (at + 1) & (wider.size() - 1);
                }
                wider[at] = position;
            }
        }
        slots_ = std::move(wider);
    }

    std::vector<std::uint32_t> slots_; ///< a power of two of them
    std::size_t entered_ = 0;
};

/// Gives each distinct pair of coordinates a number, in the order in which they come. Coordinates
/// must be finite; -0 is 0.
class PointInterner {
  public:
    std::uint32_t number(const geo::SourcePoint& point) {
        const auto next = static_cast<std::uint32_t>(points_.size());
        const std::uint32_t found = table_.find_or_enter(
            hash(point), next,
            [&](std::uint32_t i) { return points_[i].x == point.x && points_[i].y == point.y; },
            [&](std::uint32_t i) { return hash(points_[i]); });
        if (found == next) {
            points_.push_back(point);
        }
        return found;
    }

    const std::vector<geo::SourcePoint>& points() const { return points_; }
    /// The points without the means to find them, and the interner empty.
    std::vector<geo::SourcePoint> release() {
        table_ = {};
        return std::exchange(points_, {});
    }

  private:
    static std::size_t hash(const geo::SourcePoint& point) {
        // Adding zero makes -0 and +0 the same key.
        const auto x = std::bit_cast<std::uint64_t>(point.x + 0.0);
        const auto y = std::bit_cast<std::uint64_t>(point.y + 0.0);
        std::uint64_t h =
            x * 0x9E3779B97F4A7C15ULL ^ (y + 0x7F4A7C159E3779B9ULL) * 0xC2B2AE3D27D4EB4FULL;
        h = (h ^ (h >> 32U)) * 0xBF58476D1CE4E5B9ULL;
        return static_cast<std::size_t>(h ^ (h >> 32U));
    }

    PositionTable table_;
    std::vector<geo::SourcePoint> points_;
};

} // namespace io
