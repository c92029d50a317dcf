// The two clusterings that zones are most often drawn from, on sites with weights: DBSCAN (Ester,
// Kriegel, Sander & Xu 1996) and k-means (Lloyd 1982) from k-means++ (Arthur & Vassilvitskii 2007).

#include "cluster/point_clusters.hpp"

#include "cluster/chance.hpp"
#include "cluster/neighbour_index.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace cluster {

namespace {

constexpr std::uint32_t no_cluster = std::numeric_limits<std::uint32_t>::max();

/// A sum of places by weight.
struct Gravity {
    double easting = 0; ///< weight * millimetres
    double northing = 0;
    Weight weight;

    void add(const Site& site) {
        easting += site.weight.value() * static_cast<double>(site.place.easting_mm());
        northing += site.weight.value() * static_cast<double>(site.place.northing_mm());
        weight += site.weight;
    }
    geo::GridPoint centre() const {
        return geo::GridPoint::at(geo::Metres(easting / weight.value() / 1000),
                                  geo::Metres(northing / weight.value() / 1000));
    }
};

/// The clusters that the sites were given to, those without weight left out.
std::vector<PointCluster> clusters_of(std::span<const Site> sites,
                                      std::span<const std::uint32_t> cluster_of,
                                      std::size_t count) {
    std::vector<Gravity> sums(count);
    for (std::size_t i = 0; i < sites.size(); ++i) {
        if (cluster_of[i] != no_cluster) {
            sums[cluster_of[i]].add(sites[i]);
        }
    }
    std::vector<PointCluster> clusters;
    for (const Gravity& sum : sums) {
        if (sum.weight > Weight()) {
            clusters.push_back({sum.centre(), sum.weight});
        }
    }
    std::sort(clusters.begin(), clusters.end(), [](const PointCluster& a, const PointCluster& b) {
        return std::tie(b.weight, a.centroid) < std::tie(a.weight, b.centroid);
    });
    return clusters;
}

class DensitySearch {
  public:
    DensitySearch(std::span<const Site> sites, const DensityClusterOptions& options)
        : sites_(sites), options_(options), index_(sites), cluster_of_(sites.size(), no_cluster) {}

    std::vector<PointCluster> run() {
        std::uint32_t count = 0;
        for (std::uint32_t i = 0; i < sites_.size(); ++i) {
            if (cluster_of_[i] == no_cluster && is_core(neighbours(i))) {
                grow(i, count++);
            }
        }
        return clusters_of(sites_, cluster_of_, count);
    }

  private:
    std::vector<std::uint32_t> neighbours(std::uint32_t site) const {
        return index_.within(sites_[site].place, options_.reach);
    }

    bool is_core(std::span<const std::uint32_t> near) const {
        std::uint64_t incidents = 0;
        for (const std::uint32_t site : near) {
            incidents += sites_[site].incidents;
        }
        return incidents >= options_.min_incidents;
    }

    void grow(std::uint32_t first, std::uint32_t cluster) {
        std::vector<std::uint32_t> reached{first};
        cluster_of_[first] = cluster;
        while (!reached.empty()) {
            const auto near = neighbours(reached.back());
            reached.pop_back();
            if (!is_core(near)) {
                continue;
            }
            for (const std::uint32_t site : near) {
                if (cluster_of_[site] == no_cluster) {
                    cluster_of_[site] = cluster;
                    reached.push_back(site);
                }
            }
        }
    }

    std::span<const Site> sites_;
    const DensityClusterOptions& options_;
    NeighbourIndex index_;
    std::vector<std::uint32_t> cluster_of_;
};

double squared_metres(const geo::GridPoint& a, const geo::GridPoint& b) {
    const double apart = geo::distance(a, b).value();
    return apart * apart;
}

/// The index at which the running sum of `shares` passes a random part of the whole.
std::size_t drawn_by(const std::vector<double>& shares, Chance& chance) {
    double whole = 0;
    for (const double share : shares) {
        whole += share;
    }
    double left = chance.unit() * whole;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        left -= shares[i];
        if (left < 0) {
            return i;
        }
    }
    return shares.size() - 1;
}

/// k-means++: each next centre by weight times the squared distance to the nearest so far.
std::vector<geo::GridPoint> first_centres(std::span<const Site> sites,
                                          const MeanClusterOptions& options) {
    Chance chance(options.seed, {options.stream});
    std::vector<double> nearest(sites.size(), 1);
    std::vector<geo::GridPoint> centres;
    while (centres.size() < std::min<std::size_t>(options.clusters, sites.size())) {
        std::vector<double> shares;
        for (std::size_t i = 0; i < sites.size(); ++i) {
            shares.push_back(sites[i].weight.value() * nearest[i]);
        }
        const geo::GridPoint centre = sites[drawn_by(shares, chance)].place;
        for (std::size_t i = 0; i < sites.size(); ++i) {
            const double apart = squared_metres(sites[i].place, centre);
            nearest[i] = centres.empty() ? apart : std::min(nearest[i], apart);
        }
        centres.push_back(centre);
    }
    return centres;
}

std::uint32_t nearest_centre(const geo::GridPoint& place,
                             const std::vector<geo::GridPoint>& centres) {
    const auto nearest = std::min_element(
        centres.begin(), centres.end(), [&](const geo::GridPoint& a, const geo::GridPoint& b) {
            return squared_metres(place, a) < squared_metres(place, b);
        });
    return static_cast<std::uint32_t>(nearest - centres.begin());
}

} // namespace

std::vector<PointCluster> density_clusters(std::span<const Site> sites,
                                           const DensityClusterOptions& options) {
    return DensitySearch(sites, options).run();
}

std::vector<PointCluster> mean_clusters(std::span<const Site> sites,
                                        const MeanClusterOptions& options) {
    std::vector<geo::GridPoint> centres = first_centres(sites, options);
    std::vector<std::uint32_t> cluster_of(sites.size(), no_cluster);
    for (unsigned round = 0; round < options.iterations; ++round) {
        std::vector<std::uint32_t> now;
        std::transform(sites.begin(), sites.end(), std::back_inserter(now),
                       [&](const Site& site) { return nearest_centre(site.place, centres); });
        if (now == cluster_of) {
            break;
        }
        cluster_of = std::move(now);
        std::vector<Gravity> sums(centres.size());
        for (std::size_t i = 0; i < sites.size(); ++i) {
            sums[cluster_of[i]].add(sites[i]);
        }
        for (std::size_t c = 0; c < centres.size(); ++c) {
            centres[c] = sums[c].weight > Weight() ? sums[c].centre() : centres[c];
        }
    }
    return clusters_of(sites, cluster_of, centres.size());
}

} // namespace cluster
