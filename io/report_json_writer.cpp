#include "geo/time_text.hpp"
#include "io/report_json.hpp"
#include "io/report_words.hpp"
#include "io/rounding.hpp"
#include "io/words.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace io {

namespace {

using Json = nlohmann::ordered_json;

template <typename Value>
Json or_null(const std::optional<Value>& value) {
    return value ? Json(*value) : Json();
}

Json rounded(const std::optional<double>& value, int decimals) {
    return value ? Json(to_decimals(*value, decimals)) : Json();
}

Json significant(const std::optional<double>& value, int digits) {
    return value ? Json(to_significant(*value, digits)) : Json();
}

template <typename Value, typename Words>
std::string_view word_for(Value value, const Words& words) {
    const auto found =
        std::ranges::find_if(words, [&](const auto& w) { return w.second == value; });
    return found->first;
}

/// Writes times by the wall clock of one zone.
class Writer {
  public:
    explicit Writer(const std::string& time_zone) : zone_(time_zone) {}

    Json time(geo::Instant instant) const { return geo::iso_text(instant, zone_); }
    Json time(const std::optional<geo::Instant>& instant) const {
        return instant ? time(*instant) : Json();
    }
    Json span(const geo::TimeSpan& span) const {
        return {{"from", time(span.from)}, {"to", time(span.to)}};
    }

    Json outlook(const ReportOutlook& outlook) const {
        return {{"last_visit", time(outlook.last_visit)},
                {"next_visit", time(outlook.next_visit)},
                {"due_by", time(outlook.due_by)},
                {"max_gap_h", to_decimals(outlook.max_gap_h, 2)},
                {"state", word_for(outlook.state, rule_state_words)},
                {"hours_left", to_decimals(outlook.hours_left, 2)}};
    }

    Json shift(const ReportShift& shift) const {
        Json visits = Json::array();
        for (const ReportVisit& visit : shift.visits) {
            visits.push_back({{"zone", visit.zone},
                              {"start", time(visit.when.from)},
                              {"end", time(visit.when.to)},
                              {"travel_min", visit.travel.count()},
                              {"reason", word(visit.reason)},
                              {"status", word(visit.status)}});
        }
        return {{"unit", shift.unit},
                {"name", shift.name},
                {"day", geo::iso_text(shift.day)},
                {"when", shift.when ? span(*shift.when) : Json()},
                {"visits", std::move(visits)}};
    }

