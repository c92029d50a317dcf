#pragma once

#include <array>
#include <cstddef>

namespace cluster {

/// A point in metres from a local origin; only for geometry inside one search, where a few
/// kilometres are the world.
struct LocalPoint {
    double x = 0;
    double y = 0;
};

double distance_squared(const LocalPoint& a, const LocalPoint& b);

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

/// A closed square, by its middle and half its side.
struct Square {
    LocalPoint middle;
    double half = 0;

    double nearest_squared(const LocalPoint& p) const; ///< 0 inside
    double farthest_squared(const LocalPoint& p) const;
    bool holds(const LocalPoint& p) const; ///< to within `touch`
    bool may_cross(
        const Segment& s) const; ///< by boxes: true wherever it does, sometimes where it does not
};

/// Metres: what lies so near to touching is taken to touch.
inline constexpr double touch = 1e-7;

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
