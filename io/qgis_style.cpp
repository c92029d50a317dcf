#include "io/qgis_style.hpp"

#include "io/qgis_symbols.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace io {

namespace {

/// The heading of a field: with the frame of its time where that could be mistaken.
std::string heading(const LayerField& field, const StyleOptions& options) {
    const bool in_utc = field.type == FieldType::date_time && options.times == TimeFrame::utc;
    return std::string(field.alias) + (in_utc ? " (UTC)" : "");
}

XmlElement aliases(const LayerDefinition& layer, const StyleOptions& options) {
    XmlElement made{"aliases", {}, {}, ""};
    for (std::size_t i = 0; i < layer.fields.size(); ++i) {
        made.children.push_back({"alias",
                                 {{"field", std::string(layer.fields[i].name)},
                                  {"index", std::to_string(i + 1)},
                                  {"name", heading(layer.fields[i], options)}},
                                 {},
                                 ""});
    }
    return made;
}

struct Widget {
    std::string type;
    std::vector<XmlElement> settings;
};

Widget date_widget(const char* shown, const char* stored) {
    return {"DateTime",
            {option("display_format", shown), option("field_format", stored),
             option("allow_null", "true", "bool"), option("calendar_popup", "true", "bool")}};
}

Widget value_map(std::span<const FieldWord> words) {
    XmlElement list{"Option", {{"name", "map"}, {"type", "List"}}, {}, ""};
    for (const FieldWord& word : words) {
        list.children.push_back(
            option_map({option(std::string(word.meaning), std::string(word.value))}));
    }
    return {"ValueMap", {std::move(list)}};
}

Widget widget_of(const LayerField& field) {
    if (!field.words.empty()) {
        return value_map(field.words);
    }
    switch (field.type) {
    case FieldType::date:
        return date_widget("ddd d MMM yyyy", "yyyy-MM-dd");
    case FieldType::date_time:
        return date_widget("ddd d MMM yyyy HH:mm", "yyyy-MM-dd HH:mm:ss");
    case FieldType::text:
        return {"TextEdit", {option("IsMultiline", "false", "bool")}};
    case FieldType::integer:
    case FieldType::real:
    case FieldType::boolean:
        return {"", {}};
    }
    return {"", {}};
}

XmlElement field_configuration(const LayerDefinition& layer) {
    XmlElement made{"fieldConfiguration", {}, {}, ""};
    for (const LayerField& field : layer.fields) {
        Widget widget = widget_of(field);
        XmlElement config{"config", {}, {option_map(std::move(widget.settings))}, ""};
        made.children.push_back({"field",
                                 {{"name", std::string(field.name)}},
                                 {{"editWidget", {{"type", widget.type}}, {std::move(config)}, ""}},
                                 ""});
    }
    return made;
}

/// By what the attribute table is sorted at first.
std::string_view sort_expression(LayerKind layer) {
    switch (layer) {
    case LayerKind::zones:
    case LayerKind::rings:
    case LayerKind::wards:
        return "\"rank\"";
    case LayerKind::visits:
        return "\"start_time\"";
    case LayerKind::issues:
        return "\"reason\"";
    case LayerKind::incidents:
        return "\"from_time\"";
    }
    return "";
}

XmlElement attribute_table(const LayerDefinition& layer) {
    XmlElement columns{"columns", {}, {}, ""};
    const auto add = [&](std::string_view name, const char* hidden) {
        columns.children.push_back(
            {"column",
             {{"type", "field"}, {"name", std::string(name)}, {"hidden", hidden}, {"width", "-1"}},
             {},
             ""});
    };
    for (const LayerField& field : layer.fields) {
        add(field.name, "0");
    }
    add("fid", "1");
    return {"attributetableconfig",
            {{"sortExpression", std::string(sort_expression(layer.kind))},
             {"sortOrder", "0"},
             {"actionWidgetStyle", "dropDown"}},
            {std::move(columns)},
            ""};
}

/// What the pointer tells over a feature.
std::string map_tip(LayerKind layer) {
    switch (layer) {
    case LayerKind::zones:
        return R"(<b>[% "rank" %]. [% "name" %]</b><br>[% "why" %])";
    case LayerKind::rings:
        return R"(Ring around [% "name" %]: [% "inner_m" %] to [% "outer_m" %] m)";
    case LayerKind::visits:
        return R"(<b>[% "unit" %]</b>, [% "shift" %]<br>[% format_date("start_time", )"
               R"('ddd d MMM HH:mm') %] to [% format_date("end_time", 'HH:mm') %])";
    case LayerKind::wards:
        return R"(<b>[% "ward_name" %]</b>[% coalesce('<br>rank ' || "rank", '') %])";
    case LayerKind::issues:
        return R"([% "meaning" %])";
    case LayerKind::incidents:
        return "[% \"offence\" %]";
    }
    return "";
}

std::string_view display_field(LayerKind layer) {
    switch (layer) {
    case LayerKind::zones:
    case LayerKind::rings:
        return "\"name\"";
    case LayerKind::visits:
        return "\"visit_id\"";
    case LayerKind::wards:
        return "\"ward_name\"";
    case LayerKind::issues:
        return "\"reason\"";
    case LayerKind::incidents:
        return "\"offence\"";
    }
    return "";
}

/// Start and end of a feature for the temporal controller; only visits come and go.
XmlElement temporal(LayerKind layer) {
    const bool plays = layer == LayerKind::visits;
    return {"temporal",
            {{"enabled", plays ? "1" : "0"},
             {"mode", plays ? "2" : "0"}, // 2: start and end from fields
             {"startField", plays ? "start_time" : ""},
             {"endField", plays ? "end_time" : ""},
             {"limitMode", "1"}, // the end is not in the span
             {"durationField", ""},
             {"durationUnit", "min"},
             {"fixedDuration", "0"},
             {"accumulate", "0"},
             {"startExpression", ""},
             {"endExpression", ""}},
            {},
            ""};
}

std::string geometry_code(LayerGeometry geometry) {
    return geometry == LayerGeometry::point ? "0" : "2";
}

} // namespace

