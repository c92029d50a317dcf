#include "io/layer_choice.hpp"

#include "geo/error.hpp"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <vector>

namespace io {

namespace {

using geo::Error;
using geo::ErrorKind;

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t most = 20;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i) {
        text += (i == 0 ? "'" : ", '") + names[i] + "'";
    }
    return names.size() > most ? text + ", ..." : text;
}

} // namespace

void* choose_layer(const DatasetHandle& dataset, const std::optional<std::string>& wanted,
                   std::string_view holds) {
    const std::vector<std::string> layers = layer_names(dataset);
    if (wanted) {
        OGRLayerH layer = GDALDatasetGetLayerByName(dataset.get(), wanted->c_str());
        if (layer == nullptr) {
            throw Error(ErrorKind::input,
                        fmt::format("no layer '{}'; it has {}", *wanted, listed(layers)));
        }
        return layer;
    }
    std::vector<OGRLayerH> filled;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset.get(), static_cast<int>(i));
        if (layers.size() == 1 || OGR_L_GetFeatureCount(layer, 1) > 0) {
            filled.push_back(layer);
        }
    }
    if (filled.size() > 1) {
        throw Error(ErrorKind::input,
                    fmt::format("it has the layers {}; add |layername=NAME to the path to say "
                                "which one holds {}",
                                listed(layers), holds));
    }
    if (filled.empty()) {
        throw Error(ErrorKind::input, "there are no rows in it; check the export");
    }
    return filled.front();
}

std::optional<std::string> layer_crs(void* layer) {
    OGRSpatialReferenceH reference = OGR_L_GetSpatialRef(static_cast<OGRLayerH>(layer));
    if (reference == nullptr) {
        return std::nullopt;
    }
    const char* authority = OSRGetAuthorityName(reference, nullptr);
    const char* code = OSRGetAuthorityCode(reference, nullptr);
    if (authority != nullptr && code != nullptr) {
        return fmt::format("{}:{}", authority, code);
    }
    char* wkt = nullptr;
    OSRExportToWkt(reference, &wkt);
    std::string text = wkt == nullptr ? "" : wkt;
    CPLFree(wkt);
    return text;
}

} // namespace io
