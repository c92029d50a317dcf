#include "io/placing.hpp"

#include <cmath>
#include <utility>

namespace io {

namespace {

using geo::GridPoint;
using geo::SourcePoint;

/// No place has grid coordinates beyond this; see geo::Projection.
constexpr double grid_limit = 1e8;

bool fits_degrees(const SourcePoint& point) {
    return std::abs(point.x) <= 180 && std::abs(point.y) <= 90;
}

/// Either way round.
bool could_be_degrees(const SourcePoint& point) {
    return fits_degrees(point) || fits_degrees({point.y, point.x});
}

bool is_multiple(double value, double step) {
    const double steps = value / step;
    return std::abs(steps - std::round(steps)) < 1e-6;
}

bool is_rounded(const SourcePoint& point, const geo::CrsTraits& crs) {
    if (!crs.projected) {
        return is_multiple(point.x, 0.001) && is_multiple(point.y, 0.001);
    }
    return crs.in_metres && is_multiple(point.x, 100) && is_multiple(point.y, 100);
}

std::optional<GridPoint> as_grid(const SourcePoint& point) {
    if (std::abs(point.x) > grid_limit || std::abs(point.y) > grid_limit) {
        return std::nullopt;
    }
    return GridPoint::at(geo::Metres(point.x), geo::Metres(point.y));
}

class Placer {
  public:
    Placer(std::span<const SourcePoint> points, const std::string& crs, const ReadWards& wards,
           const geo::PolygonIndex& index)
        : points_(points), wards_(wards), index_(index), traits_(geo::crs_traits(crs)),
          projection_(crs, wards.analysis_crs, wards.area) {}

    PlacedSpots place() {
        place_as_given();
        try_swapped();
        if (traits_.projected) {
            try_as_degrees();
        } else {
            try_as_grid();
        }
        return {std::move(spots_), projection_.facts()};
    }

  private:
    void place_as_given() {
        const auto places = projection_.to_grid(points_);
        spots_.resize(points_.size());
        for (std::size_t i = 0; i < points_.size(); ++i) {
            spots_[i].rounded = is_rounded(points_[i], traits_);
            spots_[i].place = places[i];
            if (places[i]) {
                spots_[i].ward = index_.find(*places[i]);
            }
        }
    }

    void try_swapped() {
        std::vector<std::size_t> outside;
        std::vector<SourcePoint> swapped;
        for (std::size_t i = 0; i < points_.size(); ++i) {
            const SourcePoint turned{points_[i].y, points_[i].x};
            if (!spots_[i].ward && (traits_.projected || fits_degrees(turned))) {
                outside.push_back(i);
                swapped.push_back(turned);
            }
        }
        const auto places = projection_.to_grid(swapped);
        for (std::size_t i = 0; i < outside.size(); ++i) {
            accept(outside[i], places[i], AxesFault::swapped);
        }
    }

    void try_as_degrees() {
        std::vector<std::size_t> outside;
        std::vector<SourcePoint> degrees;
        for (std::size_t i = 0; i < points_.size(); ++i) {
            if (!spots_[i].ward && could_be_degrees(points_[i])) {
                outside.insert(outside.end(), {i, i});
                degrees.push_back(points_[i]);
                degrees.push_back({points_[i].y, points_[i].x});
            }
        }
        if (outside.empty()) {
            return;
        }
        const geo::Projection from_degrees("EPSG:4326", wards_.analysis_crs, wards_.area);
        const auto places = from_degrees.to_grid(degrees);
        for (std::size_t i = 0; i < outside.size(); ++i) {
            accept(outside[i], places[i], AxesFault::lon_lat_in_grid);
        }
    }

    void try_as_grid() {
        for (std::size_t i = 0; i < points_.size(); ++i) {
            if (!spots_[i].ward && !could_be_degrees(points_[i])) {
                accept(i, as_grid(points_[i]), AxesFault::grid_in_lon_lat);
                accept(i, as_grid({points_[i].y, points_[i].x}), AxesFault::grid_in_lon_lat);
            }
        }
    }

    void accept(std::size_t spot, const std::optional<GridPoint>& place, AxesFault fault) {
        if (spots_[spot].ward || !place) {
            return;
        }
        if (const auto ward = index_.find(*place)) {
            spots_[spot].place = place;
            spots_[spot].ward = ward;
            spots_[spot].fault = fault;
        }
    }

    std::span<const SourcePoint> points_;
    const ReadWards& wards_;
    const geo::PolygonIndex& index_;
    geo::CrsTraits traits_;
    geo::Projection projection_;
    std::vector<Spot> spots_;
};

} // namespace

PlacedSpots place_spots(std::span<const SourcePoint> points, const std::string& crs,
                        const ReadWards& wards, const geo::PolygonIndex& index) {
    return Placer(points, crs, wards, index).place();
}

} // namespace io
