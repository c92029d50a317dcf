#include "cli/option_groups.hpp"

#include "geo/error.hpp"

#include <fmt/format.h>

namespace cli {

namespace {

constexpr std::string_view group = "Nightly";

void add_store(std::vector<Option>& table) {
    table.push_back(text_option({.name = "store",
                                 .key = "store",
                                 .placeholder = "PLACE",
                                 .help = "where adopted zones, plans and attendances are kept: a "
                                         "GeoPackage, or \"PG:... schemas=NAME\"",
                                 .group = group,
                                 .words = Words::path,
                                 .commands = for_refresh | for_adopt | for_compliance},
                                PATROLZONES_AT(store)));
    table.push_back(count_option({.name = "issue-days",
                                  .key = "issue_days",
                                  .placeholder = "N",
                                  .help = "days, today among them, whose shifts are issued and "
                                          "planned no more [2]",
                                  .group = group,
                                  .commands = for_refresh},
                                 PATROLZONES_AT(issue_days), 1));
    table.push_back(count_option({.name = "keep",
                                  .key = "keep",
                                  .placeholder = "N",
                                  .help = "nights that stay published [14]",
                                  .group = group,
                                  .commands = for_refresh},
                                 PATROLZONES_AT(keep), 1));
    table.push_back(flag_option({.name = "dry-run",
                                 .key = "dry_run",
                                 .help = "say what would change, and change nothing",
                                 .group = group,
                                 .commands = for_refresh | for_adopt},
                                PATROLZONES_AT(dry_run)));
}

void add_guard(std::vector<Option>& table) {
    Option drop{.name = "max-drop",
                .key = "max_drop",
                .placeholder = "SHARE",
                .help = "refuse to publish where incidents, wards or weight fell by more [0.5]",
                .group = group,
                .commands = for_refresh};
    drop.set = [](Settings& s, const Texts& words) {
        s.guard.max_drop = number(words.front(), 0, 1);
    };
    drop.get = [](const Settings& s) { return io::OptionValue(s.guard.max_drop); };
    table.push_back(std::move(drop));
    Option age{.name = "max-age-days",
               .key = "max_age_days",
               .placeholder = "N",
               .help = "refuse to publish where the newest incident is older [any age]",
               .group = group,
               .commands = for_refresh};
    age.set = [](Settings& s, const Texts& words) {
        s.guard.max_age_days = whole_number<unsigned>(words.front(), 1);
    };
    age.get = [](const Settings& s) {
        return s.guard.max_age_days
                   ? io::OptionValue(static_cast<std::int64_t>(*s.guard.max_age_days))
                   : io::OptionValue();
    };
    table.push_back(std::move(age));
    table.push_back(text_option({.name = "force",
                                 .key = "force",
                                 .placeholder = "REASON",
                                 .help = "publish although the guard refuses; the reason is kept",
                                 .group = group,
                                 .commands = for_refresh},
                                PATROLZONES_AT(force)));
}

void add_watching(std::vector<Option>& table) {
    table.push_back(duration_option({.name = "alert-hours",
                                     .key = "alert_hours",
                                     .placeholder = "N",
                                     .help = "alert where a zone falls due within N hours [24]",
                                     .group = group,
                                     .commands = for_refresh},
                                    PATROLZONES_AT(alert_hours), 0));
    table.push_back(text_option({.name = "on-alert",
                                 .key = "on_alert",
                                 .placeholder = "COMMAND",
                                 .help = "shell command that gets alerts and failures on its "
                                         "standard input",
                                 .group = group,
                                 .commands = for_refresh},
                                PATROLZONES_AT(on_alert)));
    table.push_back(text_option({.name = "prometheus",
                                 .key = "prometheus",
                                 .placeholder = "FILE",
                                 .help = "text file for node_exporter's collector",
                                 .group = group,
                                 .words = Words::path,
                                 .commands = for_refresh},
                                PATROLZONES_AT(prometheus)));
}

Option list_option(Option option, std::vector<std::string> Settings::*at) {
    option.arity = Arity::many;
    option.set = [at](Settings& s, const Texts& words) { s.*at = words; };
    option.get = [at](const Settings& s) { return io::OptionValue(s.*at); };
    return option;
}

void add_adopting(std::vector<Option>& table) {
    table.push_back(list_option({.name = "zone",
                                 .key = "zone",
                                 .placeholder = "ID...",
                                 .help = "candidates to put in force [all]",
                                 .group = group,
                                 .commands = for_adopt},
                                &Settings::adopt_zones));
    table.push_back(list_option({.name = "retire",
                                 .key = "retire",
                                 .placeholder = "ID...",
                                 .help = "zones to take out of force",
                                 .group = group,
                                 .commands = for_adopt},
                                &Settings::retire_zones));
    table.push_back(text_option({.name = "reason",
                                 .key = "reason",
                                 .placeholder = "TEXT",
                                 .help = "why; kept in the zones' history",
                                 .group = group,
                                 .commands = for_adopt},
                                PATROLZONES_AT(reason)));
}

} // namespace

void add_nightly_options(std::vector<Option>& table) {
    add_store(table);
    add_guard(table);
    add_watching(table);
    add_adopting(table);
}

} // namespace cli
