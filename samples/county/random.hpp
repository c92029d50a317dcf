#pragma once

#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace county {

/// A seeded stream of numbers: SplitMix64 (Steele, Lea & Flood 2014). The standard library's
/// distributions differ between implementations; this one gives the same county everywhere.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }

    /// A whole number in [0, count); `count` must not be 0.
    unsigned below(unsigned count) { return static_cast<unsigned>(next() % count); }

    /// A whole number in [low, high].
    int between(int low, int high) {
        return low + static_cast<int>(below(static_cast<unsigned>(high - low) + 1));
    }

    bool in_hundred(unsigned times) { return below(100) < times; }

    /// An index, drawn in proportion to the weights; their sum must not be 0.
    std::size_t pick(std::span<const unsigned> weights) {
        unsigned left = below(std::accumulate(weights.begin(), weights.end(), 0U));
        std::size_t i = 0;
        while (left >= weights[i]) {
            left -= weights[i++];
        }
        return i;
    }

    template <typename Value>
    std::vector<Value> shuffled(std::vector<Value> values) {
        for (std::size_t i = values.size(); i > 1; --i) {
            std::swap(values[i - 1], values[below(static_cast<unsigned>(i))]);
        }
        return values;
    }

  private:
    std::uint64_t state_;
};

} // namespace county
