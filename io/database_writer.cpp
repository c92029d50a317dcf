#include "io/database_writer.hpp"

#include "geo/error.hpp"
#include "io/connection_text.hpp"
#include "io/layer_writer.hpp"
#include "io/qgis_style.hpp"

#include <algorithm>
#include <array>
#include <fmt/core.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <string_view>

namespace io {

namespace {

/// GDAL's message in one line: without the statement that failed, and without the password.
std::string one_line(std::string message, const std::string& connection) {
    message = message.substr(0, message.find("\nCommand:"));
    std::string line;
    for (const char c : message) {
        const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
        if (!blank) {
            line += c;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    while (!line.empty() && (line.back() == ' ' || line.back() == '.')) {
        line.pop_back();
    }
    line = without_password_of(connection, line);
    return line.empty() ? "GDAL gives no reason" : line;
}

[[noreturn]] void refuse(const GdalErrors& errors, const std::string& connection) {
    throw geo::Error(geo::ErrorKind::input,
                     fmt::format("{}: cannot be published: {}; the former content is unchanged",
                                 without_password(connection),
                                 one_line(errors.whole_failure(), connection)));
}

DatasetHandle open_database(const std::string& connection) {
    register_gdal();
    const std::array<const char*, 2> driver{"PostgreSQL", nullptr};
    // Left to itself GDAL looks at every table of the database first.
    const std::array<const char*, 2> options{"TABLES=spatial_ref_sys", nullptr};
    return DatasetHandle(GDALOpenEx(without_schema(connection).c_str(),
                                    GDAL_OF_VECTOR | GDAL_OF_UPDATE | GDAL_OF_VERBOSE_ERROR,
                                    driver.data(), options.data(), nullptr));
}

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out += c;
        if (c == '\'') {
            out += c;
        }
    }
    return out + "'";
}

std::string_view column_type(FieldType type) {
    switch (type) {
    case FieldType::text:
        return "varchar";
    case FieldType::integer:
        return "int8";
    case FieldType::real:
        return "float8";
    case FieldType::boolean:
        return "bool";
    case FieldType::date:
        return "date";
    case FieldType::date_time:
        return "timestamptz";
    }
    return "varchar";
}

/// Names and types of a table of ours, and the code of its CRS, as `table_signature` asks for them.
std::string signature(const LayerDefinition& layer, const std::string& crs_code) {
    std::string text = crs_code + ": fid int4";
    for (const LayerField& field : layer.fields) {
        text += fmt::format(", {} {}", field.name, column_type(field.type));
    }
    return text + ", geom geometry";
}

std::string table_signature(const std::string& schema, const LayerDefinition& layer) {
    return fmt::format(
        "SELECT (SELECT coalesce(max(srid), 0) FROM geometry_columns WHERE f_table_schema = '{0}' "
        "AND f_table_name = '{1}') || ': ' || string_agg(column_name || ' ' || udt_name, ', ' "
        "ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = '{0}' "
        "AND table_name = '{1}'",
        schema, layer.name);
}

std::string code_of(const CrsHandle& crs) {
    const char* code = OSRGetAuthorityCode(static_cast<OGRSpatialReferenceH>(crs.get()), nullptr);
    return code != nullptr ? code : "";
}

std::string table_of(const std::string& schema, const LayerDefinition& layer) {
    return fmt::format("\"{}\".{}", schema, layer.name);
}

/// Ends the comment on a table of ours, by which a later run knows that it may replace it.
constexpr std::string_view our_mark = "; written by patrolzones";

} // namespace

void require_database_name(const std::string& connection) {
    if (connection.starts_with("PG:") && connection.size() > 3) {
        schema_of(connection);
        return;
    }
    throw geo::Error(geo::ErrorKind::usage,
                     fmt::format("'{}' is no PostgreSQL database; write it as "
                                 "\"PG:dbname=vrn host=server user=name\"",
                                 without_password(connection)));
}

void check_database(const std::string& connection) {
    const GdalErrors errors;
    const DatasetHandle dataset = open_database(connection);
    if (dataset == nullptr) {
        refuse(errors, connection);
    }
    auto* const handle = static_cast<GDALDatasetH>(dataset.get());
    OGRLayerH answer = GDALDatasetExecuteSQL(handle, "SELECT postgis_version()", nullptr, nullptr);
    if (answer == nullptr || !errors.failure().empty()) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("{}: the database has no PostGIS; let its owner run CREATE "
                                     "EXTENSION postgis",
                                     without_password(connection)));
    }
    GDALDatasetReleaseResultSet(handle, answer);
}

