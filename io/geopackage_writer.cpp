#include "io/geopackage_writer.hpp"

#include "geo/error.hpp"
#include "io/layer_writer.hpp"
#include "io/style_table.hpp"

#include <chrono>
#include <fmt/core.h>
#include <gdal.h>
#include <ogr_api.h>
#include <system_error>
#include <vector>

namespace io {

namespace {

const char* const remedy = "free some space or choose another folder";

/// As GDAL wants the date of change.
std::string stamp_text(geo::Instant stamp) {
    const auto day = std::chrono::floor<std::chrono::days>(stamp);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(stamp - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.000Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

DatasetHandle new_geopackage(const std::filesystem::path& path) {
    GDALDriverH driver = GDALGetDriverByName("GPKG");
    return DatasetHandle(driver != nullptr
                             ? GDALCreate(driver, path.c_str(), 0, 0, 0, GDT_Unknown, nullptr)
                             : nullptr);
}

void write_layers(const std::filesystem::path& path, const LayersContent& content,
                  const geo::TimeZone& time_zone) {
    const ThreadSetting stamp("OGR_CURRENT_DATE", stamp_text(content.stamp));
    // The folder as a whole is brought to the disk before it is published.
    const ThreadSetting synchronous("OGR_SQLITE_SYNCHRONOUS", "OFF");
    const GdalErrors errors; // first, so that it still hears when the dataset is closed
    const CrsHandle crs = crs_handle(content.crs);
    require(crs != nullptr, errors, remedy);
    DatasetHandle dataset = new_geopackage(path);
    require(dataset != nullptr, errors, remedy);
    auto* const handle = static_cast<GDALDatasetH>(dataset.get());
    require(GDALDatasetStartTransaction(handle, FALSE) == OGRERR_NONE, errors, remedy);
    const std::vector<PublishedLayer> layers = published_layers(content, time_zone);
    for (const PublishedLayer& published : layers) {
        const LayerDefinition& definition = published.definition;
        void* const layer = create_layer(dataset, definition, crs,
                                         {fmt::format("IDENTIFIER={}", definition.title),
                                          fmt::format("DESCRIPTION={}", definition.description)});
        require(layer != nullptr, errors, remedy);
        require(write_rows(layer, published), errors, remedy);
    }
    require(write_style_table(dataset, layers, content), errors, remedy);
    require(GDALDatasetCommitTransaction(handle) == OGRERR_NONE, errors, remedy);
    dataset.reset(); // builds the spatial indexes; what fails is only heard
    require(true, errors, remedy);
}

} // namespace

void write_geopackage(const std::filesystem::path& path, const LayersContent& content,
                      const geo::TimeZone& time_zone) {
    register_gdal();
    try {
        geo::within(path.filename().string(), [&] { write_layers(path, content, time_zone); });
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
        std::filesystem::remove(path.string() + "-journal", ignored);
        throw;
    }
}

} // namespace io
