#include "cli/command_schedule.hpp"

#include "cli/publish.hpp"
#include "cli/simulate.hpp"
#include "cli/steps.hpp"
#include "cli/summary.hpp"
#include "io/profile_reader.hpp"
#include "io/zones_reader.hpp"

#include <fmt/format.h>

namespace cli {

namespace {

/// Zones as places; their risk comes from the profile, else from their weight, even over the week.
std::vector<schedule::Place> places_of(const std::vector<cluster::Zone>& zones,
                                       const Settings& settings,
                                       std::vector<std::string>& warnings) {
    std::map<cluster::ZoneId, schedule::WeekProfile> profiles;
    if (settings.profile) {
        profiles = io::read_profile(*settings.profile);
    }
    std::vector<schedule::Place> places;
    std::size_t without = 0;
    for (const cluster::Zone& zone : zones) {
        schedule::Place place{.zone = zone.id,
                              .centre = zone.disc.centre,
                              .radius = zone.disc.radius,
                              .ward_code = zone.ward_code.text(),
                              .ward_name = zone.ward_name};
        const auto profile = profiles.find(zone.id);
        if (profile != profiles.end()) {
            place.risk = profile->second;
        } else {
            place.risk.fill(zone.evidence.weight / static_cast<double>(place.risk.size()));
            ++without;
        }
        places.push_back(std::move(place));
    }
    if (settings.profile && without > 0) {
        warnings.push_back(
            fmt::format("{}: no rows for {} of {} zones; their risk is taken as even over the week",
                        *settings.profile, without, zones.size()));
    }
    return places;
}

} // namespace

ExitCode run_schedule(const Settings& settings) {
    Stopwatch watch(settings);
    const geo::TimeZone time_zone(settings.time_zone);
    io::OutputFolder folder = open_output(settings);
    const io::ReadZones read = watch.time("read zones", [&] {
        return io::read_zones(required(settings.zones, "zones"), settings.analysis_crs);
    });
    Result result{.settings = &settings,
                  .command = for_schedule,
                  .time_zone = &time_zone,
                  .analysis_crs = read.analysis_crs,
                  .zones = read.zones,
                  .warnings = read.warnings};
    const CheckedPlan plan =
        make_checked_plan(settings, places_of(read.zones, settings, result.warnings), {},
                          read.analysis_crs, time_zone, watch);
    result.plan = &plan;
    result.exit_code = plan.keeps_rule() ? ExitCode::done : ExitCode::rule_broken;
    const std::string manifest = publish(result, folder, watch);
    Report report{all_warnings(result), summary_text(result), manifest};
    if (settings.simulate || settings.target_breach) {
        const Simulated simulated = simulate_plan(settings, plan, time_zone, watch);
        report.warnings.insert(report.warnings.end(), simulated.warnings.begin(),
                               simulated.warnings.end());
        report.text += simulation_text(simulated, settings, plan);
        report.json = with_simulation(manifest, simulated, settings, plan);
    }
    print(settings, report, watch);
    return result.exit_code;
}

} // namespace cli