DatabasePublication::DatabasePublication(const std::string& connection,
                                         const LayersContent& content,
                                         const geo::TimeZone& time_zone)
    : connection_(connection), schema_(schema_of(connection).value_or(database_schema)),
      dataset_(open_database(connection)) {
    if (dataset_ == nullptr ||
        GDALDatasetStartTransaction(static_cast<GDALDatasetH>(dataset_.get()), FALSE) !=
            OGRERR_NONE) {
        refuse(errors_, connection_);
    }
    try {
        write(content, time_zone);
    } catch (...) {
        GDALDatasetRollbackTransaction(static_cast<GDALDatasetH>(dataset_.get()));
        throw;
    }
}

DatabasePublication::~DatabasePublication() {
    if (dataset_ != nullptr) {
        GDALDatasetRollbackTransaction(static_cast<GDALDatasetH>(dataset_.get()));
    }
}

void DatabasePublication::commit() {
    const OGRErr done = GDALDatasetCommitTransaction(static_cast<GDALDatasetH>(dataset_.get()));
    if (done != OGRERR_NONE || !errors_.failure().empty()) {
        refuse(errors_, connection_);
    }
    dataset_.reset();
}

void DatabasePublication::execute(const std::string& sql) {
    auto* const handle = static_cast<GDALDatasetH>(dataset_.get());
    OGRLayerH result = GDALDatasetExecuteSQL(handle, sql.c_str(), nullptr, nullptr);
    if (result != nullptr) {
        GDALDatasetReleaseResultSet(handle, result);
    }
    if (!errors_.failure().empty()) {
        refuse(errors_, connection_);
    }
}

/// The first field of the first row, "" where it is null or there is none.
std::string DatabasePublication::answer(const std::string& sql) {
    auto* const handle = static_cast<GDALDatasetH>(dataset_.get());
    OGRLayerH result = GDALDatasetExecuteSQL(handle, sql.c_str(), nullptr, nullptr);
    std::string text;
    if (result != nullptr) {
        if (const FeatureHandle row{OGR_L_GetNextFeature(result)}) {
            text = OGR_F_GetFieldAsString(static_cast<OGRFeatureH>(row.get()), 0);
        }
        GDALDatasetReleaseResultSet(handle, result);
    }
    if (!errors_.failure().empty()) {
        refuse(errors_, connection_);
    }
    return text;
}

void DatabasePublication::write(const LayersContent& content, const geo::TimeZone& time_zone) {
    const ThreadSetting copy("PG_USE_COPY", "YES");
    constexpr int lock = 0x70617472; // "patr": any number that other programs are unlikely to use
    execute(fmt::format("SELECT pg_advisory_xact_lock({})", lock));
    const std::string is_there =
        fmt::format("SELECT count(*)::text FROM pg_namespace WHERE nspname = '{}'", schema_);
    if (answer(is_there) == "0") {
        execute(fmt::format("CREATE SCHEMA \"{}\"", schema_));
    }
    const std::vector<PublishedLayer> layers = published_layers(content, time_zone);
    for (const LayerDefinition& known : layer_definitions()) {
        const auto own =
            std::ranges::find(layers, known.kind, [](const auto& l) { return l.definition.kind; });
        if (own != layers.end()) {
            write_layer(*own, content);
        } else if (has_our_mark(known)) {
            execute(fmt::format("DELETE FROM {}", table_of(schema_, known)));
        }
    }
    write_styles(layers, content);
}

