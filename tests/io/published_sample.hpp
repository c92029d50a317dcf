#pragma once

#include "geo/projection.hpp"
#include "geo/time_text.hpp"
#include "io/published.hpp"
#include "schedule/plan.hpp"

#include <array>
#include <vector>

namespace io {

/// From EPSG:4326 to the National Grid, around Blackpool and Preston.
inline const geo::Projection& sample_lonlat() {
    static const geo::Projection projection("EPSG:4326", "EPSG:27700",
                                            std::array<double, 4>{-3.1, 53.6, -2.5, 54.0});
    return projection;
}

inline geo::TimeZone london() {
    return geo::TimeZone("Europe/London");
}

inline geo::Instant at(const char* text) {
    return geo::first_instant(*geo::read_time(text), london());
}

/// Two zones with every kind of value: one with all evidence, one with what may be missing missing.
inline std::vector<cluster::Zone> known_zones() {
    using geo::Metres;
    cluster::Zone first;
    first.id = cluster::ZoneId("X05000001-1");
    first.name = "Mereside, \"top\" 1";
    first.ward_code = cluster::WardCode("X05000001");
    first.ward_name = "Mereside";
    first.rank = 1;
    first.ward_rank = 1;
    first.disc = {geo::GridPoint::at_millimetres(331'234'567, 436'000'125), Metres(162.5)};
    first.evidence = {.incidents = 40,
                      .interval = cluster::CountInterval{28.6, 54.5},
                      .weight = 52.5,
                      .ward_share = 0.3125,
                      .pai = 12.25,
                      .p_value = 0.001,
                      .q_value = 0.004,
                      .peak = "Fri-Sat 21:00-02:00",
                      .trend = cluster::Trend::rising,
                      .offences = "Robbery 60 %, Wounding 40 %"};
    first.why = "40 incidents in a year, most of them on Friday and Saturday nights.";
    cluster::Zone second = first;
    second.id = cluster::ZoneId("X05000002-1");
    second.name = "-Ribble";
    second.ward_code = cluster::WardCode("X05000002");
    second.ward_name = "Ribble";
    second.rank = 2;
    second.disc = {geo::GridPoint::at_millimetres(353'900'000, 429'300'000), Metres(200)};
    second.evidence = {.incidents = 7, .weight = 7, .ward_share = 0.1};
    second.why = "7 incidents in a year within 200 m of one junction.";
    return {first, second};
}

/// The same as they are published.
inline std::vector<PublishedZone> sample_zones() {
    std::vector<PublishedZone> zones;
    for (const cluster::Zone& zone : known_zones()) {
        zones.push_back(published(zone));
    }
    return zones;
}

inline schedule::Visit sample_visit(const char* id, const char* zone, const char* start,
                                    unsigned seq, schedule::Minutes travel) {
    schedule::Visit visit;
    visit.id = id;
    visit.zone = cluster::ZoneId(zone);
    visit.unit = schedule::UnitId("West foot 1");
    visit.shift = "late";
    visit.shift_day = geo::Day(std::chrono::year(2027) / 3 / 27);
    visit.seq = seq;
    visit.when = {at(start), at(start) + schedule::Minutes(15)};
    visit.travel = travel;
    return visit;
}

/// Visits around the change of clocks on 28 March 2027, in a shift over midnight.
inline std::vector<schedule::Visit> sample_visits() {
    std::vector<schedule::Visit> visits{
        sample_visit("V0001-a", "X05000001-1", "2027-03-27 23:07", 1, schedule::Minutes(6)),
        sample_visit("V0002-b", "X05000002-1", "2027-03-28 02:11", 2, schedule::Minutes(41))};
    visits[1].reason = schedule::Reason::risk;
    visits[1].status = schedule::Status::issued;
    return visits;
}

/// The sample zones with what the sample visits mean for them.
inline std::vector<PublishedZone> planned_sample_zones() {
    std::vector<PublishedZone> zones = sample_zones();
    const std::vector<schedule::Visit> visits = sample_visits();
    for (std::size_t i = 0; i < zones.size(); ++i) {
        schedule::Outlook outlook;
        outlook.zone = zones[i].id;
        outlook.starts = {visits[i].when.from};
        outlook.next_visit = visits[i].when.from;
        outlook.due_by = at("2027-03-31 00:00");
        outlook.max_gap_h = 47.123;
        outlook.rule_ok = true;
        zones[i].outlook = outlook;
    }
    zones[0].outlook->last_visit = at("2027-03-26 22:00");
    zones[1].outlook->rule_ok = false;
    return zones;
}

} // namespace io
