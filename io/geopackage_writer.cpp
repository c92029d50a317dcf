#include "io/geopackage_writer.hpp"

#include "cluster/trend.hpp"
#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/circle.hpp"
#include "io/gdal.hpp"
#include "io/rounding.hpp"
#include "io/words.hpp"
#include "io/zone_lookup.hpp"

#include <cpl_conv.h>
#include <fmt/chrono.h>
#include <fmt/core.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <system_error>
#include <vector>

#include <gdal.h>

namespace io {

namespace {

enum class FieldType { text, integer, real, boolean, date, date_time };

struct FieldDefinition {
    const char* name;
    FieldType type;
};

geo::Error gdal_fault(const GdalErrors& errors) {
    const std::string reason = errors.failure().empty() ? "GDAL gives no reason" : errors.failure();
    return {geo::ErrorKind::input,
            "cannot be written: " + reason + "; free some space or choose another folder"};
}

void check(bool worked, const GdalErrors& errors) {
    if (!worked || !errors.failure().empty()) {
        throw gdal_fault(errors);
    }
}

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

/// A calendar reading, as OGR wants it.
struct Calendar {
    int year;
    int month;
    int day;
    int hour;
    int minute;
    int second;
};

template <typename Time>
Calendar calendar(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return {static_cast<int>(date.year()),
            static_cast<int>(static_cast<unsigned>(date.month())),
            static_cast<int>(static_cast<unsigned>(date.day())),
            static_cast<int>(clock.hours().count()),
            static_cast<int>(clock.minutes().count()),
            static_cast<int>(clock.seconds().count())};
}

/// A feature being filled, field after field in the order of the layer's definition.
class Row {
  public:
    explicit Row(OGRLayerH layer) : feature_(OGR_F_Create(OGR_L_GetLayerDefn(layer))) {}

    Row& text(const std::string& value) {
        OGR_F_SetFieldString(get(), field_++, value.c_str());
        return *this;
    }
    Row& integer(std::uint64_t value) {
        OGR_F_SetFieldInteger64(get(), field_++, static_cast<GIntBig>(value));
        return *this;
    }
    Row& real(double value) {
        OGR_F_SetFieldDouble(get(), field_++, value);
        return *this;
    }
    Row& boolean(bool value) {
        OGR_F_SetFieldInteger(get(), field_++, value ? 1 : 0);
        return *this;
    }
    Row& date(geo::Day day) {
        const Calendar c = calendar(geo::WallTime(day));
        OGR_F_SetFieldDateTime(get(), field_++, c.year, c.month, c.day, 0, 0, 0, 0);
        return *this;
    }
    Row& date_time(geo::Instant instant) {
        constexpr int utc = 100; // OGR's code for it
        const Calendar c = calendar(instant);
        OGR_F_SetFieldDateTime(get(), field_++, c.year, c.month, c.day, c.hour, c.minute, c.second,
                               utc);
        return *this;
    }
    Row& null() {
        OGR_F_SetFieldNull(get(), field_++);
        return *this;
    }
    /// \param geometry taken over.
    Row& geometry(GeometryHandle geometry) {
        OGR_F_SetGeometryDirectly(get(), static_cast<OGRGeometryH>(geometry.release()));
        return *this;
    }
    OGRFeatureH get() const { return static_cast<OGRFeatureH>(feature_.get()); }

