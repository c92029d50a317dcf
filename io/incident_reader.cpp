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

void require_rows(const Sources& sources, const std::vector<PartRows>& parts) {
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

/// The distinct coordinates of all parts in one CRS, and what they mean.
struct SpotPool {
    std::string crs;
    PointInterner points;
    PlacedSpots placed;
};

std::size_t pool_for(std::vector<SpotPool>& pools, const std::string& crs) {
    const auto at = std::find_if(pools.begin(), pools.end(),
                                 [&](const SpotPool& pool) { return pool.crs == crs; });
    if (at != pools.end()) {
        return static_cast<std::size_t>(at - pools.begin());
    }
    pools.push_back({crs, {}, {}});
    return pools.size() - 1;
}

/// Parts with their places; the pools hold what they refer to.
struct Placed {
    std::vector<SpotPool> pools;
    std::vector<PlacedPart> parts;
};

Placed place_parts(std::vector<PartRows> rows, const ReadWards& wards,
                   const geo::PolygonIndex& index) {
    Placed result;
    std::vector<std::size_t> pool_of;
    for (PartRows& part : rows) {
        pool_of.push_back(pool_for(result.pools, part.crs));
        PointInterner& points = result.pools[pool_of.back()].points;
        std::vector<std::uint32_t> spot_index;
        spot_index.reserve(part.spots.size());
        for (const geo::SourcePoint& point : part.spots) {
            spot_index.push_back(points.number(point));
        }
        result.parts.push_back({std::move(part), {}, std::move(spot_index)});
    }
    for (SpotPool& pool : result.pools) {
        pool.placed = place_spots(pool.points.points(), pool.crs, wards, index);
    }
    for (std::size_t i = 0; i < result.parts.size(); ++i) {
        result.parts[i].spots = result.pools[pool_of[i]].placed.spots;
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
        if (spots[i].place) {
            points.push_back(*spots[i].place);
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

std::vector<const OffenceDefinition*> definitions_used(const std::vector<PlacedPart>& parts) {
    std::vector<const OffenceDefinition*> used;
    for (const PlacedPart& part : parts) {
        if (std::find(used.begin(), used.end(), part.rows.definition) == used.end()) {
            used.push_back(part.rows.definition);
        }
    }
    return used;
}

bool matched_nothing(const std::vector<PlacedPart>& parts, const OffenceDefinition* definition) {
    return std::all_of(parts.begin(), parts.end(), [&](const PlacedPart& part) {
        return part.rows.definition != definition || part.rows.not_serious == part.rows.rows_read;
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
void warn_of_idle_filters(std::vector<std::string>& lines, const std::vector<PlacedPart>& parts,
                          const RowFilters& filters) {
    std::uint64_t domestic = 0;
    std::uint64_t location_type = 0;
    for (const PlacedPart& part : parts) {
        domestic += part.rows.domestic;
        location_type += part.rows.location_type;
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
                                         const std::vector<PlacedPart>& parts,
                                         const AxesCounts& axes, const IncidentOptions& options) {
    Warnings by_part;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].rows.rows_read == 0) {
            by_part.add(sources.parts[i].name, "there is a header but no rows");
        }
        for (const std::string& warning : parts[i].rows.warnings) {
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

std::vector<FieldFound> fields_found(const std::vector<PlacedPart>& parts) {
    std::vector<FieldFound> found;
    for (const PlacedPart& part : parts) {
        for (std::size_t i = 0; i < field_count; ++i) {
            const FieldFound field{static_cast<Field>(i), part.rows.columns[i]};
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
                                   .analysis_crs = wards.analysis_crs};
    std::vector<PartRows> rows = read_parts(sources, part_options, options.threads);
    require_rows(sources, rows);
    Placed placed = place_parts(std::move(rows), wards, index);
    for (SpotPool& pool : placed.pools) {
        exclude(pool.placed.spots, options.excluded);
    }

    TriageOptions triage_options{options.axes, {}};
    if (!options.to) {
        triage_options.future = zone.midnight(options.future_after + days(1));
    }
    Triaged triaged = triage(placed.parts, wards.wards, triage_options);

    ReadIncidents result;
    list_inputs(result, sources, triaged.counts);
    result.table = std::move(triaged.table);
    result.issues = std::move(triaged.issues);
    result.axes = triaged.axes;
    result.warnings = gather_warnings(sources, placed.parts, triaged.axes, options);
    result.projection = placed.pools.front().placed.projection;
    result.mapping = fields_found(placed.parts);
    for (const OffenceDefinition* definition : definitions_used(placed.parts)) {
        result.definitions.push_back(definition->name);
    }
    result.locations_are_public =
        std::all_of(placed.parts.begin(), placed.parts.end(),
                    [](const PlacedPart& part) { return part.rows.data_police_uk; });
    return result;
}

} // namespace io
