#pragma once

#include "geo/metres.hpp"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <functional>

namespace geo {

/// A place on the analysis grid, kept in whole millimetres so that distances compare exactly.
///
/// Every place the program works with is first rounded to the millimetre; what is published is what
/// was compared.
class GridPoint {
  public:
    constexpr GridPoint() = default;

    /// Rounds to the nearest millimetre. Coordinates beyond 9e12 m overflow.
    static GridPoint at(Metres easting, Metres northing) {
        return {whole_millimetres(easting), whole_millimetres(northing)};
    }
    static constexpr GridPoint at_millimetres(std::int64_t easting, std::int64_t northing) {
        return {easting, northing};
    }

    constexpr Metres easting() const { return Metres(static_cast<double>(easting_mm_) / 1000.0); }
    constexpr Metres northing() const { return Metres(static_cast<double>(northing_mm_) / 1000.0); }
    constexpr std::int64_t easting_mm() const { return easting_mm_; }
    constexpr std::int64_t northing_mm() const { return northing_mm_; }

    /// Order by northing, then easting: the order in which ties between places are decided.
    friend constexpr std::strong_ordering operator<=>(const GridPoint& a, const GridPoint& b) {
        const auto by_northing = a.northing_mm_ <=> b.northing_mm_;
        return by_northing != 0 ? by_northing : a.easting_mm_ <=> b.easting_mm_;
    }
    friend constexpr bool operator==(const GridPoint&, const GridPoint&) = default;

  private:
    constexpr GridPoint(std::int64_t easting, std::int64_t northing)
        : easting_mm_(easting), northing_mm_(northing) {}

    std::int64_t easting_mm_ = 0;
    std::int64_t northing_mm_ = 0;
};

/// The straight-line distance on the grid.
inline Metres distance(const GridPoint& a, const GridPoint& b) {
    return Metres(std::hypot(static_cast<double>(a.easting_mm() - b.easting_mm()),
                             static_cast<double>(a.northing_mm() - b.northing_mm())) /
                  1000.0);
}

/// Whether `place` lies in the closed disc around `centre`: a point exactly on the circle is
/// inside. Exact for radii up to 2,000 km (the radius counts in whole millimetres).
inline bool within(const GridPoint& place, const GridPoint& centre, Metres radius) {
    const std::int64_t r = whole_millimetres(radius);
    const std::int64_t dx = place.easting_mm() - centre.easting_mm();
    const std::int64_t dy = place.northing_mm() - centre.northing_mm();
    if (dx > r || -dx > r || dy > r || -dy > r) {
        return false;
    }
    return dx * dx + dy * dy <= r * r;
}

/// Longitude and latitude in degrees, WGS84 unless a projection says otherwise. Has no distances on
/// purpose.
struct LonLat {
    double longitude = 0;
    double latitude = 0;

    friend constexpr bool operator==(const LonLat&, const LonLat&) = default;
};

/// A closed rectangle on the grid.
struct Box {
    GridPoint low;
    GridPoint high;

    constexpr bool contains(const GridPoint& p) const {
        return p.easting_mm() >= low.easting_mm() && p.easting_mm() <= high.easting_mm() &&
               p.northing_mm() >= low.northing_mm() && p.northing_mm() <= high.northing_mm();
    }
};

} // namespace geo

template <>
struct std::hash<geo::GridPoint> {
    std::size_t operator()(const geo::GridPoint& p) const noexcept {
        const auto x = static_cast<std::uint64_t>(p.easting_mm());
        const auto y = static_cast<std::uint64_t>(p.northing_mm());
        std::uint64_t h =
            x * 0x9E3779B97F4A7C15ULL ^ (y + 0x7F4A7C159E3779B9ULL) * 0xC2B2AE3D27D4EB4FULL;
        h ^= h >> 29;
        return static_cast<std::size_t>(h * 0xBF58476D1CE4E5B9ULL);
    }
};
