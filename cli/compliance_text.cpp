#include "cli/compliance_text.hpp"

#include "cli/summary.hpp"
#include "geo/time_text.hpp"
#include "schedule/local_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace cli {

namespace {

using Json = nlohmann::ordered_json;
using std::chrono::seconds;

double hours(seconds time) {
    return static_cast<double>(time.count()) / 3600;
}

/// To two decimals, so that the text is the same everywhere.
double steady_hours(seconds time) {
    return std::round(hours(time) * 100) / 100;
}

std::string plural(std::uint64_t number, std::string_view what) {
    return fmt::format("{} {}{}", grouped(number), what, number == 1 ? "" : "s");
}

/// "3 duplicate, 1 future", of those left out.
std::string reasons(const ComplianceTexts& texts, std::size_t file) {
    std::map<io::AttendanceFault, std::size_t> counts;
    for (const io::AttendanceProblem& problem : texts.problems) {
        if (problem.file == file && problem.line > 0 && schedule::leaves_out(problem.fault)) {
            ++counts[problem.fault];
        }
    }
    std::string text;
    for (const auto& [fault, number] : counts) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", grouped(number), io::code(fault));
    }
    return text;
}

std::string files_text(const ComplianceTexts& texts) {
    std::string text;
    for (std::size_t i = 0; i < texts.files.size(); ++i) {
        const io::AttendanceFile& file = texts.files[i];
        text += fmt::format(
            "Read          {} ({}): {}, {} used, {} left out{}\n", file.path, word(file.form),
            plural(file.rows_read, "row"), grouped(file.rows_read - file.rows_left_out),
            grouped(file.rows_left_out), file.rows_left_out > 0 ? ": " + reasons(texts, i) : "");
        if (file.form == io::AttendanceForm::pings && file.interval) {
            text += fmt::format("              positions every {} s, {}; each end of a stay is out "
                                "by less than that\n",
                                file.interval->count(), plural(file.stays, "stay"));
        }
    }
    return text;
}

std::string rule_text(const ComplianceTexts& texts) {
    const schedule::Compliance& compliance = texts.report.compliance;
    const auto zones = static_cast<std::uint64_t>(
        std::count_if(compliance.zones.begin(), compliance.zones.end(),
                      [](const schedule::ZoneCompliance& z) { return !z.breaches.empty(); }));
    std::string text = fmt::format(
        "Counts        {} of at least {} min; the next within {} {}\n",
        texts.rule.count_background ? "presence, tasked or background," : "tasked presence",
        texts.rule.min_dwell.count(), texts.rule.max_gap.count(),
        texts.rule.gap_mode == schedule::GapMode::duty_day ? "h, in duty days" : "h");
    if (zones == 0) {
        return text + fmt::format("Rule          kept in all {}\n",
                                  plural(compliance.zones.size(), "zone"));
    }
    return text + fmt::format("Rule          broken in {} of {}, {}\n", grouped(zones),
                              plural(compliance.zones.size(), "zone"),
                              compliance.breaches() == 1
                                  ? "1 breach"
                                  : grouped(compliance.breaches()) + " breaches");
}

std::string presence_text(const ComplianceTexts& texts) {
    const schedule::PresenceByKind& presence = texts.report.compliance.presence;
    const schedule::PresenceTotals& tasked = presence.tasked;
    std::string text = fmt::format(
        "Tasked        {}, {:.1f} h{}; {} under 10 min, {} of 10 to 14, {} of 15 or more\n",
        plural(tasked.visits, "visit"), hours(tasked.time),
        texts.report.with_units ? fmt::format(" ({:.1f} officer hours)", hours(tasked.officer_time))
                                : "",
        grouped(tasked.dwell.under_10), grouped(tasked.dwell.from_10_to_14),
        grouped(tasked.dwell.from_15));
    text +=
        fmt::format("Background    {}, {:.1f} h, not among the above\n",
                    plural(presence.background.visits, "visit"), hours(presence.background.time));
    if (texts.report.with_plan) {
        const io::DeliveredCounts counts = io::delivered_in_all(texts.report);
        text += fmt::format("Planned       {}: {} delivered, {} too brief, {} missed, {} open\n",
                            plural(counts.planned, "visit"), grouped(counts.delivered),
                            grouped(counts.brief), grouped(counts.missed), grouped(counts.open));
    }
    return text;
}

std::string alert_text(const schedule::Alert& alert, const geo::TimeZone& time_zone) {
    const double left = hours(alert.left);
    return fmt::format("  {:<18} {:>7.1f} h {}  due by {}, {}\n", alert.zone.text(), std::abs(left),
                       left < 0 ? "late" : "left", schedule::local_text(alert.due_by, time_zone),
                       alert.last_counted
                           ? "last " + schedule::local_text(*alert.last_counted, time_zone)
                           : "never attended");
}

std::string alerts_text(const ComplianceTexts& texts) {
    constexpr std::size_t most = 10;
    const std::vector<schedule::Alert> alerts = schedule::alerts(texts.report.compliance);
    if (alerts.empty()) {
        return "Due           nothing within 24 h\n";
    }
    std::string text = "Due within 24 h, worst first\n";
    for (std::size_t i = 0; i < std::min(most, alerts.size()); ++i) {
        text += alert_text(alerts[i], texts.report.time_zone);
    }
    if (alerts.size() > most) {
        text += fmt::format("  and {} more in compliance.csv\n", alerts.size() - most);
    }
    return text;
}

