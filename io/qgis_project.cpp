#include "io/qgis_project.hpp"

#include "geo/error.hpp"
#include "io/layer_writer.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cpl_vsi.h>
#include <fmt/core.h>

namespace io {

namespace {

/// From the top of the map to the bottom.
constexpr std::array drawing_order{LayerKind::visits, LayerKind::zones, LayerKind::incidents,
                                   LayerKind::rings,  LayerKind::wards, LayerKind::issues};

XmlElement leaf(const std::string& name, const std::string& text) {
    return {name, {}, {}, text};
}

/// QGIS takes the WKT, and finds the code in it.
XmlElement crs_element(const std::string& name, const std::string& crs) {
    XmlElement facts{"spatialrefsys", {}, {leaf("wkt", wkt_of(crs_handle(crs)))}, ""};
    if (crs.starts_with("EPSG:")) {
        facts.children.push_back(leaf("authid", crs));
    }
    return {name, {}, {std::move(facts)}, ""};
}

std::string layer_id(const LayerDefinition& layer) {
    return fmt::format("patrolzones_{}", layer.name);
}

std::string source_of(const LayerDefinition& layer, const ProjectOptions& options) {
    return fmt::format("{}|layername={}", options.source, layer.name);
}

std::string title_of(const LayerDefinition& layer) {
    return std::string(layer.title) + (layer.kind == LayerKind::visits ? " (times in UTC)" : "");
}

std::vector<LayerDefinition> shown_layers(const LayersContent& content) {
    const geo::TimeZone any("UTC");
    const std::vector<PublishedLayer> published = published_layers(content, any);
    std::vector<LayerDefinition> shown;
    for (const LayerKind kind : drawing_order) {
        for (const PublishedLayer& layer : published) {
            if (layer.definition.kind == kind) {
                shown.push_back(layer.definition);
            }
        }
    }
    return shown;
}

XmlElement layer_tree(const std::vector<LayerDefinition>& layers, const ProjectOptions& options) {
    XmlElement tree{"layer-tree-group", {}, {}, ""};
    XmlElement order{"custom-order", {{"enabled", "0"}}, {}, ""};
    for (const LayerDefinition& layer : layers) {
        tree.children.push_back({"layer-tree-layer",
                                 {{"id", layer_id(layer)},
                                  {"name", title_of(layer)},
                                  {"checked", "Qt::Checked"},
                                  {"expanded", layer.kind == LayerKind::zones ? "1" : "0"},
                                  {"providerKey", "ogr"},
                                  {"source", source_of(layer, options)}},
                                 {},
                                 ""});
        order.children.push_back(leaf("item", layer_id(layer)));
    }
    tree.children.push_back(std::move(order));
    return tree;
}

std::string_view geometry_word(LayerGeometry geometry) {
    return geometry == LayerGeometry::point ? "Point" : "Polygon";
}

XmlElement map_layer(const LayerDefinition& layer, const LayersContent& content,
                     const ProjectOptions& options) {
    XmlElement facts{"maplayer",
                     {{"type", "vector"},
                      {"geometry", std::string(geometry_word(layer.geometry))},
                      {"autoRefreshEnabled", "0"}},
                     {leaf("id", layer_id(layer)),
                      leaf("datasource", source_of(layer, options)),
                      leaf("layername", title_of(layer)),
                      crs_element("srs", content.crs),
                      leaf("abstract", std::string(layer.description)),
                      {"provider", {{"encoding", "UTF-8"}}, {}, "ogr"}},
                     ""};
    return styled(std::move(facts), layer_style(layer, {TimeFrame::utc, content.audience}));
}

std::string metres(geo::Metres value) {
    return fmt::format("{:.3f}", value.value());
}

/// The extent with a margin around it, as QGIS opens it.
XmlElement extent_element(const std::string& name, const geo::Box& box) {
    const geo::Metres margin =
        std::max(geo::Metres(500), 0.05 * (box.high.easting() - box.low.easting()));
    return {name,
            {},
            {leaf("xmin", metres(box.low.easting() - margin)),
             leaf("ymin", metres(box.low.northing() - margin)),
             leaf("xmax", metres(box.high.easting() + margin)),
             leaf("ymax", metres(box.high.northing() + margin))},
            ""};
}

std::string utc_text(geo::Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(instant - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

XmlElement time_settings(const geo::TimeSpan& times) {
    return {"ProjectTimeSettings",
            {{"timeStep", "1"},
             {"timeStepUnit", "h"},
             {"frameRate", "2"},
             {"cumulativeTemporalRange", "0"}},
            {{"TemporalRange",
              {},
              {leaf("start", utc_text(times.from)), leaf("end", utc_text(times.to))},
              ""}},
            ""};
}

XmlElement relative_paths() {
    return {"properties",
            {},
            {{"Paths", {}, {{"Absolute", {{"type", "bool"}}, {}, "false"}}, ""},
             {"SpatialRefSys", {}, {{"ProjectionsEnabled", {{"type", "int"}}, {}, "1"}}, ""}},
            ""};
}

XmlElement map_canvas(const geo::Box& extent, const std::string& crs) {
    return {"mapcanvas",
            {{"name", "theMapCanvas"}, {"annotationsVisible", "1"}},
            {leaf("units", "meters"), extent_element("extent", extent), leaf("rotation", "0"),
             crs_element("destinationsrs", crs)},
            ""};
}

XmlElement view_settings(const geo::Box& extent, const std::string& crs) {
    XmlElement shown = extent_element("DefaultViewExtent", extent);
    for (XmlElement& side : shown.children) {
        shown.attributes.emplace_back(side.name, side.text);
    }
    shown.children = crs_element("", crs).children;
    return {"ProjectViewSettings", {{"UseProjectScales", "0"}}, {std::move(shown)}, ""};
}

} // namespace

std::string project_text(const LayersContent& content, const ProjectOptions& options) {
    const std::vector<LayerDefinition> layers = shown_layers(content);
    XmlElement root{"qgis", {{"projectname", "Patrol zones"}, {"version", qgis_version}}, {}, ""};
    root.children.push_back(leaf("title", "Patrol zones"));
    root.children.push_back(crs_element("projectCrs", content.crs));
    root.children.push_back(layer_tree(layers, options));
    const std::optional<geo::Box> extent = extent_of(content);
    if (extent) {
        root.children.push_back(map_canvas(*extent, content.crs));
    }
    XmlElement map_layers{"projectlayers", {}, {}, ""};
    XmlElement order{"layerorder", {}, {}, ""};
    for (const LayerDefinition& layer : layers) {
        map_layers.children.push_back(map_layer(layer, content, options));
        order.children.push_back({"layer", {{"id", layer_id(layer)}}, {}, ""});
    }
    root.children.push_back(std::move(map_layers));
    root.children.push_back(std::move(order));
    root.children.push_back(relative_paths());
    if (extent) {
        root.children.push_back(view_settings(*extent, content.crs));
    }
    if (options.times) {
        root.children.push_back(time_settings(*options.times));
    }
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + xml_text(root);
}

void write_project(const std::filesystem::path& path, const LayersContent& content,
                   const ProjectOptions& options) {
    const std::string text = project_text(content, options);
    const std::string archive = "/vsizip/{" + path.string() + "}";
    geo::within(path.filename().string(), [&] {
        const GdalErrors errors;
        const char* const remedy = "free some space or choose another folder";
        // The archive is open for as long as its own handle is, else each member opens it anew.
        VSILFILE* file = VSIFOpenL((archive + "/patrolzones.qgs").c_str(), "wb");
        require(file != nullptr, errors, remedy);
        const bool written = VSIFWriteL(text.data(), 1, text.size(), file) == text.size();
        const bool closed = VSIFCloseL(file) == 0;
        require(written && closed, errors, remedy);
    });
}

} // namespace io
