#include "io/zones_writer.hpp"

#include "cluster/trend.hpp"
#include "geo/time_text.hpp"
#include "io/circle.hpp"
#include "io/geojson.hpp"
#include "io/rounding.hpp"

#include <nlohmann/json.hpp>

namespace io {

namespace {

using Json = nlohmann::ordered_json;

Json time_or_null(const std::optional<geo::Instant>& time, const geo::TimeZone& time_zone) {
    return time ? Json(geo::iso_text(*time, time_zone)) : Json();
}

Json polygon(const cluster::Disc& disc, const geo::Projection& lonlat) {
    Json ring = Json::array();
    for (const geo::GridPoint& corner : circle_ring(disc)) {
        const geo::SourcePoint place = lonlat.from_grid(corner);
        ring.push_back({to_decimals(place.x, 7), to_decimals(place.y, 7)});
    }
    return {{"type", "Polygon"}, {"coordinates", Json::array({std::move(ring)})}};
}

template <typename T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json();
}

Json decimals_or_null(const std::optional<double>& value, int decimals) {
    return value ? Json(to_decimals(*value, decimals)) : Json();
}

void add_evidence(Json& properties, const PublishedEvidence& evidence) {
    properties["incidents"] = or_null(evidence.incidents);
    properties["count_low"] =
        evidence.interval ? Json(to_decimals(evidence.interval->low, 1)) : Json();
    properties["count_high"] =
        evidence.interval ? Json(to_decimals(evidence.interval->high, 1)) : Json();
    properties["weight"] = decimals_or_null(evidence.weight, 6);
    properties["ward_share"] = decimals_or_null(evidence.ward_share, 4);
    properties["pai"] = decimals_or_null(evidence.pai, 2);
    properties["p_value"] = evidence.p_value ? Json(to_significant(*evidence.p_value, 4)) : Json();
    properties["q_value"] = evidence.q_value ? Json(to_significant(*evidence.q_value, 4)) : Json();
    properties["peak"] = or_null(evidence.peak);
    properties["trend"] = evidence.trend ? Json(cluster::word(*evidence.trend)) : Json();
    properties["offences"] = or_null(evidence.offences);
}

void add_zone(Json& properties, const PublishedZone& zone) {
    properties["zone_id"] = zone.id.text();
    properties["name"] = zone.name;
    properties["ward_code"] = zone.ward_code.text();
    properties["ward_name"] = zone.ward_name;
    properties["rank"] = zone.rank;
    properties["ward_rank"] = zone.ward_rank;
    properties["radius_m"] = to_decimals(zone.disc.radius.value(), 3);
    properties["easting"] = zone.disc.centre.easting().value();
    properties["northing"] = zone.disc.centre.northing().value();
    add_evidence(properties, zone.evidence);
}

/// The same keys in the same order whether there is a plan or not.
void add_outlook(Json& properties, const PublishedZone& published, const geo::TimeZone& time_zone) {
    for (const char* key : {"visits", "visit_min", "last_visit", "next_visit", "due_by",
                            "max_gap_h", "rule_ok", "schedule"}) {
        properties[key] = nullptr;
    }
    if (!published.outlook) {
        return;
    }
    const schedule::Outlook& outlook = *published.outlook;
    properties["visits"] = outlook.starts.size();
    properties["visit_min"] = published.visit_length.count();
    properties["last_visit"] = time_or_null(outlook.last_visit, time_zone);
    properties["next_visit"] = time_or_null(outlook.next_visit, time_zone);
    properties["due_by"] = geo::iso_text(outlook.due_by, time_zone);
    properties["max_gap_h"] = to_decimals(outlook.max_gap_h, 2);
    properties["rule_ok"] = outlook.rule_ok;
    Json starts = Json::array();
    for (const geo::Instant start : outlook.starts) {
        starts.push_back(geo::iso_text(start, time_zone));
    }
    properties["schedule"] = std::move(starts);
}

} // namespace

std::string zones_geojson(std::span<const PublishedZone> zones, const geo::Projection& lonlat,
                          const geo::TimeZone& time_zone) {
    std::vector<std::string> features;
    for (const PublishedZone& published : zones) {
        Json properties = Json::object();
        add_zone(properties, published);
        add_outlook(properties, published, time_zone);
        properties["why"] = published.why;
        const Json feature = {{"type", "Feature"},
                              {"properties", std::move(properties)},
                              {"geometry", polygon(published.disc, lonlat)}};
        features.push_back(feature.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
    return feature_collection("zones", features);
}

} // namespace io
