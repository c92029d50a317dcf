#include "cli/command_zones.hpp"

#include "cli/publish.hpp"
#include "cli/steps.hpp"
#include "cli/summary.hpp"

namespace cli {

ExitCode run_zones(const Settings& settings) {
    Stopwatch watch(settings);
    const geo::TimeZone time_zone(settings.time_zone);
    io::OutputFolder folder = open_output(settings);
    Evidence evidence = read_evidence(settings, time_zone, watch);
    weigh_incidents(settings, time_zone, evidence);
    const FoundZones found = find_zones(settings, evidence, time_zone, watch);

    Result result{.settings = &settings,
                  .command = for_zones,
                  .time_zone = &time_zone,
                  .analysis_crs = evidence.wards.analysis_crs,
                  .evidence = &evidence,
                  .found = &found,
                  .zones = zones_of(found)};
    if (result.zones.empty()) {
        result.warnings.emplace_back(no_zone_qualifies);
    }
    const std::string manifest = publish(result, folder, watch);
    print(settings, {all_warnings(result), summary_text(result), manifest}, watch);
    return result.exit_code;
}

} // namespace cli
