#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace cluster {

/// A point in metres from a local origin; only for geometry inside one search, where a few
/// kilometres are the world.
struct LocalPoint {
    double x = 0;
    double y = 0;
};

/// Metres: what lies so near to touching is taken to touch.
inline constexpr double touch = 1e-7;

constexpr double squared(double x) {
    return x * x;
}

constexpr double distance_squared(const LocalPoint& a, const LocalPoint& b) {
    return squared(a.x - b.x) + squared(a.y - b.y);
}

struct Segment {
    LocalPoint a;
    LocalPoint b;
};

struct Circle {
    LocalPoint centre;
    double radius = 0; ///< metres
};

/// The area that two discs share; 0 where they only touch.
double shared_area(const Circle& a, const Circle& b);

/// A closed square, by its middle and half its side. Asked millions of times, so all is inline.
struct Square {
    LocalPoint middle;
    double half = 0;

    /// 0 inside.
    double nearest_squared(const LocalPoint& p) const {
        return squared(std::max(0.0, std::abs(p.x - middle.x) - half)) +
               squared(std::max(0.0, std::abs(p.y - middle.y) - half));
    }
    double farthest_squared(const LocalPoint& p) const {
        return squared(std::abs(p.x - middle.x) + half) + squared(std::abs(p.y - middle.y) + half);
    }
    /// To within `touch`.
    bool holds(const LocalPoint& p) const {
        return std::abs(p.x - middle.x) <= half + touch && std::abs(p.y - middle.y) <= half + touch;
    }
    /// By boxes: true wherever it does, sometimes where it does not.
    bool may_cross(const Segment& s) const {
        const double margin = half + 0.002; // ends of segments are whole millimetres
        return std::min(s.a.x, s.b.x) <= middle.x + margin &&
               std::max(s.a.x, s.b.x) >= middle.x - margin &&
               std::min(s.a.y, s.b.y) <= middle.y + margin &&
               std::max(s.a.y, s.b.y) >= middle.y - margin;
    }
};

/// The points, none to two, in which two curves cross; curves that touch cross twice in one point.
struct Crossings {
    std::array<LocalPoint, 2> points{};
    std::size_t count = 0;

    const LocalPoint* begin() const { return points.data(); }
    const LocalPoint* end() const { return points.data() + count; }
};

/// The rims of two circles; equal ones and concentric ones give none.
Crossings crossings(const Circle& a, const Circle& b);

/// A segment, its ends included, and the rim of a circle; a segment without length gives none.
Crossings crossings(const Segment& segment, const Circle& circle);

} // namespace cluster
