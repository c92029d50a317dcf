// Zones are few and small, incidents many: zones are what is indexed. A disc is entered in every
// square of a lattice that its box touches; squares are as wide as the widest disc, so each has few
// discs and each disc few squares.

#include "cluster/disc_contents.hpp"

#include "geo/parallel.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace cluster {

namespace {

class Lattice {
  public:
    explicit Lattice(std::span<const Disc> discs) : discs_(discs) {
        for (const Disc& disc : discs) {
            side_ = std::max(side_, 2 * geo::whole_millimetres(disc.radius));
        }
        for (std::uint32_t d = 0; d < discs.size(); ++d) {
            enter(d);
        }
    }

    /// Calls `found` with each disc that holds the place.
    template <typename Found>
    void for_each_holding(const geo::GridPoint& place, const Found& found) const {
        const auto square = squares_.find(
            Square::at_millimetres(cell(place.easting_mm()), cell(place.northing_mm())));
        if (square == squares_.end()) {
            return;
        }
        for (const std::uint32_t d : square->second) {
            if (discs_[d].holds(place)) {
                found(d);
            }
        }
    }

  private:
    using Square = geo::GridPoint; ///< column and row in place of millimetres

    std::int64_t cell(std::int64_t millimetres) const {
        return millimetres >= 0 ? millimetres / side_ : -((side_ - 1 - millimetres) / side_);
    }

    void enter(std::uint32_t d) {
        const geo::GridPoint& centre = discs_[d].centre;
        const std::int64_t reach = geo::whole_millimetres(discs_[d].radius);
        for (std::int64_t row = cell(centre.northing_mm() - reach);
             row <= cell(centre.northing_mm() + reach); ++row) {
            for (std::int64_t column = cell(centre.easting_mm() - reach);
                 column <= cell(centre.easting_mm() + reach); ++column) {
                squares_[Square::at_millimetres(column, row)].push_back(d);
            }
        }
    }

    std::span<const Disc> discs_;
    std::int64_t side_ = 1;
    std::unordered_map<Square, std::vector<std::uint32_t>> squares_;
};

} // namespace

std::vector<std::vector<std::uint32_t>> incidents_inside(std::span<const Disc> discs,
                                                         std::span<const Incident> incidents,
                                                         const ContentsOptions& options) {
    constexpr std::size_t at_once = 1 << 16;
    const Lattice lattice(discs);
    using Hit = std::pair<std::uint32_t, std::uint32_t>; // disc, incident
    std::vector<std::vector<Hit>> hits((incidents.size() + at_once - 1) / at_once);
    geo::parallel_for(hits.size(), options.threads, [&](std::size_t block) {
        const std::size_t last = std::min(incidents.size(), (block + 1) * at_once);
        for (std::size_t i = block * at_once; i < last; ++i) {
            lattice.for_each_holding(incidents[i].place, [&](std::uint32_t d) {
                hits[block].emplace_back(d, static_cast<std::uint32_t>(i));
            });
        }
    });
    std::vector<std::vector<std::uint32_t>> inside(discs.size());
    for (std::vector<Hit>& block : hits) {
        for (const auto& [disc, incident] : block) {
            inside[disc].push_back(incident);
        }
        block = std::vector<Hit>(); // lets go of the memory
    }
    geo::parallel_for(inside.size(), options.threads, [&](std::size_t d) {
        std::sort(inside[d].begin(), inside[d].end(), [&](std::uint32_t a, std::uint32_t b) {
            return std::tie(incidents[a].place, a) < std::tie(incidents[b].place, b);
        });
    });
    return inside;
}

} // namespace cluster
