#include "cli/command_table.hpp"

#include "cli/command_adopt.hpp"
#include "cli/command_check.hpp"
#include "cli/command_evaluate.hpp"
#include "cli/command_init.hpp"
#include "cli/command_run.hpp"
#include "cli/command_schedule.hpp"
#include "cli/command_verify.hpp"
#include "cli/command_zones.hpp"
#include "cli/refresh.hpp"

#include <array>

namespace cli {

namespace {

constexpr std::array<std::string_view, 2> verify_words{"zones", "visits"};
constexpr std::array<std::string_view, 1> init_words{"incidents"};

constexpr std::array<Command, 9> commands{{
    {"run",
     "incidents and wards to zones, plan and evidence: everything",
     "patrolzones run --incidents street.zip --wards wards.gpkg --out out",
     for_run,
     run_everything,
     {}},
    {"check",
     "data quality only: what is used, what is left out, and why",
     "patrolzones check --incidents exports/*.csv --wards wards.gpkg",
     for_check,
     run_check,
     {}},
    {"zones",
     "zones only, no plan",
     "patrolzones zones --incidents street.zip --wards wards.gpkg --out out",
     for_zones,
     run_zones,
     {}},
    {"schedule",
     "a plan for zones that exist",
     "patrolzones schedule --zones out/zones.geojson --units units.toml --out plan",
     for_schedule,
     run_schedule,
     {}},
    {"verify", "checks any plan against the rule; exit code 4 on a breach",
     "patrolzones verify out/zones.geojson out/visits.geojson --units units.toml", for_verify,
     run_verify, verify_words},
    {"evaluate",
     "back-test: zones from a training period scored on a later one, beside other methods",
     "patrolzones evaluate --incidents street.zip --wards wards.gpkg --train-to 2026-06-30 "
     "--test-to 2026-12-31",
     for_evaluate,
     run_evaluate,
     {}},
    {"refresh",
     "the nightly job: zones in force scored, plan renewed, the rule watched",
     "patrolzones refresh --config vrn.toml",
     for_refresh,
     run_refresh,
     {}},
    {"adopt",
     "puts candidate zones in force, by a person's decision",
     "patrolzones adopt --config vrn.toml --reason \"agreed on 23 November\"",
     for_adopt,
     run_adopt,
     {}},
    {"init", "writes a commented configuration for an incidents file",
     "patrolzones init exports/2026.csv --out vrn.toml", for_init, run_init, init_words},
}};

} // namespace

std::span<const Command> command_table() {
    return commands;
}

} // namespace cli
