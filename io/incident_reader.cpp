#include "io/incident_reader.hpp"

#include "geo/error.hpp"
#include "geo/parallel.hpp"
#include "io/interner.hpp"
#include "io/part_reader.hpp"
#include "io/placing.hpp"
#include "io/source.hpp"
#include "io/triage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace io {

namespace {

using std::chrono::days;

Window window_of(const IncidentOptions& options, const geo::TimeZone& zone) {
    Window window;
    if (options.from) {
        window.from = zone.midnight(*options.from);
    }
    if (options.to) {
        window.to = zone.midnight(*options.to + days(1));
    }
    return window;
}

std::vector<PartRows> read_parts(const Sources& sources, const PartOptions& options,
                                 unsigned threads) {
    std::vector<PartRows> parts(sources.parts.size());
    geo::parallel_for(parts.size(), threads, [&](std::size_t i) {
        geo::within(sources.parts[i].name,
                    [&] { parts[i] = read_part(sources.parts[i], options); });
    });
    return parts;
}

void require_rows(const Sources& sources, const std::vector<PartFacts>& parts) {
    const bool any = std::any_of(parts.begin(), parts.end(),
                                 [](const auto& part) { return part.rows_read > 0; });
    if (any) {
        return;
    }
    const geo::Error none(geo::ErrorKind::input, "there is a header but no rows; check the export");
    throw sources.parts.empty()
        ? geo::Error(geo::ErrorKind::input, "no incident file is named; give --incidents")
        : none.within(sources.parts.front().name);
}

/// The distinct coordinates of all parts in one CRS.
struct PointPool {
    std::string crs;
    PointInterner points;
};

std::size_t pool_for(std::vector<PointPool>& pools, const std::string& crs) {
    const auto at = std::find_if(pools.begin(), pools.end(),
                                 [&](const PointPool& pool) { return pool.crs == crs; });
    if (at != pools.end()) {
        return static_cast<std::size_t>(at - pools.begin());
    }
    pools.push_back({crs, {}});
    return pools.size() - 1;
}

/// The part with its spots numbered as in the pool.
PartRows renumbered(PartRows part, PointInterner& pool) {
    std::vector<std::uint32_t> number_of;
    number_of.reserve(part.spots.size());
    for (const geo::SourcePoint& point : part.spots) {
        number_of.push_back(pool.number(point));
    }
    part.spots = std::vector<geo::SourcePoint>(); // lets go of the memory
    for (SeriousRow& row : part.rows) {
        if (row.place == PlaceText::given) {
            row.spot = number_of[row.spot];
        }
    }
    for (BaselineRow& row : part.baseline) {
        row.spot = number_of[row.spot];
    }
    return part;
}

/// Rows with their places, and how those of the first CRS met were found.
struct Placed {
    PlacedRows rows;
    geo::ProjectionFacts projection;
};

Placed place_parts(std::vector<PartRows> parts, const ReadWards& wards,
                   const geo::PolygonIndex& index, unsigned threads) {
    Placed result;
    std::vector<PointPool> pools;
    for (PartRows& part : parts) {
        const std::size_t pool = pool_for(pools, part.facts.crs);
        result.rows.parts.push_back({renumbered(std::move(part), pools[pool].points), pool});
    }
    for (PointPool& pool : pools) {
        const std::vector<geo::SourcePoint> points = pool.points.release();
        PlacedSpots placed = place_spots(points, {pool.crs, wards, index, threads});
        if (result.rows.pools.empty()) {
            result.projection = std::move(placed.projection);
        }
        result.rows.pools.push_back(std::move(placed.spots));
    }
    return result;
}

/// Marks the spots that lie in one of the places.
void exclude(std::vector<Spot>& spots, std::span<const ExcludedPlace> places) {
    if (places.empty()) {
        return;
    }
    std::vector<geo::GridPoint> points;
    std::vector<std::size_t> spot_of;
    for (std::size_t i = 0; i < spots.size(); ++i) {
        if (const auto place = spots[i].known_place()) {
            points.push_back(*place);
            spot_of.push_back(i);
        }
    }
    for (const std::uint32_t i : points_in(places, points)) {
        spots[spot_of[i]].excluded = true;
    }
}

void add(RowCounts& sum, const RowCounts& rows) {
    sum.rows_read += rows.rows_read;
    sum.rows_used += rows.rows_used;
    sum.rows_left_out += rows.rows_left_out;
    sum.rows_baseline += rows.rows_baseline;
}

/// Warnings in the order of the parts; one that several parts share is said once.
class Warnings {
  public:
    void add(const std::string& part, const std::string& text) {
        const auto known = std::find_if(said_.begin(), said_.end(),
                                        [&](const Said& said) { return said.text == text; });
        if (known == said_.end()) {
            said_.push_back({part, text, 0});
        } else {
            ++known->more;
        }
    }

