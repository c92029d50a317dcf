#include "io/zones_reader.hpp"

#include "cluster/trend.hpp"
#include "geo/error.hpp"
#include "geo/projection.hpp"
#include "io/connection_text.hpp"
#include "io/gdal.hpp"
#include "io/table_reader.hpp"

#include <algorithm>
#include <cmath>
#include <cpl_conv.h>
#include <fmt/core.h>
#include <numbers>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <unordered_set>

namespace io {

namespace {

using Ring = std::vector<geo::SourcePoint>;

/// A zone as the file has it: attributes as they are, the outline in the file's CRS.
struct RawZone {
    cluster::Zone zone;                              ///< without its disc
    std::optional<double> easting, northing, radius; ///< where the file gives them
    std::vector<Ring> outer;
    std::vector<Ring> holes;
};

/// A layer's feature by the names of its fields, letter case ignored.
class Attributes {
  public:
    explicit Attributes(OGRFeatureH feature) : feature_(feature) {}

    std::optional<std::string> text(const char* name) const {
        const int field = OGR_F_GetFieldIndex(feature_, name);
        if (field < 0 || OGR_F_IsFieldSetAndNotNull(feature_, field) == 0) {
            return std::nullopt;
        }
        return utf8_text(OGR_F_GetFieldAsString(feature_, field));
    }
    std::optional<double> number(const char* name) const {
        const int field = OGR_F_GetFieldIndex(feature_, name);
        if (field < 0 || OGR_F_IsFieldSetAndNotNull(feature_, field) == 0) {
            return std::nullopt;
        }
        const double value = OGR_F_GetFieldAsDouble(feature_, field);
        return std::isfinite(value) ? std::optional(value) : std::nullopt;
    }
    std::uint32_t count(const char* name) const {
        const double value = number(name).value_or(0);
        return value >= 0 && value <= 4e9 ? static_cast<std::uint32_t>(value) : 0;
    }

  private:
    OGRFeatureH feature_;
};

Ring ring_of(OGRGeometryH ring) {
    Ring points;
    for (int i = 0; i < OGR_G_GetPointCount(ring); ++i) {
        points.push_back({OGR_G_GetX(ring, i), OGR_G_GetY(ring, i)});
    }
    return points;
}

void add_rings(RawZone& raw, OGRGeometryH geometry) {
    const bool polygon = wkbFlatten(OGR_G_GetGeometryType(geometry)) == wkbPolygon;
    for (int i = 0; i < OGR_G_GetGeometryCount(geometry); ++i) {
        OGRGeometryH part = OGR_G_GetGeometryRef(geometry, i);
        if (!polygon) {
            add_rings(raw, part);
        } else {
            (i == 0 ? raw.outer : raw.holes).push_back(ring_of(part));
        }
    }
}

std::optional<cluster::Trend> trend_of(const std::optional<std::string>& text) {
    using cluster::Trend;
    for (const Trend trend : {Trend::rising, Trend::steady, Trend::falling}) {
        if (text && *text == cluster::word(trend)) {
            return trend;
        }
    }
    return std::nullopt;
}

cluster::Evidence evidence_of(const Attributes& attributes) {
    cluster::Evidence evidence{.incidents = attributes.count("incidents"),
                               .weight = attributes.number("weight").value_or(0),
                               .ward_share = attributes.number("ward_share").value_or(0),
                               .pai = attributes.number("pai"),
                               .p_value = attributes.number("p_value"),
                               .q_value = attributes.number("q_value"),
                               .peak = attributes.text("peak"),
                               .trend = trend_of(attributes.text("trend")),
                               .offences = attributes.text("offences")};
    const std::optional<double> low = attributes.number("count_low");
    const std::optional<double> high = attributes.number("count_high");
    if (low && high) {
        evidence.interval = {*low, *high};
    }
    return evidence;
}

RawZone raw_zone(OGRFeatureH feature, std::size_t position) {
    const Attributes attributes(feature);
    RawZone raw;
    cluster::Zone& zone = raw.zone;
    const std::string id = attributes.text("zone_id").value_or("");
    if (id.empty()) {
        throw geo::Error(geo::ErrorKind::input,
                         "has no zone_id; give each zone a name of its own in that column");
    }
    zone.id = cluster::ZoneId(id);
    zone.name = attributes.text("name").value_or(id);
    zone.ward_code = cluster::WardCode(attributes.text("ward_code").value_or(""));
    zone.ward_name = attributes.text("ward_name").value_or("");
    const std::uint32_t rank = attributes.count("rank");
    zone.rank = rank > 0 ? rank : static_cast<unsigned>(position);
    zone.ward_rank = attributes.count("ward_rank");
    zone.evidence = evidence_of(attributes);
    zone.why = attributes.text("why").value_or("");
    raw.easting = attributes.number("easting");
    raw.northing = attributes.number("northing");
    raw.radius = attributes.number("radius_m");
    if (OGRGeometryH geometry = OGR_F_GetGeometryRef(feature)) {
        add_rings(raw, geometry);
    }
    if (raw.outer.empty()) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("{}: has no polygon; draw its outline", id));
    }
    return raw;
}

