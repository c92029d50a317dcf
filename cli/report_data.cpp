#include "cli/report_data.hpp"

#include "cli/evaluation_text.hpp"
#include "cli/report_method.hpp"
#include "cli/report_plan.hpp"
#include "cli/report_wards.hpp"
#include "cluster/trend.hpp"
#include "io/disclosure.hpp"

#include <algorithm>

namespace cli {

namespace {

/// What the evidence says of a zone, as far as it may be told.
void add_evidence(io::ReportZone& report, const io::PublishedEvidence& evidence) {
    report.incidents = evidence.incidents;
    if (evidence.interval) {
        report.count_low = evidence.interval->low;
        report.count_high = evidence.interval->high;
    }
    report.weight = evidence.weight;
    report.ward_share = evidence.ward_share;
    report.pai = evidence.pai;
    report.p_value = evidence.p_value;
    report.q_value = evidence.q_value;
    report.peak = evidence.peak;
    if (evidence.trend) {
        report.trend = cluster::word(*evidence.trend);
    }
    report.offences = evidence.offences;
}

std::vector<io::ReportMonth> report_months(std::span<const cluster::MonthCount> counted,
                                           const geo::TimeZone& time_zone, io::Audience audience) {
    std::vector<std::uint32_t> counts;
    std::transform(counted.begin(), counted.end(), std::back_inserter(counts),
                   [](const cluster::MonthCount& count) { return count.incidents; });
    const auto told = io::disclosed_counts(counts, audience);
    std::vector<io::ReportMonth> months;
    for (std::size_t i = 0; i < counted.size(); ++i) {
        const std::chrono::year_month_day first(time_zone.day(counted[i].month.from));
        months.push_back({first.year() / first.month(), told[i]});
    }
    return months;
}

/// Whether the months that the data span may be told. Unless somebody set both ends of the window,
/// they are the first and the last incident's own, which only the force may know.
bool may_tell_period(const Settings& settings) {
    return settings.audience == io::Audience::internal || (settings.from && settings.to);
}

/// What only the zones just found have.
void add_history(io::ReportZone& report, const cluster::BuiltZone& built, const Result& result) {
    const io::Audience audience = result.settings->audience;
    if (report.pai && built.own.area > 0) {
        report.pai_ceiling = 1 / built.own.area;
    }
    // What is made of a count goes with it.
    if (report.incidents && may_tell_period(*result.settings)) {
        report.months = report_months(built.months, *result.time_zone, audience);
    }
    if (audience == io::Audience::internal &&
        std::any_of(built.recorded.begin(), built.recorded.end(), [](double n) { return n > 0; })) {
        report.hours = built.recorded;
    }
}

io::ReportZone report_zone(const io::PublishedZone& zone, const geo::Projection& lonlat) {
    const geo::SourcePoint centre = lonlat.from_grid(zone.disc.centre);
    io::ReportZone report{.id = zone.id.text(),
                          .name = zone.name,
                          .ward_code = zone.ward_code.text(),
                          .rank = zone.rank,
                          .ward_rank = zone.ward_rank,
                          .centre = {centre.x, centre.y},
                          .radius_m = zone.disc.radius.value(),
                          .why = zone.why};
    add_evidence(report, zone.evidence);
    return report;
}

const cluster::BuiltZone* built_zone(const Result& result, const cluster::ZoneId& id) {
    if (result.found == nullptr) {
        return nullptr;
    }
    const auto& zones = result.found->zones;
    const auto found = std::find_if(zones.begin(), zones.end(),
                                    [&](const auto& built) { return built.zone.id == id; });
    return found == zones.end() ? nullptr : &*found;
}

std::vector<io::ReportZone> report_zones(const Result& result,
                                         std::span<const io::PublishedZone> zones,
                                         const geo::Projection& lonlat) {
    std::vector<io::ReportZone> report;
    for (const io::PublishedZone& published : zones) {
        io::ReportZone zone = report_zone(published, lonlat);
        if (const cluster::BuiltZone* built = built_zone(result, published.id)) {
            add_history(zone, *built, result);
        }
        if (published.outlook) {
            zone.outlook = report_outlook(*published.outlook, result.plan->problem);
        }
        report.push_back(std::move(zone));
    }
    return report;
}

/// What partners are told of it, too.
io::ReportTotals report_frame(const Result& result) {
    return {.period = may_tell_period(*result.settings) ? std::optional(result.found->period)
                                                        : std::nullopt,
            .wards = result.found->ranking.size(),
            .tested_against = tested_against(result)};
}

io::ReportTotals report_totals(const Result& result) {
    const FoundZones& found = *result.found;
    double ward_weight = 0;
    for (std::size_t i = 0; i < found.chosen_wards; ++i) {
        ward_weight += found.ranking[i].weight;
    }
    const auto share = [&](double of) {
        return of > 0 ? std::optional(found.in_zones.weight / of) : std::nullopt;
    };
    io::ReportTotals totals = report_frame(result);
    totals.incidents = result.evidence->incidents.table.incidents.size();
    totals.in_zones = found.in_zones.incidents;
    totals.share_of_all = share(found.weight);
    totals.share_of_top_wards = share(ward_weight);
    totals.chosen_wards = found.chosen_wards;
    return totals;
}

io::ReportRows report_rows(const io::ReadIncidents& incidents) {
    io::ReportRows rows;
    for (const io::InputFile& file : incidents.files) {
        rows.read += file.rows.rows_read;
        rows.used += file.rows.rows_used;
        rows.left_out += file.rows.rows_left_out;
    }
    for (const io::Action action : {io::Action::left_out, io::Action::used}) {
        for (const auto& [reason, number] : rows_by_reason(incidents.issues, action)) {
            rows.reasons.push_back({std::string(io::code(reason)), std::string(io::meaning(reason)),
                                    action == io::Action::used, number});
        }
    }
    return rows;
}

std::optional<io::ReportEstimate> report_estimate(const cluster::MethodScore& score,
                                                  cluster::Measure measure) {
    const auto& found = score.estimates.at(static_cast<std::size_t>(measure));
    return found ? std::optional(io::ReportEstimate{found->value, found->low, found->high})
                 : std::nullopt;
}

io::ReportScore report_score(const cluster::MethodScore& score) {
    const cluster::Tally& tally = score.tally;
    return {.name = std::string(name(score.method)),
            .ours = score.method == cluster::Method::zones,
            .zones = score.zones,
            .held = tally.held,
            .incidents = tally.incidents,
            .hit_rate = report_estimate(score, cluster::Measure::hit_rate),
            .pai = report_estimate(score, cluster::Measure::pai),
            .pai_ceiling = tally.covered.value() > 0 ? std::optional(tally.area / tally.covered)
                                                     : std::nullopt};
}

io::ReportBacktest report_backtest(const Evaluation& evaluation) {
    const cluster::OriginScore& pooled = evaluation.backtest.pooled;
    io::ReportBacktest report{.sentence = evaluation.sentence,
                              .origins = evaluation.backtest.origins.size(),
                              .test = pooled.origin.test};
    std::transform(pooled.methods.begin(), pooled.methods.end(), std::back_inserter(report.scores),
                   report_score);
    return report;
}

std::optional<io::TileLayer> tile_layer(const Settings& settings) {
    return settings.tile_url ? std::optional(io::TileLayer{*settings.tile_url,
                                                           settings.tile_attribution.value_or("")})
                             : std::nullopt;
}

/// What the force alone is told.
void add_internal_parts(io::ReportData& data, const Result& result) {
    data.warnings = all_warnings(result);
    if (result.found != nullptr) {
        data.totals = report_totals(result);
    }
    if (result.evidence != nullptr) {
        data.rows = report_rows(result.evidence->incidents);
    }
    if (result.evaluation != nullptr) {
        data.backtest = report_backtest(*result.evaluation);
    }
}

} // namespace

io::ReportData report_data(const Result& result, const io::Publication& told) {
    const Settings& settings = *result.settings;
    const geo::Projection lonlat("EPSG:4326", result.analysis_crs);
    io::ReportData data{.version = PATROLZONES_VERSION,
                        .seed = settings.plan.seed,
                        .time_zone = settings.time_zone,
                        .audience = std::string(io::word(settings.audience)),
                        .wards = report_wards(told.wards, lonlat),
                        .zones = report_zones(result, told.zones, lonlat),
                        .method = report_method(result),
                        .settings = report_settings(result),
                        .tiles = tile_layer(settings)};
    if (settings.audience == io::Audience::internal) {
        add_internal_parts(data, result);
    } else if (settings.audience == io::Audience::partner && result.found != nullptr) {
        data.totals = report_frame(result);
    }
    if (settings.audience != io::Audience::everyone && result.plan != nullptr) {
        data.plan = report_plan(*result.plan, lonlat);
    }
    return data;
}

} // namespace cli
