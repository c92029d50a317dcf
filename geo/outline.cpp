// Simplification of a map of polygons with the edges that neighbours share: rings are cut into arcs
// at nodes, the corners where more than two ways meet, and each arc is simplified for itself by
// Douglas, D. and Peucker, T. (1973). Algorithms for the reduction of the number of points required
// to represent a digitized line or its caricature. Cartographica 10, 112-122. Arcs are walked from
// the lesser end, so that both sides of an edge come out alike; the recursion is a stack.

#include "geo/outline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <unordered_map>
#include <utility>

namespace geo {

namespace {

/// The rings behind a polygon's edges, which come ring by ring.
std::vector<Ring> rings_of(const Polygon& polygon) {
    std::vector<Ring> rings;
    bool open = false;
    for (const auto& [from, to] : polygon.edges()) {
        if (!open) {
            rings.emplace_back();
        }
        rings.back().push_back(from);
        open = to != rings.back().front();
    }
    return rings;
}

/// The corners next to a corner, as far as it takes to see that it is no node.
struct Neighbours {
    std::array<GridPoint, 2> known;
    std::size_t number = 0; ///< 3: more than two
};

using Corners = std::unordered_map<GridPoint, Neighbours>;

void add_neighbour(Neighbours& corner, const GridPoint& next) {
    const auto end = corner.known.begin() +
                     std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(corner.number), 2);
    if (corner.number > 2 || std::find(corner.known.begin(), end, next) != end) {
        return;
    }
    if (corner.number < 2) {
        corner.known.at(corner.number) = next;
    }
    ++corner.number;
}

Corners corners_of(std::span<const std::vector<Ring>> outlines) {
    Corners corners;
    for (const std::vector<Ring>& rings : outlines) {
        for (const Ring& ring : rings) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const GridPoint& next = ring[(i + 1) % ring.size()];
                add_neighbour(corners[ring[i]], next);
                add_neighbour(corners[next], ring[i]);
            }
        }
    }
    return corners;
}

double distance_from_line(const GridPoint& p, const GridPoint& a, const GridPoint& b) {
    const double ax = a.easting().value();
    const double ay = a.northing().value();
    const double dx = b.easting().value() - ax;
    const double dy = b.northing().value() - ay;
    const double px = p.easting().value() - ax;
    const double py = p.northing().value() - ay;
    const double length2 = dx * dx + dy * dy;
    const double along = length2 > 0 ? std::clamp((px * dx + py * dy) / length2, 0.0, 1.0) : 0.0;
    return std::hypot(px - along * dx, py - along * dy);
}

/// The corner between two that is farthest from the line between them; the first of equals.
std::pair<std::size_t, double> farthest(std::span<const GridPoint> line, std::size_t from,
                                        std::size_t to) {
    std::pair<std::size_t, double> best{from, 0};
    for (std::size_t i = from + 1; i < to; ++i) {
        const double d = distance_from_line(line[i], line[from], line[to]);
        if (d > best.second) {
            best = {i, d};
        }
    }
    return best;
}

/// The line with both its ends and the corners it cannot do without.
std::vector<GridPoint> thinned(std::span<const GridPoint> line, Metres tolerance) {
    std::vector<bool> keep(line.size());
    keep.front() = keep.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
    while (!open.empty()) {
        const auto [from, to] = open.back();
        open.pop_back();
        const auto [corner, apart] = farthest(line, from, to);
        if (apart > tolerance.value()) {
            keep[corner] = true;
            open.emplace_back(from, corner);
            open.emplace_back(corner, to);
        }
    }
    std::vector<GridPoint> kept;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (keep[i]) {
            kept.push_back(line[i]);
        }
    }
    return kept;
}

/// The same, walked from its lesser end; of a closed line, towards the lesser neighbour.
std::vector<GridPoint> thinned_either_way(std::vector<GridPoint> line, Metres tolerance) {
    const std::size_t last = line.size() - 1;
    const bool closed = line.front() == line.back();
    const bool turn = closed ? line[last - 1] < line[1] : line.back() < line.front();
    if (turn) {
        std::reverse(line.begin(), line.end());
    }
    std::vector<GridPoint> kept = thinned(line, tolerance);
    if (turn) {
        std::reverse(kept.begin(), kept.end());
    }
    return kept;
}

/// Where a ring is cut: at its nodes; one without, at its least corner.
Ring begun_at_a_cut(Ring ring, const Corners& corners) {
    const auto node = std::find_if(ring.begin(), ring.end(), [&](const GridPoint& corner) {
        return corners.at(corner).number > 2;
    });
    std::rotate(ring.begin(),
                node != ring.end() ? node : std::min_element(ring.begin(), ring.end()), ring.end());
    return ring;
}

Ring thinned_ring(const Ring& original, const Corners& corners, Metres tolerance) {
    const Ring ring = begun_at_a_cut(original, corners);
    Ring result;
    std::vector<GridPoint> arc{ring.front()};
    for (std::size_t i = 1; i <= ring.size(); ++i) {
        const GridPoint& corner = ring[i % ring.size()];
        arc.push_back(corner);
        if (i == ring.size() || corners.at(corner).number > 2) {
            const auto kept = thinned_either_way(std::move(arc), tolerance);
            result.insert(result.end(), kept.begin(), kept.end() - 1);
            arc = {corner};
        }
    }
    return result;
}

} // namespace

std::vector<std::vector<Ring>> simplified_outlines(std::span<const Polygon> polygons,
                                                   Metres tolerance) {
    std::vector<std::vector<Ring>> outlines;
    outlines.reserve(polygons.size());
    std::transform(polygons.begin(), polygons.end(), std::back_inserter(outlines), rings_of);
    const Corners corners = corners_of(outlines);
    for (std::vector<Ring>& rings : outlines) {
        std::vector<Ring> kept;
        for (const Ring& ring : rings) {
            Ring thin = thinned_ring(ring, corners, tolerance);
            if (thin.size() >= 3) {
                kept.push_back(std::move(thin));
            }
        }
        if (kept.empty() && !rings.empty()) {
            kept.push_back(std::move(rings.front()));
        }
        rings = std::move(kept);
    }
    return outlines;
}

} // namespace geo
