#pragma once

#include "cli/evaluation.hpp"
#include "cli/exit_code.hpp"
#include "cli/option_table.hpp"
#include "cli/steps.hpp"
#include "io/database_writer.hpp"
#include "io/output_folder.hpp"
#include "io/published.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli {

/// What is said of output with incident points.
inline constexpr std::string_view holds_incident_points =
    "--with-incidents: patrolzones.gpkg holds the places of incidents; keep it on this machine";
/// The same where they went into a database, too.
inline constexpr std::string_view shares_incident_points =
    "--with-incidents: patrolzones.gpkg and the database hold the places of incidents; nobody else "
    "may read them";

/// What a command has to publish; parts that it did not make are null.
struct Result {
    const Settings* settings = nullptr;
    CommandSet command = 0;
    const geo::TimeZone* time_zone = nullptr;
    std::string analysis_crs;
    const Evidence* evidence = nullptr; ///< issues, row counts
    const FoundZones* found = nullptr;  ///< ranking
    std::vector<cluster::Zone> zones;   ///< in the order of rank
    const CheckedPlan* plan = nullptr;
    const Evaluation* evaluation = nullptr;
    std::vector<std::pair<std::string, std::string>> further_files; ///< name -> text
    std::vector<std::string> warnings;
    ExitCode exit_code = ExitCode::done;
};

/// The output folder of the settings, made at once so that a command that cannot write fails before
/// it works. \throws geo::Error (usage) if no `--out` is given; else as io::OutputFolder.
io::OutputFolder open_output(const Settings& settings);

/// What is built and shown to nobody yet.
struct BuiltOutput {
    std::string manifest; ///< the text of manifest.json
    std::unique_ptr<io::DatabasePublication>
        database; ///< the layers; null where none are published
};

/// Builds every file of the contract that the result has parts for in the hidden folder, and the
/// layers in the database's transaction. What can fail has been done then: what remains is
/// `OutputFolder::commit` and `DatabasePublication::commit`.
/// \throws geo::Error (input) if something cannot be written; nothing has changed then.
BuiltOutput build_output(const Result& result, io::OutputFolder& folder, Stopwatch& watch);

/// Builds everything and shows it: the database first, then the folder.
/// \returns the text of manifest.json.
std::string publish(const Result& result, io::OutputFolder& folder, Stopwatch& watch);

/// Zones and wards as the audience of the settings may be told of them: what every published file
/// is to be written from.
io::Publication told_places(const Result& result);

/// The text of the manifest alone, for `--json` where no folder is written.
std::string manifest_of(const Result& result, const Stopwatch& watch);

/// All warnings of the parts, in the order of the steps.
std::vector<std::string> all_warnings(const Result& result);

} // namespace cli
