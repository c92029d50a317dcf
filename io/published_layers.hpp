#pragma once

#include "cluster/incident.hpp"
#include "geo/polygon.hpp"
#include "geo/time_zone.hpp"
#include "io/disclosure.hpp"
#include "io/issue_log.hpp"
#include "io/layer_definition.hpp"
#include "io/published.hpp"
#include "schedule/plan.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace io {

/// Whether issues carry the place of their row: off by default, so that no incident point leaves
/// the analyst's machine.
enum class IssuePlaces { hidden, shown };

/// What the published layers are made of. Views: what they look at must outlive the layers.
struct LayersContent {
    std::string crs;                                        ///< analysis CRS, anything PROJ reads
    std::span<const PublishedZone> zones;                   ///< in the order to be written
    std::optional<std::span<const schedule::Visit>> visits; ///< no layer where nothing was planned
    std::span<const PublishedWard> wards;                   ///< likewise
    std::span<const Issue> issues;
    std::span<const std::string> issue_files; ///< what Issue::file counts into
    IssuePlaces issue_places = IssuePlaces::hidden;
    geo::Instant
        stamp{}; ///< written as the date of change, so that equal input gives equal content
    Audience audience = Audience::internal; ///< whom zones and wards were disclosed for: partners
                                            ///< get no issues, the public the wards alone
    geo::Metres buffer{100};                ///< width of the rings around zones
    const cluster::IncidentTable* incidents = nullptr; ///< a layer of points only where given
    std::span<const cluster::Ward> incident_wards;     ///< what Incident::ward counts into
};

/// What a field of a row holds; nothing where it is null.
using FieldValue =
    std::variant<std::monostate, std::string, std::int64_t, double, bool, geo::Day, geo::Instant>;

/// A closed ring of corners, the last the first one again.
using Ring = std::vector<geo::GridPoint>;
/// A polygon: the outline counter-clockwise, then any holes clockwise.
using Rings = std::vector<Ring>;
/// Where a row is, on the analysis grid.
using RowShape = std::variant<std::monostate, geo::GridPoint, Rings, const geo::Polygon*>;

struct LayerRow {
    std::vector<FieldValue> values; ///< one for each field of the definition, in its order
    RowShape shape;
};

/// A layer to publish. Rows are made when they are asked for, so that a million of them take no
/// memory.
struct PublishedLayer {
    LayerDefinition definition;
    std::size_t rows = 0;
    std::function<LayerRow(std::size_t)> row; ///< by index, from 0
};

/// The layers of a run, in the order of LayerKind: zones and their rings, visits, wards, issues,
/// and the incidents where they are given; what the audience may not have is not among them.
///
/// Times are instants; the zones' `schedule` is text in the local time of `time_zone`. What the
/// content looks at must outlive the layers.
std::vector<PublishedLayer> published_layers(const LayersContent& content,
                                             const geo::TimeZone& time_zone);

/// The rectangle to look at: around the zones, else the wards, or nothing where there are neither.
/// Wards alone may be those of a whole country.
std::optional<geo::Box> extent_of(const LayersContent& content);

} // namespace io
