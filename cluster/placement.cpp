#include "cluster/placement.hpp"

#include "cluster/chance.hpp"
#include "cluster/neighbour_index.hpp"

#include <algorithm>
#include <optional>

namespace cluster {

namespace {

/// Discs as they are placed, over the whole force.
class Placement {
  public:
    explicit Placement(const Ground& ground) : ground_(ground) {}

    bool allowed(const Disc& disc) const {
        return std::all_of(zones_.discs.begin(), zones_.discs.end(), [&](const ChosenDisc& other) {
            return apart(disc, other.disc, ground_.separation);
        });
    }
    void take(WardIndex ward, const Disc& disc) {
        zones_.discs.push_back({.ward = ward, .disc = disc});
    }
    const std::vector<ChosenDisc>& discs() const { return zones_.discs; }
    ZoneSet done() { return std::move(zones_); }

  private:
    const Ground& ground_;
    ZoneSet zones_;
};

/// One ward while its discs are placed.
class WardPlacement {
  public:
    WardPlacement(const Ground& ground, const WardQuota& quota, Placement& placement)
        : number_(quota.ward.ward), region_(ground.wards[number_].shape),
          sites_(ground.sites[number_]), index_(sites_), free_(sites_.size(), 1),
          placement_(placement) {
        for (const ChosenDisc& chosen : placement.discs()) {
            hold(chosen.disc);
        }
    }

    bool take_first(std::span<const geo::GridPoint> centres, geo::Metres radius) {
        const auto wish =
            std::find_if(centres.begin(), centres.end(), [&](const geo::GridPoint& c) {
                return allowed({c, radius});
            });
        if (wish == centres.end()) {
            return false;
        }
        take({*wish, radius});
        return true;
    }

    void take_on_heaviest_site(geo::Metres radius) {
        std::optional<Disc> best;
        Weight most;
        for (const Site& site : sites_) {
            const Disc disc{site.place, radius};
            const Weight weight = free_weight(disc);
            if (weight > most && allowed(disc)) {
                best = disc;
                most = weight;
            }
        }
        if (best) {
            take(*best);
        }
    }

  private:
    bool allowed(const Disc& disc) const {
        return placement_.allowed(disc) && region_.in_ward(disc.centre);
    }

    Weight free_weight(const Disc& disc) const {
        Weight weight;
        for (const std::uint32_t site : index_.within(disc.centre, disc.radius)) {
            weight += free_[site] != 0 ? sites_[site].weight : Weight();
        }
        return weight;
    }

    void hold(const Disc& disc) {
        for (const std::uint32_t site : index_.within(disc.centre, disc.radius)) {
            free_[site] = 0;
        }
    }

    void take(const Disc& disc) {
        placement_.take(number_, disc);
        hold(disc);
    }

    WardIndex number_;
    CentreRegion region_;
    const std::vector<Site>& sites_;
    NeighbourIndex index_;
    std::vector<char> free_; ///< by site: no disc holds it
    Placement& placement_;
};

/// A number in [low, high], to the millimetre.
std::int64_t between(std::int64_t low, std::int64_t high, Chance& chance) {
    return low + static_cast<std::int64_t>(chance.unit() * static_cast<double>(high - low + 1));
}

std::optional<Disc> random_disc(const CentreRegion& region, geo::Metres radius,
                                const Placement& placement, Chance& chance) {
    constexpr int tries = 10'000;
    const geo::Box box = region.bounds();
    for (int i = 0; i < tries; ++i) {
        const std::int64_t east = between(box.low.easting_mm(), box.high.easting_mm(), chance);
        const std::int64_t north = between(box.low.northing_mm(), box.high.northing_mm(), chance);
        const Disc disc{geo::GridPoint::at_millimetres(east, north), radius};
        if (placement.allowed(disc) && region.in_ward(disc.centre)) {
            return disc;
        }
    }
    return std::nullopt;
}

} // namespace

ZoneSet placed_discs(const Ground& ground, const Preference& preference) {
    Placement placement(ground);
    for (const WardQuota& quota : ground.quotas) {
        if (quota.radii.empty()) {
            continue;
        }
        const std::vector<geo::GridPoint> wishes = preference(quota);
        WardPlacement ward(ground, quota, placement);
        for (const geo::Metres radius : quota.radii) {
            if (!ward.take_first(wishes, radius)) {
                ward.take_on_heaviest_site(radius);
            }
        }
    }
    return placement.done();
}

ZoneSet random_discs(const Ground& ground, RandomDraw draw) {
    Placement placement(ground);
    for (const WardQuota& quota : ground.quotas) {
        const WardIndex ward = quota.ward.ward;
        Chance chance(draw.seed, {(std::uint64_t{draw.draw} << 32U) + ward});
        const CentreRegion region(ground.wards[ward].shape);
        for (const geo::Metres radius : quota.radii) {
            if (const auto disc = random_disc(region, radius, placement, chance)) {
                placement.take(ward, *disc);
            }
        }
    }
    return placement.done();
}

} // namespace cluster
