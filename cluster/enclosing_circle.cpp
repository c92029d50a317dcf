#include "cluster/enclosing_circle.hpp"

#include <cmath>
#include <cstddef>

namespace cluster {

namespace {

double length(double x, double y) {
    return std::sqrt(x * x + y * y);
}

bool holds(const Circle& circle, const LocalPoint& p) {
    constexpr double rounding = 1e-8;
    return length(p.x - circle.centre.x, p.y - circle.centre.y) <= circle.radius + rounding;
}

Circle across(const LocalPoint& a, const LocalPoint& b) {
    const LocalPoint middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
    return {middle, length(a.x - middle.x, a.y - middle.y)};
}

Circle through(const LocalPoint& a, const LocalPoint& b, const LocalPoint& c) {
    const double bx = b.x - a.x;
    const double by = b.y - a.y;
    const double cx = c.x - a.x;
    const double cy = c.y - a.y;
    const double twice_area = 2 * (bx * cy - by * cx);
    if (std::abs(twice_area) < 1e-12) { // on one line: the two that lie farthest apart decide
        const Circle ab = across(a, b);
        const Circle ac = across(a, c);
        const Circle bc = across(b, c);
        const Circle& longer = ab.radius >= ac.radius ? ab : ac;
        return longer.radius >= bc.radius ? longer : bc;
    }
    const double ux = (cy * (bx * bx + by * by) - by * (cx * cx + cy * cy)) / twice_area;
    const double uy = (bx * (cx * cx + cy * cy) - cx * (bx * bx + by * by)) / twice_area;
    return {{a.x + ux, a.y + uy}, length(ux, uy)};
}

} // namespace

Circle smallest_enclosing_circle(std::span<const LocalPoint> points) {
    if (points.empty()) {
        return {};
    }
    Circle circle{points.front(), 0};
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (holds(circle, points[i])) {
            continue;
        }
        circle = {points[i], 0};
        for (std::size_t j = 0; j < i; ++j) {
            if (holds(circle, points[j])) {
                continue;
            }
            circle = across(points[i], points[j]);
            for (std::size_t k = 0; k < j; ++k) {
                if (!holds(circle, points[k])) {
                    circle = through(points[i], points[j], points[k]);
                }
            }
        }
    }
    return circle;
}

} // namespace cluster