/// A table of the layer's name that this program has made, by the comment on it.
bool DatabasePublication::has_our_mark(const LayerDefinition& layer) {
    return answer(
               fmt::format("SELECT count(*)::text FROM pg_class c JOIN pg_namespace n ON n.oid = "
                           "c.relnamespace WHERE n.nspname = '{}' AND c.relname = '{}' AND "
                           "c.relkind = 'r' AND obj_description(c.oid, 'pg_class') LIKE '%{}'",
                           schema_, layer.name, our_mark)) == "1";
}

void DatabasePublication::write_layer(const PublishedLayer& layer, const LayersContent& content) {
    const LayerDefinition& definition = layer.definition;
    const CrsHandle crs = crs_handle(content.crs);
    const std::string table = table_of(schema_, definition);
    const std::string found = answer(table_signature(schema_, definition));
    const bool as_today = found == signature(definition, code_of(crs));
    if (!found.empty() && !has_our_mark(definition)) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("{}: {}.{} is there and not of patrolzones; name a schema of "
                                     "its own with schemas=NAME",
                                     without_password(connection_), schema_, definition.name));
    }
    if (!found.empty()) {
        execute(fmt::format("{} {}", as_today ? "DELETE FROM" : "DROP TABLE", table));
    }
    void* target =
        as_today ? GDALDatasetGetLayerByName(static_cast<GDALDatasetH>(dataset_.get()),
                                             fmt::format("{}.{}", schema_, definition.name).c_str())
                 : create_layer(dataset_, definition, crs,
                                {fmt::format("SCHEMA={}", schema_), "GEOMETRY_NAME=geom", "FID=fid",
                                 "LAUNDER=NO", "SPATIAL_INDEX=GIST"});
    if (target == nullptr || !write_rows(target, layer) ||
        OGR_L_SyncToDisk(static_cast<OGRLayerH>(target)) != OGRERR_NONE ||
        !errors_.failure().empty()) {
        refuse(errors_, connection_);
    }
    execute(fmt::format("COMMENT ON TABLE {} IS {}", table,
                        quoted(fmt::format("{}{}", definition.description, our_mark))));
    for (const LayerField& field : definition.fields) {
        execute(fmt::format("COMMENT ON COLUMN {}.\"{}\" IS {}", table, field.name,
                            quoted(field.description)));
    }
}

void DatabasePublication::write_styles(const std::vector<PublishedLayer>& layers,
                                       const LayersContent& content) {
    const std::string table = fmt::format("\"{}\".layer_styles", schema_);
    execute(fmt::format(
        "CREATE TABLE IF NOT EXISTS {} (id serial PRIMARY KEY, f_table_catalog varchar, "
        "f_table_schema varchar, f_table_name varchar, f_geometry_column varchar, stylename text, "
        "styleqml xml, stylesld xml, useasdefault boolean, description text, owner varchar(63), ui "
        "xml, update_time timestamp DEFAULT CURRENT_TIMESTAMP, type varchar)",
        table));
    execute(fmt::format("DELETE FROM {} WHERE owner = 'patrolzones'", table));
    for (const PublishedLayer& layer : layers) {
        const LayerDefinition& definition = layer.definition;
        // The type `xml` takes no document type declaration with an external part.
        std::string style = qml_text(definition, {TimeFrame::local, content.audience});
        style.erase(0, style.find('\n') + 1);
        execute(fmt::format(
            "INSERT INTO {} (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
            "stylename, styleqml, useasdefault, description, owner) VALUES (current_database(), "
            "'{}', '{}', 'geom', '{}', {}, true, {}, 'patrolzones')",
            table, schema_, definition.name, definition.name, quoted(style),
            quoted(definition.title)));
    }
}

} // namespace io
