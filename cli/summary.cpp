#include "cli/summary.hpp"

#include "cli/breach_text.hpp"
#include "cli/worth_text.hpp"
#include "geo/time_text.hpp"
#include "io/connection_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <map>

namespace cli {

namespace {

using Out = std::back_insert_iterator<std::string>;

std::string percent(double part, double whole) {
    return whole > 0 ? fmt::format("{:.0f} %", 100 * part / whole) : "none";
}

std::string plural(std::uint64_t count, std::string_view word) {
    return fmt::format("{} {}{}", grouped(count), word, count == 1 ? "" : "s");
}

io::RowCounts total_rows(const io::ReadIncidents& incidents) {
    io::RowCounts rows;
    for (const io::InputFile& file : incidents.files) {
        rows.rows_read += file.rows.rows_read;
        rows.rows_used += file.rows.rows_used;
        rows.rows_left_out += file.rows.rows_left_out;
        rows.rows_baseline += file.rows.rows_baseline;
    }
    return rows;
}

void add_reasons(Out out, const std::vector<io::Issue>& issues, io::Action action) {
    for (const auto& [reason, rows] : rows_by_reason(issues, action)) {
        fmt::format_to(out, "  {:>11}  {:<20} {}\n", grouped(rows), io::code(reason),
                       io::meaning(reason));
    }
}

/// What share of all incidents stands on the stacked points; where the largest is only if asked.
void add_stacks(Out out, const io::ReadIncidents& incidents, const Settings& settings) {
    std::vector<const io::Issue*> stacks;
    std::uint64_t stacked = 0;
    for (const io::Issue& issue : incidents.issues) {
        if (issue.reason == io::Reason::stacked_point) {
            stacks.push_back(&issue);
            stacked += issue.rows;
        }
    }
    if (stacks.empty()) {
        return;
    }
    const io::Issue& largest =
        **std::max_element(stacks.begin(), stacks.end(),
                           [](const auto* a, const auto* b) { return a->rows < b->rows; });
    const auto all = static_cast<double>(incidents.table.incidents.size());
    const auto share = [&](std::uint64_t rows) {
        const double percent = 100 * static_cast<double>(rows) / all;
        return fmt::format("{:.{}f} %", percent, percent < 10 ? 1 : 0);
    };
    fmt::format_to(out, "{} hold{} {} of all incidents; the largest {} ({})",
                   plural(stacks.size(), "stacked point"), stacks.size() == 1 ? "s" : "",
                   share(stacked), grouped(largest.rows), share(largest.rows));
    if (settings.with_incidents && largest.place) {
        fmt::format_to(out, " at {:.0f}, {:.0f}", largest.place->easting().value(),
                       largest.place->northing().value());
    }
    fmt::format_to(
        out, "{}\n",
        settings.stack_cap
            ? fmt::format("; each weighs as much as {} incidents, at most", *settings.stack_cap)
            : "");
}

/// The reasons that left out most rows; how many others there are.
void add_main_reasons(Out out, const std::vector<io::Issue>& issues) {
    constexpr std::size_t most_told = 3;
    const auto by_reason = rows_by_reason(issues, io::Action::left_out);
    std::vector<std::pair<io::Reason, std::uint64_t>> reasons(by_reason.begin(), by_reason.end());
    std::ranges::stable_sort(reasons, std::ranges::greater(),
                             &decltype(reasons)::value_type::second);
    for (std::size_t i = 0; i < std::min(most_told, reasons.size()); ++i) {
        fmt::format_to(out, "  {:>11}  {:<20} {}\n", grouped(reasons[i].second),
                       io::code(reasons[i].first), io::meaning(reasons[i].first));
    }
    if (reasons.size() > most_told) {
        std::uint64_t rows = 0;
        for (std::size_t i = most_told; i < reasons.size(); ++i) {
            rows += reasons[i].second;
        }
        fmt::format_to(out, "  {:>11}  for {}; patrolzones check lists them\n", grouped(rows),
                       plural(reasons.size() - most_told, "other reason"));
    }
}

/// How many rows were read and used, and why the others were left out, in short.
void add_incidents(Out out, const io::ReadIncidents& incidents, const Settings& settings) {
    const io::RowCounts rows = total_rows(incidents);
    fmt::format_to(out, "{} read: {} used as serious violence, {} left out\n",
                   plural(rows.rows_read, "row"), grouped(rows.rows_used),
                   grouped(rows.rows_left_out));
    add_main_reasons(out, incidents.issues);
    std::uint64_t doubtful = 0;
    for (const auto& [reason, rows_of_it] : rows_by_reason(incidents.issues, io::Action::used)) {
        doubtful += rows_of_it;
    }
    if (doubtful > 0) {
        fmt::format_to(out, "Used, but doubtful: {}\n", plural(doubtful, "row"));
        add_stacks(out, incidents, settings);
    }
}

void add_rows(Out out, const io::ReadIncidents& incidents, const Settings& settings) {
    const io::RowCounts rows = total_rows(incidents);
    fmt::format_to(out, "{} read: {} used as serious violence, {} left out\n",
                   plural(rows.rows_read, "row"), grouped(rows.rows_used),
                   grouped(rows.rows_left_out));
    add_reasons(out, incidents.issues, io::Action::left_out);
    if (!rows_by_reason(incidents.issues, io::Action::used).empty()) {
        fmt::format_to(out, "Used, but doubtful:\n");
        add_reasons(out, incidents.issues, io::Action::used);
        add_stacks(out, incidents, settings);
    }
}

void add_axes(Out out, const io::AxesCounts& axes, io::AxesRepair repair) {
    const auto line = [&](std::uint64_t rows, std::string_view what) {
        if (rows > 0) {
            fmt::format_to(out, "  {:>11}  {}{}\n", grouped(rows), what,
                           repair == io::AxesRepair::repair ? ": repaired"
                                                            : "; --repair-axes uses them");
        }
    };
    line(axes.swapped, "with x and y in each other's columns");
    line(axes.lon_lat_in_grid, "with longitude and latitude in easting and northing columns");
    line(axes.grid_in_lon_lat, "with easting and northing in longitude and latitude columns");
}

std::string radius_range(const std::vector<cluster::Zone>& zones) {
    const auto smaller = [](const cluster::Zone& a, const cluster::Zone& b) {
        return a.disc.radius < b.disc.radius;
    };
    const auto [least, most] = std::minmax_element(zones.begin(), zones.end(), smaller);
    if (least->disc.radius == most->disc.radius) {
        return fmt::format("{:.0f} m", least->disc.radius.value());
    }
    return fmt::format("{:.0f}-{:.0f} m", least->disc.radius.value(), most->disc.radius.value());
}

/// What it costs that every ward gets as many zones.
std::string cost_of_equal(const FoundZones& found) {
    const auto share = [&](double weight) {
        return fmt::format("{:.1f} %", 100 * weight / found.weight);
    };
    const double lost = found.if_best->weight - found.in_zones.weight;
    return fmt::format(
        "Equal numbers in the wards cost {}: placed where each holds most (--allocate "
        "best), as many zones would hold {} of all instead of {}",
        lost > 0 ? share(lost) + " of the weight" : "nothing", share(found.if_best->weight),
        share(found.in_zones.weight));
}

/// "Quay, Market and 18 more": the wards that were chosen, by rank.
std::string wards_text(const Result& result) {
    constexpr std::size_t most_told = 5;
    const FoundZones& found = *result.found;
    std::string text;
    for (std::size_t i = 0; i < std::min(most_told, found.chosen_wards); ++i) {
        text.append(i == 0 ? "" : ", ");
        text.append(result.evidence->wards.wards[found.ranking[i].ward].name);
    }
    return found.chosen_wards > most_told
               ? fmt::format("{} and {} more", text, found.chosen_wards - most_told)
               : text;
}

void add_zones(Out out, const Result& result) {
    const FoundZones& found = *result.found;
    double ward_weight = 0;
    for (std::size_t i = 0; i < found.chosen_wards; ++i) {
        ward_weight += found.ranking[i].weight;
    }
    fmt::format_to(out, "{} of {} wards, ranked first, hold {} of the weight{}\n",
                   found.chosen_wards, found.ranking.size(), percent(ward_weight, found.weight),
                   found.chosen_wards > 0 ? ": " + wards_text(result) : "");
    if (result.zones.empty()) {
        fmt::format_to(
            out, "No zone: nowhere do as many incidents lie together as --min-incidents asks\n");
        return;
    }
    fmt::format_to(
        out, "{} of {} hold{} {}: {} of the weight of those wards, {} of all\n",
        plural(result.zones.size(), "zone"), radius_range(result.zones),
        result.zones.size() == 1 ? "s" : "", plural(found.in_zones.incidents, "incident"),
        percent(found.in_zones.weight, ward_weight), percent(found.in_zones.weight, found.weight));
    if (found.if_best) {
        fmt::format_to(out, "{}\n", cost_of_equal(found));
    }
    fmt::format_to(out, "The first three:\n");
    for (std::size_t i = 0; i < std::min<std::size_t>(3, result.zones.size()); ++i) {
        const cluster::Zone& zone = result.zones[i];
        fmt::format_to(out, "  {}. {} ({}): {}\n", zone.rank, zone.name, zone.id.text(), zone.why);
    }
}

std::string day_text(geo::Instant instant, const geo::TimeZone& zone) {
    const geo::Day day = zone.day(instant);
    static constexpr std::array names{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    return fmt::format("{} {}", names[geo::iso_weekday(day) - 1], geo::iso_text(day));
}

/// Wishes for visits beyond the rule: how many came true, and where they did not.
void add_wishes(Out out, const CheckedPlan& plan) {
    std::size_t wished = 0;
    std::vector<const schedule::Outlook*> missed;
    for (const schedule::Outlook& outlook : plan.outlooks) {
        wished += outlook.wish ? 1U : 0U;
        if (outlook.wish && outlook.wish->visits_short > 0) {
            missed.push_back(&outlook);
        }
    }
    if (wished == 0) {
        return;
    }
    fmt::format_to(out, "Visits wished for: reached in every week in {} of {}\n",
                   wished - missed.size(), plural(wished, "zone"));
    constexpr std::size_t shown = 10;
    std::stable_sort(missed.begin(), missed.end(), [](const auto* a, const auto* b) {
        return a->wish->visits_short > b->wish->visits_short;
    });
    for (std::size_t i = 0; i < std::min(shown, missed.size()); ++i) {
        const schedule::WishMet& wish = *missed[i]->wish;
        fmt::format_to(out, "  zone {}: {:.3g} a week reached in {} of {}, {} short\n",
                       missed[i]->zone.text(), wish.a_week, wish.weeks_reached,
                       plural(wish.weeks, "week"), plural(wish.visits_short, "visit"));
    }
    if (missed.size() > shown) {
        fmt::format_to(out, "  and {} more; all are in manifest.json\n", missed.size() - shown);
    }
}

/// "323 h in zones, 791 officer hours with the ways".
std::string hours_text(const CheckedPlan& plan) {
    std::map<schedule::UnitId, unsigned> officers;
    for (const schedule::Unit& unit : plan.problem.units) {
        officers[unit.name] = unit.officers;
    }
    schedule::Minutes in_zones{0};
    schedule::Minutes of_officers{0};
    for (const schedule::Visit& visit : plan.plan.visits) {
        const auto minutes = std::chrono::floor<schedule::Minutes>(visit.when.length());
        in_zones += minutes;
        of_officers += officers[visit.unit] * (minutes + visit.travel);
    }
    return fmt::format("{:.0f} h in zones, {:.0f} officer hours with the ways",
                       static_cast<double>(in_zones.count()) / 60,
                       static_cast<double>(of_officers.count()) / 60);
}

void add_plan(Out out, const Result& result) {
    const CheckedPlan& plan = *result.plan;
    const geo::TimeZone& zone = *result.time_zone;
    const auto& horizon = plan.problem.horizon;
    fmt::format_to(
        out, "Plan {} to {}: {} by {}{}\n", day_text(horizon.from, zone),
        day_text(horizon.to - std::chrono::seconds(1), zone),
        plural(plan.plan.visits.size(), "visit"), plural(plan.problem.units.size(), "unit"),
        plan.default_units
            ? " (no units file: the fewest late shifts 15:00-23:00 by vehicle that can visit "
              "every zone daily)"
            : "");
    if (plan.outlooks.empty()) {
        return;
    }
    if (!plan.default_units) {
        fmt::format_to(out, "{}\n", hours_text(plan));
    }
    if (!plan.keeps_rule()) {
        fmt::format_to(out, "{}{}", breach_text(plan), worth_text(plan));
        add_wishes(out, plan);
        return;
    }
    const auto longest =
        std::max_element(plan.outlooks.begin(), plan.outlooks.end(),
                         [](const auto& a, const auto& b) { return a.max_gap_h < b.max_gap_h; });
    fmt::format_to(out,
                   "The rule is kept: {} minutes in every zone, never away longer than {:.1f} h of "
                   "{} h allowed\n",
                   result.settings->rule.visit.count(), longest->max_gap_h,
                   result.settings->rule.max_gap.count());
    fmt::format_to(out, "{}", worth_text(plan));
    add_wishes(out, plan);
}

/// What was withheld, for whoever may send the folder on.
void add_audience(Out out, const Result& result) {
    const Settings& settings = *result.settings;
    if (settings.audience == io::Audience::internal) {
        return;
    }
    std::string withheld;
    if (settings.audience == io::Audience::partner) {
        const io::Publication told = told_places(result);
        const auto zones = std::ranges::count_if(
            told.zones, [](const auto& zone) { return !zone.evidence.incidents; });
        const auto wards =
            std::ranges::count_if(told.wards, [](const auto& ward) { return !ward.incidents; });
        withheld = fmt::format(": the counts of {} of {} and {} of {} are withheld", zones,
                               plural(told.zones.size(), "zone"), wards,
                               plural(told.wards.size(), "ward"));
    }
    fmt::format_to(out, "The folder is for {}{}; this text is not\n",
                   settings.audience == io::Audience::partner ? "partners" : "the public",
                   withheld);
}

void add_files(Out out, const Result& result) {
    const std::filesystem::path folder = *result.settings->out;
    const bool internal = result.settings->audience == io::Audience::internal;
    const auto line = [&](std::string_view name, std::string_view what) {
        fmt::format_to(out, "  {:<40} {}\n", (folder / name).string(), what);
    };
    add_audience(out, result);
    fmt::format_to(out, "Open next\n");
    if (result.settings->audience == io::Audience::everyone) {
        line("wards.geojson", "the wards with a band of their counts");
        line("patrolzones.gpkg", "the same in the analysis CRS");
        return;
    }
    if (result.found != nullptr || result.plan != nullptr) {
        line("report.html", "everything on one page, in any browser");
    }
    if (result.found != nullptr || result.plan != nullptr) {
        line("zones.geojson", "the zones, in QGIS or any map");
    }
    if (result.plan != nullptr) {
        line("roster.csv", "who goes where and when, by unit and shift");
        line("roster.ics", "the same for calendar programs");
        line("visits.geojson", "every visit, for QGIS's temporal controller");
    }
    if (result.command != for_evaluate) {
        line("patrolzones.qgz", "all layers in QGIS, styled");
        line("patrolzones.gpkg", "the same layers for any GIS, in the analysis CRS");
    }
    if (result.evidence != nullptr && internal) {
        line("issues.csv", "every row left out or doubted, with the reason");
    }
    if (result.evaluation != nullptr) {
        line("evaluation.csv", "the back-test: every method, origin and measure");
    }
}

} // namespace

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t i = text.size(); i > 3;) {
        i -= 3;
        text.insert(i, 1, ',');
    }
    return text;
}

