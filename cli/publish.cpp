#include "cli/publish.hpp"

#include "cli/report_data.hpp"
#include "geo/error.hpp"
#include "io/calendar_writer.hpp"
#include "io/connection_text.hpp"
#include "io/database_writer.hpp"
#include "io/disclosure.hpp"
#include "io/evaluation_writer.hpp"
#include "io/geopackage_writer.hpp"
#include "io/issues_writer.hpp"
#include "io/qgis_project.hpp"
#include "io/report_json.hpp"
#include "io/report_page.hpp"
#include "io/visits_writer.hpp"
#include "io/wards_writer.hpp"
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
    for (const cluster::Zone& found : result.zones) {
        io::PublishedZone zone = io::published(found);
        zone.visit_length = result.settings->rule.visit;
        if (result.plan != nullptr) {
            // Zones that the plan leaves out have none.
            const auto& outlooks = result.plan->outlooks;
            const auto own = std::find_if(outlooks.begin(), outlooks.end(),
                                          [&](const auto& o) { return o.zone == found.id; });
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
        wards.push_back({.ward = ward,
                         .rank = ranked.rank,
                         .incidents = ranked.incidents,
                         .weight = ranked.weight,
                         .per_square_kilometre = ranked.per_square_kilometre,
                         .chosen = i < result.found->chosen_wards,
                         .zones = zones[ward.code],
                         .count_band = io::count_band(ranked.incidents)});
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
    manifest.options = told_options(*result.settings, result.command);
    manifest.inputs = manifest_inputs(*result.settings, result.evidence, result.command);
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
        manifest.backtest =
            json_of(*result.evaluation, *result.time_zone, result.settings->audience);
    }
    return manifest;
}

void write_texts(const Result& result, const io::Publication& told,
                 const io::OutputFolder& folder) {
    const geo::Projection lonlat("EPSG:4326", result.analysis_crs);
    if (result.settings->audience == io::Audience::everyone) {
        folder.write("wards.geojson", io::wards_geojson(told.wards, lonlat));
        return;
    }
    if (result.found != nullptr || result.plan != nullptr) {
        folder.write("zones.geojson", io::zones_geojson(told.zones, lonlat, *result.time_zone));
    }
    if (result.plan != nullptr) {
        const auto& visits = result.plan->plan.visits;
        folder.write("visits.geojson",
                     io::visits_geojson(visits, told.zones, lonlat, *result.time_zone));
        folder.write("roster.csv", io::roster_csv(visits, told.zones, *result.time_zone));
        folder.write("roster.ics", io::roster_ics(visits, told.zones, lonlat, *result.time_zone,
                                                  result.plan->problem.horizon));
    }
    if (result.evidence != nullptr && result.settings->audience == io::Audience::internal) {
        folder.write("issues.csv",
                     io::issues_csv(result.evidence->incidents.issues, part_names(result)));
    }
    if (result.evaluation != nullptr) {
        folder.write("evaluation.csv",
                     io::evaluation_csv(result.evaluation->backtest, *result.time_zone,
                                        result.settings->audience));
    }
}

void write_report(const Result& result, const io::Publication& told,
                  const io::OutputFolder& folder) {
    const io::ReportData report = report_data(result, told);
    folder.write("report.json", io::report_json(report));
    folder.write("report.html", io::report_html(report));
}

io::LayersContent layers_content(const Result& result, const io::Publication& told,
                                 const std::vector<std::string>& parts) {
    const Settings& settings = *result.settings;
    io::LayersContent content{.crs = result.analysis_crs,
                              .zones = told.zones,
                              .wards = told.wards,
                              .issue_files = parts,
                              .issue_places = settings.with_incidents ? io::IssuePlaces::shown
                                                                      : io::IssuePlaces::hidden,
                              .stamp = plan_horizon(settings, *result.time_zone).from,
                              .audience = settings.audience,
                              .buffer = settings.buffer};
    if (result.evidence != nullptr) {
        content.issues = result.evidence->incidents.issues;
        content.incidents = settings.with_incidents ? &result.evidence->incidents.table : nullptr;
        content.incident_wards = result.evidence->wards.wards;
    }
    if (result.plan != nullptr) {
        content.visits = result.plan->plan.visits;
    }
    return content;
}

/// The GeoPackage, the styles beside the GeoJSON, and the project that opens the layers.
void write_layers(const Result& result, const io::LayersContent& content,
                  const io::OutputFolder& folder) {
    io::write_geopackage(folder.building("patrolzones.gpkg"), content, *result.time_zone);
    io::ProjectOptions project;
    if (result.plan != nullptr) {
        project.times = plan_horizon(*result.settings, *result.time_zone);
    }
    io::write_project(folder.building("patrolzones.qgz"), content, project);
    const auto write_style = [&](io::LayerKind kind) {
        const io::LayerDefinition& layer = io::layer_definition(kind);
        folder.write(std::string(layer.name) + ".qml",
                     io::qml_text(layer, {io::TimeFrame::local, content.audience}));
    };
    if (content.audience == io::Audience::everyone) {
        return;
    }
    if (result.found != nullptr || result.plan != nullptr) {
        write_style(io::LayerKind::zones);
    }
    if (result.plan != nullptr) {
        write_style(io::LayerKind::visits);
    }
}

} // namespace

io::OutputFolder open_output(const Settings& settings) {
    if (settings.publish) {
        io::check_database(*settings.publish);
    }
    return io::OutputFolder(required(settings.out, "out"),
                            settings.overwrite ? io::Existing::replace : io::Existing::refuse);
}

BuiltOutput build_output(const Result& result, io::OutputFolder& folder, Stopwatch& watch) {
    const io::Publication told = told_places(result);
    const std::vector<std::string> parts = part_names(result);
    const io::LayersContent layers = layers_content(result, told, parts);
    watch.time("write", [&] {
        write_texts(result, told, folder);
        for (const auto& [name, text] : result.further_files) {
            folder.write(name, text);
        }
        if (result.command != for_evaluate) {
            write_layers(result, layers, folder);
        }
        if (result.found != nullptr || result.plan != nullptr) {
            write_report(result, told, folder);
        }
    });
    BuiltOutput built{.manifest = manifest_of(result, watch)};
    folder.write("manifest.json", built.manifest);
    folder.bring_to_disk();
    if (result.settings->publish) {
        built.database = std::make_unique<io::DatabasePublication>(*result.settings->publish,
                                                                   layers, *result.time_zone);
    }
    return built;
}

std::string publish(const Result& result, io::OutputFolder& folder, Stopwatch& watch) {
    const BuiltOutput built = build_output(result, folder, watch);
    if (built.database) {
        built.database->commit();
        geo::within(io::without_password(*result.settings->publish) + ": published, but",
                    [&] { folder.commit(); });
    } else {
        folder.commit();
    }
    return built.manifest;
}

io::Publication told_places(const Result& result) {
    return io::disclosed({published_zones(result), published_wards(result)},
                         result.settings->audience);
}

std::string manifest_of(const Result& result, const Stopwatch& watch) {
    return io::manifest_json(
        io::disclosed(manifest_facts(result, watch), result.settings->audience), *result.time_zone);
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
    if (result.settings->with_incidents && result.settings->out) {
        warnings.emplace_back(result.settings->publish ? shares_incident_points
                                                       : holds_incident_points);
    }
    if (result.plan != nullptr) {
        add(result.plan->warnings);
    }
    if (result.evaluation != nullptr) {
        add(result.evaluation->warnings);
    }
    return warnings;
}

} // namespace cli
