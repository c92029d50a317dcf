#include "io/status_writer.hpp"

#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/file_text.hpp"
#include "io/rounding.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <array>

namespace io {

namespace {

using Json = nlohmann::ordered_json;

std::optional<geo::Instant> instant_in(const Json& json, const char* key,
                                       const geo::TimeZone& time_zone) {
    const auto at = json.find(key);
    if (at == json.end() || !at->is_string()) {
        return std::nullopt;
    }
    const auto time = geo::read_time(at->get<std::string>());
    return time ? std::optional(geo::first_instant(*time, time_zone)) : std::nullopt;
}

Json time_or_null(const std::optional<geo::Instant>& time, const geo::TimeZone& time_zone) {
    return time ? Json(geo::iso_text(*time, time_zone)) : Json();
}

Json json_of(const StatusAlert& alert, const geo::TimeZone& time_zone) {
    return {{"level", word(alert.level)},
            {"zone_id", alert.zone.text()},
            {"name", alert.name},
            {"due_by", geo::iso_text(alert.due_by, time_zone)},
            {"hours_left", to_decimals(alert.hours_left, 1)},
            {"next_visit", time_or_null(alert.next_visit, time_zone)}};
}

/// \throws Json::exception where it is not as status_json writes it.
Status status_in(const Json& json, const geo::TimeZone& time_zone) {
    Status status{.last_attempt =
                      instant_in(json, "last_attempt", time_zone).value_or(geo::Instant()),
                  .last_success = instant_in(json, "last_success", time_zone),
                  .exit_code = json.at("exit_code").get<int>(),
                  .message = json.value("message", "")};
    if (json.contains("night") && json["night"].is_string()) {
        status.night = json["night"].get<std::string>();
    }
    const Json counts = json.value("counts", Json::object());
    status.incidents = counts.value("incidents", std::uint64_t{0});
    status.rows_left_out = counts.value("rows_left_out", std::uint64_t{0});
    status.zones = counts.value("zones", std::uint64_t{0});
    status.visits = counts.value("visits", std::uint64_t{0});
    status.zones_in_breach = counts.value("zones_in_breach", std::uint64_t{0});
    status.new_candidates = counts.value("new_candidates", std::uint64_t{0});
    return status;
}

/// "# TYPE name gauge", then "name value".
std::string gauge(std::string_view name, std::string_view help, double value) {
    return fmt::format("# HELP patrolzones_{0} {1}\n# TYPE patrolzones_{0} gauge\n"
                       "patrolzones_{0} {2}\n",
                       name, help, value);
}

double epoch(geo::Instant instant) {
    return static_cast<double>(instant.time_since_epoch().count());
}

} // namespace

std::string_view word(StatusAlert::Level level) {
    constexpr std::array<std::string_view, 3> words{"overdue", "will-pass", "last-day"};
    return words[static_cast<std::size_t>(level)];
}

std::string status_json(const Status& status, const geo::TimeZone& time_zone) {
    Json alerts = Json::array();
    for (const StatusAlert& alert : status.alerts) {
        alerts.push_back(json_of(alert, time_zone));
    }
    const Json json = {{"last_success", time_or_null(status.last_success, time_zone)},
                       {"last_attempt", geo::iso_text(status.last_attempt, time_zone)},
                       {"next_due", geo::iso_text(status.next_due, time_zone)},
                       {"exit_code", status.exit_code},
                       {"message", status.message},
                       {"night", status.night ? Json(*status.night) : Json()},
                       {"counts",
                        {{"incidents", status.incidents},
                         {"rows_left_out", status.rows_left_out},
                         {"zones", status.zones},
                         {"visits", status.visits},
                         {"zones_in_breach", status.zones_in_breach},
                         {"new_candidates", status.new_candidates}}},
                       {"alerts", std::move(alerts)}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<Status> read_status(const std::filesystem::path& path,
                                  const geo::TimeZone& time_zone) {
    std::error_code fault;
    if (!std::filesystem::is_regular_file(path, fault)) {
        return std::nullopt;
    }
    try {
        return status_in(Json::parse(read_text(path)), time_zone);
    } catch (const Json::exception&) { // damaged: it is written anew by the run that asks
        return std::nullopt;
    }
}

std::string prometheus_text(const Status& status) {
    std::array<std::uint64_t, 3> alerts{};
    for (const StatusAlert& alert : status.alerts) {
        ++alerts[static_cast<std::size_t>(alert.level)];
    }
    std::string text =
        gauge("last_attempt_timestamp_seconds", "When the refresh last ran.",
              epoch(status.last_attempt)) +
        gauge("last_success_timestamp_seconds", "When the refresh last published; 0 for never.",
              status.last_success ? epoch(*status.last_success) : 0) +
        gauge("exit_code", "Exit code of the last run.", status.exit_code) +
        gauge("incidents", "Incidents used.", static_cast<double>(status.incidents)) +
        gauge("rows_left_out", "Rows left out.", static_cast<double>(status.rows_left_out)) +
        gauge("zones", "Zones in force.", static_cast<double>(status.zones)) +
        gauge("visits", "Visits planned.", static_cast<double>(status.visits)) +
        gauge("zones_in_breach", "Zones that breach the rule.",
              static_cast<double>(status.zones_in_breach)) +
        gauge("new_candidates", "Candidate zones that carry on none in force.",
              static_cast<double>(status.new_candidates));
    text += "# HELP patrolzones_alerts Zones somebody should see to.\n"
            "# TYPE patrolzones_alerts gauge\n";
    for (const auto level : {StatusAlert::Level::overdue, StatusAlert::Level::will_pass,
                             StatusAlert::Level::last_day}) {
        text += fmt::format("patrolzones_alerts{{level=\"{}\"}} {}\n", word(level),
                            alerts[static_cast<std::size_t>(level)]);
    }
    return text;
}

} // namespace io
