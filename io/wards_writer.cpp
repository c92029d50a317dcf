#include "io/wards_writer.hpp"

#include "io/gdal.hpp"
#include "io/geojson.hpp"
#include "io/rounding.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ogr_api.h>

namespace io {

namespace {

using Json = nlohmann::ordered_json;

/// What a ring goes round.
enum class Inside { area, hole };

std::vector<geo::SourcePoint> lonlat_ring(OGRGeometryH ring, const geo::Projection& lonlat) {
    std::vector<geo::SourcePoint> points;
    for (int i = 0; i < OGR_G_GetPointCount(ring); ++i) {
        const geo::SourcePoint place = lonlat.from_grid(
            geo::GridPoint::at(geo::Metres(OGR_G_GetX(ring, i)), geo::Metres(OGR_G_GetY(ring, i))));
        points.push_back({to_decimals(place.x, 7), to_decimals(place.y, 7)});
    }
    return points;
}

/// Twice the area, positive where the ring runs counter-clockwise.
double signed_area(std::span<const geo::SourcePoint> ring) {
    double area = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const geo::SourcePoint& from = ring[i];
        const geo::SourcePoint& to = ring[i + 1];
        area +=
            (from.x - ring[0].x) * (to.y - ring[0].y) - (to.x - ring[0].x) * (from.y - ring[0].y);
    }
    return area;
}

Json ring_json(OGRGeometryH ring, const geo::Projection& lonlat, Inside inside) {
    std::vector<geo::SourcePoint> points = lonlat_ring(ring, lonlat);
    if ((signed_area(points) > 0) != (inside == Inside::area)) {
        std::ranges::reverse(points);
    }
    Json json = Json::array();
    for (const geo::SourcePoint& point : points) {
        json.push_back({point.x, point.y});
    }
    return json;
}

Json multipolygon_json(const geo::Polygon& shape, const geo::Projection& lonlat) {
    const std::vector<unsigned char> wkb = shape.wkb();
    OGRGeometryH read = nullptr;
    OGR_G_CreateFromWkb(wkb.data(), nullptr, &read, static_cast<int>(wkb.size()));
    const GeometryHandle geometry(OGR_G_ForceToMultiPolygon(read));
    auto* const parts = static_cast<OGRGeometryH>(geometry.get());
    Json coordinates = Json::array();
    for (int p = 0; p < OGR_G_GetGeometryCount(parts); ++p) {
        OGRGeometryH part = OGR_G_GetGeometryRef(parts, p);
        Json rings = Json::array();
        for (int r = 0; r < OGR_G_GetGeometryCount(part); ++r) {
            rings.push_back(ring_json(OGR_G_GetGeometryRef(part, r), lonlat,
                                      r == 0 ? Inside::area : Inside::hole));
        }
        coordinates.push_back(std::move(rings));
    }
    return {{"type", "MultiPolygon"}, {"coordinates", std::move(coordinates)}};
}

} // namespace

std::string wards_geojson(std::span<const PublishedWard> wards, const geo::Projection& lonlat) {
    std::vector<std::string> features;
    for (const PublishedWard& published : wards) {
        const Json feature = {
            {"type", "Feature"},
            {"properties",
             {{"ward_code", published.ward.code.text()},
              {"ward_name", published.ward.name},
              {"count_band", published.count_band ? Json(*published.count_band) : Json()}}},
            {"geometry", multipolygon_json(published.ward.shape, lonlat)}};
        features.push_back(feature.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
    return feature_collection("wards", features);
}

} // namespace io
