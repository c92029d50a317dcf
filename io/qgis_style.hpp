#pragma once

#include "io/disclosure.hpp"
#include "io/layer_definition.hpp"
#include "io/xml_text.hpp"

#include <string>
#include <vector>

namespace io {

/// What the clock of a layer's date-times reads: GeoPackage has UTC, GeoJSON local time with its
/// offset. QGIS shows what stands there, so headings must say which it is.
enum class TimeFrame { utc, local };

struct StyleOptions {
    TimeFrame times = TimeFrame::utc;
    Audience audience = Audience::internal; ///< the public sees wards by band instead of by rank
};

/// How QGIS (3.22 and later) shows a layer: symbols, labels, headings, value maps, widgets, the
/// order of the attribute table, map tips and the times for the temporal controller. The one source
/// of styles: files beside GeoJSON, `layer_styles` and the project are made from it.
XmlElement layer_style(const LayerDefinition& layer, const StyleOptions& options);

/// `element` (QGIS's `maplayer` of a project, for one) with the style's attributes and children
/// after its own.
XmlElement styled(XmlElement element, const XmlElement& style);

/// The text of a .qml file with that style.
std::string qml_text(const LayerDefinition& layer, const StyleOptions& options);

/// The version of QGIS whose files are written.
inline constexpr const char* qgis_version = "3.22.16-Białowieża";

} // namespace io
