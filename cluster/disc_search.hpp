#pragma once

#include "cluster/centre_region.hpp"
#include "cluster/neighbour_index.hpp"
#include "cluster/site.hpp"
#include "cluster/zone.hpp"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace cluster {

/// What a search for one disc may choose from, and what it maximises:
/// weight inside - cost * area, with the weight of each site counted once and the area that taken
/// discs cover already not charged again.
struct DiscChoice {
    geo::Metres radius_min{150}; ///< smallest legal radius, included
    geo::Metres radius_max{200}; ///< largest legal radius, included; legal radii are radius_min +
                                 ///< whole metres, and this
    double cost_per_square_metre =
        0;                   ///< weight charged for area; 0 takes the largest radius ("capture")
    Separation separation{}; ///< from the discs already taken
    std::uint32_t min_incidents = 0; ///< a disc holds at least so many, held ones included
    std::optional<double> above;     ///< only discs of more value than this are wanted
};

struct FoundDisc {
    Disc disc;
    Weight weight; ///< of the sites inside that were free, counted again from the published centre
                   ///< and radius
    double value = 0;            ///< weight - cost * area not covered by taken discs
    std::uint32_t incidents = 0; ///< inside, those of held sites included
};

/// Finds the best disc over all centres in a ward and all legal radii.
///
/// Branch and bound, best bound first, over boxes of centres (a square times a range of radii). A
/// site is certain for a box if every disc of the box holds it, uncertain if some may; certain +
/// uncertain bounds the box from above, its middle from below. Boxes with few uncertain sites, or
/// smaller than 20 cm, are finished by trying every point where two rims cross: of sites, of discs
/// taken, of the ward's edge. An optimum lies on one of them (Chazelle & Lee 1986, for discs
/// alone), and is then moved to the middle of the circle around what it holds, which leaves most
/// room for rounding. Exact where the region of best centres is a few millimetres wide or more; at
/// least as good as the optimum for a radius one centimetre smaller everywhere. Where discs may
/// overlap and area has a price, the value also changes between crossings, by no more than the
/// price of the ground that the rim of a disc passes over in 20 cm.
///
/// Sites without weight are never sought, but count towards `min_incidents`: incidents of other
/// wards. Without such a limit they change nothing.
///
/// A centre that would stand within 10 m of a site steps 25 m aside where that costs nothing: a
/// zone must not show where one incident happened.
///
/// A search is asked by one thread at a time.
///
/// Of discs of equal value the first that is met is kept, in an order that the sites alone decide:
/// the same on every run. Time: a few milliseconds for 1,000 sites; grows with the number of
/// near-best places rather than with the sites.
class DiscSearch {
  public:
    DiscSearch(std::vector<Site> sites, const geo::Polygon& ward);
    ~DiscSearch();
    DiscSearch(DiscSearch&&) noexcept;
    DiscSearch& operator=(DiscSearch&&) noexcept;

    std::span<const Site> sites() const;

    /// Sites inside the disc count nothing from now on (another disc holds them). Holding twice
    /// needs releasing twice.
    void hold(const Disc& disc);
    void release(const Disc& disc);

    /// The best disc that keeps its separation from all of `taken`, or nothing if none holds any
    /// weight and all that the choice asks. \throws geo::Error (usage) if a radius is not positive
    /// or radius_min is above radius_max.
    std::optional<FoundDisc> best(const DiscChoice& choice, std::span<const Disc> taken) const;

    /// What a disc would be worth now beside `taken`, with no regard to where it may lie.
    FoundDisc valued(const Disc& disc, const DiscChoice& choice, std::span<const Disc> taken) const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace cluster
