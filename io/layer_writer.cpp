#include "io/layer_writer.hpp"

#include "geo/error.hpp"

#include <array>
#include <chrono>
#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

namespace io {

namespace {

OGRFieldType ogr_type(FieldType type) {
    switch (type) {
    case FieldType::text:
        return OFTString;
    case FieldType::integer:
        return OFTInteger64;
    case FieldType::boolean:
        return OFTInteger;
    case FieldType::real:
        return OFTReal;
    case FieldType::date:
        return OFTDate;
    case FieldType::date_time:
        return OFTDateTime;
    }
    return OFTString;
}

OGRwkbGeometryType ogr_type(LayerGeometry geometry) {
    switch (geometry) {
    case LayerGeometry::point:
        return wkbPoint;
    case LayerGeometry::polygon:
        return wkbPolygon;
    case LayerGeometry::multipolygon:
        return wkbMultiPolygon;
    }
    return wkbUnknown;
}

/// Sets one field of a feature, by what the value is.
class FieldSetter {
  public:
    FieldSetter(OGRFeatureH feature, int field) : feature_(feature), field_(field) {}

    void operator()(std::monostate) const { OGR_F_SetFieldNull(feature_, field_); }
    void operator()(const std::string& text) const {
        OGR_F_SetFieldString(feature_, field_, text.c_str());
    }
    void operator()(std::int64_t value) const {
        OGR_F_SetFieldInteger64(feature_, field_, static_cast<GIntBig>(value));
    }
    void operator()(double value) const { OGR_F_SetFieldDouble(feature_, field_, value); }
    void operator()(bool value) const { OGR_F_SetFieldInteger(feature_, field_, value ? 1 : 0); }
    void operator()(geo::Day day) const {
        set(std::chrono::year_month_day(day), std::chrono::seconds(0), unknown_zone);
    }
    void operator()(geo::Instant instant) const {
        const auto day = std::chrono::floor<std::chrono::days>(instant);
        set(std::chrono::year_month_day(day), instant - day, utc);
    }

  private:
    static constexpr int unknown_zone = 0; // OGR's codes
    static constexpr int utc = 100;

    void set(std::chrono::year_month_day date, std::chrono::seconds time, int zone) const {
        const std::chrono::hh_mm_ss clock(time);
        OGR_F_SetFieldDateTime(feature_, field_, static_cast<int>(date.year()),
                               static_cast<int>(static_cast<unsigned>(date.month())),
                               static_cast<int>(static_cast<unsigned>(date.day())),
                               static_cast<int>(clock.hours().count()),
                               static_cast<int>(clock.minutes().count()),
                               static_cast<int>(clock.seconds().count()), zone);
    }

    OGRFeatureH feature_;
    int field_;
};

/// Makes OGR's geometry of a row's shape; null for none.
struct ShapeMaker {
    OGRGeometryH operator()(std::monostate) const { return nullptr; }
    OGRGeometryH operator()(const geo::GridPoint& place) const {
        OGRGeometryH made = OGR_G_CreateGeometry(wkbPoint);
        OGR_G_SetPoint_2D(made, 0, place.easting().value(), place.northing().value());
        return made;
    }
    OGRGeometryH operator()(const Rings& rings) const {
        OGRGeometryH polygon = OGR_G_CreateGeometry(wkbPolygon);
        for (const Ring& corners : rings) {
            OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing);
            for (const geo::GridPoint& corner : corners) {
                OGR_G_AddPoint_2D(ring, corner.easting().value(), corner.northing().value());
            }
            OGR_G_AddGeometryDirectly(polygon, ring);
        }
        return polygon;
    }
    OGRGeometryH operator()(const geo::Polygon* shape) const {
        const std::vector<unsigned char> wkb = shape->wkb();
        OGRGeometryH read = nullptr;
        OGR_G_CreateFromWkb(wkb.data(), nullptr, &read, static_cast<int>(wkb.size()));
        return OGR_G_ForceToMultiPolygon(read);
    }
};

bool add_field(OGRLayerH layer, const LayerField& field) {
    OGRFieldDefnH made = OGR_Fld_Create(std::string(field.name).c_str(), ogr_type(field.type));
    OGR_Fld_SetAlternativeName(made, std::string(field.alias).c_str());
    if (field.type == FieldType::boolean) {
        OGR_Fld_SetSubType(made, OFSTBoolean);
    }
    const OGRErr added = OGR_L_CreateField(layer, made, FALSE);
    OGR_Fld_Destroy(made);
    return added == OGRERR_NONE;
}

std::vector<int> field_indices(OGRLayerH layer, const LayerDefinition& definition) {
    std::vector<int> indices;
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(layer);
    for (const LayerField& field : definition.fields) {
        indices.push_back(OGR_FD_GetFieldIndex(fields, std::string(field.name).c_str()));
    }
    return indices;
}

} // namespace

