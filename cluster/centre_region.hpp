#pragma once

#include "cluster/zone.hpp"
#include "geo/polygon.hpp"

#include <span>
#include <utility>
#include <vector>

namespace cluster {

/// How near discs may come: their centres lie at least factor * (r_i + r_j) apart. 1: none overlap;
/// 0: any may.
struct Separation {
    double factor = 1.0;
};

/// Whether two discs keep the separation; exact to the millimetre for a factor of 1.
bool apart(const Disc& a, const Disc& b, Separation separation);

/// Where the centre of a disc may lie: inside a ward and clear of the discs that are already taken.
///
/// Inside means at least `clearance` from the ward's edge, so that no rounding of coordinates, ours
/// or a later program's, puts a centre over the edge. Asked by one thread at a time.
class CentreRegion {
  public:
    static constexpr geo::Metres clearance{0.010};

    explicit CentreRegion(const geo::Polygon& ward);

    /// Inside the ward with clearance to its edge.
    bool in_ward(const geo::GridPoint& centre) const;
    /// In the ward, edges included and no clearance asked.
    bool covers(const geo::GridPoint& centre) const { return ward_.find(centre).has_value(); }

    geo::Box bounds() const { return bounds_; }
    /// The ward's edges, to the millimetre.
    std::span<const std::pair<geo::GridPoint, geo::GridPoint>> edges() const { return edges_; }

  private:
    geo::PolygonIndex ward_; ///< of the one ward: prepared for many points
    geo::Box bounds_;
    std::vector<std::pair<geo::GridPoint, geo::GridPoint>> edges_;
};

} // namespace cluster
