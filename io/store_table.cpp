#include "io/store_table.hpp"

#include "geo/error.hpp"
#include "io/circle.hpp"

#include <cpl_conv.h>
#include <fmt/core.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <cmath>
#include <utility>
#include <vector>

namespace io {

namespace {

OGRFieldType ogr_type(StoreType type) {
    switch (type) {
    case StoreType::text:
        return OFTString;
    case StoreType::whole:
        return OFTInteger64;
    case StoreType::real:
        return OFTReal;
    case StoreType::day:
        return OFTDate;
    case StoreType::instant:
        return OFTDateTime;
    }
    return OFTString;
}

constexpr int utc = 100; // OGR's code for it; other offsets lie around it in quarters of an hour

geo::Error no_table(const StoreTable& table) {
    return {geo::ErrorKind::input,
            fmt::format("the store has no table {}; restore it from a copy or backup "
                        "(docs/operations.md)",
                        table.name)};
}

OGRFeatureH feature(void* handle) {
    return static_cast<OGRFeatureH>(handle);
}

} // namespace

void require_gdal(bool worked, const GdalErrors& errors, std::string_view doing) {
    if (!worked || !errors.failure().empty()) {
        throw geo::Error(
            geo::ErrorKind::input,
            fmt::format("the store cannot be {}: {}", doing,
                        errors.failure().empty() ? "GDAL gives no reason" : errors.failure()));
    }
}

StoreDatabase::StoreDatabase(DatasetHandle dataset, std::string name)
    : dataset_(std::move(dataset)), name_(std::move(name)) {}

void* StoreDatabase::layer(const StoreTable& table) const {
    return GDALDatasetGetLayerByName(dataset_.get(), table.name);
}

bool StoreDatabase::has(const StoreTable& table) const {
    const GdalErrors unheard; // that it is missing is the answer, not a fault
    return layer(table) != nullptr;
}

void StoreDatabase::make(const StoreTable& table, const std::string& crs) {
    const GdalErrors errors;
    const CrsHandle reference(OSRNewSpatialReference(nullptr));
    auto* const srs = static_cast<OGRSpatialReferenceH>(reference.get());
    require_gdal(OSRSetFromUserInput(srs, crs.c_str()) == OGRERR_NONE, errors, "made");
    OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayerH layer =
        GDALDatasetCreateLayer(dataset_.get(), table.name, table.circles ? srs : nullptr,
                               table.circles ? wkbPolygon : wkbNone, nullptr);
    require_gdal(layer != nullptr, errors, "made");
    for (const StoreColumn& column : table.columns) {
        OGRFieldDefnH made = OGR_Fld_Create(column.name, ogr_type(column.type));
        const OGRErr added = OGR_L_CreateField(layer, made, FALSE);
        OGR_Fld_Destroy(made);
        require_gdal(added == OGRERR_NONE, errors, "made");
    }
    // PostgreSQL's tables are made when they are first used.
    require_gdal(OGR_L_SyncToDisk(layer) == OGRERR_NONE, errors, "made");
    if (table.index != nullptr) {
        sql(fmt::format("CREATE INDEX {0}_by_{1} ON {0} ({1})", table.name, table.index));
    }
}

void StoreDatabase::in_transaction(const std::function<void()>& work) {
    const GdalErrors errors;
    require_gdal(GDALDatasetStartTransaction(dataset_.get(), FALSE) == OGRERR_NONE, errors,
                 "changed");
    try {
        work();
        require_gdal(GDALDatasetCommitTransaction(dataset_.get()) == OGRERR_NONE, errors,
                     "changed");
    } catch (...) {
        const GdalErrors unheard; // the connection may be gone, and the transaction with it
        GDALDatasetRollbackTransaction(dataset_.get());
        throw;
    }
}

std::optional<std::string> StoreDatabase::sql(const std::string& statement) const {
    const GdalErrors errors;
    OGRLayerH rows = GDALDatasetExecuteSQL(dataset_.get(), statement.c_str(), nullptr, nullptr);
    std::optional<std::string> value;
    if (rows != nullptr) {
        const FeatureHandle first(OGR_L_GetNextFeature(rows));
        if (first && OGR_F_GetFieldCount(feature(first.get())) > 0 &&
            OGR_F_IsFieldSetAndNotNull(feature(first.get()), 0) != 0) {
            value = OGR_F_GetFieldAsString(feature(first.get()), 0);
        }
    }
    GDALDatasetReleaseResultSet(dataset_.get(), rows);
    require_gdal(true, errors, "asked");
    return value;
}

NewRow::NewRow(const StoreDatabase& database, const StoreTable& table)
    : layer_(database.layer(table)) {
    if (layer_ == nullptr) {
        throw no_table(table);
    }
    feature_.reset(OGR_F_Create(OGR_L_GetLayerDefn(static_cast<OGRLayerH>(layer_))));
}

int NewRow::position(const char* column) const {
    const int found = OGR_F_GetFieldIndex(feature(feature_.get()), column);
    if (found < 0) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("the store has no column {}; restore it from a copy or backup "
                                     "(docs/operations.md)",
                                     column));
    }
    return found;
}

NewRow& NewRow::set(const char* column, const std::string& text) {
    OGR_F_SetFieldString(feature(feature_.get()), position(column), text.c_str());
    return *this;
}

NewRow& NewRow::set(const char* column, std::uint64_t whole) {
    OGR_F_SetFieldInteger64(feature(feature_.get()), position(column), static_cast<GIntBig>(whole));
    return *this;
}

