#include "io/placed_table.hpp"

#include "geo/error.hpp"
#include "io/connection_text.hpp"
#include "io/gdal.hpp"
#include "io/layer_choice.hpp"
#include "io/table_reader.hpp"
#include "io/words.hpp"

#include <gdal.h>
#include <ogr_api.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>

namespace io {

namespace {

bool is_text_file(const std::string& path) {
    constexpr std::array<std::string_view, 3> endings{".csv", ".tsv", ".txt"};
    const std::string ending = std::filesystem::path(path).extension().string();
    return std::ranges::any_of(endings, [&](auto text) { return same_word(ending, text); });
}

OGRLayerH named_layer(const DatasetHandle& dataset, std::span<const std::string_view> layers) {
    for (const std::string_view name : layers) {
        for (const std::string& there : layer_names(dataset)) {
            if (same_word(there, name)) {
                return static_cast<OGRLayerH>(layer_or_first(dataset, name));
            }
        }
    }
    return static_cast<OGRLayerH>(layer_or_first(dataset, ""));
}

std::optional<geo::SourcePoint> point_of(OGRGeometryH geometry) {
    if (geometry == nullptr || OGR_G_IsEmpty(geometry) != 0 ||
        wkbFlatten(OGR_G_GetGeometryType(geometry)) != wkbPoint) {
        return std::nullopt;
    }
    const geo::SourcePoint point{OGR_G_GetX(geometry, 0), OGR_G_GetY(geometry, 0)};
    const bool finite = std::isfinite(point.x) && std::isfinite(point.y);
    return finite ? std::optional(point) : std::nullopt;
}

std::vector<std::string> texts_of(OGRFeatureH feature, std::size_t columns) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < columns; ++i) {
        texts.push_back(utf8_text(OGR_F_GetFieldAsString(feature, static_cast<int>(i))));
    }
    return texts;
}

PlacedTable layer_table(OGRLayerH layer) {
    PlacedTable read;
    read.table.row_word = "feature";
    read.crs = layer_crs(layer);
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
        read.table.columns.push_back(
            utf8_text(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i))));
    }
    const bool places = OGR_L_GetGeomType(layer) != wkbNone;
    OGR_L_ResetReading(layer);
    while (const FeatureHandle handle{OGR_L_GetNextFeature(layer)}) {
        auto* const feature = static_cast<OGRFeatureH>(handle.get());
        read.table.rows.push_back(
            {read.table.rows.size() + 1, texts_of(feature, read.table.columns.size())});
        if (places) {
            read.points.push_back(point_of(OGR_F_GetGeometryRef(feature)));
        }
    }
    return read;
}

/// The names of a GPX file's tracks, in their order.
std::vector<std::string> track_names(const DatasetHandle& dataset) {
    std::vector<std::string> names;
    OGRLayerH tracks = GDALDatasetGetLayerByName(dataset.get(), "tracks");
    if (tracks == nullptr) {
        return names;
    }
    const int name = OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(tracks), "name");
    OGR_L_ResetReading(tracks);
    while (const FeatureHandle handle{OGR_L_GetNextFeature(tracks)}) {
        auto* const feature = static_cast<OGRFeatureH>(handle.get());
        names.push_back(name < 0 ? "" : utf8_text(OGR_F_GetFieldAsString(feature, name)));
    }
    return names;
}

/// Says of each point of a track whose it is.
void name_tracks(const DatasetHandle& dataset, const std::string& path, PlacedTable& read) {
    const auto number = read.table.column("track_fid");
    if (!number || read.table.column("unit")) {
        return;
    }
    const std::vector<std::string> names = track_names(dataset);
    const std::string file = std::filesystem::path(path).stem().string();
    read.table.columns.emplace_back("unit");
    for (CsvRow& row : read.table.rows) {
        const auto track = whole_number_of(row.cells[*number]);
        const bool named = track && *track < names.size() && !names[*track].empty();
        row.cells.push_back(named ? names[*track] : file);
    }
}

} // namespace

PlacedTable read_placed_table(const std::string& path, std::span<const std::string_view> layers) {
    if (is_text_file(path)) {
        return {read_csv(path), {}, std::nullopt};
    }
    return geo::within(without_password(path), [&] {
        const DatasetHandle dataset = open_vector(path);
        const GdalErrors errors;
        PlacedTable read = layer_table(named_layer(dataset, layers));
        name_tracks(dataset, path, read);
        if (!errors.failure().empty()) {
            throw geo::Error(geo::ErrorKind::input, without_password_of(path, errors.failure()) +
                                                        "; check that the file is complete");
        }
        return read;
    });
}

} // namespace io
