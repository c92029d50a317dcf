#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/file_text.hpp"
#include "io/report_json.hpp"
#include "io/report_words.hpp"
#include "io/words.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace io {

namespace {

using Json = nlohmann::json;

/// A value that is not what the format says; the words come after the member's name.
geo::Error fault(const std::string& what) {
    return {geo::ErrorKind::input,
            what + "; make the folder again with patrolzones run --overwrite"};
}

template <typename Value>
std::optional<Value> optional_at(const Json& object, const char* key) {
    const Json& value = object.at(key);
    return value.is_null() ? std::nullopt : std::optional(value.get<Value>());
}

template <typename Value>
Value value_at(const Json& object, const char* key) {
    return object.at(key).get<Value>();
}

std::string text_at(const Json& object, const char* key) {
    return object.at(key).get<std::string>();
}

/// The items of a list, each read by `read`.
template <typename Read>
auto list_at(const Json& object, const char* key, Read&& read) {
    std::vector<decltype(read(object))> items;
    for (const Json& item : object.at(key)) {
        items.push_back(read(item));
    }
    return items;
}

template <typename Words>
auto meant(const std::string& text, const Words& words) {
    const auto found = std::ranges::find_if(words, [&](const auto& w) { return w.first == text; });
    if (found == words.end()) {
        throw fault(fmt::format("'{}' is none of its words", text));
    }
    return found->second;
}

geo::ReadTime time_of(const std::string& text) {
    const auto time = geo::read_time(text);
    if (!time) {
        throw fault(fmt::format("'{}' is no time", text));
    }
    return *time;
}

geo::Day day_of(const std::string& text) {
    return std::chrono::floor<std::chrono::days>(time_of(text).wall);
}

/// Reads times, which may lack an offset, by the wall clock of one zone.
class Reader {
  public:
    explicit Reader(const std::string& time_zone) : zone_(time_zone) {}

    geo::Instant time(const Json& object, const char* key) const {
        return geo::first_instant(time_of(text_at(object, key)), zone_);
    }
    std::optional<geo::Instant> optional_time(const Json& object, const char* key) const {
        return object.at(key).is_null() ? std::nullopt : std::optional(time(object, key));
    }
    geo::TimeSpan span(const Json& object) const {
        return {time(object, "from"), time(object, "to")};
    }

    ReportOutlook outlook(const Json& json) const {
        return {.last_visit = optional_time(json, "last_visit"),
                .next_visit = optional_time(json, "next_visit"),
                .due_by = time(json, "due_by"),
                .max_gap_h = value_at<double>(json, "max_gap_h"),
                .state = meant(text_at(json, "state"), rule_state_words),
                .hours_left = value_at<double>(json, "hours_left")};
    }

    ReportVisit visit(const Json& json) const {
        const auto reason = reason_of(text_at(json, "reason"));
        const auto status = status_of(text_at(json, "status"));
        if (!reason || !status) {
            throw fault("a visit has a reason or status that is none");
        }
        return {.zone = text_at(json, "zone"),
                .when = {time(json, "start"), time(json, "end")},
                .travel = schedule::Minutes(value_at<int>(json, "travel_min")),
                .reason = *reason,
                .status = *status};
    }

    ReportShift shift(const Json& json) const {
        return {.unit = text_at(json, "unit"),
                .name = text_at(json, "name"),
                .day = day_of(text_at(json, "day")),
                .when =
                    json.at("when").is_null() ? std::nullopt : std::optional(span(json.at("when"))),
                .visits = list_at(json, "visits", [&](const Json& v) { return visit(v); })};
    }

