#pragma once

#include "geo/projection.hpp"

#include <bit>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
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

/// Gives each distinct pair of coordinates a number, in the order in which they come. Coordinates
/// must be finite.
class PointInterner {
  public:
    std::uint32_t number(const geo::SourcePoint& point) {
        // Adding zero makes -0 and +0 the same key.
        const Key key{std::bit_cast<std::uint64_t>(point.x + 0.0),
                      std::bit_cast<std::uint64_t>(point.y + 0.0)};
        const auto [at, is_new] =
            numbers_.try_emplace(key, static_cast<std::uint32_t>(points_.size()));
        if (is_new) {
            points_.push_back(point);
        }
        return at->second;
    }

    const std::vector<geo::SourcePoint>& points() const { return points_; }

  private:
    struct Key {
        std::uint64_t x;
        std::uint64_t y;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const noexcept {
            std::uint64_t h = key.x * 0x9E3779B97F4A7C15ULL ^
                              (key.y + 0x7F4A7C159E3779B9ULL) * 0xC2B2AE3D27D4EB4FULL;
            h ^= h >> 32U;
            return static_cast<std::size_t>(h);
        }
    };
    std::unordered_map<Key, std::uint32_t, KeyHash> numbers_;
    std::vector<geo::SourcePoint> points_;
};

} // namespace io
