#include "cli/command_evaluate.hpp"

#include "cli/evaluation.hpp"
#include "cli/evaluation_text.hpp"
#include "cli/publish.hpp"
#include "cli/summary.hpp"

namespace cli {

ExitCode run_evaluate(const Settings& settings) {
    Stopwatch watch(settings);
    const geo::TimeZone time_zone(settings.time_zone);
    std::optional<io::OutputFolder> folder;
    if (settings.out) {
        folder.emplace(*settings.out,
                       settings.overwrite ? io::Existing::replace : io::Existing::refuse);
    }
    Settings reading = settings;
    reading.to = settings.test_to ? settings.test_to : settings.to;
    const Evidence evidence = read_evidence(reading, time_zone, watch);
    const Evaluation evaluation = evaluate(settings, evidence, time_zone, watch);

    const Result result{.settings = &settings,
                        .command = for_evaluate,
                        .time_zone = &time_zone,
                        .analysis_crs = evidence.wards.analysis_crs,
                        .evidence = &evidence,
                        .evaluation = &evaluation};
    if (folder) {
        publish(result, *folder, watch);
    }
    print(settings,
          {all_warnings(result), evaluation_text(evaluation.backtest, time_zone),
           json_of(evaluation, time_zone, settings.audience)},
          watch);
    return ExitCode::done;
}

} // namespace cli
