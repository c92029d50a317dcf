#pragma once

#include "geo/time_zone.hpp"
#include "io/gdal.hpp"
#include "io/published_layers.hpp"

#include <memory>
#include <string>

namespace io {

/// The schema that layers are published into where the connection string names none ("schemas=").
inline constexpr const char* database_schema = "patrolzones";

/// Refuses what is no connection string of GDAL's PostgreSQL driver ("PG:dbname=vrn host=db"), or
/// names more than one schema.
/// \throws geo::Error (usage).
void require_database_name(const std::string& connection);

/// Connects and leaves again, so that a command which could not publish fails before it works.
/// \throws geo::Error (input) with the server's reason, never the password, also where PostGIS is
/// missing.
void check_database(const std::string& connection);

/// The published layers on their way into a PostGIS database: written in one transaction that only
/// `commit` makes visible; whatever else happens, the former content stays whole.
///
/// A table that is there and has the columns and CRS of today keeps its views and grants: its rows
/// are deleted and written anew, while readers still see the old ones. Any other is dropped and
/// made anew, which views on it prevent. A table of the same name that this program did not make is
/// never touched: the run is refused. Layers that this run does not have are emptied, so that
/// nothing stale stands there. Two runs at a time wait for each other.
class DatabasePublication {
  public:
    /// Connects and writes everything. Date-times are instants ("timestamp with time zone"), ids
    /// count from 1, columns have comments, geometry a spatial index.
    /// \throws geo::Error (input) with the server's reason; nothing is changed then.
    DatabasePublication(const std::string& connection, const LayersContent& content,
                        const geo::TimeZone& time_zone);
    /// Rolls back what was not committed.
    ~DatabasePublication();
    DatabasePublication(const DatabasePublication&) = delete;
    DatabasePublication& operator=(const DatabasePublication&) = delete;

    /// Makes it visible. Once only.
    /// \throws geo::Error (input) if the server refuses; nothing is changed then.
    void commit();

  private:
    void write(const LayersContent& content, const geo::TimeZone& time_zone);
    bool has_our_mark(const LayerDefinition& layer);
    void write_layer(const PublishedLayer& layer, const LayersContent& content);
    void write_styles(const std::vector<PublishedLayer>& layers, const LayersContent& content);
    void execute(const std::string& sql);
    std::string answer(const std::string& sql);

    std::string connection_;
    std::string schema_;
    GdalErrors errors_;
    DatasetHandle dataset_;
};

} // namespace io