std::string crs_of(OGRLayerH layer) {
    OGRSpatialReferenceH reference = OGR_L_GetSpatialRef(layer);
    char* wkt = nullptr;
    if (reference == nullptr || OSRExportToWkt(reference, &wkt) != OGRERR_NONE) {
        throw geo::Error(geo::ErrorKind::input,
                         "has no coordinate reference system; set one in a GIS and save it again");
    }
    std::string text = wkt;
    CPLFree(wkt);
    return text;
}

/// The longitudes and latitudes that the zones span.
std::array<double, 4> lonlat_area(std::span<const RawZone> zones, const std::string& crs) {
    std::array<double, 4> area{180, 90, -180, -90};
    std::optional<geo::Projection> to_degrees;
    if (geo::crs_traits(crs).projected) {
        to_degrees.emplace("EPSG:4326", crs);
    }
    for (const RawZone& raw : zones) {
        for (const Ring& ring : raw.outer) {
            for (const geo::SourcePoint& p : ring) {
                const geo::SourcePoint at = to_degrees ? to_degrees->from_grid(geo::GridPoint::at(
                                                             geo::Metres(p.x), geo::Metres(p.y)))
                                                       : p;
                area = {std::min(area[0], at.x), std::min(area[1], at.y), std::max(area[2], at.x),
                        std::max(area[3], at.y)};
            }
        }
    }
    return area;
}

/// Twice the signed area of a ring and the moments that its centroid takes.
struct Moments {
    double area = 0;
    double east = 0;
    double north = 0;
};

/// Relative to `origin`, so that no digits are lost to large coordinates.
Moments moments(std::span<const geo::GridPoint> ring, const geo::GridPoint& origin) {
    Moments sum;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const geo::GridPoint& a = ring[i];
        const geo::GridPoint& b = ring[(i + 1) % ring.size()];
        const double ax = (a.easting() - origin.easting()).value();
        const double ay = (a.northing() - origin.northing()).value();
        const double bx = (b.easting() - origin.easting()).value();
        const double by = (b.northing() - origin.northing()).value();
        const double cross = ax * by - bx * ay;
        sum.area += cross;
        sum.east += (ax + bx) * cross;
        sum.north += (ay + by) * cross;
    }
    return sum;
}

std::vector<geo::GridPoint> on_grid(const Ring& ring, const geo::Projection& projection) {
    std::vector<geo::GridPoint> points;
    for (const auto& point : projection.to_grid(ring)) {
        if (!point) {
            throw geo::Error(geo::ErrorKind::input,
                             "has a corner that is no place on the analysis grid; check its "
                             "coordinate reference system");
        }
        points.push_back(*point);
    }
    return points;
}

