#pragma once

#include "io/report_data.hpp"
#include "published_sample.hpp"

namespace io {

inline ReportZone sample_report_zone() {
    ReportZone zone{.id = "X05000001-1",
                    .name = "Mereside 1",
                    .ward_code = "X05000001",
                    .rank = 1,
                    .ward_rank = 1,
                    .centre = {-3.041234, 53.812345},
                    .radius_m = 162.5,
                    .incidents = 40,
                    .count_low = 28.6,
                    .count_high = 54.5,
                    .weight = 52.5,
                    .ward_share = 0.3125,
                    .pai = 12.25,
                    .pai_ceiling = 39.2,
                    .p_value = 0.001,
                    .q_value = 0.004,
                    .peak = "Fri-Sat 21:00-02:00",
                    .trend = "rising",
                    .offences = "Robbery 60 %, Wounding 40 %",
                    .why = "40 serious violence incidents in 12 months within 162 m: 31 % of all."};
    using std::chrono::year;
    zone.months = {{year(2026) / 1, 12}, {year(2026) / 2, std::nullopt}, {year(2026) / 4, 0}};
    zone.hours.emplace();
    zone.hours->at(4 * 24 + 22) = 7.25;
    zone.outlook = {.last_visit = at("2027-03-26 22:00"),
                    .next_visit = at("2027-03-27 23:07"),
                    .due_by = at("2027-03-30 23:00"),
                    .max_gap_h = 47.12,
                    .state = RuleState::tight,
                    .hours_left = 3.5};
    return zone;
}

/// A zone of which little may be told, and that the plan leaves out.
inline ReportZone silent_report_zone() {
    return {.id = "X05000002-1",
            .name = "Ribble 1",
            .ward_code = "X05000002",
            .rank = 2,
            .ward_rank = 1,
            .centre = {-2.7, 53.76},
            .radius_m = 200,
            .why = "A patrol zone."};
}

inline ReportPlan sample_report_plan() {
    const geo::Day day(std::chrono::year(2027) / 3 / 27);
    ReportPlan plan{.horizon = {at("2027-03-27 00:00"), at("2027-03-30 00:00")},
                    .units_needed = 2,
                    .notes = {"No plan can keep it: too little time"},
                    .units = {{"West foot 1", schedule::Mode::foot, 2, geo::LonLat{-3.05, 53.82}},
                              {"Car", schedule::Mode::vehicle, 1, std::nullopt}}};
    plan.shifts = {{.unit = "West foot 1",
                    .name = "night",
                    .day = day,
                    .when = geo::TimeSpan{at("2027-03-27 22:00"), at("2027-03-28 04:00")},
                    .visits = {{"X05000001-1",
                                {at("2027-03-27 23:07"), at("2027-03-27 23:22")},
                                schedule::Minutes(6)},
                               {"X05000002-1",
                                {at("2027-03-28 02:11"), at("2027-03-28 02:26")},
                                schedule::Minutes(41),
                                schedule::Reason::risk,
                                schedule::Status::issued},
                               {"X05000001-1",
                                {at("2027-03-28 03:10"), at("2027-03-28 03:25")},
                                schedule::Minutes(40),
                                schedule::Reason::risk}}},
                   {.unit = "Car", .name = "late", .day = day},
                   {.unit = "Car",
                    .name = "late",
                    .day = day + std::chrono::days(1),
                    .visits = {{"X05000001-1", {at("2027-03-28 18:00"), at("2027-03-28 18:15")}}}}};
    return plan;
}

/// Everything that a report can have.
inline ReportData sample_report() {
    ReportData data{.version = "1.2.3",
                    .seed = 7,
                    .zones = {sample_report_zone(), silent_report_zone()},
                    .plan = sample_report_plan(),
                    .method = {{"What counts", "Serious violence."}},
                    .settings = {{"top_wards", "20"}},
                    .warnings = {"one thing"},
                    .tiles = TileLayer{"https://{s}.example.org/{z}/{x}/{y}.png", "Example"}};
    data.totals = {.period = geo::TimeSpan{at("2026-01-01 00:00"), at("2026-05-01 00:00")},
                   .incidents = 100,
                   .in_zones = 47,
                   .share_of_all = 0.47,
                   .share_of_top_wards = 0.71,
                   .wards = 2,
                   .chosen_wards = 2,
                   .tested_against = "the ward's other recorded crime"};
    data.wards = {{.code = "X05000001",
                   .name = "Mereside",
                   .rank = 1,
                   .incidents = 60,
                   .chosen = true,
                   .zones = 1,
                   .outline = {{{-3.1, 53.8}, {-3, 53.8}, {-3, 53.9}, {-3.1, 53.9}}}},
                  {.code = "X05000002", .name = "Ribble", .band = "10 to 24", .outline = {{}}}};
    data.rows = {.read = 120,
                 .used = 100,
                 .left_out = 20,
                 .reasons = {{"no-date", "the date is empty", false, 20},
                             {"stacked-point", "many on one point", true, 8}}};
    data.backtest = {
        .sentence = "The zones held much",
        .origins = 4,
        .test = {at("2026-02-01 00:00"), at("2026-05-01 00:00")},
        .scores = {{"patrol zones", true, 8, 30, 100, ReportEstimate{0.3, 0.2, 0.4},
                    ReportEstimate{12, 8, 16}, 40},
                   {"random", false, 8, 2.5, 100, std::nullopt, std::nullopt, std::nullopt}}};
    return data;
}

} // namespace io