Json presence_json(const schedule::PresenceTotals& totals, bool with_units) {
    const auto number = [](const std::optional<std::uint64_t>& n) { return n ? Json(*n) : Json(); };
    return {{"visits", totals.visits},
            {"counted", totals.counted},
            {"under_10_min", totals.dwell.under_10},
            {"from_10_to_14_min", totals.dwell.from_10_to_14},
            {"from_15_min", totals.dwell.from_15},
            {"hours", steady_hours(totals.time)},
            {"officer_hours", with_units ? Json(steady_hours(totals.officer_time)) : Json()},
            {"arrests", number(totals.arrests)},
            {"searches", number(totals.searches)}};
}

Json presence_json(const schedule::PresenceByKind& presence, bool with_units) {
    return {{"tasked", presence_json(presence.tasked, with_units)},
            {"background", presence_json(presence.background, with_units)}};
}

Json delivered_json(const io::DeliveredCounts& counts, bool with_plan) {
    return with_plan ? Json{{"planned", counts.planned},
                            {"delivered", counts.delivered},
                            {"brief", counts.brief},
                            {"missed", counts.missed},
                            {"open", counts.open}}
                     : Json();
}

Json zone_json(const schedule::ZoneCompliance& zone, const io::ComplianceReport& report) {
    const auto time = [&](const std::optional<geo::Instant>& instant) {
        return instant ? Json(geo::iso_text(*instant, report.time_zone)) : Json();
    };
    Json breaches = Json::array();
    for (const schedule::Breach& breach : zone.breaches) {
        breaches.push_back({{"absent_from", time(breach.absence.from)},
                            {"last_allowed", time(breach.last_allowed)},
                            {"absent_to", time(breach.absence.to)},
                            {"absent_hours", steady_hours(breach.absence.length())},
                            {"breach_hours", steady_hours(breach.length())},
                            {"open", breach.open},
                            {"never_attended", breach.never_attended}});
    }
    return {{"zone_id", zone.zone.text()},
            {"in_force", zone.in_force},
            {"last_counted", time(zone.last_counted)},
            {"due_by", time(zone.due_by)},
            {"hours_left", zone.left ? Json(steady_hours(*zone.left)) : Json()},
            {"rule_ok", zone.breaches.empty()},
            {"breaches", breaches},
            {"longest_absence_h", steady_hours(zone.longest_absence)},
            {"presence", presence_json(zone.presence, report.with_units)},
            {"visits", delivered_json(io::delivered_in(report, zone.zone), report.with_plan)}};
}

Json returns_json(const io::ComplianceReport& report, io::ReturnPeriod period) {
    Json rows = Json::array();
    for (const schedule::Return& row : period == io::ReturnPeriod::month
                                           ? report.compliance.months
                                           : report.compliance.quarters) {
        rows.push_back({{"period", io::period_name(row, period)},
                        {"first_day", geo::iso_text(row.first)},
                        {"last_day", geo::iso_text(row.last)},
                        {"whole", row.whole},
                        {"presence", presence_json(row.presence, report.with_units)}});
    }
    return rows;
}

Json files_json(const ComplianceTexts& texts) {
    Json files = Json::array();
    for (std::size_t i = 0; i < texts.files.size(); ++i) {
        const io::AttendanceFile& file = texts.files[i];
        Json left_out = Json::object();
        for (const io::AttendanceProblem& problem : texts.problems) {
            if (problem.file == i && problem.line > 0 && schedule::leaves_out(problem.fault)) {
                const std::string code(io::code(problem.fault));
                left_out[code] = left_out.value(code, 0) + 1;
            }
        }
        files.push_back({{"file", file.path},
                         {"form", word(file.form)},
                         {"rows_read", file.rows_read},
                         {"rows_used", file.rows_read - file.rows_left_out},
                         {"rows_left_out", file.rows_left_out},
                         {"left_out", left_out},
                         {"interval_s", file.interval ? Json(file.interval->count()) : Json()}});
    }
    return files;
}

} // namespace

std::string compliance_text(const ComplianceTexts& texts) {
    const geo::TimeSpan& period = texts.report.compliance.period;
    return files_text(texts) +
           fmt::format("Report        {} to {}\n",
                       schedule::local_text(period.from, texts.report.time_zone),
                       schedule::local_text(period.to, texts.report.time_zone)) +
           rule_text(texts) + presence_text(texts) + alerts_text(texts);
}

std::string compliance_json(const ComplianceTexts& texts) {
    const io::ComplianceReport& report = texts.report;
    const schedule::Compliance& compliance = report.compliance;
    Json zones = Json::array();
    for (const schedule::ZoneCompliance& zone : compliance.zones) {
        zones.push_back(zone_json(zone, report));
    }
    const Json object{
        {"program", "patrolzones"},
        {"ok", compliance.keeps_rule()},
        {"from", geo::iso_text(compliance.period.from, report.time_zone)},
        {"as_of", geo::iso_text(compliance.period.to, report.time_zone)},
        {"rule",
         {{"max_gap_hours", texts.rule.max_gap.count()},
          {"gap_mode", texts.rule.gap_mode == schedule::GapMode::duty_day ? "duty_day" : "elapsed"},
          {"min_dwell_minutes", texts.rule.min_dwell.count()},
          {"count_background", texts.rule.count_background}}},
        {"breaches", compliance.breaches()},
        {"presence", presence_json(compliance.presence, report.with_units)},
        {"visits", delivered_json(io::delivered_in_all(report), report.with_plan)},
        {"zones", zones},
        {"months", returns_json(report, io::ReturnPeriod::month)},
        {"quarters", returns_json(report, io::ReturnPeriod::quarter)},
        {"files", files_json(texts)},
        {"warnings", std::vector<std::string>(texts.warnings.begin(), texts.warnings.end())}};
    return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace cli
