#include "io/sheets_writer.hpp"

#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/html_text.hpp"
#include "io/report_assets.hpp"
#include "io/sheet_sketch.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <unordered_map>

namespace io {

namespace {

/// "Mon 2 Nov 2026".
std::string day_text(geo::Day day) {
    static constexpr std::array days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::year_month_day date(day);
    return fmt::format(
        "{} {} {} {}", days.at(geo::iso_weekday(day) - 1), static_cast<unsigned>(date.day()),
        months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()));
}

std::string_view how(schedule::Mode mode) {
    switch (mode) {
    case schedule::Mode::foot:
        return "on foot";
    case schedule::Mode::bicycle:
        return "by bicycle";
    case schedule::Mode::vehicle:
        return "by vehicle";
    }
    return "";
}

/// A zone of a sheet, with the places it has in the order of visits.
struct Stop {
    const ReportZone* zone = nullptr;
    std::vector<std::size_t> order; ///< from 1
};

/// How closely a sheet is set, so that it stays on its page.
struct Density {
    std::string_view name;   ///< its class in sheets.css
    double sketch_height;    ///< SketchContent::height
    std::string_view cut_at; ///< where a sentence that says why is cut off; "" for never
};

/// By the lines it takes: one a visit, and one that says why a zone.
const Density& density_of(std::size_t visits, std::size_t zones) {
    static constexpr Density roomy{"roomy", 400, ""};
    static constexpr Density close{"close", 330, ""};
    static constexpr Density dense{"dense", 230, ": "};
    static constexpr Density packed{"packed", 240, " within "};
    const std::size_t lines = visits + zones;
    return lines <= 14 ? roomy : lines <= 22 ? close : lines <= 32 ? dense : packed;
}

/// Writes the sheets of one report.
class Writer {
  public:
    explicit Writer(const ReportData& data) : data_(data), time_zone_(data.time_zone) {
        for (const ReportZone& zone : data.zones) {
            zones_.emplace(zone.id, &zone);
        }
    }

    std::string sheet(const ReportShift& shift) const {
        const std::vector<Stop> stops = stops_of(shift);
        const Density& density = density_of(shift.visits.size(), stops.size());
        SketchContent content = sketch_content(shift, stops);
        content.height = density.sketch_height;
        return fmt::format("<section class=\"sheet {}\">{}{}{}{}{}</section>\n", density.name,
                           head(shift), sketch_svg(content), visits(shift),
                           reasons(stops, density.cut_at), foot());
    }

    geo::Day first_day() const { return time_zone_.day(data_.plan->horizon.from); }

  private:
    const ReportZone& zone(const std::string& id) const {
        const auto found = zones_.find(id);
        if (found == zones_.end()) {
            throw geo::Error(geo::ErrorKind::input,
                             fmt::format("a visit is to zone '{}', which is not among the zones; "
                                         "make the folder again with patrolzones run --overwrite",
                                         id));
        }
        return *found->second;
    }

    const ReportUnit* unit(const std::string& name) const {
        const auto& units = data_.plan->units;
        const auto found = std::ranges::find(units, name, &ReportUnit::name);
        return found == units.end() ? nullptr : &*found;
    }

    std::vector<Stop> stops_of(const ReportShift& shift) const {
        std::vector<Stop> stops;
        for (std::size_t i = 0; i < shift.visits.size(); ++i) {
            const ReportZone* visited = &zone(shift.visits[i].zone);
            auto stop = std::ranges::find(stops, visited, &Stop::zone);
            if (stop == stops.end()) {
                stops.push_back({visited, {}});
                stop = std::prev(stops.end());
            }
            stop->order.push_back(i + 1);
        }
        return stops;
    }

    std::string clock(geo::Instant instant) const {
        return geo::clock_text(time_zone_.wall_time(instant));
    }

    std::string head(const ReportShift& shift) const {
        const ReportUnit* who = unit(shift.unit);
        std::string facts =
            fmt::format("{} visit{} of {} minutes", shift.visits.size(),
                        shift.visits.size() == 1 ? "" : "s", data_.plan->visit.count());
        if (who != nullptr) {
            facts += fmt::format(", {}, {} officer{}", how(who->mode), who->officers,
                                 who->officers == 1 ? "" : "s");
        }
        const std::string times =
            shift.when ? fmt::format(" {}–{}", clock(shift.when->from), clock(shift.when->to)) : "";
        return fmt::format("<header><div><h1>{}</h1><p>{}{}: {}</p></div><p class=\"day\">{}</p>"
                           "</header>",
                           html_escaped(shift.unit), html_escaped(shift.name), times, facts,
                           day_text(shift.day));
    }

