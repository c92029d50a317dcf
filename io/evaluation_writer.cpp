#include "io/evaluation_writer.hpp"

#include "geo/time_text.hpp"
#include "io/csv_text.hpp"
#include "io/rounding.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace io {

namespace {

using Json = nlohmann::ordered_json;
using cluster::MethodScore;
using cluster::OriginScore;

/// The first day, or the last one included.
std::string first_day(const geo::TimeSpan& span, const geo::TimeZone& time_zone) {
    return geo::iso_text(time_zone.day(span.from));
}
std::string last_day(const geo::TimeSpan& span, const geo::TimeZone& time_zone) {
    return geo::iso_text(time_zone.day(span.to - std::chrono::seconds(1)));
}

constexpr int decimals = 6;

/// The plain sums behind the measures, by name.
std::vector<std::pair<std::string_view, double>> sums_of(const MethodScore& score) {
    const cluster::Tally& tally = score.tally;
    std::vector<std::pair<std::string_view, double>> sums{
        {"zones", static_cast<double>(score.zones)},
        {"held", tally.held},
        {"incidents", tally.incidents},
        {"best_held", tally.best_held},
        {"training_held", tally.training_held},
        {"training_incidents", tally.training_incidents},
        {"covered_km2", tally.covered.square_kilometres()},
        {"area_km2", tally.area.square_kilometres()}};
    if (tally.area.value() > 0 && tally.covered.value() > 0) {
        sums.emplace_back("area_share", tally.covered / tally.area);
        sums.emplace_back("pai_ceiling", tally.area / tally.covered);
    }
    return sums;
}

std::string text_of(double value) {
    return fmt::format("{}", to_decimals(value, decimals));
}

void add_lines(std::string& text, const std::string& origin, const OriginScore& score) {
    for (const MethodScore& method : score.methods) {
        const auto line = [&](std::string_view measure, const std::string& value,
                              const std::string& low, const std::string& high) {
            text += csv_row(std::vector<std::string>{origin, std::string(code(method.method)),
                                                     std::string(measure), value, low, high});
        };
        for (const auto& [measure, value] : sums_of(method)) {
            line(measure, text_of(value), "", "");
        }
        for (std::size_t k = 0; k < cluster::all_measures.size(); ++k) {
            if (const auto& found = method.estimates.at(k)) {
                line(code(cluster::all_measures.at(k)), text_of(found->value), text_of(found->low),
                     text_of(found->high));
            }
        }
    }
}

Json json_of(const MethodScore& score) {
    Json json = {{"method", code(score.method)}};
    for (const auto& [name, value] : sums_of(score)) {
        json[name] = to_decimals(value, decimals);
    }
    json["zones"] = score.zones;
    for (std::size_t k = 0; k < cluster::all_measures.size(); ++k) {
        const auto& found = score.estimates.at(k);
        json[code(cluster::all_measures.at(k))] =
            found ? Json({{"value", to_decimals(found->value, decimals)},
                          {"low", to_decimals(found->low, decimals)},
                          {"high", to_decimals(found->high, decimals)}})
                  : Json();
    }
    return json;
}

Json json_of(const OriginScore& score, const geo::TimeZone& time_zone) {
    const auto days = [&](const geo::TimeSpan& span) {
        return Json({{"from", first_day(span, time_zone)}, {"to", last_day(span, time_zone)}});
    };
    Json json = {{"training", days(score.origin.training)},
                 {"test", days(score.origin.test)},
                 {"wards", score.wards},
                 {"methods", Json::array()}};
    for (const MethodScore& method : score.methods) {
        json["methods"].push_back(json_of(method));
    }
    return json;
}

} // namespace

std::string evaluation_csv(const cluster::Backtest& backtest, const geo::TimeZone& time_zone) {
    std::string text = "origin,method,measure,value,low,high\n";
    for (const OriginScore& origin : backtest.origins) {
        add_lines(text, last_day(origin.origin.training, time_zone), origin);
    }
    add_lines(text, "all", backtest.pooled);
    return text;
}

std::string evaluation_json(const cluster::Backtest& backtest, const EvaluationNotes& notes,
                            const geo::TimeZone& time_zone) {
    Json json = {{"sentence", notes.sentence},
                 {"origins", Json::array()},
                 {"all", json_of(backtest.pooled, time_zone)},
                 {"warnings", notes.warnings}};
    for (const OriginScore& origin : backtest.origins) {
        json["origins"].push_back(json_of(origin, time_zone));
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace io
