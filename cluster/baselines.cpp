#include "cluster/baselines.hpp"

#include "cluster/ward_layout.hpp"

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
    options.zone_count = ZoneCount::exactly;
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

/// A ward's discs of given radii, while they are chosen. The value is the weight they hold.
class RadiiSearch {
  public:
    RadiiSearch(WardLayout& layout, Separation separation)
        : layout_(layout), separation_(separation) {}

    /// The discs that hold most of those found from every order of the radii, 24 orders at most.
    std::vector<Disc> run(std::vector<geo::Metres> radii) {
        std::vector<Disc> best;
        double most = -1;
        for (int order = 0; order < 24; ++order) {
            fill(radii);
            settle();
            if (layout_.value() > most) {
                most = layout_.value();
                best.assign(layout_.discs().begin(), layout_.discs().end());
            }
            clear();
            if (!std::prev_permutation(radii.begin(), radii.end())) {
                break;
            }
        }
        return best;
    }

  private:
    std::optional<FoundDisc> best_of(geo::Metres radius) const {
        return layout_.best(
            {.radius_min = radius, .radius_max = radius, .separation = separation_});
    }

    void fill(const std::vector<geo::Metres>& radii) {
        for (const geo::Metres radius : radii) {
            if (const auto found = best_of(radius)) {
                layout_.place(found->disc);
            }
        }
    }

    /// Moves each disc to its best place while the others stand, until none gains.
    void settle() {
        double before = -1;
        while (layout_.value() > before) {
            before = layout_.value();
            for (std::size_t i = 0; i < layout_.discs().size(); ++i) {
                const Disc disc = layout_.discs().front();
                layout_.remove(0);
                const auto found = best_of(disc.radius);
                layout_.place(found ? found->disc : disc);
            }
        }
    }

    void clear() {
        while (!layout_.discs().empty()) {
            layout_.remove(0);
        }
    }

    WardLayout& layout_;
    Separation separation_;
};

std::vector<ChosenDisc> chosen_ward_by_ward(const Ground& ground) {
    std::vector<ChosenDisc> chosen;
    for (const WardQuota& quota : ground.quotas) {
        const WardIndex ward = quota.ward.ward;
        WardLayout layout(ground.sites[ward], ground.wards[ward].shape,
                          {.separation = ground.separation});
        for (const ChosenDisc& other : chosen) {
            layout.add_foreign(other.disc);
        }
        for (const Disc& disc : RadiiSearch(layout, ground.separation).run(quota.radii)) {
            chosen.push_back({.ward = ward, .disc = disc});
        }
    }
    return chosen;
}

std::vector<geo::GridPoint> centroids(const std::vector<PointCluster>& clusters) {
    std::vector<geo::GridPoint> places;
    std::transform(clusters.begin(), clusters.end(), std::back_inserter(places),
                   [](const PointCluster& cluster) { return cluster.centroid; });
    return places;
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

ZoneSet discs_on_incidents(const Ground& ground) {
    return placed_discs(ground, [](const WardQuota&) { return std::vector<geo::GridPoint>(); });
}

ZoneSet discs_on_kernel_peaks(const Ground& ground, const KernelOptions& options) {
    return placed_discs(ground, [&](const WardQuota& quota) {
        std::vector<geo::GridPoint> centres;
        for (const KernelNode& node : kernel_density(ground.sites[quota.ward.ward], options)) {
            centres.push_back(node.place);
        }
        return centres;
    });
}

ZoneSet discs_on_density_clusters(const Ground& ground, const DensityClusterOptions& options) {
    return placed_discs(ground, [&](const WardQuota& quota) {
        return centroids(density_clusters(ground.sites[quota.ward.ward], options));
    });
}

ZoneSet discs_on_mean_clusters(const Ground& ground, std::uint64_t seed) {
    return placed_discs(ground, [&](const WardQuota& quota) {
        const MeanClusterOptions options{.clusters = static_cast<unsigned>(quota.radii.size()),
                                         .seed = seed,
                                         .stream = quota.ward.ward};
        return centroids(mean_clusters(ground.sites[quota.ward.ward], options));
    });
}

ZoneSet optimal_discs(const Ground& ground, const SelectionOptions& options) {
    const std::optional<geo::Metres> radius = common_radius(ground.quotas);
    return {.discs = radius ? chosen_at_one_radius(ground, options, *radius)
                            : chosen_ward_by_ward(ground)};
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