/// The disc that the outline describes: its centroid, and the radius of a circle of its area.
cluster::Disc outlined_disc(const RawZone& raw, const geo::Projection& projection) {
    const geo::GridPoint origin = on_grid(raw.outer.front(), projection).front();
    Moments total;
    const auto add = [&](const Ring& ring, double sign) {
        const Moments m = moments(on_grid(ring, projection), origin);
        sign *= m.area < 0 ? -1 : 1; // whichever way round it was drawn
        total = {total.area + sign * m.area, total.east + sign * m.east,
                 total.north + sign * m.north};
    };
    std::ranges::for_each(raw.outer, [&](const Ring& ring) { add(ring, 1); });
    std::ranges::for_each(raw.holes, [&](const Ring& ring) { add(ring, -1); });
    if (!(total.area > 0)) {
        throw geo::Error(geo::ErrorKind::input, "has an outline without area; draw it again");
    }
    const geo::GridPoint centre =
        geo::GridPoint::at(origin.easting() + geo::Metres(total.east / (3 * total.area)),
                           origin.northing() + geo::Metres(total.north / (3 * total.area)));
    const double radius = std::sqrt(total.area / 2 / std::numbers::pi);
    return {centre, geo::Metres(std::round(radius * 1000) / 1000)};
}

/// The disc that the attributes give, if they give one and the outline agrees with it to 1 %.
std::optional<cluster::Disc> stated_disc(const RawZone& raw, const cluster::Disc& outlined) {
    if (!raw.easting || !raw.northing || !raw.radius) {
        return std::nullopt;
    }
    const cluster::Disc stated{
        geo::GridPoint::at(geo::Metres(*raw.easting), geo::Metres(*raw.northing)),
        geo::Metres(*raw.radius)};
    const geo::Metres tolerance = 0.01 * outlined.radius;
    const geo::Metres larger(std::abs((stated.radius - outlined.radius).value()));
    const bool agrees =
        geo::distance(stated.centre, outlined.centre) <= tolerance && larger <= tolerance;
    return agrees ? std::optional(stated) : std::nullopt;
}

std::vector<RawZone> raw_zones(OGRLayerH layer) {
    std::vector<RawZone> zones;
    std::unordered_set<std::string> ids;
    const GdalErrors errors;
    OGR_L_ResetReading(layer);
    while (const FeatureHandle feature{OGR_L_GetNextFeature(layer)}) {
        const std::size_t position = zones.size() + 1;
        geo::within(fmt::format("feature {}", position), [&] {
            zones.push_back(raw_zone(static_cast<OGRFeatureH>(feature.get()), position));
            const std::string& id = zones.back().zone.id.text();
            if (!ids.insert(id).second) {
                throw geo::Error(
                    geo::ErrorKind::input,
                    fmt::format("zone_id: '{}' comes twice; give each zone its own", id));
            }
        });
    }
    if (!errors.failure().empty()) {
        throw geo::Error(geo::ErrorKind::input,
                         errors.failure() + "; check that the file is complete");
    }
    return zones;
}

ReadZones placed(std::vector<RawZone> raw_zones, const std::string& crs, ReadZones read) {
    const geo::Projection projection(crs, read.analysis_crs, lonlat_area(raw_zones, crs));
    std::size_t moved = 0;
    for (RawZone& raw : raw_zones) {
        const cluster::Disc outlined =
            geo::within(raw.zone.id.text(), [&] { return outlined_disc(raw, projection); });
        const auto stated = stated_disc(raw, outlined);
        moved += !stated && (raw.easting || raw.northing || raw.radius) ? 1U : 0U;
        raw.zone.disc = stated.value_or(outlined);
        read.zones.push_back(std::move(raw.zone));
    }
    if (moved > 0) {
        read.warnings.push_back(
            fmt::format("{} of {} zones have easting, northing or radius_m that differ from their "
                        "outline; the outline was used",
                        moved, read.zones.size()));
    }
    return read;
}

} // namespace

ReadZones read_zones(const std::string& path, const std::optional<std::string>& analysis_crs) {
    return geo::within(without_password(path), [&] {
        const DatasetHandle dataset = open_vector(path);
        auto* const layer = static_cast<OGRLayerH>(layer_or_first(dataset, "zones"));
        std::vector<RawZone> zones = raw_zones(layer);
        ReadZones read;
        if (zones.empty()) {
            read.analysis_crs = analysis_crs.value_or("EPSG:27700");
            read.warnings.emplace_back("the zones file holds no zone");
            return read;
        }
        const std::string crs = crs_of(layer);
        read.analysis_crs =
            analysis_crs ? *analysis_crs : geo::choose_analysis_crs(crs, lonlat_area(zones, crs));
        return placed(std::move(zones), crs, std::move(read));
    });
}

} // namespace io
