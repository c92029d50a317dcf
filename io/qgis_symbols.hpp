#pragma once

#include "io/disclosure.hpp"
#include "io/layer_definition.hpp"
#include "io/xml_text.hpp"

#include <optional>

namespace io {

/// QGIS's `renderer-v2` of a layer: zones in five shades by rank, wards as outlines (by band of
/// their count for the public), visits by reason, issues by action.
XmlElement renderer(LayerKind layer, Audience audience);

/// QGIS's `labeling`, or nothing where a layer has no labels.
std::optional<XmlElement> labelling(LayerKind layer);

/// `<Option name= value= type=/>`, of which QGIS's settings are made.
XmlElement option(const std::string& name, const std::string& value,
                  const std::string& type = "QString");

/// `<Option [name=] type="Map">` around others.
XmlElement option_map(std::vector<XmlElement> children, const std::string& name = "");

} // namespace io