    std::vector<std::string> lines() const {
        std::vector<std::string> lines;
        for (const Said& said : said_) {
            lines.push_back(said.more == 0 ? fmt::format("{}: {}", said.part, said.text)
                                           : fmt::format("{} and {} more: {}", said.part, said.more,
                                                         said.text));
        }
        return lines;
    }

  private:
    struct Said {
        std::string part;
        std::string text;
        std::size_t more = 0;
    };
    std::vector<Said> said_;
};

std::vector<const OffenceDefinition*> definitions_used(const std::vector<PartFacts>& parts) {
    std::vector<const OffenceDefinition*> used;
    for (const PartFacts& part : parts) {
        if (std::find(used.begin(), used.end(), part.definition) == used.end()) {
            used.push_back(part.definition);
        }
    }
    return used;
}

bool matched_nothing(const std::vector<PartFacts>& parts, const OffenceDefinition* definition) {
    return std::all_of(parts.begin(), parts.end(), [&](const PartFacts& part) {
        return part.definition != definition || part.not_serious == part.rows_read;
    });
}

std::string rows_text(std::uint64_t rows) {
    return rows == 1 ? "1 row has" : fmt::format("{} rows have", rows);
}

void warn_of_axes(std::vector<std::string>& warnings, const AxesCounts& axes, AxesRepair repair) {
    const char* outcome =
        repair == AxesRepair::repair ? "repaired" : "left out; --repair-axes would use them";
    const std::array<std::pair<std::uint64_t, const char*>, 3> kinds{
        {{axes.swapped, "x and y in each other's columns"},
         {axes.lon_lat_in_grid, "longitude and latitude in the easting and northing columns"},
         {axes.grid_in_lon_lat, "easting and northing in the longitude and latitude columns"}}};
    for (const auto& [rows, what] : kinds) {
        if (rows > 0) {
            warnings.push_back(fmt::format("{} {}: {}", rows_text(rows), what, outcome));
        }
    }
}

/// A filter that leaves nothing out is a slip more often than it is good news.
void warn_of_idle_filters(std::vector<std::string>& lines, const std::vector<PartFacts>& parts,
                          const RowFilters& filters) {
    std::uint64_t domestic = 0;
    std::uint64_t location_type = 0;
    for (const PartFacts& part : parts) {
        domestic += part.domestic;
        location_type += part.location_type;
    }
    if (!filters.domestic.empty() && domestic == 0) {
        lines.emplace_back(
            "--leave-out-domestic left out no row; if the data marks domestic rows "
            "in a way of its own, list it under domestic_left_out in the definition");
    }
    if (!filters.location_types.empty() && location_type == 0) {
        lines.emplace_back("--leave-out-location-types left out no row; check its patterns, in "
                           "which * stands for any text");
    }
}

std::vector<std::string> gather_warnings(const Sources& sources,
                                         const std::vector<PartFacts>& parts,
                                         const AxesCounts& axes, const IncidentOptions& options) {
    Warnings by_part;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].rows_read == 0) {
            by_part.add(sources.parts[i].name, "there is a header but no rows");
        }
        for (const std::string& warning : parts[i].warnings) {
            by_part.add(sources.parts[i].name, warning);
        }
    }
    std::vector<std::string> lines = by_part.lines();
    for (const OffenceDefinition* definition : definitions_used(parts)) {
        if (definition->warning) {
            lines.push_back(*definition->warning);
        }
        if (matched_nothing(parts, definition)) {
            lines.push_back(fmt::format(
                "no row has an offence of the definition '{}'; check that it fits the data",
                definition->name));
        }
    }
    warn_of_idle_filters(lines, parts, options.filters);
    warn_of_axes(lines, axes, options.axes);
    return lines;
}

