#include "cli/night_record.hpp"

#include "cli/night_status.hpp"
#include "geo/time_text.hpp"
#include "io/checksum.hpp"
#include "io/status_writer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <type_traits>
#include <variant>

namespace cli {

namespace {

std::string text_of(const io::OptionValue& value) {
    return std::visit(
        [](const auto& held) {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, std::vector<std::string>>) {
                return fmt::format("{}", fmt::join(held, "\n"));
            } else if constexpr (std::is_same_v<Held, std::nullptr_t> ||
                                 std::is_same_v<Held, std::monostate>) {
                return std::string("null");
            } else {
                return fmt::format("{}", held);
            }
        },
        value);
}

/// A database has no checksum: whether it is what it was cannot be told.
bool all_inputs_known(const Workplace& work, const Evidence& evidence) {
    const auto inputs = manifest_inputs(work.settings, &evidence, for_refresh);
    return std::all_of(inputs.begin(), inputs.end(),
                       [](const io::ManifestInput& input) { return input.sha256.has_value(); });
}

} // namespace

io::RunCounts counts_of(const Evidence& evidence, const cluster::Hotspots& tonight) {
    io::RunCounts counts;
    for (const io::InputFile& file : evidence.incidents.files) {
        counts.rows_read += file.rows.rows_read;
        counts.rows_used += file.rows.rows_used;
        counts.rows_left_out += file.rows.rows_left_out;
    }
    for (const cluster::RankedWard& ward : tonight.ranking) {
        counts.wards += ward.incidents > 0 ? 1U : 0U;
        counts.weight += ward.weight;
    }
    for (const cluster::Incident& incident : evidence.incidents.table.incidents) {
        counts.newest = std::max(counts.newest.value_or(incident.when.to), incident.when.to);
    }
    return counts;
}

std::string fingerprint_of(const Workplace& work, const Evidence& evidence,
                           const std::vector<io::StoredZone>& zones) {
    std::string text =
        fmt::format("{}\n{}\n", PATROLZONES_VERSION, geo::iso_text(work.time_zone.day(work.now)));
    for (const auto& [name, value] : effective_options(work.settings, for_refresh)) {
        if (name != "threads" && name != "force" && name != "verbose" && name != "quiet") {
            text += fmt::format("{}={}\n", name, text_of(value));
        }
    }
    for (const io::ManifestInput& input : manifest_inputs(work.settings, &evidence, for_refresh)) {
        text += fmt::format("{} {}\n", input.path, input.sha256.value_or("database"));
    }
    for (const io::StoredZone& zone : zones) {
        text += fmt::format("{} {} {} {}\n", zone.id.text(), zone.disc.centre.easting_mm(),
                            zone.disc.centre.northing_mm(), zone.disc.radius.value());
    }
    return io::sha256_of_text(text);
}

std::optional<Night> same_as_last(const Workplace& work, const Evidence& evidence,
                                  const std::optional<io::StoredRun>& last,
                                  const std::string& fingerprint) {
    const auto former = io::read_status(status_path(work.settings), work.time_zone);
    const auto current = work.nights.current();
    const bool went_well =
        former && (former->exit_code == 0 || former->exit_code == 4) && former->night == current;
    if (!went_well || !last || last->fingerprint != fingerprint || current != last->night ||
        !all_inputs_known(work, evidence)) {
        return std::nullopt;
    }
    return Night{.exit_code = static_cast<ExitCode>(last->exit_code),
                 .status = *former,
                 .nothing_new = true};
}

} // namespace cli
