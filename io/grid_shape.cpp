#include "io/grid_shape.hpp"

#include <ogr_api.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace io {

namespace {

/// Calls `work(part)` for each ring or point of a geometry.
template <typename Work>
void for_each_ring(OGRGeometryH geometry, const Work& work) {
    const int parts = OGR_G_GetGeometryCount(geometry);
    if (parts == 0) {
        work(geometry);
    }
    for (int i = 0; i < parts; ++i) {
        for_each_ring(OGR_G_GetGeometryRef(geometry, i), work);
    }
}

std::vector<geo::SourcePoint> corners_of(OGRGeometryH geometry) {
    std::vector<geo::SourcePoint> corners;
    for_each_ring(geometry, [&](OGRGeometryH ring) {
        for (int i = 0; i < OGR_G_GetPointCount(ring); ++i) {
            corners.push_back({OGR_G_GetX(ring, i), OGR_G_GetY(ring, i)});
        }
    });
    return corners;
}

} // namespace

bool is_polygonal(void* geometry) {
    auto* shape = static_cast<OGRGeometryH>(geometry);
    if (shape == nullptr || OGR_G_IsEmpty(shape) != 0) {
        return false;
    }
    const auto type = wkbFlatten(OGR_G_GetGeometryType(shape));
    return type == wkbPolygon || type == wkbMultiPolygon || type == wkbGeometryCollection;
}

bool bring_to_grid(void* geometry, const geo::Projection& projection) {
    const auto corners = projection.to_grid(corners_of(static_cast<OGRGeometryH>(geometry)));
    if (!std::all_of(corners.begin(), corners.end(), [](const auto& c) { return c.has_value(); })) {
        return false;
    }
    std::size_t next = 0;
    for_each_ring(static_cast<OGRGeometryH>(geometry), [&](OGRGeometryH ring) {
        for (int i = 0; i < OGR_G_GetPointCount(ring); ++i) {
            const geo::GridPoint& corner = *corners[next++];
            OGR_G_SetPoint_2D(ring, i, corner.easting().value(), corner.northing().value());
        }
    });
    return true;
}

geo::Polygon polygon_of(void* geometry) {
    auto* shape = static_cast<OGRGeometryH>(geometry);
    std::vector<unsigned char> wkb(static_cast<std::size_t>(OGR_G_WkbSize(shape)));
    OGR_G_ExportToIsoWkb(shape, wkbNDR, wkb.data());
    return geo::Polygon::from_wkb(wkb);
}

} // namespace io
