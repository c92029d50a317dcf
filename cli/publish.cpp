#include "cli/publish.hpp"

#include "io/evaluation_writer.hpp"
#include "io/geopackage_writer.hpp"
#include "io/issues_writer.hpp"
#include "io/visits_writer.hpp"
#include "io/zones_writer.hpp"

#include <algorithm>
#include <map>

#ifndef PATROLZONES_VERSION
#error "the build names the version"
#endif

namespace cli {

namespace {

std::vector<io::PublishedZone> published_zones(const Result& result) {
    std::vector<io::PublishedZone> zones;
    for (std::size_t i = 0; i < result.zones.size(); ++i) {
        io::PublishedZone zone{.zone = result.zones[i],
                               .visit_length = result.settings->rule.visit};
        if (result.plan != nullptr) {
            // Zones that the plan leaves out have none.
            const auto& outlooks = result.plan->outlooks;
            const auto own = std::find_if(outlooks.begin(), outlooks.end(), [&](const auto& o) {
                return o.zone == result.zones[i].id;
            });
            zone.outlook = own != outlooks.end() ? std::optional(*own) : std::nullopt;
        }
        zones.push_back(std::move(zone));
    }
    return zones;
}

std::vector<io::PublishedWard> published_wards(const Result& result) {
    std::vector<io::PublishedWard> wards;
    if (result.found == nullptr) {
        return wards;
    }
    std::map<cluster::WardCode, std::uint32_t> zones;
    for (const cluster::Zone& zone : result.zones) {
        ++zones[zone.ward_code];
    }
    for (std::size_t i = 0; i < result.found->ranking.size(); ++i) {
        const cluster::RankedWard& ranked = result.found->ranking[i];
        const cluster::Ward& ward = result.evidence->wards.wards[ranked.ward];
        wards.push_back({ward, ranked, i < result.found->chosen_wards, zones[ward.code]});
    }
    return wards;
}

std::vector<std::string> part_names(const Result& result) {
    std::vector<std::string> names;
    if (result.evidence != nullptr) {
        for (const io::InputPart& part : result.evidence->incidents.parts) {
            names.push_back(part.name);
        }
    }
    return names;
}

io::ManifestPlan manifest_plan(const CheckedPlan& plan) {
    io::ManifestPlan facts;
    facts.horizon = plan.problem.horizon;
    facts.units = plan.problem.units.size();
    facts.visits = plan.plan.visits.size();
    facts.lower_bound = plan.certificate.lower_bound;
    if (plan.units_needed && plan.units_needed->found) {
        facts.units_needed = *plan.units_needed->found;
    } else if (plan.keeps_rule()) {
        facts.units_needed = plan.certificate.lower_bound;
    }
    if (plan.remedies && plan.remedies->minutes_per_shift) {
        facts.minutes_needed =
            static_cast<std::uint64_t>(plan.remedies->minutes_per_shift->count());
    }
    for (const schedule::Outlook& outlook : plan.outlooks) {
        if (outlook.wish) {
            facts.wishes.push_back({outlook.zone.text(), outlook.wish->a_week, outlook.wish->weeks,
                                    outlook.wish->weeks_reached, outlook.wish->visits_short});
        }
    }
    for (const schedule::Violation& breach : plan.breaches) {
        const bool inherited = breach.kind == schedule::ViolationKind::gap_inherited;
        facts.breaches_inherited += inherited ? 1 : 0;
        facts.breaches_planned += breach.kind == schedule::ViolationKind::gap ? 1 : 0;
    }
    facts.value = plan.quality.worth.value;
    facts.value_bound = plan.quality.bound;
    facts.lift = plan.quality.worth.lift;
    facts.hour_entropy_bits = plan.quality.predictability.zone_entropy;
    facts.likeliest_hour = plan.quality.predictability.likeliest_hour;
    if (plan.quality.chance) {
        facts.chance_costs = plan.quality.chance->value;
        facts.chance_costs_lift = plan.quality.chance->lift;
    }
    facts.travel_minutes = static_cast<std::uint64_t>(plan.quality.travel.count());
    return facts;
}

io::Manifest manifest_facts(const Result& result, const Stopwatch& watch) {
    io::Manifest manifest;
    manifest.version = PATROLZONES_VERSION;
    manifest.exit_code = static_cast<int>(result.exit_code);
    manifest.seed = result.settings->plan.seed;
    manifest.options = effective_options(*result.settings, result.command);
    manifest.inputs = manifest_inputs(*result.settings, result.evidence);
    manifest.warnings = all_warnings(result);
    manifest.timings_s = watch.seconds();
    if (result.evidence != nullptr) {
        const io::ReadIncidents& incidents = result.evidence->incidents;
        for (const auto& [reason, rows] : rows_by_reason(incidents.issues, io::Action::left_out)) {
            manifest.left_out.emplace_back(io::code(reason), rows);
        }
        manifest.projection = incidents.projection;
    }
    if (result.found != nullptr) {
        const auto& ranking = result.found->ranking;
        const auto with =
            std::count_if(ranking.begin(), ranking.end(),
                          [](const cluster::RankedWard& w) { return w.incidents > 0; });
        manifest.wards = {ranking.size(), static_cast<std::uint64_t>(with),
                          result.found->chosen_wards};
        manifest.zones = {result.zones.size(), result.found->in_zones.incidents,
                          result.plan != nullptr ? result.plan->zones_in_breach() : 0};
    }
    if (result.plan != nullptr) {
        manifest.plan = manifest_plan(*result.plan);
    }
    if (result.evaluation != nullptr) {
        manifest.backtest = json_of(*result.evaluation, *result.time_zone);
    }
    return manifest;
}

void write_texts(const Result& result, std::span<const io::PublishedZone> zones,
                 const io::OutputFolder& folder) {
    const geo::Projection lonlat("EPSG:4326", result.analysis_crs);
    if (result.found != nullptr || result.plan != nullptr) {
        folder.write("zones.geojson", io::zones_geojson(zones, lonlat, *result.time_zone));
    }
    if (result.plan != nullptr) {
        const auto& visits = result.plan->plan.visits;
        folder.write("visits.geojson",
                     io::visits_geojson(visits, zones, lonlat, *result.time_zone));
        folder.write("roster.csv", io::roster_csv(visits, zones, *result.time_zone));
    }
    if (result.evidence != nullptr) {
        folder.write("issues.csv",
                     io::issues_csv(result.evidence->incidents.issues, part_names(result)));
    }
    if (result.evaluation != nullptr) {
        folder.write("evaluation.csv",
                     io::evaluation_csv(result.evaluation->backtest, *result.time_zone));
    }
}

void write_package(const Result& result, std::span<const io::PublishedZone> zones,
                   const io::OutputFolder& folder) {
    const std::vector<io::PublishedWard> wards = published_wards(result);
    const std::vector<std::string> names = part_names(result);
    io::GeoPackageContent content{.crs = result.analysis_crs,
                                  .zones = zones,
                                  .wards = wards,
                                  .issue_files = names,
                                  .issue_places = result.settings->with_incidents
                                                      ? io::IssuePlaces::shown
                                                      : io::IssuePlaces::hidden,
                                  .stamp = plan_horizon(*result.settings, *result.time_zone).from};
    if (result.evidence != nullptr) {
        content.issues = result.evidence->incidents.issues;
    }
    if (result.plan != nullptr) {
        content.visits = result.plan->plan.visits;
    }
    io::write_geopackage(folder.building("patrolzones.gpkg"), content, *result.time_zone);
}

} // namespace

io::OutputFolder open_output(const Settings& settings) {
    return io::OutputFolder(required(settings.out, "out"),
                            settings.overwrite ? io::Existing::replace : io::Existing::refuse);
}

std::string publish(const Result& result, io::OutputFolder& folder, Stopwatch& watch) {
    const std::vector<io::PublishedZone> zones = published_zones(result);
    watch.time("write", [&] {
        write_texts(result, zones, folder);
        if (result.command != for_evaluate) {
            write_package(result, zones, folder);
        }
    });
    std::string manifest = manifest_of(result, watch);
    folder.write("manifest.json", manifest);
    folder.commit();
    return manifest;
}

std::string manifest_of(const Result& result, const Stopwatch& watch) {
    return io::manifest_json(manifest_facts(result, watch), *result.time_zone);
}

std::vector<std::string> all_warnings(const Result& result) {
    std::vector<std::string> warnings;
    const auto add = [&](const std::vector<std::string>& more) {
        warnings.insert(warnings.end(), more.begin(), more.end());
    };
    if (result.evidence != nullptr) {
        add(result.evidence->wards.warnings);
        add(result.evidence->incidents.warnings);
    }
    add(result.warnings);
    if (result.plan != nullptr) {
        add(result.plan->warnings);
    }
    if (result.evaluation != nullptr) {
        add(result.evaluation->warnings);
    }
    return warnings;
}

} // namespace cli