std::vector<FieldFound> fields_found(const std::vector<PartFacts>& parts) {
    std::vector<FieldFound> found;
    for (const PartFacts& part : parts) {
        for (std::size_t i = 0; i < field_count; ++i) {
            const FieldFound field{static_cast<Field>(i), part.columns[i]};
            if (!field.column.empty() &&
                std::find(found.begin(), found.end(), field) == found.end()) {
                found.push_back(field);
            }
        }
    }
    return found;
}

void list_inputs(ReadIncidents& result, const Sources& sources,
                 const std::vector<RowCounts>& counts) {
    for (const SourceFile& file : sources.files) {
        result.files.push_back({file.path, file.on_disk, {}, {}});
    }
    for (std::size_t i = 0; i < sources.parts.size(); ++i) {
        result.parts.push_back({sources.parts[i].name, sources.parts[i].file, counts[i]});
        add(result.files[sources.parts[i].file].rows, counts[i]);
    }
}

} // namespace

ReadIncidents read_incidents(const IncidentOptions& options, const ReadWards& wards,
                             const geo::PolygonIndex& index, const geo::TimeZone& zone) {
    const Sources sources = find_sources(options.paths);
    if (options.definition && options.weights) {
        weights_of(*options.definition, *options.weights); // a fault of the table, not of a file
    }
    const PartOptions part_options{.columns = options.columns,
                                   .definition = options.definition,
                                   .weights = options.weights,
                                   .filters = options.filters,
                                   .window = window_of(options, zone),
                                   .zone = zone,
                                   .analysis_crs = wards.analysis_crs,
                                   .progress = options.progress};
    if (options.progress != nullptr) {
        options.progress->expect(rows_about(sources.parts));
    }
    std::vector<PartRows> rows = read_parts(sources, part_options, options.threads);
    std::vector<PartFacts> parts;
    std::transform(rows.begin(), rows.end(), std::back_inserter(parts),
                   [](const PartRows& part) { return part.facts; });
    require_rows(sources, parts);
    Placed placed = place_parts(std::move(rows), wards, index, options.threads);
    for (std::vector<Spot>& pool : placed.rows.pools) {
        exclude(pool, options.excluded);
    }

    TriageOptions triage_options{options.axes, {}};
    if (!options.to) {
        triage_options.future = zone.midnight(options.future_after + days(1));
    }
    Triaged triaged = triage(std::move(placed.rows), wards.wards, triage_options);

    ReadIncidents result;
    list_inputs(result, sources, triaged.counts);
    result.table = std::move(triaged.table);
    result.issues = std::move(triaged.issues);
    result.axes = triaged.axes;
    result.warnings = gather_warnings(sources, parts, triaged.axes, options);
    result.projection = std::move(placed.projection);
    result.mapping = fields_found(parts);
    for (const OffenceDefinition* definition : definitions_used(parts)) {
        result.definitions.push_back(definition->name);
    }
    result.locations_are_public = std::all_of(
        parts.begin(), parts.end(), [](const PartFacts& part) { return part.data_police_uk; });
    return result;
}

} // namespace io
