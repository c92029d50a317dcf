#include "cluster/local_geometry.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cluster {

namespace {

void add(Crossings& crossings, const LocalPoint& point) {
    crossings.points[crossings.count++] = point;
}

} // namespace

double shared_area(const Circle& a, const Circle& b) {
    const double apart = std::sqrt(distance_squared(a.centre, b.centre));
    if (apart >= a.radius + b.radius) {
        return 0;
    }
    const double least = std::min(a.radius, b.radius);
    if (apart <= std::abs(a.radius - b.radius)) {
        return std::numbers::pi * squared(least);
    }
    // Half the angles under which each centre sees the chord between the two crossings.
    const auto half_angle = [apart](double near, double far) {
        const double cosine = (squared(apart) + squared(near) - squared(far)) / (2 * apart * near);
        return std::acos(std::clamp(cosine, -1.0, 1.0));
    };
    const auto segment = [](double radius, double angle) {
        return squared(radius) * (angle - std::sin(angle) * std::cos(angle));
    };
    return segment(a.radius, half_angle(a.radius, b.radius)) +
           segment(b.radius, half_angle(b.radius, a.radius));
}

Crossings crossings(const Circle& a, const Circle& b) {
    const double d2 = distance_squared(a.centre, b.centre);
    const double d = std::sqrt(d2);
    Crossings result;
    if (d == 0 || d > a.radius + b.radius + touch || d < std::abs(a.radius - b.radius) - touch) {
        return result;
    }
    const double along = (d2 + squared(a.radius) - squared(b.radius)) / (2 * d);
    const double off = std::sqrt(std::max(0.0, squared(a.radius) - squared(along)));
    const double ux = (b.centre.x - a.centre.x) / d;
    const double uy = (b.centre.y - a.centre.y) / d;
    add(result, {a.centre.x + along * ux - off * uy, a.centre.y + along * uy + off * ux});
    add(result, {a.centre.x + along * ux + off * uy, a.centre.y + along * uy - off * ux});
    return result;
}

Crossings crossings(const Segment& segment, const Circle& circle) {
    const double dx = segment.b.x - segment.a.x;
    const double dy = segment.b.y - segment.a.y;
    const double length2 = dx * dx + dy * dy;
    Crossings result;
    if (length2 == 0) {
        return result;
    }
    const double foot =
        ((circle.centre.x - segment.a.x) * dx + (circle.centre.y - segment.a.y) * dy) / length2;
    const LocalPoint nearest{segment.a.x + foot * dx, segment.a.y + foot * dy};
    const double rest = squared(circle.radius) - distance_squared(nearest, circle.centre);
    if (rest < -touch) {
        return result;
    }
    const double step = std::sqrt(std::max(0.0, rest) / length2);
    for (const double t : {foot - step, foot + step}) {
        if (t >= -1e-9 && t <= 1 + 1e-9) {
            add(result, {segment.a.x + t * dx, segment.a.y + t * dy});
        }
    }
    return result;
}

} // namespace cluster
