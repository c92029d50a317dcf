#include "io/published_layers.hpp"

#include "cluster/trend.hpp"
#include "geo/time_text.hpp"
#include "io/circle.hpp"
#include "io/rounding.hpp"
#include "io/words.hpp"
#include "io/zone_lookup.hpp"

#include <algorithm>
#include <memory>

namespace io {

namespace {

FieldValue whole(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

FieldValue whole(const std::optional<std::uint32_t>& value) {
    return value ? whole(std::uint64_t{*value}) : FieldValue();
}

FieldValue rounded(const std::optional<double>& value, int decimals) {
    return value ? FieldValue(to_decimals(*value, decimals)) : FieldValue();
}

FieldValue probability(const std::optional<double>& value) {
    return value ? FieldValue(to_significant(*value, 4)) : FieldValue();
}

template <typename Value>
FieldValue or_null(const std::optional<Value>& value) {
    return value ? FieldValue(*value) : FieldValue();
}

FieldValue text(std::string_view words) {
    return std::string(words);
}

void add_evidence(std::vector<FieldValue>& values, const PublishedEvidence& evidence) {
    values.push_back(whole(evidence.incidents));
    values.push_back(evidence.interval ? rounded(evidence.interval->low, 1) : FieldValue());
    values.push_back(evidence.interval ? rounded(evidence.interval->high, 1) : FieldValue());
    values.push_back(rounded(evidence.weight, 6));
    values.push_back(rounded(evidence.ward_share, 4));
    values.push_back(rounded(evidence.pai, 2));
    values.push_back(probability(evidence.p_value));
    values.push_back(probability(evidence.q_value));
    values.push_back(or_null(evidence.peak));
    values.push_back(evidence.trend ? text(cluster::word(*evidence.trend)) : FieldValue());
    values.push_back(or_null(evidence.offences));
}

std::string joined(std::span<const geo::Instant> starts, const geo::TimeZone& time_zone) {
    std::string text;
    for (const geo::Instant start : starts) {
        text += (text.empty() ? "" : ", ") + geo::iso_text(start, time_zone);
    }
    return text;
}

void add_outlook(std::vector<FieldValue>& values, const PublishedZone& zone,
                 const geo::TimeZone& time_zone) {
    constexpr std::size_t fields = 8;
    if (!zone.outlook) {
        values.resize(values.size() + fields);
        return;
    }
    const schedule::Outlook& outlook = *zone.outlook;
    values.push_back(whole(std::uint64_t{outlook.starts.size()}));
    values.push_back(whole(static_cast<std::uint64_t>(zone.visit_length.count())));
    values.push_back(or_null(outlook.last_visit));
    values.push_back(or_null(outlook.next_visit));
    values.emplace_back(outlook.due_by);
    values.push_back(rounded(outlook.max_gap_h, 2));
    values.emplace_back(outlook.rule_ok);
    values.emplace_back(joined(outlook.starts, time_zone));
}

LayerRow zone_row(const PublishedZone& zone, const geo::TimeZone& time_zone) {
    LayerRow row{{zone.id.text(), zone.name, zone.ward_code.text(), zone.ward_name,
                  whole(std::uint64_t{zone.rank}), whole(std::uint64_t{zone.ward_rank}),
                  rounded(zone.disc.radius.value(), 3), zone.disc.centre.easting().value(),
                  zone.disc.centre.northing().value()},
                 Rings{circle_ring(zone.disc)}};
    add_evidence(row.values, zone.evidence);
    add_outlook(row.values, zone, time_zone);
    row.values.emplace_back(zone.why);
    return row;
}

LayerRow ring_row(const PublishedZone& zone, geo::Metres buffer) {
    const cluster::Disc outer{zone.disc.centre, zone.disc.radius + buffer};
    Ring hole = circle_ring(zone.disc);
    std::ranges::reverse(hole);
    return {{zone.id.text(), zone.name, whole(std::uint64_t{zone.rank}),
             rounded(zone.disc.radius.value(), 3), rounded(outer.radius.value(), 3)},
            Rings{circle_ring(outer), std::move(hole)}};
}

LayerRow visit_row(const schedule::Visit& visit, const ZoneLookup& lookup) {
    return {{visit.id, visit.zone.text(), visit.unit.text(), visit.shift, visit.shift_day,
             whole(std::uint64_t{visit.seq}), visit.when.from, visit.when.to,
             whole(static_cast<std::uint64_t>(visit.travel.count())), text(word(visit.reason)),
             text(word(visit.status))},
            lookup.zone(visit.zone).disc.centre};
}

LayerRow ward_row(const PublishedWard& ward) {
    return {{ward.ward.code.text(), ward.ward.name, whole(ward.rank), whole(ward.incidents),
             rounded(ward.weight, 6), rounded(ward.per_square_kilometre, 2),
             rounded(ward.ward.shape.area().square_kilometres(), 4), or_null(ward.chosen),
             whole(ward.zones), ward.count_band ? text(*ward.count_band) : FieldValue()},
            &ward.ward.shape};
}

LayerRow issue_row(const Issue& issue, const LayersContent& content) {
    LayerRow row{{content.issue_files[issue.file],
                  issue.line > 0 ? whole(issue.line) : FieldValue(), issue.column,
                  text(code(issue.reason)), text(meaning(issue.reason)),
                  text(code(action(issue.reason))), whole(issue.rows)},
                 {}};
    if (issue.place && content.issue_places == IssuePlaces::shown) {
        row.shape = *issue.place;
    }
    return row;
}

std::string_view word(cluster::TimePrecision precision) {
    switch (precision) {
    case cluster::TimePrecision::span:
        return "span";
    case cluster::TimePrecision::day:
        return "day";
    case cluster::TimePrecision::month:
        return "month";
    }
    return "span";
}

LayerRow incident_row(const cluster::Incident& incident, const LayersContent& content) {
    const std::vector<std::string>& offences = content.incidents->offences;
    return {
        {content.incident_wards[incident.ward].code.text(),
         incident.offence < offences.size() ? FieldValue(offences[incident.offence]) : FieldValue(),
         rounded(incident.weight, 6), incident.when.from, incident.when.to,
         text(word(incident.precision))},
        incident.place};
}

} // namespace

std::vector<PublishedLayer> published_layers(const LayersContent& content,
                                             const geo::TimeZone& time_zone) {
    std::vector<PublishedLayer> layers;
    const auto add = [&](LayerKind kind, std::size_t rows, auto row) {
        layers.push_back({layer_definition(kind), rows, std::move(row)});
    };
    if (content.audience != Audience::everyone) {
        const auto zones = content.zones;
        add(LayerKind::zones, zones.size(),
            [zones, time_zone](std::size_t i) { return zone_row(zones[i], time_zone); });
        add(LayerKind::rings, zones.size(),
            [zones, buffer = content.buffer](std::size_t i) { return ring_row(zones[i], buffer); });
        if (content.visits) {
            const auto lookup = std::make_shared<const ZoneLookup>(zones);
            const auto visits = *content.visits;
            add(LayerKind::visits, visits.size(),
                [visits, lookup](std::size_t i) { return visit_row(visits[i], *lookup); });
        }
    }
    add(LayerKind::wards, content.wards.size(),
        [wards = content.wards](std::size_t i) { return ward_row(wards[i]); });
    if (content.audience == Audience::internal) {
        add(LayerKind::issues, content.issues.size(),
            [content](std::size_t i) { return issue_row(content.issues[i], content); });
        if (content.incidents != nullptr) {
            add(LayerKind::incidents, content.incidents->incidents.size(),
                [content](std::size_t i) {
                    return incident_row(content.incidents->incidents[i], content);
                });
        }
    }
    return layers;
}

std::optional<geo::Box> extent_of(const LayersContent& content) {
    std::vector<geo::GridPoint> corners;
    for (const PublishedZone& zone : content.zones) {
        for (const geo::GridPoint& corner : circle_ring(zone.disc)) {
            corners.push_back(corner);
        }
    }
    if (corners.empty() || content.audience == Audience::everyone) {
        for (const PublishedWard& ward : content.wards) {
            const geo::Box box = ward.ward.shape.bounds();
            corners.insert(corners.end(), {box.low, box.high});
        }
    }
    if (corners.empty()) {
        return std::nullopt;
    }
    const auto [west, east] = std::ranges::minmax(corners, {}, &geo::GridPoint::easting_mm);
    const auto [south, north] = std::ranges::minmax(corners, {}, &geo::GridPoint::northing_mm);
    return geo::Box{geo::GridPoint::at_millimetres(west.easting_mm(), south.northing_mm()),
                    geo::GridPoint::at_millimetres(east.easting_mm(), north.northing_mm())};
}

} // namespace io
