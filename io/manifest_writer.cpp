#include "io/manifest_writer.hpp"

#include "geo/time_text.hpp"
#include "io/rounding.hpp"

#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <type_traits>

namespace io {

namespace {

using Json = nlohmann::ordered_json;

template <typename T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json();
}

Json json_of(const OptionValue& value) {
    return std::visit(
        [](const auto& held) {
            if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::monostate>) {
                return Json();
            } else {
                return Json(held);
            }
        },
        value);
}

Json json_of(const std::vector<EffectiveOption>& options) {
    Json all = Json::object();
    for (const auto& [key, value] : options) {
        const std::size_t dot = key.find('.');
        if (dot == std::string::npos) {
            all[key] = json_of(value);
        } else {
            all[key.substr(0, dot)][key.substr(dot + 1)] = json_of(value);
        }
    }
    return all;
}

Json json_of(const ManifestInput& input) {
    Json json = {{"path", input.path}, {"sha256", or_null(input.sha256)}};
    if (input.rows) {
        json["rows_read"] = input.rows->read;
        json["rows_used"] = input.rows->used;
        json["rows_left_out"] = input.rows->left_out;
        json["rows_baseline"] = input.rows->baseline;
    }
    return json;
}

Json json_of(const geo::ProjectionFacts& facts) {
    return {{"from", facts.from},
            {"to", facts.to},
            {"operation", facts.operation},
            {"accuracy_m", or_null(facts.accuracy_m)}};
}

Json json_of(const ManifestWards& wards) {
    return {{"read", wards.read},
            {"with_incidents", or_null(wards.with_incidents)},
            {"chosen", or_null(wards.chosen)}};
}

Json json_of(const ManifestZones& zones) {
    return {{"found", zones.found},
            {"incidents", or_null(zones.incidents)},
            {"rule_broken", zones.rule_broken}};
}

double rounded(double value) {
    return to_decimals(value, 4);
}

std::optional<double> rounded(const std::optional<double>& value) {
    return value ? std::optional(rounded(*value)) : std::nullopt;
}

Json json_of(const ManifestWish& wish) {
    return {{"zone_id", wish.zone},
            {"a_week", wish.a_week},
            {"weeks", wish.weeks},
            {"weeks_reached", wish.weeks_reached},
            {"visits_short", wish.visits_short}};
}

Json json_of(const ManifestPlan& plan, const geo::TimeZone& time_zone) {
    Json json = {{"start", geo::iso_text(plan.horizon.from, time_zone)},
                 {"end", geo::iso_text(plan.horizon.to, time_zone)},
                 {"units", plan.units},
                 {"units_needed", or_null(plan.units_needed)},
                 {"visits", plan.visits},
                 {"lower_bound", or_null(plan.lower_bound)},
                 {"breaches_inherited", plan.breaches_inherited},
                 {"breaches_planned", plan.breaches_planned},
                 {"value", rounded(plan.value)},
                 {"value_bound", or_null(rounded(plan.value_bound))},
                 {"lift", rounded(plan.lift)},
                 {"hour_entropy_bits", rounded(plan.hour_entropy_bits)},
                 {"likeliest_hour", rounded(plan.likeliest_hour)},
                 {"chance_costs", or_null(rounded(plan.chance_costs))},
                 {"chance_costs_lift", or_null(rounded(plan.chance_costs_lift))},
                 {"travel_minutes", plan.travel_minutes}};
    if (plan.minutes_needed) {
        json["minutes_needed"] = *plan.minutes_needed;
    }
    for (const ManifestWish& wish : plan.wishes) {
        json["wanted"].push_back(json_of(wish));
    }
    return json;
}

void add_parts(Json& json, const Manifest& manifest, const geo::TimeZone& time_zone) {
    json["projection"] = manifest.projection ? json_of(*manifest.projection) : Json();
    json["wards"] = manifest.wards ? json_of(*manifest.wards) : Json();
    json["zones"] = manifest.zones ? json_of(*manifest.zones) : Json();
    json["plan"] = manifest.plan ? json_of(*manifest.plan, time_zone) : Json();
    if (manifest.backtest) {
        json["backtest"] = Json::parse(*manifest.backtest);
    }
}

} // namespace

std::string manifest_json(const Manifest& manifest, const geo::TimeZone& time_zone) {
    Json json = {{"program", "patrolzones"},
                 {"version", manifest.version},
                 {"exit_code", manifest.exit_code},
                 {"seed", manifest.seed},
                 {"options", json_of(manifest.options)},
                 {"inputs", Json::array()},
                 {"left_out", Json::object()}};
    for (const ManifestInput& input : manifest.inputs) {
        json["inputs"].push_back(json_of(input));
    }
    for (const auto& [reason, rows] : manifest.left_out) {
        json["left_out"][reason] = rows;
    }
    add_parts(json, manifest, time_zone);
    json["warnings"] = manifest.warnings;
    json["timings_s"] = Json::object();
    for (const auto& [step, seconds] : manifest.timings_s) {
        json["timings_s"][step] = to_decimals(seconds, 3);
    }
    json["peak_memory_mb"] = to_decimals(peak_memory_mb(), 1);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

double peak_memory_mb() {
    struct rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024 / 1e6; // Linux counts in KiB
}

} // namespace io
