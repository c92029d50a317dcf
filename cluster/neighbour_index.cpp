#include "cluster/neighbour_index.hpp"

#include <nanoflann.hpp>

#include <algorithm>

namespace cluster {

namespace {

/// What nanoflann asks of a point cloud. Coordinates are metres from the first site, so that
/// doubles hold millimetres with room to spare wherever on the grid the sites lie.
struct Cloud {
    std::span<const Site> sites;
    geo::GridPoint origin;

    std::size_t kdtree_get_point_count() const { return sites.size(); }
    double kdtree_get_pt(std::size_t i, std::size_t dimension) const {
        const geo::GridPoint& p = sites[i].place;
        const std::int64_t mm = dimension == 0 ? p.easting_mm() - origin.easting_mm()
                                               : p.northing_mm() - origin.northing_mm();
        return static_cast<double>(mm) / 1000.0;
    }
    template <typename Bounds>
    bool kdtree_get_bbox(Bounds&) const {
        return false;
    }
};

using Tree = nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, Cloud>, Cloud,
                                                 2, std::uint32_t>;

} // namespace

struct NeighbourIndex::Parts {
    Cloud cloud;
    Tree tree;

    explicit Parts(std::span<const Site> sites)
        : cloud{sites, sites.empty() ? geo::GridPoint() : sites.front().place},
          tree(2, cloud, nanoflann::KDTreeSingleIndexAdaptorParams(12)) {}
};

NeighbourIndex::NeighbourIndex(std::span<const Site> sites)
    : parts_(std::make_unique<Parts>(sites)) {}
NeighbourIndex::~NeighbourIndex() = default;
NeighbourIndex::NeighbourIndex(NeighbourIndex&&) noexcept = default;
NeighbourIndex& NeighbourIndex::operator=(NeighbourIndex&&) noexcept = default;

std::span<const Site> NeighbourIndex::sites() const {
    return parts_->cloud.sites;
}

std::vector<std::uint32_t> NeighbourIndex::within(const geo::GridPoint& centre,
                                                  geo::Metres radius) const {
    const Cloud& cloud = parts_->cloud;
    std::vector<std::uint32_t> found;
    if (cloud.sites.empty()) {
        return found;
    }
    // nanoflann takes the squared radius and leaves the rim out: search a millimetre wider, then
    // test exactly.
    const double reach = radius.value() + 0.001;
    const std::array<double, 2> at{
        static_cast<double>(centre.easting_mm() - cloud.origin.easting_mm()) / 1000.0,
        static_cast<double>(centre.northing_mm() - cloud.origin.northing_mm()) / 1000.0};
    std::vector<std::pair<std::uint32_t, double>> near;
    parts_->tree.radiusSearch(at.data(), reach * reach, near,
                              nanoflann::SearchParams(32, 0.0F, false));
    for (const auto& [site, squared] : near) {
        if (geo::within(cloud.sites[site].place, centre, radius)) {
            found.push_back(site);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace cluster