  private:
    geo::TimeZone zone_;
};

geo::LonLat place(const Json& json) {
    return {json.at(0).get<double>(), json.at(1).get<double>()};
}

ReportMonth month(const Json& json) {
    const geo::Day first = day_of(text_at(json, "month") + "-01");
    const std::chrono::year_month_day date(first);
    return {.month = date.year() / date.month(),
            .incidents = optional_at<std::uint32_t>(json, "incidents")};
}

std::optional<cluster::WeekProfile> hours(const Json& json) {
    if (json.is_null()) {
        return std::nullopt;
    }
    if (json.size() != cluster::WeekProfile().size()) {
        throw fault("hours: a week has 168 of them");
    }
    cluster::WeekProfile profile{};
    std::ranges::transform(json, profile.begin(), [](const Json& h) { return h.get<double>(); });
    return profile;
}

ReportZone zone(const Json& json, const Reader& reader) {
    return {.id = text_at(json, "id"),
            .name = text_at(json, "name"),
            .ward_code = text_at(json, "ward_code"),
            .rank = value_at<unsigned>(json, "rank"),
            .ward_rank = value_at<unsigned>(json, "ward_rank"),
            .centre = place(json.at("centre")),
            .radius_m = value_at<double>(json, "radius_m"),
            .incidents = optional_at<std::uint32_t>(json, "incidents"),
            .count_low = optional_at<double>(json, "count_low"),
            .count_high = optional_at<double>(json, "count_high"),
            .weight = optional_at<double>(json, "weight"),
            .ward_share = optional_at<double>(json, "ward_share"),
            .pai = optional_at<double>(json, "pai"),
            .pai_ceiling = optional_at<double>(json, "pai_ceiling"),
            .p_value = optional_at<double>(json, "p_value"),
            .q_value = optional_at<double>(json, "q_value"),
            .peak = optional_at<std::string>(json, "peak"),
            .trend = optional_at<std::string>(json, "trend"),
            .offences = optional_at<std::string>(json, "offences"),
            .why = text_at(json, "why"),
            .months = list_at(json, "months", month),
            .hours = hours(json.at("hours")),
            .outlook = json.at("outlook").is_null()
                           ? std::nullopt
                           : std::optional(reader.outlook(json.at("outlook")))};
}

std::vector<geo::LonLat> ring(const Json& json) {
    std::vector<geo::LonLat> points;
    std::ranges::transform(json, std::back_inserter(points), place);
    return points;
}

ReportWard ward(const Json& json) {
    return {.code = text_at(json, "code"),
            .name = text_at(json, "name"),
            .rank = optional_at<unsigned>(json, "rank"),
            .incidents = optional_at<std::uint32_t>(json, "incidents"),
            .band = optional_at<std::string>(json, "band"),
            .chosen = optional_at<bool>(json, "chosen"),
            .zones = optional_at<std::uint32_t>(json, "zones"),
            .outline = list_at(json, "outline", ring)};
}

ReportUnit unit(const Json& json) {
    return {.name = text_at(json, "name"),
            .mode = meant(text_at(json, "mode"), mode_words),
            .officers = value_at<unsigned>(json, "officers"),
            .base =
                json.at("base").is_null() ? std::nullopt : std::optional(place(json.at("base")))};
}

/// \param report the whole object, which has the shifts beside the plan.
std::optional<ReportPlan> plan(const Json& report, const Reader& reader) {
    const Json& json = report.at("plan");
    if (json.is_null()) {
        return std::nullopt;
    }
    return ReportPlan{
        .horizon = {reader.time(json, "start"), reader.time(json, "end")},
        .visit = schedule::Minutes(value_at<int>(json, "visit_min")),
        .max_gap = std::chrono::hours(value_at<int>(json, "max_gap_h")),
        .plan_gap = std::chrono::hours(value_at<int>(json, "plan_gap_h")),
        .duty_days = value_at<bool>(json, "duty_days"),
        .units_needed = optional_at<std::uint64_t>(json, "units_needed"),
        .default_units = value_at<bool>(json, "default_units"),
        .notes = value_at<std::vector<std::string>>(json, "notes"),
        .units = list_at(json, "units", unit),
        .shifts = list_at(report, "shifts", [&](const Json& s) { return reader.shift(s); })};
}

std::optional<ReportTotals> totals(const Json& json, const Reader& reader) {
    if (json.is_null()) {
        return std::nullopt;
    }
    const Json& period = json.at("period");
    return ReportTotals{.period =
                            period.is_null() ? std::nullopt : std::optional(reader.span(period)),
                        .incidents = optional_at<std::uint64_t>(json, "incidents"),
                        .in_zones = optional_at<std::uint64_t>(json, "in_zones"),
                        .share_of_all = optional_at<double>(json, "share_of_all"),
                        .share_of_top_wards = optional_at<double>(json, "share_of_top_wards"),
                        .wards = value_at<std::uint64_t>(json, "wards"),
                        .chosen_wards = optional_at<std::uint64_t>(json, "chosen_wards"),
                        .tested_against = text_at(json, "tested_against")};
}

ReportReason reason(const Json& json) {
    return {.code = text_at(json, "code"),
            .meaning = text_at(json, "meaning"),
            .used = value_at<bool>(json, "used"),
            .rows = value_at<std::uint64_t>(json, "rows")};
}

std::optional<ReportRows> rows(const Json& json) {
    if (json.is_null()) {
        return std::nullopt;
    }
    return ReportRows{.read = value_at<std::uint64_t>(json, "read"),
                      .used = value_at<std::uint64_t>(json, "used"),
                      .left_out = value_at<std::uint64_t>(json, "left_out"),
                      .reasons = list_at(json, "reasons", reason)};
}

std::optional<ReportEstimate> estimate(const Json& json) {
    if (json.is_null()) {
        return std::nullopt;
    }
    return ReportEstimate{.value = value_at<double>(json, "value"),
                          .low = value_at<double>(json, "low"),
                          .high = value_at<double>(json, "high")};
}

ReportScore score(const Json& json) {
    return {.name = text_at(json, "name"),
            .ours = value_at<bool>(json, "ours"),
            .zones = value_at<std::uint64_t>(json, "zones"),
            .held = value_at<double>(json, "held"),
            .incidents = value_at<double>(json, "incidents"),
            .hit_rate = estimate(json.at("hit_rate")),
            .pai = estimate(json.at("pai")),
            .pai_ceiling = optional_at<double>(json, "pai_ceiling")};
}

std::optional<ReportBacktest> backtest(const Json& json, const Reader& reader) {
    if (json.is_null()) {
        return std::nullopt;
    }
    return ReportBacktest{.sentence = text_at(json, "sentence"),
                          .origins = value_at<std::uint64_t>(json, "origins"),
                          .test = reader.span(json.at("test")),
                          .scores = list_at(json, "scores", score)};
}

std::optional<TileLayer> tiles(const Json& json) {
    if (json.is_null()) {
        return std::nullopt;
    }
    return TileLayer{.url = text_at(json, "url"), .attribution = text_at(json, "attribution")};
}

ReportData report(const Json& json) {
    const Reader reader(text_at(json, "time_zone"));
    const auto zone_with_times = [&](const Json& z) { return zone(z, reader); };
    return {.version = text_at(json, "version"),
            .seed = value_at<std::uint64_t>(json, "seed"),
            .time_zone = text_at(json, "time_zone"),
            .audience = text_at(json, "audience"),
            .totals = totals(json.at("totals"), reader),
            .wards = list_at(json, "wards", ward),
            .zones = list_at(json, "zones", zone_with_times),
            .plan = plan(json, reader),
            .rows = rows(json.at("rows")),
            .backtest = backtest(json.at("backtest"), reader),
            .method = list_at(json, "method",
                              [](const Json& p) {
                                  return ReportParagraph{text_at(p, "heading"), text_at(p, "text")};
                              }),
            .settings = list_at(json, "settings",
                                [](const Json& s) {
                                    return ReportSetting{text_at(s, "key"), text_at(s, "value")};
                                }),
            .warnings = value_at<std::vector<std::string>>(json, "warnings"),
            .tiles = tiles(json.at("tiles"))};
}

} // namespace

ReportData read_report(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || json.value("format", "") != report_format) {
        throw fault("is no report data of this version");
    }
    try {
        return report(json);
    } catch (const Json::exception& wrong) {
        throw fault(fmt::format("is damaged ({})", wrong.what()));
    }
}

ReportData read_report_of(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "report.json";
    std::error_code unknown;
    if (!std::filesystem::exists(file, unknown)) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("{}: has no report.json; name the --out folder of a "
                                     "patrolzones run, zones or schedule",
                                     folder.string()));
    }
    return geo::within(file.string(), [&] { return read_report(read_text(file)); });
}

} // namespace io
