#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

namespace geo {

/// A length on the ground or on the analysis grid, in metres.
class Metres {
  public:
    constexpr Metres() = default;
    explicit constexpr Metres(double value) : value_(value) {}

    constexpr double value() const { return value_; }

    constexpr auto operator<=>(const Metres&) const = default;
    friend constexpr Metres operator+(Metres a, Metres b) { return Metres(a.value_ + b.value_); }
    friend constexpr Metres operator-(Metres a, Metres b) { return Metres(a.value_ - b.value_); }
    friend constexpr Metres operator*(double factor, Metres a) { return Metres(factor * a.value_); }
    friend constexpr Metres operator/(Metres a, double by) { return Metres(a.value_ / by); }
    friend constexpr double operator/(Metres a, Metres b) { return a.value_ / b.value_; }

  private:
    double value_ = 0;
};

/// An area in square metres.
class SquareMetres {
  public:
    constexpr SquareMetres() = default;
    explicit constexpr SquareMetres(double value) : value_(value) {}

    constexpr double value() const { return value_; }
    constexpr double square_kilometres() const { return value_ * 1e-6; }

    constexpr auto operator<=>(const SquareMetres&) const = default;
    friend constexpr SquareMetres operator+(SquareMetres a, SquareMetres b) {
        return SquareMetres(a.value_ + b.value_);
    }
    friend constexpr double operator/(SquareMetres a, SquareMetres b) {
        return a.value_ / b.value_;
    }

  private:
    double value_ = 0;
};

constexpr SquareMetres operator*(Metres a, Metres b) {
    return SquareMetres(a.value() * b.value());
}

/// Whole millimetres: the resolution at which places are stored and compared exactly.
inline std::int64_t whole_millimetres(Metres length) {
    return std::llround(length.value() * 1000.0);
}

namespace literals {
constexpr Metres operator""_m(long double value) {
    return Metres(static_cast<double>(value));
}
constexpr Metres operator""_m(unsigned long long value) {
    return Metres(static_cast<double>(value));
}
} // namespace literals

} // namespace geo
