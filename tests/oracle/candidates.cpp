#include "tests/oracle/candidates.hpp"

#include "cluster/neighbour_index.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <tuple>

namespace oracle {

namespace {

using cluster::Disc;
using cluster::DiscChoice;
using cluster::FoundDisc;
using cluster::Site;

std::vector<geo::Metres> radii(const DiscChoice& choice, unsigned step) {
    std::vector<geo::Metres> result;
    for (geo::Metres r = choice.radius_min; r < choice.radius_max; r = r + geo::Metres(step)) {
        result.push_back(r);
    }
    result.push_back(choice.radius_max);
    return result;
}

double area(geo::Metres radius) {
    return std::numbers::pi * radius.value() * radius.value();
}

/// A ward ready for laying discs over it.
class Ground {
  public:
    Ground(const cluster::Ward& ward, std::span<const Site> sites, const DiscChoice& choice)
        : region_(ward.shape), index_(sites), sites_(sites), choice_(choice) {}

    bool legal(const geo::GridPoint& centre) const { return region_.in_ward(centre); }
    geo::Box bounds() const { return region_.bounds(); }

    /// Adds the discs around one centre that are worth anything.
    void add(const geo::GridPoint& centre, const std::vector<geo::Metres>& of_radii,
             std::vector<FoundDisc>& found) const {
        const auto near = index_.within(centre, choice_.radius_max);
        if (near.empty() || !legal(centre)) {
            return;
        }
        for (const geo::Metres radius : of_radii) {
            FoundDisc disc{.disc = {centre, radius}};
            for (const std::uint32_t site : near) {
                if (disc.disc.holds(sites_[site].place)) {
                    disc.weight += sites_[site].weight;
                    disc.incidents += sites_[site].incidents;
                }
            }
            disc.value = disc.weight.value() - choice_.cost_per_square_metre * area(radius);
            if (disc.value > 0 && disc.incidents >= choice_.min_incidents) {
                found.push_back(disc);
            }
        }
    }

    /// Both points at which a disc has two sites on its rim, a little nearer to them than that.
    std::vector<geo::GridPoint> crossings(const Site& a, const Site& b, geo::Metres radius) const {
        const double dx = (b.place.easting() - a.place.easting()).value();
        const double dy = (b.place.northing() - a.place.northing()).value();
        const double half = std::hypot(dx, dy) / 2;
        const double height2 = radius.value() * radius.value() - half * half;
        std::vector<geo::GridPoint> points;
        if (half > 0 && height2 > 0) {
            const double way = std::max(0.0, std::sqrt(height2) - 0.005) / (2 * half);
            for (const double side : {-way, way}) {
                points.push_back(
                    geo::GridPoint::at(a.place.easting() + geo::Metres(dx / 2 - side * dy),
                                       a.place.northing() + geo::Metres(dy / 2 + side * dx)));
            }
        }
        return points;
    }

    const cluster::NeighbourIndex& index() const { return index_; }

  private:
    cluster::CentreRegion region_;
    cluster::NeighbourIndex index_;
    std::span<const Site> sites_;
    DiscChoice choice_;
};

void add_grid(const Ground& ground, double step, const std::vector<geo::Metres>& of_radii,
              std::vector<FoundDisc>& found) {
    const geo::Box box = ground.bounds();
    const auto step_mm = static_cast<std::int64_t>(std::llround(step * 1000));
    for (auto y = box.low.northing_mm(); y <= box.high.northing_mm(); y += step_mm) {
        for (auto x = box.low.easting_mm(); x <= box.high.easting_mm(); x += step_mm) {
            ground.add(geo::GridPoint::at_millimetres(x, y), of_radii, found);
        }
    }
}

void add_crossings(const Ground& ground, std::span<const Site> sites, double square,
                   const std::vector<geo::Metres>& of_radii, std::vector<FoundDisc>& found) {
    using Cell = std::tuple<std::int64_t, std::int64_t>;
    const auto side = static_cast<std::int64_t>(std::llround(square * 1000));
    for (const geo::Metres radius : of_radii) {
        std::map<Cell, FoundDisc> best;
        for (std::uint32_t a = 0; a < sites.size(); ++a) {
            for (const std::uint32_t b : ground.index().within(sites[a].place, 2 * radius)) {
                if (b <= a || sites[a].weight <= cluster::Weight() ||
                    sites[b].weight <= cluster::Weight()) {
                    continue;
                }
                std::vector<FoundDisc> here;
                for (const geo::GridPoint& p : ground.crossings(sites[a], sites[b], radius)) {
                    ground.add(p, {radius}, here);
                }
                for (const FoundDisc& disc : here) {
                    const Cell cell{disc.disc.centre.northing_mm() / side,
                                    disc.disc.centre.easting_mm() / side};
                    const auto [at, is_new] = best.try_emplace(cell, disc);
                    if (!is_new && disc.value > at->second.value) {
                        at->second = disc;
                    }
                }
            }
        }
        for (const auto& [cell, disc] : best) {
            found.push_back(disc);
        }
    }
}

} // namespace

std::vector<FoundDisc> candidates(const cluster::Ward& ward, std::span<const Site> sites,
                                  const DiscChoice& choice, const CandidateOptions& options) {
    const Ground ground(ward, sites, choice);
    const std::vector<geo::Metres> of_radii = radii(choice, options.radius_step);
    std::vector<FoundDisc> found;
    add_grid(ground, options.grid_metres, of_radii, found);
    add_crossings(ground, sites, options.crossing_metres, of_radii, found);
    return found;
}

std::vector<FoundDisc> candidates_around(std::span<const Disc> discs, const cluster::Ward& ward,
                                         std::span<const Site> sites, const DiscChoice& choice,
                                         const Surroundings& around) {
    const Ground ground(ward, sites, choice);
    const auto steps = static_cast<int>(around.reach_metres / around.step_metres);
    const auto step = static_cast<std::int64_t>(std::llround(around.step_metres * 1000));
    std::vector<FoundDisc> found;
    for (const Disc& disc : discs) {
        std::vector<geo::Metres> of_radii;
        for (const geo::Metres r : radii(choice, 1)) {
            if (std::abs((r - disc.radius).value()) <= 5) {
                of_radii.push_back(r);
            }
        }
        for (int j = -steps; j <= steps; ++j) {
            for (int i = -steps; i <= steps; ++i) {
                ground.add(geo::GridPoint::at_millimetres(disc.centre.easting_mm() + i * step,
                                                          disc.centre.northing_mm() + j * step),
                           of_radii, found);
            }
        }
    }
    return found;
}

FoundDisc alone(const Disc& disc, std::span<const Site> sites, const DiscChoice& choice) {
    FoundDisc found{.disc = disc};
    for (const Site& site : sites) {
        if (disc.holds(site.place)) {
            found.weight += site.weight;
            found.incidents += site.incidents;
        }
    }
    found.value = found.weight.value() - choice.cost_per_square_metre * area(disc.radius);
    return found;
}

} // namespace oracle
