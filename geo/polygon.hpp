#pragma once

#include "geo/point.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace geo {

/// A polygon or multipolygon on the analysis grid: an immutable value around a GEOS geometry.
///
/// May have holes and several parts. Copying is cheap (shared). Edges belong to it.
class Polygon {
  public:
    /// \param wkb well-known binary in analysis CRS metres; polygon, multipolygon or collection of
    /// them. \throws Error (input) if it is no polygon or has no area.
    static Polygon from_wkb(std::span<const unsigned char> wkb);
    /// As above from WKT, mostly for tests.
    static Polygon from_wkt(const std::string& wkt);
    /// The disc as a 256-gon of the same area, a corner at most 2 cm outside it for 200 m.
    static Polygon disc(const GridPoint& centre, Metres radius);
    static Polygon rectangle(const Box& box);
    /// What at least one of the polygons covers; all of them, at least one.
    static Polygon united(std::span<const Polygon> polygons);

    std::vector<unsigned char> wkb() const;

    SquareMetres area() const;
    Box bounds() const;
    bool covers(const GridPoint& point) const;
    /// Area shared with the true disc, approximated by a 256-gon of equal area (error under 0.03 %
    /// of the disc).
    SquareMetres area_within(const GridPoint& centre, Metres radius) const;
    SquareMetres area_shared_with(const Polygon& other) const;
    /// All rings' segments, for exact work on edges: pairs of end points.
    std::vector<std::pair<GridPoint, GridPoint>> edges() const;

    /// The polygon that covers what either covers: the parts of a ward that comes as several
    /// features.
    Polygon united_with(const Polygon& other) const;

    /// What GEOS found wrong with the input, if it had to be repaired (MakeValid); else nothing.
    const std::optional<std::string>& repaired() const;

  private:
    friend class PolygonIndex;
    struct Parts;
    explicit Polygon(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
    std::shared_ptr<const Parts> parts_;
};

/// Finds which polygon holds a point: an STR-tree over boxes, then the prepared polygon.
///
/// GEOS builds parts of it when first asked, so one index is for one thread at a time.
class PolygonIndex {
  public:
    /// \param polygons in order of precedence: of several that hold a point, the first one wins.
    explicit PolygonIndex(std::span<const Polygon> polygons);
    ~PolygonIndex();
    PolygonIndex(PolygonIndex&&) noexcept;
    PolygonIndex& operator=(PolygonIndex&&) noexcept;

    /// The index of the first polygon that covers the point (edges included), or nothing.
    std::optional<std::uint32_t> find(const GridPoint& point) const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace geo
