#include "geo/polygon.hpp"

#include "geo/error.hpp"

#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace geo {

namespace {

/// One GEOS context a thread; GEOS geometries do not belong to the context they were made with.
class Context {
  public:
    Context() : handle_(GEOS_init_r()) {
        GEOSContext_setNoticeMessageHandler_r(
            handle_, [](const char*, void*) {}, nullptr);
        GEOSContext_setErrorMessageHandler_r(
            handle_, [](const char*, void*) {}, nullptr);
    }
    ~Context() { GEOS_finish_r(handle_); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    GEOSContextHandle_t get() const { return handle_; }

  private:
    GEOSContextHandle_t handle_;
};

GEOSContextHandle_t geos() {
    thread_local const Context context;
    return context.get();
}

struct GeometryDeleter {
    void operator()(GEOSGeometry* g) const { GEOSGeom_destroy_r(geos(), g); }
};
struct PreparedDeleter {
    void operator()(const GEOSPreparedGeometry* g) const { GEOSPreparedGeom_destroy_r(geos(), g); }
};
struct TreeDeleter {
    void operator()(GEOSSTRtree* t) const { GEOSSTRtree_destroy_r(geos(), t); }
};
struct FreeDeleter {
    void operator()(char* text) const { GEOSFree_r(geos(), text); }
};
using Geometry = std::unique_ptr<GEOSGeometry, GeometryDeleter>;
using Prepared = std::unique_ptr<const GEOSPreparedGeometry, PreparedDeleter>;

Geometry as_point(const GridPoint& p) {
    return Geometry(
        GEOSGeom_createPointFromXY_r(geos(), p.easting().value(), p.northing().value()));
}

/// A regular polygon with the area of the disc, so that shares of it are unbiased.
Geometry as_polygon(const GridPoint& centre, Metres radius) {
    constexpr unsigned corners = 256;
    constexpr double step = 2 * std::numbers::pi / corners;
    const double out = radius.value() * std::sqrt(step / std::sin(step));
    GEOSCoordSequence* ring = GEOSCoordSeq_create_r(geos(), corners + 1, 2);
    for (unsigned i = 0; i <= corners; ++i) {
        const double angle = step * (i % corners);
        GEOSCoordSeq_setXY_r(geos(), ring, i, centre.easting().value() + out * std::cos(angle),
                             centre.northing().value() + out * std::sin(angle));
    }
    GEOSGeometry* shell = GEOSGeom_createLinearRing_r(geos(), ring);
    return Geometry(GEOSGeom_createPolygon_r(geos(), shell, nullptr, 0));
}

double area_of(const GEOSGeometry* g) {
    double area = 0;
    GEOSArea_r(geos(), g, &area);
    return area;
}

/// Only the polygons of a repaired geometry: MakeValid may leave lines and points beside them.
Geometry polygons_of(Geometry geometry) {
    const int type = GEOSGeomTypeId_r(geos(), geometry.get());
    if (type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON) {
        return geometry;
    }
    std::vector<GEOSGeometry*> parts;
    const int count = GEOSGetNumGeometries_r(geos(), geometry.get());
    for (int i = 0; i < count; ++i) {
        const GEOSGeometry* part = GEOSGetGeometryN_r(geos(), geometry.get(), i);
        const int part_type = GEOSGeomTypeId_r(geos(), part);
        if (part_type == GEOS_POLYGON || part_type == GEOS_MULTIPOLYGON) {
            parts.push_back(GEOSGeom_clone_r(geos(), part));
        }
    }
    const Geometry collection(GEOSGeom_createCollection_r(
        geos(), GEOS_GEOMETRYCOLLECTION, parts.data(), static_cast<unsigned>(parts.size())));
    return Geometry(GEOSUnaryUnion_r(geos(), collection.get()));
}

GridPoint corner(const GEOSGeometry* g, int (*x)(GEOSContextHandle_t, const GEOSGeometry*, double*),
                 int (*y)(GEOSContextHandle_t, const GEOSGeometry*, double*)) {
    double easting = 0;
    double northing = 0;
    x(geos(), g, &easting);
    y(geos(), g, &northing);
    return GridPoint::at(Metres(easting), Metres(northing));
}

using Edges = std::vector<std::pair<GridPoint, GridPoint>>;

void add_edges_of_ring(const GEOSGeometry* ring, Edges& edges) {
    const GEOSCoordSequence* points = GEOSGeom_getCoordSeq_r(geos(), ring);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(geos(), points, &size);
    const auto at = [&](unsigned i) {
        double x = 0;
        double y = 0;
        GEOSCoordSeq_getXY_r(geos(), points, i, &x, &y);
        return GridPoint::at(Metres(x), Metres(y));
    };
    for (unsigned i = 0; i + 1 < size; ++i) {
        edges.emplace_back(at(i), at(i + 1));
    }
}

} // namespace

namespace {

/// GEOS works out the box of a geometry and of its rings when first asked and keeps it; asked for
/// here, a polygon is only ever read from then on, by however many threads.
void work_out_boxes(const GEOSGeometry* geometry) {
    double unused = 0;
    GEOSGeom_getXMin_r(geos(), geometry, &unused);
    const int parts = GEOSGetNumGeometries_r(geos(), geometry);
    for (int i = 0; i < parts; ++i) {
        const GEOSGeometry* part = GEOSGetGeometryN_r(geos(), geometry, i);
        const int holes = GEOSGetNumInteriorRings_r(geos(), part);
        for (int h = 0; h < holes; ++h) {
            GEOSGeom_getXMin_r(geos(), GEOSGetInteriorRingN_r(geos(), part, h), &unused);
        }
    }
}

} // namespace

struct Polygon::Parts {
    Geometry geometry;
    std::optional<std::string> repaired;