NewRow& NewRow::set(const char* column, double real) {
    OGR_F_SetFieldDouble(feature(feature_.get()), position(column), real);
    return *this;
}

NewRow& NewRow::set(const char* column, geo::Day day) {
    const std::chrono::year_month_day date(day);
    OGR_F_SetFieldDateTime(feature(feature_.get()), position(column), static_cast<int>(date.year()),
                           static_cast<int>(static_cast<unsigned>(date.month())),
                           static_cast<int>(static_cast<unsigned>(date.day())), 0, 0, 0, 0);
    return *this;
}

NewRow& NewRow::set(const char* column, geo::Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(instant - day);
    OGR_F_SetFieldDateTime(feature(feature_.get()), position(column), static_cast<int>(date.year()),
                           static_cast<int>(static_cast<unsigned>(date.month())),
                           static_cast<int>(static_cast<unsigned>(date.day())),
                           static_cast<int>(clock.hours().count()),
                           static_cast<int>(clock.minutes().count()),
                           static_cast<int>(clock.seconds().count()), utc);
    return *this;
}

NewRow& NewRow::circle(const cluster::Disc& disc) {
    OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing);
    for (const geo::GridPoint& corner : circle_ring(disc)) {
        OGR_G_AddPoint_2D(ring, corner.easting().value(), corner.northing().value());
    }
    OGRGeometryH polygon = OGR_G_CreateGeometry(wkbPolygon);
    OGR_G_AddGeometryDirectly(polygon, ring);
    OGR_F_SetGeometryDirectly(feature(feature_.get()), polygon);
    return *this;
}

void NewRow::add() {
    const GdalErrors errors;
    require_gdal(OGR_L_CreateFeature(static_cast<OGRLayerH>(layer_), feature(feature_.get())) ==
                     OGRERR_NONE,
                 errors, "changed");
}

std::int64_t StoredRow::id() const {
    return OGR_F_GetFID(feature(feature_));
}

int StoredRow::position(const char* column) const {
    const int found = OGR_F_GetFieldIndex(feature(feature_), column);
    if (found < 0) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("the store has no column {}; restore it from a copy or backup "
                                     "(docs/operations.md)",
                                     column));
    }
    return found;
}

bool StoredRow::is_null(const char* column) const {
    return OGR_F_IsFieldSetAndNotNull(feature(feature_), position(column)) == 0;
}

std::string StoredRow::text(const char* column) const {
    return OGR_F_GetFieldAsString(feature(feature_), position(column));
}

std::uint64_t StoredRow::whole(const char* column) const {
    return static_cast<std::uint64_t>(
        OGR_F_GetFieldAsInteger64(feature(feature_), position(column)));
}

double StoredRow::real(const char* column) const {
    return OGR_F_GetFieldAsDouble(feature(feature_), position(column));
}

geo::Day StoredRow::day(const char* column) const {
    return std::chrono::floor<std::chrono::days>(geo::WallTime(instant(column).time_since_epoch()));
}

geo::Instant StoredRow::instant(const char* column) const {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    float second = 0;
    int zone = 0;
    if (OGR_F_GetFieldAsDateTimeEx(feature(feature_), position(column), &year, &month, &day, &hour,
                                   &minute, &second, &zone) == 0) {
        throw geo::Error(
            geo::ErrorKind::input,
            fmt::format("the store has no time in column {}; restore it from a copy or backup "
                        "(docs/operations.md)",
                        column));
    }
    const std::chrono::year_month_day date(std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day)));
    const auto offset = std::chrono::minutes(zone > 1 ? 15 * (zone - utc) : 0);
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(std::lround(second)) - offset;
}

std::optional<geo::Instant> StoredRow::instant_if_any(const char* column) const {
    return is_null(column) ? std::nullopt : std::optional(instant(column));
}

std::optional<std::string> StoredRow::text_if_any(const char* column) const {
    return is_null(column) ? std::nullopt : std::optional(text(column));
}

void each_row(const StoreDatabase& database, const StoreTable& table, const std::string& condition,
              const std::function<void(const StoredRow&)>& visit) {
    const GdalErrors errors;
    auto* const layer = static_cast<OGRLayerH>(database.layer(table));
    if (layer == nullptr) {
        require_gdal(true, errors, "read"); // the connection may be gone
        throw no_table(table);
    }
    OGR_L_SetAttributeFilter(layer, condition.empty() ? nullptr : condition.c_str());
    OGR_L_ResetReading(layer);
    while (FeatureHandle row{OGR_L_GetNextFeature(layer)}) {
        visit(StoredRow(row.get()));
    }
    OGR_L_SetAttributeFilter(layer, nullptr);
    require_gdal(true, errors, "read");
}

void remove_rows(const StoreDatabase& database, const StoreTable& table,
                 const std::string& condition,
                 const std::function<bool(const StoredRow&)>& doomed) {
    std::vector<std::int64_t> ids;
    each_row(database, table, condition, [&](const StoredRow& row) {
        if (doomed(row)) {
            ids.push_back(row.id());
        }
    });
    const GdalErrors errors;
    auto* const layer = static_cast<OGRLayerH>(database.layer(table));
    for (const std::int64_t id : ids) {
        require_gdal(OGR_L_DeleteFeature(layer, id) == OGRERR_NONE, errors, "changed");
    }
}

std::string sql_text(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) {
        quoted += c;
        if (c == '\'') {
            quoted += c;
        }
    }
    return quoted + "'";
}

} // namespace io
