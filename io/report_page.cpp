#include "io/report_page.hpp"

#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/html_text.hpp"
#include "io/report_assets.hpp"
#include "io/report_json.hpp"

#include <array>
#include <fmt/format.h>
#include <string_view>

namespace io {

namespace {

std::string policy(const ReportData& data) {
    return fmt::format(
        "default-src 'none'; img-src data:{}; style-src {} {}; script-src {} {}; base-uri 'none'; "
        "form-action 'none'",
        data.tiles ? fmt::format(" {}", tile_origin(data.tiles->url)) : "",
        policy_hash(leaflet_style), policy_hash(report_style), policy_hash(leaflet_script),
        policy_hash(report_script));
}

std::string title(const ReportData& data) {
    if (!data.plan) {
        return data.audience == "public" ? "Serious violence by ward" : "Patrol zones";
    }
    const geo::TimeZone zone(data.time_zone);
    return fmt::format("Patrol zones, plan from {}",
                       geo::iso_text(zone.day(data.plan->horizon.from)));
}

/// Whether a host name can stand in a policy as it is: a character out of line would end it.
bool is_host(std::string_view host) {
    return !host.empty() &&
           host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789.-:") == std::string_view::npos;
}

} // namespace

std::string report_html(const ReportData& data) {
    const std::string json = script_safe_json(report_json(data));
    const std::string allowed = policy(data);
    const std::string heading = title(data);
    const std::array fillings{Filling{"policy", allowed},
                              Filling{"title", heading},
                              Filling{"leaflet_style", leaflet_style},
                              Filling{"style", report_style},
                              Filling{"data", json},
                              Filling{"leaflet", leaflet_script},
                              Filling{"script", report_script}};
    return filled(report_page, fillings);
}

std::string tile_origin(const std::string& url) {
    const std::size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
    std::string_view host = std::string_view(url).substr(scheme);
    host = host.substr(0, host.find('/'));
    const bool many = host.starts_with("{s}."); // of several hosts
    if (many) {
        host.remove_prefix(3);
    }
    const bool complete = url.find("{z}") != std::string::npos &&
                          url.find("{x}") != std::string::npos &&
                          url.find("{y}") != std::string::npos;
    if (scheme == 0 || !complete || !is_host(host)) {
        throw geo::Error(geo::ErrorKind::usage,
                         fmt::format("'{}' is no address of map tiles; write one such as "
                                     "https://tiles.example.org/{{z}}/{{x}}/{{y}}.png",
                                     url));
    }
    return fmt::format("{}{}{}", url.substr(0, scheme), many ? "*" : "", host);
}

} // namespace io
