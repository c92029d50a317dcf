#pragma once

#include <span>
#include <string_view>

namespace io {

// The one description of the layers that are published. GeoPackage, PostGIS, the comments on its
// columns, aliases and value maps of the styles, and the project are all made from it.

enum class FieldType { text, integer, real, boolean, date, date_time };

/// A word that a field may hold, and what people read in its place.
struct FieldWord {
    std::string_view value;
    std::string_view meaning;
};

struct LayerField {
    std::string_view name; ///< at most 10 characters, so that a Shapefile copy keeps it
    FieldType type = FieldType::text;
    std::string_view alias;           ///< heading for people
    std::string_view description;     ///< meaning and unit, one line
    std::span<const FieldWord> words; ///< all that it may hold; empty where it is free
};

enum class LayerGeometry { point, polygon, multipolygon };

/// Which layer; also the order in which they are written.
enum class LayerKind { zones, rings, visits, wards, issues, incidents };

struct LayerDefinition {
    LayerKind kind = LayerKind::zones;
    std::string_view name;  ///< of the table
    std::string_view title; ///< for people
    std::string_view description;
    LayerGeometry geometry = LayerGeometry::point;
    std::span<const LayerField> fields;
};

/// What a layer is. The definitions live as long as the program.
const LayerDefinition& layer_definition(LayerKind kind);

/// All layers that a run may publish, in the order of LayerKind.
std::span<const LayerDefinition> layer_definitions();

} // namespace io
