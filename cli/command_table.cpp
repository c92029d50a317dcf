#include "cli/command_table.hpp"

#include "cli/command_adopt.hpp"
#include "cli/command_check.hpp"
#include "cli/command_compliance.hpp"
#include "cli/command_evaluate.hpp"
#include "cli/command_init.hpp"
#include "cli/command_refresh.hpp"
#include "cli/command_report.hpp"
#include "cli/command_run.hpp"
#include "cli/command_schedule.hpp"
#include "cli/command_verify.hpp"
#include "cli/command_zones.hpp"

#include <array>

namespace cli {

namespace {

constexpr std::array<std::string_view, 2> verify_words{"zones", "visits"};
constexpr std::array<std::string_view, 1> init_words{"incidents"};

// What most calls need: the short help, which is to fit a screen.
constexpr std::array<std::string_view, 11> run_everyday{
    "incidents", "wards", "definition", "units", "from",    "to",
    "start",     "days",  "attendance", "out",   "audience"};
constexpr std::array<std::string_view, 8> check_everyday{
    "incidents", "wards", "definition", "from", "to", "exclude", "out", "json"};
constexpr std::array<std::string_view, 10> zones_everyday{
    "incidents", "wards",          "definition",    "from", "to",
    "top-wards", "zones-per-ward", "min-incidents", "out",  "audience"};
constexpr std::array<std::string_view, 9> schedule_everyday{
    "zones", "units", "attendance", "profile", "start", "days", "simulate", "out", "overwrite"};
constexpr std::array<std::string_view, 8> verify_everyday{
    "zones", "visits", "units", "attendance", "start", "days", "max-gap-hours", "json"};
constexpr std::array<std::string_view, 8> evaluate_everyday{
    "incidents", "wards", "definition", "train-to", "test-to", "origins", "step-months", "out"};
constexpr std::array<std::string_view, 3> init_everyday{"incidents", "out", "overwrite"};

constexpr std::array<std::string_view, 9> compliance_everyday{
    "zones", "attendance", "visits", "units", "from", "to", "as-of", "out", "overwrite"};

constexpr std::array<std::string_view, 8> refresh_everyday{
    "config", "store", "out", "attendance", "issue-days", "force", "dry-run", "on-alert"};
constexpr std::array<std::string_view, 6> adopt_everyday{"config", "store",  "zone",
                                                         "retire", "reason", "dry-run"};

constexpr std::array<std::string_view, 7> report_everyday{
    "from-out", "sheets", "sheets-from", "sheets-days", "pdf", "tile-url", "tile-attribution"};

constexpr std::array<Command, 11> commands{{
    {"run",
     "incidents and wards to zones, plan and evidence: everything",
     "patrolzones run --incidents street.zip --wards wards.gpkg --out out",
     for_run,
     run_everything,
     {},
     run_everyday},
    {"check",
     "data quality only: what is used, what is left out, and why",
     "patrolzones check --incidents exports/*.csv --wards wards.gpkg",
     for_check,
     run_check,
     {},
     check_everyday},
    {"zones",
     "zones only, no plan",
     "patrolzones zones --incidents street.zip --wards wards.gpkg --out out",
     for_zones,
     run_zones,
     {},
     zones_everyday},
    {"schedule",
     "a plan for zones that exist",
     "patrolzones schedule --zones out/zones.geojson --units units.toml --out plan",
     for_schedule,
     run_schedule,
     {},
     schedule_everyday},
    {"verify", "checks any plan against the rule; exit code 4 on a breach",
     "patrolzones verify out/zones.geojson out/visits.geojson --units units.toml", for_verify,
     run_verify, verify_words, verify_everyday},
    {"compliance",
     "attendance against the rule: due, breaches, returns",
     "patrolzones compliance --zones zones.geojson --attendance log.csv --from 2026-10-01 --to "
     "2026-12-31 --out q4",
     for_compliance,
     run_compliance,
     {},
     compliance_everyday},
    {"evaluate",
     "back-test: zones of one period scored on a later one",
     "patrolzones evaluate --incidents street.zip --wards wards.gpkg --train-to 2026-06-30 "
     "--test-to 2026-12-31",
     for_evaluate,
     run_evaluate,
     {},
     evaluate_everyday},
    {"refresh",
     "the nightly job: zones scored, plan renewed, rule watched",
     "patrolzones refresh --config vrn.toml",
     for_refresh,
     run_refresh,
     {},
     refresh_everyday},
    {"adopt",
     "puts candidate zones in force, by a person's decision",
     "patrolzones adopt --config vrn.toml --reason agreed",
     for_adopt,
     run_adopt,
     {},
     adopt_everyday},
    {"report",
     "report.html and patrol sheets again, from an output folder",
     "patrolzones report --from-out out --sheets",
     for_report,
     run_report,
     {},
     report_everyday},
    {"init", "writes a commented configuration for an incidents file",
     "patrolzones init exports/2026.csv --out vrn.toml", for_init, run_init, init_words,
     init_everyday},
}};

} // namespace

std::span<const Command> command_table() {
    return commands;
}

} // namespace cli