  private:
    geo::TimeZone zone_;
};

Json place(const geo::LonLat& place, int decimals) {
    return Json::array(
        {to_decimals(place.longitude, decimals), to_decimals(place.latitude, decimals)});
}

Json months(const std::vector<ReportMonth>& months) {
    Json json = Json::array();
    for (const ReportMonth& month : months) {
        json.push_back({{"month", fmt::format("{:04}-{:02}", static_cast<int>(month.month.year()),
                                              static_cast<unsigned>(month.month.month()))},
                        {"incidents", or_null(month.incidents)}});
    }
    return json;
}

Json hours(const std::optional<cluster::WeekProfile>& hours) {
    if (!hours) {
        return {};
    }
    Json json = Json::array();
    for (const double incidents : *hours) {
        json.push_back(to_decimals(incidents, 2));
    }
    return json;
}

Json zone(const ReportZone& zone, const Writer& writer) {
    return {{"id", zone.id},
            {"name", zone.name},
            {"ward_code", zone.ward_code},
            {"rank", zone.rank},
            {"ward_rank", zone.ward_rank},
            {"centre", place(zone.centre, 6)},
            {"radius_m", to_decimals(zone.radius_m, 3)},
            {"incidents", or_null(zone.incidents)},
            {"count_low", rounded(zone.count_low, 1)},
            {"count_high", rounded(zone.count_high, 1)},
            {"weight", rounded(zone.weight, 6)},
            {"ward_share", rounded(zone.ward_share, 4)},
            {"pai", rounded(zone.pai, 2)},
            {"pai_ceiling", rounded(zone.pai_ceiling, 2)},
            {"p_value", significant(zone.p_value, 4)},
            {"q_value", significant(zone.q_value, 4)},
            {"peak", or_null(zone.peak)},
            {"trend", or_null(zone.trend)},
            {"offences", or_null(zone.offences)},
            {"why", zone.why},
            {"months", months(zone.months)},
            {"hours", hours(zone.hours)},
            {"outlook", zone.outlook ? writer.outlook(*zone.outlook) : Json()}};
}

Json ward(const ReportWard& ward) {
    Json outline = Json::array();
    for (const auto& ring : ward.outline) {
        Json points = Json::array();
        for (const geo::LonLat& point : ring) {
            points.push_back(place(point, 5));
        }
        outline.push_back(std::move(points));
    }
    return {{"code", ward.code},
            {"name", ward.name},
            {"rank", or_null(ward.rank)},
            {"incidents", or_null(ward.incidents)},
            {"band", or_null(ward.band)},
            {"chosen", or_null(ward.chosen)},
            {"zones", or_null(ward.zones)},
            {"outline", std::move(outline)}};
}

Json unit(const ReportUnit& unit) {
    return {{"name", unit.name},
            {"mode", word_for(unit.mode, mode_words)},
            {"officers", unit.officers},
            {"base", unit.base ? place(*unit.base, 6) : Json()}};
}

/// The plan without its shifts.
Json plan(const ReportPlan& plan, const Writer& writer) {
    Json units = Json::array();
    for (const ReportUnit& one : plan.units) {
        units.push_back(unit(one));
    }
    return {{"start", writer.time(plan.horizon.from)},
            {"end", writer.time(plan.horizon.to)},
            {"visit_min", plan.visit.count()},
            {"max_gap_h", plan.max_gap.count()},
            {"plan_gap_h", plan.plan_gap.count()},
            {"duty_days", plan.duty_days},
            {"units_needed", or_null(plan.units_needed)},
            {"default_units", plan.default_units},
            {"notes", plan.notes},
            {"units", std::move(units)}};
}

Json totals(const ReportTotals& totals, const Writer& writer) {
    return {{"period", totals.period ? writer.span(*totals.period) : Json()},
            {"incidents", or_null(totals.incidents)},
            {"in_zones", or_null(totals.in_zones)},
            {"share_of_all", rounded(totals.share_of_all, 4)},
            {"share_of_top_wards", rounded(totals.share_of_top_wards, 4)},
            {"wards", totals.wards},
            {"chosen_wards", or_null(totals.chosen_wards)},
            {"tested_against", totals.tested_against}};
}

Json rows(const ReportRows& rows) {
    Json reasons = Json::array();
    for (const ReportReason& reason : rows.reasons) {
        reasons.push_back({{"code", reason.code},
                           {"meaning", reason.meaning},
                           {"used", reason.used},
                           {"rows", reason.rows}});
    }
    return {{"read", rows.read},
            {"used", rows.used},
            {"left_out", rows.left_out},
            {"reasons", std::move(reasons)}};
}

Json estimate(const std::optional<ReportEstimate>& estimate) {
    return estimate ? Json({{"value", to_decimals(estimate->value, 4)},
                            {"low", to_decimals(estimate->low, 4)},
                            {"high", to_decimals(estimate->high, 4)}})
                    : Json();
}

Json backtest(const ReportBacktest& backtest, const Writer& writer) {
    Json scores = Json::array();
    for (const ReportScore& score : backtest.scores) {
        scores.push_back({{"name", score.name},
                          {"ours", score.ours},
                          {"zones", score.zones},
                          {"held", to_decimals(score.held, 1)},
                          {"incidents", to_decimals(score.incidents, 1)},
                          {"hit_rate", estimate(score.hit_rate)},
                          {"pai", estimate(score.pai)},
                          {"pai_ceiling", rounded(score.pai_ceiling, 2)}});
    }
    return {{"sentence", backtest.sentence},
            {"origins", backtest.origins},
            {"test", writer.span(backtest.test)},
            {"scores", std::move(scores)}};
}

Json method(const std::vector<ReportParagraph>& paragraphs) {
    Json json = Json::array();
    for (const ReportParagraph& paragraph : paragraphs) {
        json.push_back({{"heading", paragraph.heading}, {"text", paragraph.text}});
    }
    return json;
}

Json settings(const std::vector<ReportSetting>& settings) {
    Json json = Json::array();
    for (const ReportSetting& setting : settings) {
        json.push_back({{"key", setting.key}, {"value", setting.value}});
    }
    return json;
}

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Puts the text together, a member a line.
class Members {
  public:
    void add(std::string_view key, const Json& value) { begin(key) += dumped(value); }

    /// A list with an item a line.
    template <typename Items, typename Write>
    void add_list(std::string_view key, const Items& items, Write&& write) {
        std::string& text = begin(key);
        text += '[';
        std::string_view before = "\n";
        for (const auto& item : items) {
            text += before;
            text += dumped(write(item));
            before = ",\n";
        }
        text += items.empty() ? "]" : "\n]";
    }

    std::string finished() && { return std::move(text_) + "\n}\n"; }

  private:
    std::string& begin(std::string_view key) {
        text_ += fmt::format("{}\"{}\":", text_.size() == 1 ? "\n" : ",\n", key);
        return text_;
    }
    std::string text_ = "{";
};

} // namespace

std::string report_json(const ReportData& data) {
    const Writer writer(data.time_zone);
    Members members;
    members.add("format", report_format);
    members.add("version", data.version);
    members.add("seed", data.seed);
    members.add("time_zone", data.time_zone);
    members.add("audience", data.audience);
    members.add("totals", data.totals ? totals(*data.totals, writer) : Json());
    members.add("rows", data.rows ? rows(*data.rows) : Json());
    members.add("plan", data.plan ? plan(*data.plan, writer) : Json());
    members.add_list("zones", data.zones, [&](const auto& z) { return zone(z, writer); });
    members.add_list("shifts", data.plan ? data.plan->shifts : std::vector<ReportShift>(),
                     [&](const auto& s) { return writer.shift(s); });
    members.add_list("wards", data.wards, ward);
    members.add("backtest", data.backtest ? backtest(*data.backtest, writer) : Json());
    members.add("method", method(data.method));
    members.add("settings", settings(data.settings));
    members.add("warnings", data.warnings);
    members.add("tiles", data.tiles ? Json({{"url", data.tiles->url},
                                            {"attribution", data.tiles->attribution}})
                                    : Json());
    return std::move(members).finished();
}

} // namespace io
