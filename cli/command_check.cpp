#include "cli/command_check.hpp"

#include "cli/publish.hpp"
#include "cli/steps.hpp"
#include "cli/summary.hpp"

namespace cli {

ExitCode run_check(const Settings& settings) {
    Stopwatch watch(settings);
    const geo::TimeZone time_zone(settings.time_zone);
    const Evidence evidence = read_evidence(settings, time_zone, watch);
    const Result result{.settings = &settings,
                        .command = for_check,
                        .time_zone = &time_zone,
                        .analysis_crs = evidence.wards.analysis_crs,
                        .evidence = &evidence};
    std::string manifest;
    if (settings.out) {
        io::OutputFolder folder = open_output(settings);
        manifest = publish(result, folder, watch);
    } else {
        manifest = manifest_of(result, watch);
    }
    print(settings, {all_warnings(result), quality_text(evidence, settings), manifest}, watch);
    return ExitCode::done;
}

} // namespace cli
