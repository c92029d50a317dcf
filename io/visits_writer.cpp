#include "io/visits_writer.hpp"

#include "geo/time_text.hpp"
#include "io/csv_text.hpp"
#include "io/geojson.hpp"
#include "io/rounding.hpp"
#include "io/words.hpp"
#include "io/zone_lookup.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

namespace io {

namespace {

using Json = nlohmann::ordered_json;

Json properties(const schedule::Visit& visit, const geo::TimeZone& time_zone) {
    return {{"visit_id", visit.id},
            {"zone_id", visit.zone.text()},
            {"unit", visit.unit.text()},
            {"shift", visit.shift},
            {"shift_day", geo::iso_text(visit.shift_day)},
            {"seq", visit.seq},
            {"start_time", geo::iso_text(visit.when.from, time_zone)},
            {"end_time", geo::iso_text(visit.when.to, time_zone)},
            {"travel_min", visit.travel.count()},
            {"reason", word(visit.reason)},
            {"status", word(visit.status)}};
}

Json point(const geo::GridPoint& place, const geo::Projection& lonlat) {
    const geo::SourcePoint at = lonlat.from_grid(place);
    return {{"type", "Point"},
            {"coordinates", Json::array({to_decimals(at.x, 7), to_decimals(at.y, 7)})}};
}

std::vector<const schedule::Visit*> in_visiting_order(std::span<const schedule::Visit> visits) {
    std::vector<const schedule::Visit*> order;
    for (const schedule::Visit& visit : visits) {
        order.push_back(&visit);
    }
    std::ranges::stable_sort(order, [](const schedule::Visit* a, const schedule::Visit* b) {
        // A unit's shifts of one day follow each other by time; seq starts again in each.
        return std::tuple(a->shift_day, a->unit.text(), a->when.from) <
               std::tuple(b->shift_day, b->unit.text(), b->when.from);
    });
    return order;
}

} // namespace

std::string visits_geojson(std::span<const schedule::Visit> visits,
                           std::span<const PublishedZone> zones, const geo::Projection& lonlat,
                           const geo::TimeZone& time_zone) {
    const ZoneLookup lookup(zones);
    std::vector<std::string> features;
    for (const schedule::Visit& visit : visits) {
        const Json feature = {{"type", "Feature"},
                              {"properties", properties(visit, time_zone)},
                              {"geometry", point(lookup.zone(visit.zone).disc.centre, lonlat)}};
        features.push_back(feature.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
    return feature_collection("visits", features);
}

std::string roster_csv(std::span<const schedule::Visit> visits,
                       std::span<const PublishedZone> zones, const geo::TimeZone& time_zone) {
    const ZoneLookup lookup(zones);
    std::string text = "date,unit,shift,seq,start,end,zone_id,name,travel_min,reason,why\n";
    for (const schedule::Visit* visit : in_visiting_order(visits)) {
        const PublishedZone& zone = lookup.zone(visit->zone);
        text += csv_row(std::vector<std::string>{
            geo::iso_text(visit->shift_day), spreadsheet_safe(visit->unit.text()),
            spreadsheet_safe(visit->shift), std::to_string(visit->seq),
            geo::iso_text(visit->when.from, time_zone), geo::iso_text(visit->when.to, time_zone),
            spreadsheet_safe(zone.id.text()), spreadsheet_safe(zone.name),
            std::to_string(visit->travel.count()), std::string(word(visit->reason)),
            spreadsheet_safe(zone.why)});
    }
    return text;
}

} // namespace io
