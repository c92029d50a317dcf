#pragma once

#include "cluster/incident.hpp"
#include "geo/polygon.hpp"
#include "geo/progress.hpp"
#include "geo/projection.hpp"
#include "geo/time_zone.hpp"
#include "io/exclusion.hpp"
#include "io/field_mapping.hpp"
#include "io/issue_log.hpp"
#include "io/offence_definition.hpp"
#include "io/ward_reader.hpp"
#include "io/weight_table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace io {

/// What to do with coordinates that stand in each other's columns, or in the wrong CRS.
enum class AxesRepair {
    leave_out, ///< leave the row out as `axes-swapped`
    repair,    ///< use the place that was meant
};

struct IncidentOptions {
    std::vector<std::string> paths;              ///< see find_sources
    IncidentColumns columns;                     ///< what is not set is recognised
    std::optional<OffenceDefinition> definition; ///< what counts; by the kind of data when left out
    std::optional<WeightTable> weights;  ///< of each offence, in place of the definition's own
    RowFilters filters;                  ///< a column that one of them needs must be there
    std::vector<ExcludedPlace> excluded; ///< rows there are left out, also as baseline
    std::optional<geo::Day> from;        ///< first day of the window, included
    std::optional<geo::Day> to;          ///< last day of the window, included
    geo::Day future_after{};             ///< where `to` is not given: a later day is in the future
    AxesRepair axes = AxesRepair::leave_out;
    unsigned threads = 1;              ///< changes the time taken, nothing else
    geo::Progress* progress = nullptr; ///< counts rows read
};

/// How many rows of a file or part went where: rows_read == rows_used + rows_left_out.
struct RowCounts {
    std::uint64_t rows_read = 0;
    std::uint64_t rows_used = 0;
    std::uint64_t rows_left_out = 0;
    std::uint64_t rows_baseline = 0; ///< of those left out as not-serious, domestic or
                                     ///< location-type, the ones that serve as baseline

    friend bool operator==(const RowCounts&, const RowCounts&) = default;
};

/// One file on disk or one database, for the manifest.
struct InputFile {
    std::string path;                  ///< as it was given or found: "street.zip"
    bool on_disk = true;               ///< false for a database, which has no checksum
    std::optional<std::string> sha256; ///< left to the caller
    RowCounts rows;                    ///< sum over its parts
};

/// One table of rows: a file, or a member of an archive. Issues refer to these.
struct InputPart {
    std::string name;       ///< "street.zip/2021-04/2021-04-lancashire-street.csv"
    std::uint32_t file = 0; ///< index into ReadIncidents::files
    RowCounts rows;
};

/// Which column was found to serve for what; each distinct pair once, in the order of the files.
struct FieldFound {
    Field field = Field::x;
    std::string column;

    friend bool operator==(const FieldFound&, const FieldFound&) = default;
};

/// Rows whose place was only found by reading the coordinates another way.
struct AxesCounts {
    std::uint64_t swapped = 0;         ///< x and y stand in each other's columns
    std::uint64_t lon_lat_in_grid = 0; ///< longitude and latitude in easting and northing columns
    std::uint64_t grid_in_lon_lat = 0; ///< easting and northing in longitude and latitude columns

    friend bool operator==(const AxesCounts&, const AxesCounts&) = default;
};

struct ReadIncidents {
    cluster::IncidentTable table;
    std::vector<InputFile> files;
    std::vector<InputPart> parts;      ///< Issue::file is an index into these
    std::vector<Issue> issues;         ///< by part, line and reason
    std::vector<std::string> warnings; ///< for people, one line each
    geo::ProjectionFacts projection;   ///< of the first CRS met
    std::vector<FieldFound> mapping;
    AxesCounts axes;
    std::vector<std::string> definitions; ///< names of the definitions used
    bool locations_are_public = false;    ///< every location text comes from data.police.uk
};

/// Reads incident files, places each row on the grid and in a ward, and says of every row whether
/// it is used and why not.
///
/// Reasons and their order: docs/formats/issues.csv.md. Doubtful rows that are used are listed too.
/// A point in polygon is looked up once for each distinct location. Parts are read in parallel and
/// merged in their order, so the result does not depend on the number of threads. Memory is about
/// 100 bytes a row that is used, each at a place of its own, and 24 a baseline row.
///
/// \param index made by `index_wards(wards)`.
/// \throws geo::Error (input) if a source cannot be read, has no rows or no coordinates; (usage) if
/// a configured column or one that a filter needs is missing, offences stand there and no
/// definition says which count, or the weights lack one of them.
ReadIncidents read_incidents(const IncidentOptions& options, const ReadWards& wards,
                             const geo::PolygonIndex& index, const geo::TimeZone& zone);

} // namespace io
