#include "io/qgis_symbols.hpp"

#include <array>
#include <string>
#include <string_view>

// Colours: reds in even steps of lightness (ColorBrewer "Reds"), so that ranks can be told apart in
// black and white and by the colour-blind; the rest is grey, so that zones stand out on any map.

namespace io {

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// A symbol of one layer of QGIS's class ("SimpleFill").
XmlElement symbol(const std::string& name, const std::string& type, const std::string& layer_class,
                  const Pairs& settings) {
    std::vector<XmlElement> options;
    for (const auto& [key, value] : settings) {
        options.push_back(option(key, value));
    }
    return {"symbol",
            {{"name", name}, {"type", type}, {"alpha", "1"}, {"clip_to_extent", "1"}},
            {{"layer",
              {{"class", layer_class}, {"enabled", "1"}, {"locked", "0"}, {"pass", "0"}},
              {option_map(std::move(options))},
              ""}},
            ""};
}

struct Line {
    std::string_view colour; ///< "red,green,blue,alpha", each to 255
    std::string_view millimetres;
    std::string_view style = "solid";
};

XmlElement fill(const std::string& name, std::string_view colour, const Line& outline) {
    return symbol(name, "fill", "SimpleFill",
                  {{"color", std::string(colour)},
                   {"style", "solid"},
                   {"joinstyle", "round"},
                   {"outline_color", std::string(outline.colour)},
                   {"outline_style", std::string(outline.style)},
                   {"outline_width", std::string(outline.millimetres)},
                   {"outline_width_unit", "MM"}});
}

XmlElement marker(const std::string& name, std::string_view colour, std::string_view millimetres) {
    return symbol(name, "marker", "SimpleMarker",
                  {{"name", "circle"},
                   {"color", std::string(colour)},
                   {"size", std::string(millimetres)},
                   {"size_unit", "MM"},
                   {"outline_color", "255,255,255,255"},
                   {"outline_style", "solid"},
                   {"outline_width", "0.2"},
                   {"outline_width_unit", "MM"}});
}

XmlElement renderer_of(const std::string& type, Pairs attributes) {
    Pairs all{{"type", type}, {"symbollevels", "0"}, {"enableorderby", "0"}, {"forceraster", "0"}};
    all.insert(all.end(), attributes.begin(), attributes.end());
    return {"renderer-v2", std::move(all), {}, ""};
}

XmlElement single(XmlElement symbol) {
    XmlElement made = renderer_of("singleSymbol", {});
    made.children.push_back({"symbols", {}, {std::move(symbol)}, ""});
    return made;
}

struct Category {
    std::string value; ///< "" for everything else
    std::string label;
    XmlElement symbol; ///< named by its position
};

XmlElement categorised(const std::string& expression, std::vector<Category> categories) {
    XmlElement made = renderer_of("categorizedSymbol", {{"attr", expression}});
    XmlElement list{"categories", {}, {}, ""};
    XmlElement symbols{"symbols", {}, {}, ""};
    for (Category& category : categories) {
        const std::string position = std::to_string(list.children.size());
        list.children.push_back({"category",
                                 {{"value", category.value},
                                  {"symbol", position},
                                  {"label", category.label},
                                  {"render", "true"}},
                                 {},
                                 ""});
        symbols.children.push_back(std::move(category.symbol));
    }
    made.children = {std::move(list), std::move(symbols)};
    return made;
}

struct RankClass {
    const char* lower;
    const char* upper;
    const char* label;
    const char* colour;
};

/// The same classes in every run, so that two maps can be laid side by side.
constexpr std::array rank_classes{
    RankClass{"1", "5", "1 to 5", "165,15,21,190"},
    RankClass{"6", "10", "6 to 10", "222,45,38,180"},
    RankClass{"11", "20", "11 to 20", "251,106,74,170"},
    RankClass{"21", "40", "21 to 40", "252,174,145,170"},
    RankClass{"41", "1000000", "41 and over", "254,224,210,170"},
};

XmlElement by_rank() {
    XmlElement made =
        renderer_of("graduatedSymbol", {{"attr", "rank"}, {"graduatedMethod", "GraduatedColor"}});
    XmlElement ranges{"ranges", {}, {}, ""};
    XmlElement symbols{"symbols", {}, {}, ""};
    for (const RankClass& c : rank_classes) {
        const std::string position = std::to_string(ranges.children.size());
        ranges.children.push_back({"range",
                                   {{"lower", c.lower},
                                    {"upper", c.upper},
                                    {"symbol", position},
                                    {"label", c.label},
                                    {"render", "true"}},
                                   {},
                                   ""});
        symbols.children.push_back(fill(position, c.colour, {"103,0,13,255", "0.35"}));
    }
    made.children = {std::move(ranges), std::move(symbols)};
    return made;
}

XmlElement wards_by_choice() {
    return categorised(
        "CASE WHEN \"chosen\" THEN 'chosen' ELSE 'other' END",
        {{"chosen", "zones sought", fill("0", "120,112,98,45", {"70,66,60,255", "0.5"})},
         {"other", "others", fill("1", "255,255,255,0", {"150,146,138,255", "0.25"})}});
}

XmlElement wards_by_band() {
    constexpr std::array shades{"247,245,240,130", "222,214,198,150", "196,182,156,160",
                                "160,140,106,170", "116,96,64,180"};
    std::vector<Category> categories;
    for (std::size_t i = 0; i < count_bands.size(); ++i) {
        const std::string words(count_bands[i].words);
        categories.push_back(
            {words, words, fill(std::to_string(i), shades[i], {"90,86,78,255", "0.25"})});
    }
    return categorised("count_band", std::move(categories));
}

// --- labels

// QGIS's codes of where a label goes
constexpr const char* over_point = "1";
constexpr const char* horizontal = "4";
constexpr const char* outside_polygon = "8";

struct Label {
    std::string expression;
    std::string size; ///< points
    std::string colour;
    std::string font;              ///< style of the typeface: "Bold"
    std::string placement;         ///< QGIS's code
    std::string priority;          ///< 0 to 10
    std::string least_scale = "0"; ///< denominator beyond which it is not shown; "0": always is
    std::string priority_expression;
};

XmlElement no_properties(const std::string& name) {
    return {name,
            {},
            {option_map({option("name", ""),
                         {"Option", {{"name", "properties"}}, {}, ""},
                         option("type", "collection")})},
            ""};
}

/// Lets the priority follow an expression, 0 to 10.
XmlElement priority_by(const std::string& expression) {
    XmlElement priority = option_map({option("active", "true", "bool"),
                                      option("expression", expression), option("type", "3", "int")},
                                     "Priority");
    return {"dd_properties",
            {},
            {option_map({option("name", ""), option_map({std::move(priority)}, "properties"),
                         option("type", "collection")})},
            ""};
}

XmlElement text_style(const Label& label) {
    return {"text-style",
            {{"fieldName", label.expression},
             {"isExpression", "1"},
             {"fontFamily", "DejaVu Sans"},
             {"namedStyle", label.font},
             {"fontWeight", label.font.find("Bold") != std::string::npos ? "75" : "50"},
             {"fontItalic", label.font.find("Oblique") != std::string::npos ? "1" : "0"},
             {"fontSize", label.size},
             {"fontSizeUnit", "Point"},
             {"textColor", label.colour},
             {"textOpacity", "1"},
             {"multilineHeight", "0.95"}},
            {{"text-buffer",
              {{"bufferDraw", "1"},
               {"bufferSize", "0.8"},
               {"bufferSizeUnits", "MM"},
               {"bufferColor", "255,255,255,255"},
               {"bufferOpacity", "0.85"},
               {"bufferNoFill", "1"},
               {"bufferJoinStyle", "128"}},
              {},
              ""},
             no_properties("dd_properties")},
            ""};
}

XmlElement labels(const Label& label) {
    const bool scaled = label.least_scale != "0";
    XmlElement settings{"settings", {{"calloutType", "simple"}}, {text_style(label)}, ""};
    settings.children.push_back(
        {"text-format", {{"multilineAlign", "1"}, {"wrapChar", ""}}, {}, ""});
    settings.children.push_back(
        {"placement",
         {{"placement", label.placement},
          {"priority", label.priority},
          {"dist", "0.6"},
          {"distUnits", "MM"},
          {"polygonPlacementFlags",
           std::string_view(label.placement) == outside_polygon ? "1" : "2"},
          {"centroidWhole", "1"},
          {"quadOffset", "7"},
          {"offsetType", "0"},
          {"xOffset", "0"},
          {"yOffset", "0"}},
         {},
         ""});
    settings.children.push_back({"rendering",
                                 {{"drawLabels", "1"},
                                  {"displayAll", "0"},
                                  {"obstacle", "1"},
                                  {"obstacleFactor", "1"},
                                  {"obstacleType", "1"},
                                  {"scaleVisibility", scaled ? "1" : "0"},
                                  {"scaleMax", label.least_scale},
                                  {"scaleMin", "0"}}, // QGIS's names are of the denominator
                                 {},
                                 ""});
    settings.children.push_back(label.priority_expression.empty()
                                    ? no_properties("dd_properties")
                                    : priority_by(label.priority_expression));
    return {"labeling", {{"type", "simple"}}, {std::move(settings)}, ""};
}

} // namespace

