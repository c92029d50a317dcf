#include "io/gdal.hpp"

#include "geo/error.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <array>
#include <mutex>

namespace io {

namespace {

void CPL_STDCALL keep_message(CPLErr severity, CPLErrorNum /*number*/, const char* message) {
    auto* listener = static_cast<GdalErrors*>(CPLGetErrorHandlerUserData());
    if (listener != nullptr && severity >= CE_Failure && message != nullptr) {
        listener->hear(message);
    }
}

/// What the bytes 0x80 to 0x9F mean in Windows-1252; five are not assigned.
constexpr std::array<char16_t, 32> windows_1252{
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

void append_utf8(std::string& text, char16_t c) {
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else if (c < 0x800) {
        text += static_cast<char>(0xC0 | (c >> 6));
        text += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        text += static_cast<char>(0xE0 | (c >> 12));
        text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (c & 0x3F));
    }
}

bool is_plain_ascii(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) {
            return false;
        }
    }
    return true;
}

} // namespace

void CloseDataset::operator()(void* dataset) const {
    GDALClose(dataset);
}

void DestroyFeature::operator()(void* feature) const {
    OGR_F_Destroy(static_cast<OGRFeatureH>(feature));
}

void DestroyGeometry::operator()(void* geometry) const {
    OGR_G_DestroyGeometry(static_cast<OGRGeometryH>(geometry));
}

void ReleaseCrs::operator()(void* crs) const {
    OSRRelease(static_cast<OGRSpatialReferenceH>(crs));
}

void register_gdal() {
    static std::once_flag once;
    std::call_once(once, GDALAllRegister);
}

GdalErrors::GdalErrors() {
    CPLPushErrorHandlerEx(keep_message, this);
}

GdalErrors::~GdalErrors() {
    CPLPopErrorHandler();
}

void GdalErrors::hear(std::string_view message) {
    if (failure_.empty()) {
        whole_ = message;
        failure_ = message.substr(0, message.find('\n'));
    }
}

ThreadSetting::ThreadSetting(const char* key, const std::string& value) : key_(key) {
    CPLSetThreadLocalConfigOption(key_, value.c_str());
}

ThreadSetting::~ThreadSetting() {
    CPLSetThreadLocalConfigOption(key_, nullptr);
}

DatasetHandle open_vector(const std::string& source) {
    register_gdal();
    // Without these a sheet whose cells are all text loses its header to the data.
    const ThreadSetting xlsx("OGR_XLSX_HEADERS", "FORCE");
    const ThreadSetting ods("OGR_ODS_HEADERS", "FORCE");
    const std::array<const char*, 2> as_table{"HEADERS=YES", nullptr};
    const std::array<const char*, 2> csv_driver{"CSV", nullptr};
    const std::string extension = CPLGetExtension(source.c_str());
    const bool table = EQUAL(extension.c_str(), "csv") || EQUAL(extension.c_str(), "tsv");
    const GdalErrors errors;
    DatasetHandle dataset(GDALOpenEx(
        source.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
        table ? csv_driver.data() : nullptr, table ? as_table.data() : nullptr, nullptr));
    if (!dataset) {
        throw geo::Error(
            geo::ErrorKind::input,
            "no vector data that GDAL can read; check that the file is complete and of a "
            "kind that `ogrinfo` opens");
    }
    // Sheets are read when their columns are first asked for, which must be while the options above
    // hold.
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset.get()); ++i) {
        OGR_L_GetLayerDefn(GDALDatasetGetLayer(dataset.get(), i));
    }
    return dataset;
}

std::vector<std::string> layer_names(const DatasetHandle& dataset) {
    std::vector<std::string> names;
    const int count = GDALDatasetGetLayerCount(dataset.get());
    names.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        names.emplace_back(OGR_L_GetName(GDALDatasetGetLayer(dataset.get(), i)));
    }
    return names;
}

std::string utf8_text(std::string_view text) {
    if (is_plain_ascii(text) || CPLIsUTF8(text.data(), static_cast<int>(text.size())) != 0) {
        return std::string(text);
    }
    std::string converted;
    converted.reserve(text.size() + 8);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool special = byte >= 0x80 && byte < 0xA0;
        append_utf8(converted, special ? windows_1252[byte - 0x80U] : static_cast<char16_t>(byte));
    }
    return converted;
}

} // namespace io
