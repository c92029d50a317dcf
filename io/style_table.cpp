#include "io/style_table.hpp"

#include "io/qgis_style.hpp"

#include <array>
#include <chrono>
#include <gdal.h>
#include <ogr_api.h>

namespace io {

namespace {

struct Column {
    const char* name;
    OGRFieldType type;
    OGRFieldSubType subtype = OFSTNone;
};

constexpr std::array columns{
    Column{"f_table_catalog", OFTString},
    Column{"f_table_schema", OFTString},
    Column{"f_table_name", OFTString},
    Column{"f_geometry_column", OFTString},
    Column{"styleName", OFTString},
    Column{"styleQML", OFTString},
    Column{"styleSLD", OFTString},
    Column{"useAsDefault", OFTInteger, OFSTBoolean},
    Column{"description", OFTString},
    Column{"owner", OFTString},
    Column{"ui", OFTString},
    Column{"update_time", OFTDateTime},
};

OGRLayerH new_table(const DatasetHandle& dataset) {
    std::array<char, 7> fid{"FID=id"};
    std::array<char*, 2> options{fid.data(), nullptr};
    OGRLayerH layer = GDALDatasetCreateLayer(static_cast<GDALDatasetH>(dataset.get()),
                                             "layer_styles", nullptr, wkbNone, options.data());
    for (const Column& column : columns) {
        if (layer == nullptr) {
            return nullptr;
        }
        OGRFieldDefnH made = OGR_Fld_Create(column.name, column.type);
        OGR_Fld_SetSubType(made, column.subtype);
        const OGRErr added = OGR_L_CreateField(layer, made, FALSE);
        OGR_Fld_Destroy(made);
        layer = added == OGRERR_NONE ? layer : nullptr;
    }
    return layer;
}

void set_time(OGRFeatureH feature, int field, geo::Instant instant) {
    constexpr int utc = 100; // OGR's code for it
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(instant - day);
    OGR_F_SetFieldDateTime(feature, field, static_cast<int>(date.year()),
                           static_cast<int>(static_cast<unsigned>(date.month())),
                           static_cast<int>(static_cast<unsigned>(date.day())),
                           static_cast<int>(clock.hours().count()),
                           static_cast<int>(clock.minutes().count()),
                           static_cast<int>(clock.seconds().count()), utc);
}

} // namespace

bool write_style_table(const DatasetHandle& dataset, std::span<const PublishedLayer> layers,
                       const LayersContent& content) {
    OGRLayerH table = new_table(dataset);
    if (table == nullptr) {
        return false;
    }
    for (const PublishedLayer& layer : layers) {
        const LayerDefinition& definition = layer.definition;
        const FeatureHandle feature(OGR_F_Create(OGR_L_GetLayerDefn(table)));
        auto* const row = static_cast<OGRFeatureH>(feature.get());
        const std::array texts{std::string(),
                               std::string(),
                               std::string(definition.name),
                               std::string("geom"),
                               std::string(definition.name),
                               qml_text(definition, {TimeFrame::utc, content.audience}),
                               std::string()};
        int field = 0;
        for (const std::string& text : texts) {
            OGR_F_SetFieldString(row, field++, text.c_str());
        }
        OGR_F_SetFieldInteger(row, field++, 1);
        OGR_F_SetFieldString(row, field++, std::string(definition.title).c_str());
        OGR_F_SetFieldString(row, field++, "patrolzones");
        ++field; // ui: a form of one's own
        set_time(row, field, content.stamp);
        if (OGR_L_CreateFeature(table, row) != OGRERR_NONE) {
            return false;
        }
    }
    return true;
}

} // namespace io
