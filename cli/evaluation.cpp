#include "cli/evaluation.hpp"

#include "cli/evaluation_text.hpp"
#include "cli/origins.hpp"
#include "io/evaluation_writer.hpp"

namespace cli {

Evaluation evaluate(const Settings& settings, const Evidence& evidence,
                    const geo::TimeZone& time_zone, Stopwatch& watch) {
    const cluster::IncidentTable& table = evidence.incidents.table;
    const cluster::BacktestOptions options{.making = {.hotspots = settings.hotspots,
                                                      .weighting = weighting_of(settings),
                                                      .seed = settings.plan.seed},
                                           .origins = origins_of(settings, table, time_zone)};
    Evaluation evaluation;
    evaluation.backtest = watch.time(
        "back-test", [&] { return cluster::run_backtest(evidence.wards.wards, table, options); });
    evaluation.sentence = evaluation_sentence(evaluation.backtest.origins.back(), time_zone);
    evaluation.warnings = split_warnings(options.origins, table, time_zone);
    return evaluation;
}

std::string json_of(const Evaluation& evaluation, const geo::TimeZone& time_zone,
                    io::Audience audience) {
    return io::evaluation_json(evaluation.backtest,
                               {.sentence = evaluation.sentence, .warnings = evaluation.warnings},
                               time_zone, audience);
}

} // namespace cli
