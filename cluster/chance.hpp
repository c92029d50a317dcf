#pragma once

#include <cstdint>
#include <random>

namespace cluster {

/// Random numbers that are the same with every standard library: keyed by a seed and the number of
/// the stream, so that what is drawn for one thing does not depend on what was drawn for others.
class Chance {
  public:
    /// Which stream of a seed.
    struct Stream {
        std::uint64_t number = 0;
    };

    Chance(std::uint64_t seed, Stream stream) : engine_(mixed(mixed(seed) + stream.number)) {}

    /// Evenly from [0, count); count at least 1.
    std::uint32_t below(std::uint32_t count) {
        return static_cast<std::uint32_t>(((engine_() >> 32U) * count) >> 32U);
    }
    /// Evenly from [0, 1).
    double unit() { return static_cast<double>(engine_() >> 11U) * 0x1p-53; }

  private:
    /// The finisher of SplitMix64 (Steele, Lea & Flood 2014): neighbouring keys give unlike seeds.
    static std::uint64_t mixed(std::uint64_t key) {
        key += 0x9E3779B97F4A7C15ULL;
        key = (key ^ (key >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        key = (key ^ (key >> 27U)) * 0x94D049BB133111EBULL;
        return key ^ (key >> 31U);
    }

    std::mt19937_64 engine_;
};

} // namespace cluster
