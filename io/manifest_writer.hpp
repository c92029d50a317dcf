#pragma once

#include "geo/projection.hpp"
#include "geo/time_zone.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace io {

/// The value of an effective option; nothing where it was not set and has no default.
using OptionValue = std::variant<std::monostate, bool, std::int64_t, double, std::string,
                                 std::vector<std::string>, std::vector<double>>;

/// An option's key as in the configuration (`top_wards`, `incidents.crs`: a dot opens a table) and
/// its value.
using EffectiveOption = std::pair<std::string, OptionValue>;

/// How the rows of one incident file were used: rows_read = rows_used + rows_left_out.
struct InputRows {
    std::uint64_t read = 0;
    std::uint64_t used = 0;
    std::uint64_t left_out = 0;
    std::uint64_t baseline = 0; ///< of those left out: serve as the baseline of evidence
};

/// A file that the result was made from.
struct ManifestInput {
    std::string path;
    std::optional<std::string> sha256; ///< nothing for a database
    std::optional<InputRows> rows;     ///< incident files only
};

struct ManifestWards {
    std::uint64_t read = 0;
    std::optional<std::uint64_t> with_incidents;
    std::optional<std::uint64_t> chosen; ///< in which zones were sought
};

struct ManifestZones {
    std::uint64_t found = 0;
    std::optional<std::uint64_t> incidents; ///< inside zones, each counted once
    std::uint64_t rule_broken = 0;          ///< zones in breach
};

/// A wish for visits beyond the rule, and what became of it.
struct ManifestWish {
    std::string zone;
    double a_week = 0;
    std::uint64_t weeks = 0;
    std::uint64_t weeks_reached = 0;
    std::uint64_t visits_short = 0;
};

struct ManifestPlan {
    geo::TimeSpan horizon;
    std::uint64_t units = 0;
    std::optional<std::uint64_t> units_needed; ///< to keep the rule; nothing where it was not found
    std::uint64_t visits = 0;
    std::optional<std::uint64_t> lower_bound; ///< no fewer units can do; nothing if no number can
    std::uint64_t breaches_inherited = 0;
    std::uint64_t breaches_planned = 0;
    std::optional<std::uint64_t> minutes_needed; ///< a shift, to keep the rule; no key where the
                                                 ///< rule is kept or they are not what lacks
    std::vector<ManifestWish> wishes;            ///< no key where there are none
    double value = 0;                            ///< expected incidents met, in visits of mean risk
    std::optional<double> value_bound;           ///< that no plan that keeps the rule surpasses
    double lift = 0;                    ///< mean risk where and when visited over that on shift
    double hour_entropy_bits = 0;       ///< of a zone's visits by hour of the day
    double likeliest_hour = 0;          ///< share of a zone's visits in its commonest hour
    std::optional<double> chance_costs; ///< share of the value that unpredictability costs
    std::optional<double> chance_costs_lift; ///< likewise of the lift
    std::uint64_t travel_minutes = 0;
};

/// All that manifest.json tells about a run.
struct Manifest {
    std::string version;
    int exit_code = 0;
    std::uint64_t seed = 0;
    std::vector<EffectiveOption> options; ///< all effective ones, in the order to be written
    std::vector<ManifestInput> inputs;
    std::vector<std::pair<std::string, std::uint64_t>> left_out; ///< reason -> rows
    std::optional<geo::ProjectionFacts> projection;
    std::optional<ManifestWards> wards;
    std::optional<ManifestZones> zones;
    std::optional<ManifestPlan> plan;
    std::optional<std::string> backtest; ///< as evaluation_json writes it; no key where not made
    std::vector<std::string> warnings;
    std::vector<std::pair<std::string, double>> timings_s; ///< step -> seconds, in order
};

/// The text of manifest.json (docs/formats/manifest.json.md), indented. Besides the timings it
/// holds the peak memory of the process so far, so it differs from run to run.
std::string manifest_json(const Manifest& manifest, const geo::TimeZone& time_zone);

/// The most memory this process has held so far, in megabytes of 1,000,000 bytes.
double peak_memory_mb();

} // namespace io
