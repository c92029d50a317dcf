#include "io/manifest_reader.hpp"

#include "geo/time_text.hpp"
#include "io/file_text.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>

namespace io {

namespace {

std::optional<geo::Instant> instant_at(const nlohmann::json& plan, const char* key,
                                       const geo::TimeZone& zone) {
    const auto found = plan.find(key);
    if (found == plan.end() || !found->is_string()) {
        return std::nullopt;
    }
    const auto time = geo::read_time(found->get<std::string>());
    return time ? std::optional(geo::first_instant(*time, zone)) : std::nullopt;
}

} // namespace

std::optional<geo::TimeSpan> horizon_beside(const std::string& path, const geo::TimeZone& zone) {
    const auto manifest = std::filesystem::path(path).parent_path() / "manifest.json";
    std::error_code none;
    if (!std::filesystem::is_regular_file(manifest, none)) {
        return std::nullopt;
    }
    const auto json = nlohmann::json::parse(read_text(manifest), nullptr, false);
    const bool ours =
        json.is_object() && json.contains("program") && json["program"] == "patrolzones";
    if (!ours || !json.contains("plan") || !json["plan"].is_object()) {
        return std::nullopt;
    }
    const auto from = instant_at(json["plan"], "start", zone);
    const auto to = instant_at(json["plan"], "end", zone);
    if (!from || !to || *to <= *from) {
        return std::nullopt;
    }
    return geo::TimeSpan{*from, *to};
}

} // namespace io