void require(bool worked, const GdalErrors& errors, const std::string& remedy) {
    if (worked && errors.failure().empty()) {
        return;
    }
    const std::string reason = errors.failure().empty() ? "GDAL gives no reason" : errors.failure();
    throw geo::Error(geo::ErrorKind::input, "cannot be written: " + reason + "; " + remedy);
}

CrsHandle crs_handle(const std::string& crs) {
    CrsHandle made(OSRNewSpatialReference(nullptr));
    auto* const reference = static_cast<OGRSpatialReferenceH>(made.get());
    if (OSRSetFromUserInput(reference, crs.c_str()) != OGRERR_NONE) {
        return nullptr;
    }
    OSRSetAxisMappingStrategy(reference, OAMS_TRADITIONAL_GIS_ORDER);
    return made;
}

std::string wkt_of(const CrsHandle& crs) {
    char* text = nullptr;
    const std::array<const char*, 3> options{"FORMAT=WKT2_2019", "MULTILINE=NO", nullptr};
    if (crs != nullptr) {
        OSRExportToWktEx(static_cast<OGRSpatialReferenceH>(crs.get()), &text, options.data());
    }
    std::string wkt = text != nullptr ? text : "";
    CPLFree(text);
    return wkt;
}

void* create_layer(const DatasetHandle& dataset, const LayerDefinition& definition,
                   const CrsHandle& crs, const std::vector<std::string>& options) {
    CPLStringList list;
    for (const std::string& option : options) {
        list.AddString(option.c_str());
    }
    OGRLayerH layer = GDALDatasetCreateLayer(
        static_cast<GDALDatasetH>(dataset.get()), std::string(definition.name).c_str(),
        static_cast<OGRSpatialReferenceH>(crs.get()), ogr_type(definition.geometry), list.List());
    if (layer == nullptr) {
        return nullptr;
    }
    for (const LayerField& field : definition.fields) {
        if (!add_field(layer, field)) {
            return nullptr;
        }
    }
    return layer;
}

bool write_rows(void* layer, const PublishedLayer& published) {
    auto* const target = static_cast<OGRLayerH>(layer);
    const std::vector<int> indices = field_indices(target, published.definition);
    for (std::size_t i = 0; i < published.rows; ++i) {
        const LayerRow row = published.row(i);
        const FeatureHandle feature(OGR_F_Create(OGR_L_GetLayerDefn(target)));
        auto* const filled = static_cast<OGRFeatureH>(feature.get());
        OGR_F_SetFID(filled, static_cast<GIntBig>(i) + 1);
        for (std::size_t k = 0; k < indices.size(); ++k) {
            std::visit(FieldSetter(filled, indices[k]), row.values[k]);
        }
        if (OGRGeometryH shape = std::visit(ShapeMaker(), row.shape)) {
            OGR_F_SetGeometryDirectly(filled, shape);
        }
        if (OGR_L_CreateFeature(target, filled) != OGRERR_NONE) {
            return false;
        }
    }
    return true;
}

} // namespace io