std::string summary_text(const Result& result) {
    std::string text;
    const Out out(text);
    if (result.evidence != nullptr) {
        add_incidents(out, result.evidence->incidents, *result.settings);
        add_axes(out, result.evidence->incidents.axes, result.settings->axes);
    }
    if (result.found != nullptr) {
        add_zones(out, result);
    }
    if (result.evaluation != nullptr) {
        fmt::format_to(out, "Back-test: {}\n", result.evaluation->sentence);
    }
    if (result.plan != nullptr) {
        add_plan(out, result);
    }
    if (result.settings->out) {
        add_files(out, result);
    }
    return text;
}

std::string quality_text(const Evidence& evidence, const Settings& settings) {
    std::string text;
    const Out out(text);
    const io::ReadIncidents& incidents = evidence.incidents;
    fmt::format_to(out, "Columns found\n");
    for (const io::FieldFound& found : incidents.mapping) {
        fmt::format_to(out, "  {:<14} {}\n", io::key(found.field), found.column);
    }
    add_rows(out, incidents, settings);
    add_axes(out, incidents.axes, settings.axes);
    fmt::format_to(out, "Files\n");
    for (const io::InputPart& part : incidents.parts) {
        fmt::format_to(out, "  {:>9} read {:>9} used {:>9} left out  {}\n",
                       grouped(part.rows.rows_read), grouped(part.rows.rows_used),
                       grouped(part.rows.rows_left_out), part.name);
    }
    fmt::format_to(out, "Grid {} from {}: {}", incidents.projection.to, incidents.projection.from,
                   incidents.projection.operation);
    if (incidents.projection.accuracy_m) {
        fmt::format_to(out, ", accurate to {} m", *incidents.projection.accuracy_m);
    }
    fmt::format_to(out, "\n");
    return text;
}

std::string warnings_text(const std::vector<std::string>& warnings) {
    std::string text;
    for (const std::string& warning : warnings) {
        text += "patrolzones: warning: " + io::without_password(warning) + "\n";
    }
    return text;
}

void print_for_people(const Settings& settings, const std::string& text) {
    if (!settings.quiet) {
        (settings.json ? std::cerr : std::cout) << text;
    }
}

void print(const Settings& settings, const Report& report, const Stopwatch& watch) {
    if (!settings.quiet) {
        std::cerr << warnings_text(report.warnings);
    }
    if (settings.verbose) {
        for (const auto& [step, seconds] : watch.seconds()) {
            std::cerr << fmt::format("patrolzones: {:<16} {:7.3f} s\n", step, seconds);
        }
    }
    std::cerr << std::flush;
    print_for_people(settings, report.text);
    if (settings.json) {
        std::cout << report.json;
    }
}

} // namespace cli