    static std::shared_ptr<const Parts> checked(Geometry geometry) {
        auto parts = std::make_shared<Parts>();
        if (geometry && GEOSisValid_r(geos(), geometry.get()) != 1) {
            const std::unique_ptr<char, FreeDeleter> reason(
                GEOSisValidReason_r(geos(), geometry.get()));
            parts->repaired = reason ? reason.get() : "invalid";
            // The reason ends in "[x y]"; the place of a fault in a ward outline is no secret, but
            // the fault is enough.
            parts->repaired = parts->repaired->substr(0, parts->repaired->find('['));
            geometry.reset(GEOSMakeValid_r(geos(), geometry.get()));
        }
        if (geometry) {
            geometry = polygons_of(std::move(geometry));
        }
        if (!geometry || !(area_of(geometry.get()) > 0)) {
            throw Error(ErrorKind::input,
                        "the geometry is no polygon with an area; give wards as polygons");
        }
        work_out_boxes(geometry.get());
        parts->geometry = std::move(geometry);
        return parts;
    }
};

Polygon Polygon::from_wkb(std::span<const unsigned char> wkb) {
    GEOSWKBReader* reader = GEOSWKBReader_create_r(geos());
    Geometry geometry(GEOSWKBReader_read_r(geos(), reader, wkb.data(), wkb.size()));
    GEOSWKBReader_destroy_r(geos(), reader);
    return Polygon(Parts::checked(std::move(geometry)));
}

Polygon Polygon::from_wkt(const std::string& wkt) {
    GEOSWKTReader* reader = GEOSWKTReader_create_r(geos());
    Geometry geometry(GEOSWKTReader_read_r(geos(), reader, wkt.c_str()));
    GEOSWKTReader_destroy_r(geos(), reader);
    return Polygon(Parts::checked(std::move(geometry)));
}

Polygon Polygon::disc(const GridPoint& centre, Metres radius) {
    return Polygon(Parts::checked(as_polygon(centre, radius)));
}

Polygon Polygon::rectangle(const Box& box) {
    return Polygon(Parts::checked(Geometry(
        GEOSGeom_createRectangle_r(geos(), box.low.easting().value(), box.low.northing().value(),
                                   box.high.easting().value(), box.high.northing().value()))));
}

Polygon Polygon::united(std::span<const Polygon> polygons) {
    std::vector<GEOSGeometry*> parts;
    for (const Polygon& polygon : polygons) {
        parts.push_back(GEOSGeom_clone_r(geos(), polygon.parts_->geometry.get()));
    }
    const Geometry collection(GEOSGeom_createCollection_r(
        geos(), GEOS_GEOMETRYCOLLECTION, parts.data(), static_cast<unsigned>(parts.size())));
    return Polygon(Parts::checked(Geometry(GEOSUnaryUnion_r(geos(), collection.get()))));
}

std::vector<unsigned char> Polygon::wkb() const {
    GEOSWKBWriter* writer = GEOSWKBWriter_create_r(geos());
    GEOSWKBWriter_setByteOrder_r(geos(), writer, GEOS_WKB_NDR);
    std::size_t size = 0;
    unsigned char* bytes = GEOSWKBWriter_write_r(geos(), writer, parts_->geometry.get(), &size);
    std::vector<unsigned char> result(bytes, bytes + size);
    GEOSFree_r(geos(), bytes);
    GEOSWKBWriter_destroy_r(geos(), writer);
    return result;
}

SquareMetres Polygon::area() const {
    return SquareMetres(area_of(parts_->geometry.get()));
}

Box Polygon::bounds() const {
    const GEOSGeometry* g = parts_->geometry.get();
    return {corner(g, GEOSGeom_getXMin_r, GEOSGeom_getYMin_r),
            corner(g, GEOSGeom_getXMax_r, GEOSGeom_getYMax_r)};
}

bool Polygon::covers(const GridPoint& point) const {
    return GEOSIntersects_r(geos(), parts_->geometry.get(), as_point(point).get()) == 1;
}

SquareMetres Polygon::area_within(const GridPoint& centre, Metres radius) const {
    const Geometry shared(
        GEOSIntersection_r(geos(), parts_->geometry.get(), as_polygon(centre, radius).get()));
    return SquareMetres(shared ? area_of(shared.get()) : 0.0);
}

SquareMetres Polygon::area_shared_with(const Polygon& other) const {
    const Geometry shared(
        GEOSIntersection_r(geos(), parts_->geometry.get(), other.parts_->geometry.get()));
    return SquareMetres(shared ? area_of(shared.get()) : 0.0);
}

std::vector<std::pair<GridPoint, GridPoint>> Polygon::edges() const {
    Edges edges;
    const int parts = GEOSGetNumGeometries_r(geos(), parts_->geometry.get());
    for (int i = 0; i < parts; ++i) {
        const GEOSGeometry* part = GEOSGetGeometryN_r(geos(), parts_->geometry.get(), i);
        add_edges_of_ring(GEOSGetExteriorRing_r(geos(), part), edges);
        const int holes = GEOSGetNumInteriorRings_r(geos(), part);
        for (int h = 0; h < holes; ++h) {
            add_edges_of_ring(GEOSGetInteriorRingN_r(geos(), part, h), edges);
        }
    }
    return edges;
}

Polygon Polygon::united_with(const Polygon& other) const {
    return Polygon(Parts::checked(
        Geometry(GEOSUnion_r(geos(), parts_->geometry.get(), other.parts_->geometry.get()))));
}

const std::optional<std::string>& Polygon::repaired() const {
    return parts_->repaired;
}

struct PolygonIndex::Parts {
    std::vector<Polygon> polygons; // keeps what the prepared geometries point into alive
    std::vector<Prepared> prepared;
    std::vector<std::uint32_t> numbers;
    std::unique_ptr<GEOSSTRtree, TreeDeleter> tree{GEOSSTRtree_create_r(geos(), 10)};
};

PolygonIndex::PolygonIndex(std::span<const Polygon> polygons) : parts_(std::make_unique<Parts>()) {
    parts_->polygons.assign(polygons.begin(), polygons.end());
    parts_->numbers.resize(polygons.size());
    for (std::size_t i = 0; i < polygons.size(); ++i) {
        const GEOSGeometry* g = polygons[i].parts_->geometry.get();
        parts_->prepared.emplace_back(GEOSPrepare_r(geos(), g));
        parts_->numbers[i] = static_cast<std::uint32_t>(i);
        GEOSSTRtree_insert_r(geos(), parts_->tree.get(), g, &parts_->numbers[i]);
    }
}

PolygonIndex::~PolygonIndex() = default;
PolygonIndex::PolygonIndex(PolygonIndex&&) noexcept = default;
PolygonIndex& PolygonIndex::operator=(PolygonIndex&&) noexcept = default;

std::optional<std::uint32_t> PolygonIndex::find(const GridPoint& point) const {
    std::vector<std::uint32_t> near;
    const Geometry at = as_point(point);
    GEOSSTRtree_query_r(
        geos(), parts_->tree.get(), at.get(),
        [](void* item, void* found) {
            static_cast<std::vector<std::uint32_t>*>(found)->push_back(
                *static_cast<std::uint32_t*>(item));
        },
        &near);
    std::sort(near.begin(), near.end());
    for (const std::uint32_t i : near) {
        if (GEOSPreparedIntersects_r(geos(), parts_->prepared[i].get(), at.get()) == 1) {
            return i;
        }
    }
    return std::nullopt;
}

} // namespace geo
