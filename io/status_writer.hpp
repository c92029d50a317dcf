#pragma once

#include "cluster/zone.hpp"
#include "geo/time_zone.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace io {

/// A zone that somebody should see to.
struct StatusAlert {
    enum class Level {
        overdue,   ///< the rule is broken there
        will_pass, ///< it will be, even if everything goes to plan
        last_day,  ///< it is kept only by a visit that is due soon
    };
    Level level = Level::last_day;
    cluster::ZoneId zone;
    std::string name;
    geo::Instant due_by{};                    ///< latest start that keeps the rule
    double hours_left = 0;                    ///< negative when overdue
    std::optional<geo::Instant> next_visit{}; ///< planned
};

/// "overdue", "will-pass", "last-day".
std::string_view word(StatusAlert::Level level);

/// How a refresh went: what watches over it reads.
struct Status {
    geo::Instant last_attempt{};
    std::optional<geo::Instant> last_success; ///< exit code 0 or 4
    int exit_code = 0;
    std::string message;              ///< one line, what went wrong or how it went
    std::optional<std::string> night; ///< that `current` is
    geo::Instant next_due{};          ///< the next attempt is expected by then
    std::uint64_t incidents = 0;      ///< counts are of the last success
    std::uint64_t rows_left_out = 0;
    std::uint64_t zones = 0; ///< in force
    std::uint64_t visits = 0;
    std::uint64_t zones_in_breach = 0;
    std::uint64_t new_candidates = 0;
    std::vector<StatusAlert> alerts; ///< worst first
};

/// status.json (docs/formats/status.json.md).
std::string status_json(const Status& status, const geo::TimeZone& time_zone);

/// What was written there by status_json; nothing where there is none that can be read.
std::optional<Status> read_status(const std::filesystem::path& path,
                                  const geo::TimeZone& time_zone);

/// The same figures for the text file collector of Prometheus' node_exporter.
std::string prometheus_text(const Status& status);

} // namespace io
