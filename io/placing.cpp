#include "io/placing.hpp"

#include "geo/parallel.hpp"

#include <algorithm>
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

/// Places points, some at a time. For one thread.
class Placer {
  public:
    Placer(const PlacingOptions& options, const geo::PolygonIndex& index)
        : wards_(options.wards), index_(index), traits_(geo::crs_traits(options.crs)),
          projection_(options.crs, wards_.analysis_crs, wards_.area) {}

    const geo::ProjectionFacts& facts() const { return projection_.facts(); }

    std::vector<Spot> place(std::span<const SourcePoint> points) {
        points_ = points;
        place_as_given();
        try_swapped();
        if (traits_.projected) {
            try_as_degrees();
        } else {
            try_as_grid();
        }
        return std::exchange(spots_, {});
    }

  private:
    void place_as_given() {
        const auto places = projection_.to_grid(points_);
        spots_.assign(points_.size(), {});
        for (std::size_t i = 0; i < points_.size(); ++i) {
            spots_[i].rounded = is_rounded(points_[i], traits_);
            if (places[i]) {
                spots_[i].place = *places[i];
                spots_[i].found = Found::outside_wards;
                accept(i, places[i], AxesFault::none);
            }
        }
    }

    bool lost(std::size_t spot) const { return spots_[spot].found != Found::in_ward; }

    void try_swapped() {
        std::vector<std::size_t> outside;
        std::vector<SourcePoint> swapped;
        for (std::size_t i = 0; i < points_.size(); ++i) {
            const SourcePoint turned{points_[i].y, points_[i].x};
            if (lost(i) && (traits_.projected || fits_degrees(turned))) {
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
            if (lost(i) && could_be_degrees(points_[i])) {
                outside.insert(outside.end(), {i, i});
                degrees.push_back(points_[i]);
                degrees.push_back({points_[i].y, points_[i].x});
            }
        }
        if (outside.empty()) {
            return;
        }
        if (!from_degrees_) {
            from_degrees_.emplace("EPSG:4326", wards_.analysis_crs, wards_.area);
        }
        const auto places = from_degrees_->to_grid(degrees);
        for (std::size_t i = 0; i < outside.size(); ++i) {
            accept(outside[i], places[i], AxesFault::lon_lat_in_grid);
        }
    }

    void try_as_grid() {
        for (std::size_t i = 0; i < points_.size(); ++i) {
            if (lost(i) && !could_be_degrees(points_[i])) {
                accept(i, as_grid(points_[i]), AxesFault::grid_in_lon_lat);
                accept(i, as_grid({points_[i].y, points_[i].x}), AxesFault::grid_in_lon_lat);
            }
        }
    }

    void accept(std::size_t spot, const std::optional<GridPoint>& place, AxesFault fault) {
        if (!lost(spot) || !place) {
            return;
        }
        if (const auto ward = index_.find(*place)) {
            spots_[spot].place = *place;
            spots_[spot].ward = *ward;
            spots_[spot].found = Found::in_ward;
            spots_[spot].fault = fault;
        }
    }

    const ReadWards& wards_;
    const geo::PolygonIndex& index_;
    geo::CrsTraits traits_;
    geo::Projection projection_;
    std::optional<geo::Projection> from_degrees_; ///< made when first needed
    std::span<const SourcePoint> points_;
    std::vector<Spot> spots_;
};

} // namespace

PlacedSpots place_spots(std::span<const SourcePoint> points, const PlacingOptions& options) {
    constexpr std::size_t at_once = 1 << 14;
    const std::size_t blocks = (points.size() + at_once - 1) / at_once;
    const std::size_t workers = std::clamp<std::size_t>(options.threads, 1, std::max(blocks, 1UL));
    PlacedSpots result;
    result.spots.resize(points.size());
    geo::parallel_for(workers, options.threads, [&](std::size_t worker) {
        // GEOS and PROJ are for one thread at a time, so each has its own.
        const bool first = worker == 0;
        const std::optional<geo::PolygonIndex> own =
            first ? std::nullopt : std::optional(index_wards(options.wards));
        Placer placer(options, first ? options.index : *own);
        for (std::size_t b = worker; b < blocks; b += workers) {
            const auto some =
                points.subspan(b * at_once, std::min(at_once, points.size() - b * at_once));
            const std::vector<Spot> placed = placer.place(some);
            std::copy(placed.begin(), placed.end(),
                      result.spots.begin() + static_cast<std::ptrdiff_t>(b * at_once));
        }
        if (first) {
            result.projection = placer.facts();
        }
    });
    return result;
}

} // namespace io
