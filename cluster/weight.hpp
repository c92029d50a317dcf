#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

namespace cluster {

/// A sum of incident weights in whole millionths, so that the order of adding changes nothing.
class Weight {
  public:
    constexpr Weight() = default;
    /// Rounds to the nearest millionth.
    static Weight of(double value) { return Weight(std::llround(value * 1e6)); }
    static constexpr Weight of_millionths(std::int64_t millionths) { return Weight(millionths); }

    constexpr double value() const { return static_cast<double>(millionths_) / 1e6; }
    constexpr std::int64_t millionths() const { return millionths_; }

    constexpr auto operator<=>(const Weight&) const = default;
    constexpr Weight& operator+=(Weight other) {
        millionths_ += other.millionths_;
        return *this;
    }
    constexpr Weight& operator-=(Weight other) {
        millionths_ -= other.millionths_;
        return *this;
    }
    friend constexpr Weight operator+(Weight a, Weight b) { return a += b; }
    friend constexpr Weight operator-(Weight a, Weight b) { return a -= b; }

  private:
    explicit constexpr Weight(std::int64_t millionths) : millionths_(millionths) {}
    std::int64_t millionths_ = 0;
};

} // namespace cluster