    SketchContent sketch_content(const ReportShift& shift, const std::vector<Stop>& stops) const {
        SketchContent content{.wards = data_.wards};
        for (const Stop& stop : stops) {
            content.named.insert(stop.zone->ward_code);
            content.stops.push_back({stop.zone->centre, geo::Metres(stop.zone->radius_m),
                                     fmt::format("{}", fmt::join(stop.order, ", "))});
        }
        if (const ReportUnit* who = unit(shift.unit); who != nullptr && who->base) {
            content.base = who->base;
            content.way.push_back(*who->base);
        }
        for (const ReportVisit& visit : shift.visits) {
            content.way.push_back(zone(visit.zone).centre);
        }
        return content;
    }

    std::string visits(const ReportShift& shift) const {
        std::string rows;
        for (std::size_t i = 0; i < shift.visits.size(); ++i) {
            const ReportVisit& visit = shift.visits[i];
            const std::string way =
                visit.travel.count() > 0 ? fmt::format("{} min", visit.travel.count()) : "";
            rows += fmt::format(
                "<tr><td class=\"number\">{}</td><td class=\"time\">{}–{}</td><th scope=\"row\">{}"
                "</th><td class=\"number\">{}</td><td><span "
                "class=\"tick-box\"></span></td><td></td>"
                "<td></td><td></td><td></td></tr>",
                i + 1, clock(visit.when.from), clock(visit.when.to),
                html_escaped(zone(visit.zone).name), way);
        }
        return "<table><thead><tr><th scope=\"col\"><span class=\"sr-only\">Order</span></th>"
               "<th scope=\"col\">Planned</th><th scope=\"col\">Zone</th><th scope=\"col\">Way</th>"
               "<th scope=\"col\">Done</th><th scope=\"col\">Time in</th><th scope=\"col\">Time out"
               "</th><th scope=\"col\">Arrests</th><th scope=\"col\">Searches</th></tr></thead>"
               "<tbody>" +
               rows + "</tbody></table>";
    }

    static std::string reasons(const std::vector<Stop>& stops, std::string_view cut_at) {
        std::string items;
        for (const Stop& stop : stops) {
            const ReportZone& zone = *stop.zone;
            const std::size_t cut = cut_at.empty() ? std::string::npos : zone.why.find(cut_at);
            const std::string why =
                cut == std::string::npos ? zone.why : zone.why.substr(0, cut) + ".";
            items += fmt::format("<li><strong>{} {}</strong>{} {}</li>",
                                 fmt::join(stop.order, ", "), html_escaped(zone.name),
                                 zone.peak ? fmt::format(" <span class=\"peak\">peak {}</span>",
                                                         html_escaped(*zone.peak))
                                           : "",
                                 html_escaped(why));
        }
        return "<h2>Why these places</h2><ul class=\"reasons\">" + items + "</ul>";
    }

    std::string foot() const {
        return fmt::format(
            "<footer><p class=\"return\"><span>Officers</span><span>Notes</span></p>"
            "<p class=\"small\">Stay the full {} minutes, out of the vehicle. If a "
            "visit cannot be made, tell the sergeant: no zone may be left for longer "
            "than {} hours. patrolzones {}, seed {}.</p></footer>",
            data_.plan->visit.count(), data_.plan->max_gap.count(), html_escaped(data_.version),
            data_.seed);
    }

    const ReportData& data_;
    geo::TimeZone time_zone_;
    std::unordered_map<std::string, const ReportZone*> zones_;
};

std::string page_of(const std::string& sheets, const std::string& title) {
    const std::string policy =
        fmt::format("default-src 'none'; img-src data:; style-src {}", policy_hash(sheets_style));
    const std::array fillings{Filling{"policy", policy}, Filling{"title", title},
                              Filling{"style", sheets_style}, Filling{"sheets", sheets}};
    return filled(sheets_page, fillings);
}

} // namespace

Sheets patrol_sheets(const ReportData& data, const SheetOptions& options) {
    if (!data.plan) {
        throw geo::Error(geo::ErrorKind::usage,
                         "there is no plan to make sheets of; make one with patrolzones run, or "
                         "schedule");
    }
    const Writer writer(data);
    const geo::Day from = options.from.value_or(writer.first_day());
    const geo::Day to = from + std::chrono::days(options.days); // not in it
    Sheets sheets;
    std::string text;
    for (const ReportShift& shift : data.plan->shifts) {
        if (shift.day >= from && shift.day < to && !shift.visits.empty()) {
            text += writer.sheet(shift);
            ++sheets.pages;
        }
    }
    const std::string last = geo::iso_text(to - std::chrono::days(1));
    if (sheets.pages == 0) {
        throw geo::Error(
            geo::ErrorKind::usage,
            fmt::format("no visit is planned from {} to {}; the plan runs from {} to {}: choose "
                        "days in it with --sheets-from and --sheets-days",
                        geo::iso_text(from), last, geo::iso_text(writer.first_day()),
                        geo::iso_text(geo::TimeZone(data.time_zone)
                                          .day(data.plan->horizon.to - std::chrono::seconds(1)))));
    }
    sheets.html = page_of(text, fmt::format("Patrol sheets {} to {}", geo::iso_text(from), last));
    return sheets;
}

} // namespace io
