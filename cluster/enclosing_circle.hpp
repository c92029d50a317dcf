#pragma once

#include "cluster/local_geometry.hpp"

#include <span>

namespace cluster {

/// The smallest circle around all points (Welzl 1991, in the iterative form that keeps the order
/// given).
///
/// Expected O(n) on points in no special order, O(n^3) at worst; deterministic. Accurate to about
/// 1e-7 m within some kilometres of the origin. No points give a circle of radius 0 around the
/// origin.
Circle smallest_enclosing_circle(std::span<const LocalPoint> points);

} // namespace cluster