XmlElement layer_style(const LayerDefinition& layer, const StyleOptions& options) {
    std::optional<XmlElement> labels = labelling(layer.kind);
    XmlElement made{"style",
                    {{"styleCategories", "AllStyleCategories"},
                     {"labelsEnabled", labels ? "1" : "0"},
                     {"readOnly", "0"},
                     {"hasScaleBasedVisibilityFlag", "0"},
                     {"minScale", "100000000"},
                     {"maxScale", "0"},
                     {"simplifyDrawingHints", "1"},
                     {"simplifyDrawingTol", "1"},
                     {"simplifyMaxScale", "1"},
                     {"simplifyLocal", "1"},
                     {"simplifyAlgorithm", "0"},
                     {"symbologyReferenceScale", "-1"}},
                    {},
                    ""};
    made.children.push_back(temporal(layer.kind));
    made.children.push_back(renderer(layer.kind, options.audience));
    if (labels) {
        made.children.push_back(std::move(*labels));
    }
    made.children.push_back({"blendMode", {}, {}, "0"});
    made.children.push_back({"featureBlendMode", {}, {}, "0"});
    made.children.push_back({"layerOpacity", {}, {}, "1"});
    made.children.push_back(field_configuration(layer));
    made.children.push_back(aliases(layer, options));
    made.children.push_back(attribute_table(layer));
    made.children.push_back({"previewExpression", {}, {}, std::string(display_field(layer.kind))});
    made.children.push_back({"mapTip", {}, {}, map_tip(layer.kind)});
    return made;
}

XmlElement styled(XmlElement element, const XmlElement& style) {
    element.attributes.insert(element.attributes.end(), style.attributes.begin(),
                              style.attributes.end());
    element.children.insert(element.children.end(), style.children.begin(), style.children.end());
    return element;
}

std::string qml_text(const LayerDefinition& layer, const StyleOptions& options) {
    XmlElement root =
        styled({"qgis", {{"version", qgis_version}}, {}, ""}, layer_style(layer, options));
    root.children.push_back({"layerGeometryType", {}, {}, geometry_code(layer.geometry)});
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + xml_text(root);
}

} // namespace io
