#include "cli/report_wards.hpp"

#include "geo/outline.hpp"

#include <algorithm>

namespace cli {

namespace {

std::size_t number_of_points(const std::vector<std::vector<geo::Ring>>& outlines) {
    std::size_t points = 0;
    for (const std::vector<geo::Ring>& rings : outlines) {
        for (const geo::Ring& ring : rings) {
            points += ring.size();
        }
    }
    return points;
}

/// Outlines of at most about 20,000 points (half a megabyte), as true as that allows.
std::vector<std::vector<geo::Ring>> small_outlines(std::span<const geo::Polygon> shapes) {
    constexpr std::size_t most_points = 20'000;
    constexpr geo::Metres finest(10);
    constexpr geo::Metres coarsest(1000);
    geo::Metres tolerance = finest;
    auto outlines = geo::simplified_outlines(shapes, tolerance);
    while (number_of_points(outlines) > most_points && tolerance < coarsest) {
        tolerance = 1.5 * tolerance;
        outlines = geo::simplified_outlines(shapes, tolerance);
    }
    return outlines;
}

std::vector<geo::LonLat> lon_lat(const geo::Ring& ring, const geo::Projection& lonlat) {
    std::vector<geo::LonLat> points;
    std::transform(ring.begin(), ring.end(), std::back_inserter(points), [&](const auto& point) {
        const geo::SourcePoint at = lonlat.from_grid(point);
        return geo::LonLat{at.x, at.y};
    });
    return points;
}

io::ReportWard report_ward(const io::PublishedWard& ward) {
    return {.code = ward.ward.code.text(),
            .name = ward.ward.name,
            .rank = ward.rank,
            .incidents = ward.incidents,
            .band = ward.count_band ? std::optional(std::string(*ward.count_band)) : std::nullopt,
            .chosen = ward.chosen,
            .zones = ward.zones};
}

} // namespace

std::vector<io::ReportWard> report_wards(std::span<const io::PublishedWard> wards,
                                         const geo::Projection& lonlat) {
    std::vector<io::ReportWard> report;
    std::vector<geo::Polygon> shapes;
    for (const io::PublishedWard& ward : wards) {
        const bool empty = ward.incidents == 0U && ward.zones.value_or(0) == 0;
        if (!empty) { // whether a ward is, can show only where its count is told
            report.push_back(report_ward(ward));
            shapes.push_back(ward.ward.shape);
        }
    }
    const auto outlines = small_outlines(shapes);
    for (std::size_t i = 0; i < report.size(); ++i) {
        for (const geo::Ring& ring : outlines[i]) {
            report[i].outline.push_back(lon_lat(ring, lonlat));
        }
    }
    return report;
}

} // namespace cli
