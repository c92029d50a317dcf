// The methods that zones are compared with, at the number and the radii of the zones.

#include "cluster/baselines.hpp"

#include "cluster/disc_search.hpp"

#include <algorithm>
#include <map>
#include <numbers>
#include <set>

namespace cluster {

namespace {

/// The one radius of all quotas, if they have only one.
std::optional<geo::Metres> common_radius(std::span<const WardQuota> quotas) {
    std::optional<geo::Metres> common;
    for (const WardQuota& quota : quotas) {
        for (const geo::Metres radius : quota.radii) {
            if (common && *common != radius) {
                return std::nullopt;
            }
            common = radius;
        }
    }
    return common;
}

std::vector<ChosenDisc> chosen_at_one_radius(const Ground& ground, SelectionOptions options,
                                             geo::Metres radius) {
    options.radius_min = radius;
    options.radius_max = radius;
    options.objective = Objective::capture;
    options.separation = ground.separation;
    options.max_zones.reset();
    options.min_incidents = 0;
    options.zones_per_ward = 0;
    std::vector<RankedWard> candidates;
    std::map<WardIndex, std::size_t> room;
    for (const WardQuota& quota : ground.quotas) {
        candidates.push_back(quota.ward);
        room[quota.ward.ward] = quota.radii.size();
        options.zones_per_ward =
            std::max(options.zones_per_ward, static_cast<unsigned>(quota.radii.size()));
    }
    std::vector<ChosenDisc> kept;
    for (const ChosenDisc& chosen : choose_discs(ground.wards, candidates, ground.sites, options)) {
        if (room[chosen.ward] > 0) {
            --room[chosen.ward];
            kept.push_back(chosen);
        }
    }
    return kept;
}

std::vector<ChosenDisc> chosen_one_by_one(const Ground& ground) {
    std::vector<ChosenDisc> chosen;
    std::vector<Disc> taken;
    for (const WardQuota& quota : ground.quotas) {
        const WardIndex ward = quota.ward.ward;
        DiscSearch search(ground.sites[ward], ground.wards[ward].shape);
        for (const Disc& disc : taken) {
            search.hold(disc);
        }
        for (const geo::Metres radius : quota.radii) {
            const auto found = search.best(
                {.radius_min = radius, .radius_max = radius, .separation = ground.separation},
                taken);
            if (found) {
                search.hold(found->disc);
                taken.push_back(found->disc);
                chosen.push_back({.ward = ward, .disc = found->disc});
            }
        }
    }
    return chosen;
}

double area_of(const WardQuota& quota) {
    double area = 0;
    for (const geo::Metres radius : quota.radii) {
        area += std::numbers::pi * radius.value() * radius.value();
    }
    return area;
}

std::int64_t snapped(std::int64_t coordinate, std::int64_t step) {
    const std::int64_t rest = coordinate % step;
    return coordinate - (rest < 0 ? rest + step : rest);
}

/// The cells that hold the sites, with their sums.
std::map<geo::GridPoint, Weight> cells_of(const std::vector<Site>& sites, geo::Metres side) {
    const std::int64_t step = geo::whole_millimetres(side);
    std::map<geo::GridPoint, Weight> cells;
    for (const Site& site : sites) {
        cells[geo::GridPoint::at_millimetres(snapped(site.place.easting_mm(), step),
                                             snapped(site.place.northing_mm(), step))] +=
            site.weight;
    }
    return cells;
}

} // namespace

std::vector<WardQuota> quotas_of(std::span<const RankedWard> ranked,
                                 std::span<const ChosenDisc> discs) {
    std::vector<WardQuota> quotas;
    for (const RankedWard& ward : ranked) {
        WardQuota quota{ward, {}};
        for (const ChosenDisc& chosen : discs) {
            if (chosen.ward == ward.ward) {
                quota.radii.push_back(chosen.disc.radius);
            }
        }
        std::sort(quota.radii.rbegin(), quota.radii.rend());
        quotas.push_back(std::move(quota));
    }
    return quotas;
}

ZoneSet optimal_discs(const Ground& ground, const SelectionOptions& options) {
    const std::optional<geo::Metres> radius = common_radius(ground.quotas);
    return {.discs = radius ? chosen_at_one_radius(ground, options, *radius)
                            : chosen_one_by_one(ground)};
}

ZoneSet heaviest_cells(const Ground& ground, geo::Metres side) {
    const double cell = side.value() * side.value();
    double owed = 0; // square metres
    std::set<geo::GridPoint> taken;
    ZoneSet chosen;
    for (const WardQuota& quota : ground.quotas) {
        owed += area_of(quota);
        const auto cells = cells_of(ground.sites[quota.ward.ward], side);
        std::vector<std::pair<geo::GridPoint, Weight>> heaviest(cells.begin(), cells.end());
        std::stable_sort(heaviest.begin(), heaviest.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
        for (auto next = heaviest.begin(); next != heaviest.end() && owed >= cell / 2; ++next) {
            if (taken.insert(next->first).second) {
                chosen.cells.push_back({next->first, side});
                owed -= cell;
            }
        }
    }
    return chosen;
}

} // namespace cluster
