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

int decimals(Audience audience) {
    return audience == Audience::internal ? 6 : 2;
}

/// The plain sums behind the measures, by name; the force's own only where they count incidents.
std::vector<std::pair<std::string_view, double>> sums_of(const MethodScore& score,
                                                         Audience audience) {
    const cluster::Tally& tally = score.tally;
    std::vector<std::pair<std::string_view, double>> sums{
        {"zones", static_cast<double>(score.zones)}};
    if (audience == Audience::internal) {
        sums.insert(sums.end(), {{"held", tally.held},
                                 {"incidents", tally.incidents},
                                 {"best_held", tally.best_held},
                                 {"training_held", tally.training_held},
                                 {"training_incidents", tally.training_incidents}});
    }
    sums.emplace_back("covered_km2", tally.covered.square_kilometres());
    sums.emplace_back("area_km2", tally.area.square_kilometres());
    if (tally.area.value() > 0 && tally.covered.value() > 0) {
        sums.emplace_back("area_share", tally.covered / tally.area);
        sums.emplace_back("pai_ceiling", tally.area / tally.covered);
    }
    return sums;
}

void add_lines(std::string& text, const std::string& origin, const OriginScore& score,
               Audience audience) {
    const auto text_of = [&](double value) {
        return fmt::format("{}", to_decimals(value, decimals(audience)));
    };
    for (const MethodScore& method : score.methods) {
        const auto line = [&](std::string_view measure, const std::string& value,
                              const std::string& low, const std::string& high) {
            text += csv_row(std::vector<std::string>{origin, std::string(code(method.method)),
                                                     std::string(measure), value, low, high});
        };
        for (const auto& [measure, value] : sums_of(method, audience)) {
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

Json json_of(const MethodScore& score, Audience audience) {
    const int places = decimals(audience);
    Json json = {{"method", code(score.method)}};
    for (const auto& [name, value] : sums_of(score, audience)) {
        json[name] = to_decimals(value, places);
    }
    json["zones"] = score.zones;
    for (std::size_t k = 0; k < cluster::all_measures.size(); ++k) {
        const auto& found = score.estimates.at(k);
        json[code(cluster::all_measures.at(k))] =
            found ? Json({{"value", to_decimals(found->value, places)},
                          {"low", to_decimals(found->low, places)},
                          {"high", to_decimals(found->high, places)}})
                  : Json();
    }
    return json;
}

Json json_of(const OriginScore& score, const geo::TimeZone& time_zone, Audience audience) {
    const auto days = [&](const geo::TimeSpan& span) {
        return Json({{"from", first_day(span, time_zone)}, {"to", last_day(span, time_zone)}});
    };
    Json json = {{"training", days(score.origin.training)},
                 {"test", days(score.origin.test)},
                 {"wards", score.wards},
                 {"methods", Json::array()}};
    for (const MethodScore& method : score.methods) {
        json["methods"].push_back(json_of(method, audience));
    }
    return json;
}

} // namespace

std::string evaluation_csv(const cluster::Backtest& backtest, const geo::TimeZone& time_zone,
                           Audience audience) {
    std::string text = "origin,method,measure,value,low,high\n";
    if (audience == Audience::internal) {
        for (const OriginScore& origin : backtest.origins) {
            add_lines(text, last_day(origin.origin.training, time_zone), origin, audience);
        }
    }
    add_lines(text, "all", backtest.pooled, audience);
    return text;
}

std::string evaluation_json(const cluster::Backtest& backtest, const EvaluationNotes& notes,
                            const geo::TimeZone& time_zone, Audience audience) {
    const bool counts = audience == Audience::internal;
    Json json = {{"sentence", counts ? Json(notes.sentence) : Json()},
                 {"origins", Json::array()},
                 {"all", json_of(backtest.pooled, time_zone, audience)},
                 {"warnings", counts ? Json(notes.warnings) : Json::array()}};
    if (counts) {
        for (const OriginScore& origin : backtest.origins) {
            json["origins"].push_back(json_of(origin, time_zone, audience));
        }
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace io
