#include "cluster/centre_region.hpp"

#include <algorithm>
#include <array>

namespace cluster {

bool apart(const Disc& a, const Disc& b, Separation separation) {
    if (separation.factor <= 0) {
        return true;
    }
    const geo::Metres needed = separation.factor * (a.radius + b.radius);
    const std::int64_t reach = geo::whole_millimetres(needed);
    const std::int64_t dx = a.centre.easting_mm() - b.centre.easting_mm();
    const std::int64_t dy = a.centre.northing_mm() - b.centre.northing_mm();
    if (dx >= reach || -dx >= reach || dy >= reach || -dy >= reach) {
        return true;
    }
    return dx * dx + dy * dy >= reach * reach;
}

CentreRegion::CentreRegion(const geo::Polygon& ward)
    : ward_(std::span(&ward, 1)), bounds_(ward.bounds()), edges_(ward.edges()) {}

bool CentreRegion::in_ward(const geo::GridPoint& centre) const {
    const std::int64_t c = geo::whole_millimetres(clearance);
    const std::array<std::pair<std::int64_t, std::int64_t>, 5> around{
        {{0, 0}, {c, 0}, {-c, 0}, {0, c}, {0, -c}}};
    return std::all_of(around.begin(), around.end(), [&](const auto& step) {
        return covers(geo::GridPoint::at_millimetres(centre.easting_mm() + step.first,
                                                     centre.northing_mm() + step.second));
    });
}

} // namespace cluster