  private:
    FeatureHandle feature_;
    int field_ = 0;
};

/// A new GeoPackage; all that is written to it is one transaction.
class NewGeoPackage {
  public:
    NewGeoPackage(const std::filesystem::path& path, const std::string& crs)
        : crs_(OSRNewSpatialReference(nullptr)) {
        auto* const reference = static_cast<OGRSpatialReferenceH>(crs_.get());
        check(OSRSetFromUserInput(reference, crs.c_str()) == OGRERR_NONE, errors_);
        OSRSetAxisMappingStrategy(reference, OAMS_TRADITIONAL_GIS_ORDER);
        GDALDriverH driver = GDALGetDriverByName("GPKG");
        check(driver != nullptr, errors_);
        dataset_.reset(GDALCreate(driver, path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        check(dataset_ != nullptr, errors_);
        check(GDALDatasetStartTransaction(dataset(), FALSE) == OGRERR_NONE, errors_);
    }

    OGRLayerH add_layer(const char* name, OGRwkbGeometryType geometry,
                        std::span<const FieldDefinition> fields) {
        OGRLayerH layer = GDALDatasetCreateLayer(
            dataset(), name, static_cast<OGRSpatialReferenceH>(crs_.get()), geometry, nullptr);
        check(layer != nullptr, errors_);
        for (const FieldDefinition& field : fields) {
            OGRFieldDefnH made = OGR_Fld_Create(field.name, ogr_type(field.type));
            if (field.type == FieldType::boolean) {
                OGR_Fld_SetSubType(made, OFSTBoolean);
            }
            const OGRErr added = OGR_L_CreateField(layer, made, FALSE);
            OGR_Fld_Destroy(made);
            check(added == OGRERR_NONE, errors_);
        }
        return layer;
    }

    void add(OGRLayerH layer, const Row& row) {
        check(OGR_L_CreateFeature(layer, row.get()) == OGRERR_NONE, errors_);
    }

    void close() {
        check(GDALDatasetCommitTransaction(dataset()) == OGRERR_NONE, errors_);
        dataset_.reset(); // builds the spatial indexes; what fails is only heard
        check(true, errors_);
    }

  private:
    GDALDatasetH dataset() const { return static_cast<GDALDatasetH>(dataset_.get()); }

    GdalErrors errors_; // first, so that it still hears when the dataset is closed
    CrsHandle crs_;
    DatasetHandle dataset_;
};

GeometryHandle point(const geo::GridPoint& place) {
    GeometryHandle made(OGR_G_CreateGeometry(wkbPoint));
    OGR_G_SetPoint_2D(static_cast<OGRGeometryH>(made.get()), 0, place.easting().value(),
                      place.northing().value());
    return made;
}

GeometryHandle circle(const cluster::Disc& disc) {
    OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing);
    for (const geo::GridPoint& corner : circle_ring(disc)) {
        OGR_G_AddPoint_2D(ring, corner.easting().value(), corner.northing().value());
    }
    GeometryHandle polygon(OGR_G_CreateGeometry(wkbPolygon));
    OGR_G_AddGeometryDirectly(static_cast<OGRGeometryH>(polygon.get()), ring);
    return polygon;
}

GeometryHandle multipolygon(const geo::Polygon& shape) {
    const std::vector<unsigned char> wkb = shape.wkb();
    OGRGeometryH read = nullptr;
    OGR_G_CreateFromWkb(wkb.data(), nullptr, &read, static_cast<int>(wkb.size()));
    return GeometryHandle(OGR_G_ForceToMultiPolygon(read));
}

constexpr std::array zone_fields{
    FieldDefinition{"zone_id", FieldType::text},
    FieldDefinition{"name", FieldType::text},
    FieldDefinition{"ward_code", FieldType::text},
    FieldDefinition{"ward_name", FieldType::text},
    FieldDefinition{"rank", FieldType::integer},
    FieldDefinition{"ward_rank", FieldType::integer},
    FieldDefinition{"radius_m", FieldType::real},
    FieldDefinition{"easting", FieldType::real},
    FieldDefinition{"northing", FieldType::real},
    FieldDefinition{"incidents", FieldType::integer},
    FieldDefinition{"count_low", FieldType::real},
    FieldDefinition{"count_high", FieldType::real},
    FieldDefinition{"weight", FieldType::real},
    FieldDefinition{"ward_share", FieldType::real},
    FieldDefinition{"pai", FieldType::real},
    FieldDefinition{"p_value", FieldType::real},
    FieldDefinition{"q_value", FieldType::real},
    FieldDefinition{"peak", FieldType::text},
    FieldDefinition{"trend", FieldType::text},
    FieldDefinition{"offences", FieldType::text},
    FieldDefinition{"visits", FieldType::integer},
    FieldDefinition{"visit_min", FieldType::integer},
    FieldDefinition{"last_visit", FieldType::date_time},
    FieldDefinition{"next_visit", FieldType::date_time},
    FieldDefinition{"due_by", FieldType::date_time},
    FieldDefinition{"max_gap_h", FieldType::real},
    FieldDefinition{"rule_ok", FieldType::boolean},
    FieldDefinition{"schedule", FieldType::text},
    FieldDefinition{"why", FieldType::text},
};

void fill_integer(Row& row, const std::optional<std::uint32_t>& value) {
    value ? row.integer(*value) : row.null();
}

void fill_real(Row& row, const std::optional<double>& value, int decimals) {
    value ? row.real(to_decimals(*value, decimals)) : row.null();
}

void fill_evidence(Row& row, const PublishedEvidence& evidence) {
    fill_integer(row, evidence.incidents);
    evidence.interval ? row.real(to_decimals(evidence.interval->low, 1)) : row.null();
    evidence.interval ? row.real(to_decimals(evidence.interval->high, 1)) : row.null();
    fill_real(row, evidence.weight, 6);
    fill_real(row, evidence.ward_share, 4);
    fill_real(row, evidence.pai, 2);
    evidence.p_value ? row.real(to_significant(*evidence.p_value, 4)) : row.null();
    evidence.q_value ? row.real(to_significant(*evidence.q_value, 4)) : row.null();
    evidence.peak ? row.text(*evidence.peak) : row.null();
    evidence.trend ? row.text(std::string(cluster::word(*evidence.trend))) : row.null();
    evidence.offences ? row.text(*evidence.offences) : row.null();
}

std::string joined(std::span<const geo::Instant> starts, const geo::TimeZone& time_zone) {
    std::string text;
    for (const geo::Instant start : starts) {
        text += (text.empty() ? "" : ", ") + geo::iso_text(start, time_zone);
    }
    return text;
}

void fill_outlook(Row& row, const PublishedZone& published, const geo::TimeZone& time_zone) {
    if (!published.outlook) {
        row.null().null().null().null().null().null().null().null();
        return;
    }
    const schedule::Outlook& outlook = *published.outlook;
    row.integer(outlook.starts.size());
    row.integer(static_cast<std::uint64_t>(published.visit_length.count()));
    outlook.last_visit ? row.date_time(*outlook.last_visit) : row.null();
    outlook.next_visit ? row.date_time(*outlook.next_visit) : row.null();
    row.date_time(outlook.due_by).real(to_decimals(outlook.max_gap_h, 2));
    row.boolean(outlook.rule_ok).text(joined(outlook.starts, time_zone));
}

void add_zones(NewGeoPackage& package, const GeoPackageContent& content,
               const geo::TimeZone& time_zone) {
    OGRLayerH layer = package.add_layer("zones", wkbPolygon, zone_fields);
    for (const PublishedZone& zone : content.zones) {
        Row row(layer);
        row.text(zone.id.text()).text(zone.name).text(zone.ward_code.text());
        row.text(zone.ward_name).integer(zone.rank).integer(zone.ward_rank);
        row.real(to_decimals(zone.disc.radius.value(), 3));
        row.real(zone.disc.centre.easting().value()).real(zone.disc.centre.northing().value());
        fill_evidence(row, zone.evidence);
        fill_outlook(row, zone, time_zone);
        row.text(zone.why).geometry(circle(zone.disc));
        package.add(layer, row);
    }
}

constexpr std::array visit_fields{
    FieldDefinition{"visit_id", FieldType::text},
    FieldDefinition{"zone_id", FieldType::text},
    FieldDefinition{"unit", FieldType::text},
    FieldDefinition{"shift", FieldType::text},
    FieldDefinition{"shift_day", FieldType::date},
    FieldDefinition{"seq", FieldType::integer},
    FieldDefinition{"start_time", FieldType::date_time},
    FieldDefinition{"end_time", FieldType::date_time},
    FieldDefinition{"travel_min", FieldType::integer},
    FieldDefinition{"reason", FieldType::text},
    FieldDefinition{"status", FieldType::text},
};

void add_visits(NewGeoPackage& package, const GeoPackageContent& content) {
    if (!content.visits) {
        return;
    }
    const ZoneLookup lookup(content.zones);
    OGRLayerH layer = package.add_layer("visits", wkbPoint, visit_fields);
    for (const schedule::Visit& visit : *content.visits) {
        Row row(layer);
        row.text(visit.id).text(visit.zone.text()).text(visit.unit.text()).text(visit.shift);
        row.date(visit.shift_day).integer(visit.seq);
        row.date_time(visit.when.from).date_time(visit.when.to);
        row.integer(static_cast<std::uint64_t>(visit.travel.count()));
        row.text(std::string(word(visit.reason))).text(std::string(word(visit.status)));
        row.geometry(point(lookup.zone(visit.zone).disc.centre));
        package.add(layer, row);
    }
}

constexpr std::array ward_fields{
    FieldDefinition{"ward_code", FieldType::text}, FieldDefinition{"ward_name", FieldType::text},
    FieldDefinition{"rank", FieldType::integer},   FieldDefinition{"incidents", FieldType::integer},
    FieldDefinition{"weight", FieldType::real},    FieldDefinition{"per_km2", FieldType::real},
    FieldDefinition{"area_km2", FieldType::real},  FieldDefinition{"chosen", FieldType::boolean},
    FieldDefinition{"zones", FieldType::integer},  FieldDefinition{"count_band", FieldType::text},
};

void add_wards(NewGeoPackage& package, const GeoPackageContent& content) {
    OGRLayerH layer = package.add_layer("wards", wkbMultiPolygon, ward_fields);
    for (const PublishedWard& published : content.wards) {
        Row row(layer);
        row.text(published.ward.code.text()).text(published.ward.name);
        fill_integer(row, published.rank);
        fill_integer(row, published.incidents);
        fill_real(row, published.weight, 6);
        fill_real(row, published.per_square_kilometre, 2);
        row.real(to_decimals(published.ward.shape.area().square_kilometres(), 4));
        published.chosen ? row.boolean(*published.chosen) : row.null();
        fill_integer(row, published.zones);
        published.count_band ? row.text(std::string(*published.count_band)) : row.null();
        row.geometry(multipolygon(published.ward.shape));
        package.add(layer, row);
    }
}

constexpr std::array issue_fields{
    FieldDefinition{"file", FieldType::text},    FieldDefinition{"line", FieldType::integer},
    FieldDefinition{"column", FieldType::text},  FieldDefinition{"reason", FieldType::text},
    FieldDefinition{"meaning", FieldType::text}, FieldDefinition{"action", FieldType::text},
    FieldDefinition{"rows", FieldType::integer},
};

/// A layer of points even where all of them are hidden: whoever opens it finds it under its name.
void add_issues(NewGeoPackage& package, const GeoPackageContent& content) {
    OGRLayerH layer = package.add_layer("issues", wkbPoint, issue_fields);
    for (const Issue& issue : content.issues) {
        Row row(layer);
        row.text(content.issue_files[issue.file]);
        issue.line > 0 ? row.integer(issue.line) : row.null();
        row.text(issue.column).text(std::string(code(issue.reason)));
        row.text(std::string(meaning(issue.reason))).text(std::string(code(action(issue.reason))));
        row.integer(issue.rows);
        if (issue.place && content.issue_places == IssuePlaces::shown) {
            row.geometry(point(*issue.place));
        }
        package.add(layer, row);
    }
}

/// A GDAL setting of this thread, as long as it lives.
class ThreadSetting {
  public:
    ThreadSetting(const char* key, const std::string& value) : key_(key) {
        CPLSetThreadLocalConfigOption(key_, value.c_str());
    }
    ~ThreadSetting() { CPLSetThreadLocalConfigOption(key_, nullptr); }
    ThreadSetting(const ThreadSetting&) = delete;
    ThreadSetting& operator=(const ThreadSetting&) = delete;

  private:
    const char* key_;
};

void write_layers(const std::filesystem::path& path, const GeoPackageContent& content,
                  const geo::TimeZone& time_zone) {
    const Calendar c = calendar(content.stamp);
    const ThreadSetting stamp("OGR_CURRENT_DATE",
                              fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.000Z", c.year,
                                          c.month, c.day, c.hour, c.minute, c.second));
    // The folder as a whole is brought to the disk before it is published.
    const ThreadSetting synchronous("OGR_SQLITE_SYNCHRONOUS", "OFF");
    NewGeoPackage package(path, content.crs);
    if (content.audience != Audience::everyone) {
        add_zones(package, content, time_zone);
        add_visits(package, content);
    }
    add_wards(package, content);
    if (content.audience == Audience::internal) {
        add_issues(package, content);
    }
    package.close();
}

} // namespace

void write_geopackage(const std::filesystem::path& path, const GeoPackageContent& content,
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