XmlElement option(const std::string& name, const std::string& value, const std::string& type) {
    return {"Option", {{"name", name}, {"value", value}, {"type", type}}, {}, ""};
}

XmlElement option_map(std::vector<XmlElement> children, const std::string& name) {
    XmlElement made{"Option", {{"type", "Map"}}, std::move(children), ""};
    if (!name.empty()) {
        made.attributes.insert(made.attributes.begin(), {"name", name});
    }
    return made;
}

XmlElement renderer(LayerKind layer, Audience audience) {
    switch (layer) {
    case LayerKind::zones:
        return by_rank();
    case LayerKind::rings:
        return single(fill("0", "239,138,48,40", {"166,86,16,255", "0.3", "dash"}));
    case LayerKind::visits:
        return categorised("reason",
                           {{"rule", "due under the rule", marker("0", "8,48,107,255", "2.2")},
                            {"risk", "where and when violence is likeliest",
                             marker("1", "66,146,198,255", "2.2")}});
    case LayerKind::wards:
        return audience == Audience::everyone ? wards_by_band() : wards_by_choice();
    case LayerKind::issues:
        return categorised("action",
                           {{"left out", "left out", marker("0", "82,82,82,255", "1.6")},
                            {"used", "used, but doubtful", marker("1", "230,171,2,255", "1.6")}});
    case LayerKind::incidents:
        return single(marker("0", "37,37,37,150", "1.2"));
    }
    return single(marker("0", "37,37,37,150", "1.2"));
}

std::optional<XmlElement> labelling(LayerKind layer) {
    switch (layer) {
    case LayerKind::zones:
        return labels({.expression = R"("rank" || '  ' || "name")",
                       .size = "9",
                       .colour = "60,0,8,255",
                       .font = "Bold",
                       .placement = outside_polygon,
                       .priority = "8",
                       .priority_expression = R"(greatest(5, 10 - "rank" / 10))"});
    case LayerKind::wards:
        return labels({.expression = R"("ward_name" || coalesce('\nward rank ' || "rank", ''))",
                       .size = "7.5",
                       .colour = "95,90,82,255",
                       .font = "Oblique",
                       .placement = horizontal,
                       .priority = "2",
                       .least_scale = "120000"});
    case LayerKind::visits: // while the temporal controller plays; else all visits of a zone
        return labels({.expression = "CASE WHEN @map_start_time IS NOT NULL THEN \"unit\" END",
                       .size = "8",
                       .colour = "8,48,107,255",
                       .font = "Book",
                       .placement = over_point,
                       .priority = "6"});
    case LayerKind::rings:
    case LayerKind::issues:
    case LayerKind::incidents:
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace io
