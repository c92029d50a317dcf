#pragma once

#include <span>

namespace cluster {

/// A point in metres from a local origin; only for geometry inside one search, where a few
/// kilometres are the world.
struct LocalPoint {
    double x = 0;
    double y = 0;
};

struct EnclosingCircle {
    LocalPoint centre;
    double radius = 0; ///< metres
};

/// The smallest circle around all points (Welzl 1991, in the iterative form that keeps the order
/// given).
///
/// Expected O(n) on points in no special order, O(n^3) at worst; deterministic. Accurate to about
/// 1e-7 m within some kilometres of the origin. No points give a circle of radius 0 around the
/// origin.
EnclosingCircle smallest_enclosing_circle(std::span<const LocalPoint> points);

} // namespace cluster
