#include "io/layer_definition.hpp"

#include <array>

namespace io {

namespace {

using enum FieldType;

constexpr std::array yes_or_no{FieldWord{"true", "yes"}, FieldWord{"false", "no"}};
constexpr std::array trends{FieldWord{"rising", "rising"}, FieldWord{"steady", "no change shown"},
                            FieldWord{"falling", "falling"}};
constexpr std::array visit_reasons{FieldWord{"rule", "due under the rule"},
                                   FieldWord{"risk", "where and when violence is likeliest"}};
constexpr std::array visit_states{FieldWord{"planned", "planned"},
                                  FieldWord{"issued", "issued to the unit"}};
constexpr std::array row_actions{FieldWord{"left out", "left out"},
                                 FieldWord{"used", "used, but doubtful"}};
constexpr std::array precisions{FieldWord{"span", "to the hour or better"},
                                FieldWord{"day", "the day only"},
                                FieldWord{"month", "the month only"}};

constexpr std::array zone_fields{
    LayerField{"zone_id", text, "Zone", "stable name of the zone", {}},
    LayerField{"name", text, "Name", "name for people", {}},
    LayerField{"ward_code", text, "Ward code", "code of the ward that the zone belongs to", {}},
    LayerField{"ward_name", text, "Ward", "ward that the zone belongs to", {}},
    LayerField{"rank", integer, "Rank", "over the whole force by weight; 1 is first", {}},
    LayerField{"ward_rank", integer, "Rank in ward", "within the ward; 1 is first", {}},
    LayerField{"radius_m", real, "Radius (m)", "radius of the circle, metres", {}},
    LayerField{"easting", real, "Easting", "centre in the analysis CRS, metres", {}},
    LayerField{"northing", real, "Northing", "centre in the analysis CRS, metres", {}},
    LayerField{"incidents", integer, "Incidents", "serious incidents inside, of any ward", {}},
    LayerField{"count_low", real, "Incidents, at least", "lower end of the 95 % interval", {}},
    LayerField{"count_high", real, "Incidents, at most", "upper end of the 95 % interval", {}},
    LayerField{"weight", real, "Weight", "sum of the weights of the incidents", {}},
    LayerField{"ward_share", real, "Share of ward", "ward's own weight inside, 0 to 1", {}},
    LayerField{"pai", real, "Accuracy index", "prediction accuracy index within the ward", {}},
    LayerField{"p_value", real, "p-value", "chance that the baseline alone clusters as much", {}},
    LayerField{"q_value", real, "q-value", "the p-value among all zones; up to 0.05 is clear", {}},
    LayerField{"peak", text, "Peak hours", "days and hours with most incidents", {}},
    LayerField{"trend", text, "Trend", "last months against as many before", trends},
    LayerField{"offences", text, "Offences", "the commonest offences with their shares", {}},
    LayerField{"visits", integer, "Visits planned", "visits planned in the horizon", {}},
    LayerField{"visit_min", integer, "Visit (min)", "length of a visit, minutes", {}},
    LayerField{"last_visit", date_time, "Last visit", "end of the last visit that counts", {}},
    LayerField{"next_visit", date_time, "Next visit", "start of the first planned visit", {}},
    LayerField{"due_by", date_time, "Due by", "when the rule wants a visit at the latest", {}},
    LayerField{"max_gap_h", real, "Longest absence (h)", "largest absence planned, hours", {}},
    LayerField{"rule_ok", boolean, "Rule kept", "no absence passes the rule's gap", yes_or_no},
    LayerField{"schedule", text, "Schedule", "starts of the planned visits, local time", {}},
    LayerField{"why", text, "Why here", "one sentence for an officer", {}},
};

constexpr std::array ring_fields{
    LayerField{"zone_id", text, "Zone", "zone that the ring surrounds", {}},
    LayerField{"name", text, "Name", "name of that zone", {}},
    LayerField{"rank", integer, "Rank", "rank of that zone", {}},
    LayerField{"inner_m", real, "Inner radius (m)", "radius of the zone, metres", {}},
    LayerField{
        "outer_m", real, "Outer radius (m)", "radius of the zone and the buffer, metres", {}},
};

constexpr std::array visit_fields{
    LayerField{"visit_id", text, "Visit", "unique in the plan", {}},
    LayerField{"zone_id", text, "Zone", "zone that is visited", {}},
    LayerField{"unit", text, "Unit", "who goes", {}},
    LayerField{"shift", text, "Shift", "name of the unit's shift", {}},
    LayerField{"shift_day", date, "Day of shift", "local day on which the shift began", {}},
    LayerField{"seq", integer, "Order", "order within the shift, from 1", {}},
    LayerField{"start_time", date_time, "Start", "start of the visit", {}},
    LayerField{"end_time", date_time, "End", "end of the visit", {}},
    LayerField{"travel_min", integer, "Travel (min)", "from the previous stop, minutes", {}},
    LayerField{"reason", text, "Reason", "what the visit is planned for", visit_reasons},
    LayerField{"status", text, "Status", "how far the visit has got", visit_states},
};

constexpr std::array ward_fields{
    LayerField{"ward_code", text, "Ward code", "code of the ward", {}},
    LayerField{"ward_name", text, "Ward", "name of the ward", {}},
    LayerField{"rank", integer, "Rank", "by weight; 1 is first", {}},
    LayerField{"incidents", integer, "Incidents", "serious incidents of the window", {}},
    LayerField{"weight", real, "Weight", "sum of the weights of the incidents", {}},
    LayerField{"per_km2", real, "Incidents per km2", "incidents per square kilometre", {}},
    LayerField{"area_km2", real, "Area (km2)", "square kilometres on the analysis grid", {}},
    LayerField{"chosen", boolean, "Zones sought", "whether zones were sought in it", yes_or_no},
    LayerField{"zones", integer, "Zones found", "zones found in it", {}},
    LayerField{"count_band", text, "Incidents, banded", "band that the count lies in", {}},
};

constexpr std::array issue_fields{
    LayerField{"file", text, "File", "file, or member of an archive", {}},
    LayerField{"line", integer, "Line", "line of the file, the header being 1", {}},
    LayerField{"column", text, "Column", "column at fault", {}},
    LayerField{"reason", text, "Reason", "code of the reason", {}},
    LayerField{"meaning", text, "Meaning", "the reason in words", {}},
    LayerField{"action", text, "Action", "what was done with the row", row_actions},
    LayerField{"rows", integer, "Rows", "rows that the line stands for", {}},
};

constexpr std::array incident_fields{
    LayerField{"ward_code", text, "Ward code", "ward that holds the incident", {}},
    LayerField{"offence", text, "Offence", "offence as the file names it", {}},
    LayerField{"weight", real, "Weight", "share of every sum of weights", {}},
    LayerField{"from_time", date_time, "From", "earliest it can have happened", {}},
    LayerField{"to_time", date_time, "To", "before this it happened", {}},
    LayerField{"precision", text, "Time known", "how well the time is known", precisions},
};

constexpr std::array definitions{
    LayerDefinition{LayerKind::zones, "zones", "Patrol zones",
                    "Circles to patrol, with the evidence for each and its visits",
                    LayerGeometry::polygon, zone_fields},
    LayerDefinition{LayerKind::rings, "rings", "Displacement rings",
                    "Ground around each zone, to see whether violence moves there",
                    LayerGeometry::polygon, ring_fields},
    LayerDefinition{LayerKind::visits, "visits", "Planned visits",
                    "One point a visit, at the centre of its zone", LayerGeometry::point,
                    visit_fields},
    LayerDefinition{LayerKind::wards, "wards", "Wards", "Every ward with its ranking",
                    LayerGeometry::multipolygon, ward_fields},
    LayerDefinition{LayerKind::issues, "issues", "Rows left out or doubted",
                    "Every row left out and every doubt, with the reason", LayerGeometry::point,
                    issue_fields},
    LayerDefinition{LayerKind::incidents, "incidents", "Incident points (this machine only)",
                    "Where serious incidents were recorded: not to be passed on",
                    LayerGeometry::point, incident_fields},
};

} // namespace

const LayerDefinition& layer_definition(LayerKind kind) {
    return definitions[static_cast<std::size_t>(kind)];
}

std::span<const LayerDefinition> layer_definitions() {
    return definitions;
}

} // namespace io
