#include "cli/option_groups.hpp"

#include "geo/time_text.hpp"
#include "io/unit_values.hpp"

#include <fmt/format.h>

#include <array>

namespace cli {

namespace {

constexpr std::array<std::pair<std::string_view, DwellSource>, 3> dwell_words{
    {{"literature", DwellSource::literature},
     {"log", DwellSource::log},
     {"planned", DwellSource::as_planned}}};
constexpr std::array<std::pair<std::string_view, schedule::GapMode>, 2> gap_words{
    {{"elapsed", schedule::GapMode::elapsed}, {"duty_day", schedule::GapMode::duty_day}}};
constexpr std::array<std::pair<std::string_view, WantedVisits::By>, 2> wanted_words{
    {{"equal", WantedVisits::By::equal}, {"weight", WantedVisits::By::weight}}};

void add_horizon(std::vector<Option>& table) {
    table.push_back(day_option({.name = "start",
                                .key = "start",
                                .placeholder = "DATE",
                                .help = "first day of the plan [tomorrow]",
                                .group = "Plan",
                                .commands = keeps_rule | reads_wards},
                               PATROLZONES_AT(start)));
    Option days = count_option({.name = "days",
                                .key = "days",
                                .placeholder = "N",
                                .help = "length of the plan in days [28]",
                                .group = "Plan",
                                .commands = keeps_rule},
                               PATROLZONES_AT(days), 1);
    days.set = [set_days = days.set](Settings& s, const Texts& words) {
        set_days(s, words);
        s.days_given = true;
    };
    table.push_back(days);
}

void add_rule(std::vector<Option>& table) {
    table.push_back(duration_option({.name = "visit-minutes",
                                     .key = "visit_minutes",
                                     .placeholder = "N",
                                     .help = "length of a visit in minutes [15]",
                                     .group = "Plan",
                                     .commands = keeps_rule},
                                    PATROLZONES_AT(rule.visit), 1));
    table.push_back(duration_option({.name = "max-gap-hours",
                                     .key = "max_gap_hours",
                                     .placeholder = "N",
                                     .help = "longest absence the rule allows, in hours [96]",
                                     .group = "Plan",
                                     .commands = reads_attendance},
                                    PATROLZONES_AT(rule.max_gap), 1));
    table.push_back(duration_option({.name = "plan-gap-hours",
                                     .key = "plan_gap_hours",
                                     .placeholder = "N",
                                     .help = "longest absence that planning aims at, in hours [72]",
                                     .group = "Plan",
                                     .commands = plans},
                                    PATROLZONES_AT(rule.plan_gap), 1));
    table.push_back(choice_option(
        {.name = "gap-mode",
         .key = "gap_mode",
         .placeholder = "WHAT",
         .help = "count absence in elapsed hours or duty_day (06:00 to 05:59) [elapsed]",
         .group = "Plan",
         .commands = reads_attendance},
        PATROLZONES_AT(rule.gap_mode), gap_words));
}

constexpr std::chrono::seconds day_end = std::chrono::hours(24);

std::chrono::seconds time_of_day(const std::string& text) {
    const auto time = geo::read_time_of_day(text);
    if (!time) {
        refuse(text, "a time of day such as 07:00");
    }
    return *time;
}

/// The rule's hours, as soon as both ends are known.
void set_visiting_hours(Settings& s) {
    if (s.earliest && s.latest) {
        s.rule.hours = schedule::ClockSpan{*s.earliest, *s.latest};
    }
}

io::OptionValue clock_value(std::chrono::seconds since_midnight) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(since_midnight).count();
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

void add_visiting_hours(std::vector<Option>& table) {
    Option earliest{.name = "earliest",
                    .key = "earliest",
                    .placeholder = "TIME",
                    .help = "no visit begins earlier in the day, such as 07:00 [any time]",
                    .group = "Plan",
                    .commands = keeps_rule};
    earliest.set = [](Settings& s, const Texts& words) {
        const std::chrono::seconds time = time_of_day(words.front());
        s.earliest = time == day_end ? std::chrono::seconds(0) : time;
        set_visiting_hours(s);
    };
    earliest.get = [](const Settings& s) {
        return s.earliest ? clock_value(*s.earliest) : io::OptionValue();
    };
    table.push_back(earliest);
    Option latest{.name = "latest",
                  .key = "latest",
                  .placeholder = "TIME",
                  .help =
                      "no visit ends later, such as 23:00; may lie past midnight, such as 02:00 "
                      "[any time]",
                  .group = "Plan",
                  .commands = keeps_rule};
    latest.set = [](Settings& s, const Texts& words) {
        const std::chrono::seconds time = time_of_day(words.front());
        s.latest = time == std::chrono::seconds(0) ? day_end : time;
        set_visiting_hours(s);
    };
    latest.get = [](const Settings& s) {
        return s.latest ? clock_value(*s.latest) : io::OptionValue();
    };
    table.push_back(latest);
}

void leave_out_days(Settings& settings, const Texts& words) {
    settings.leave_out_days = words;
    settings.rule.days_off.clear();
    settings.rule.weekdays_off = {};
    for (const std::string& word : words) {
        const auto weekdays = io::weekdays_of(word);
        const auto dates = weekdays ? std::nullopt : io::date_range_of(word);
        if (!weekdays && !dates) {
            refuse(word, "a day such as 2026-12-25, days such as 2026-12-24 to 2026-12-26, or "
                         "weekdays such as Sun or Fri-Sun");
        }
        for (std::size_t day = 0; weekdays && day < weekdays->size(); ++day) {
            settings.rule.weekdays_off[day] = settings.rule.weekdays_off[day] || (*weekdays)[day];
        }
        if (dates) {
            settings.rule.days_off.push_back(*dates);
        }
    }
}

void add_left_out(std::vector<Option>& table) {
    Option zones{.name = "leave-out-zones",
                 .key = "leave_out_zones",
                 .placeholder = "NAME...",
                 .help = "zones that the plan leaves out: zone ids, ward names or codes",
                 .group = "Plan",
                 .arity = Arity::many,
                 .commands = keeps_rule};
    zones.set = [](Settings& s, const Texts& words) { s.leave_out_zones = words; };
    zones.get = [](const Settings& s) { return io::OptionValue(s.leave_out_zones); };
    table.push_back(zones);
    Option days{.name = "leave-out-days",
                .key = "leave_out_days",
                .placeholder = "DAY...",
                .help = "days without visits: dates, \"2026-12-24 to 2026-12-26\", weekdays; the "
                        "gaps run on",
                .group = "Plan",
                .arity = Arity::many,
                .commands = keeps_rule};
    days.set = leave_out_days;
    days.get = [](const Settings& s) { return io::OptionValue(s.leave_out_days); };
    table.push_back(days);
}

void add_wanted(std::vector<Option>& table) {
    Option wanted{.name = "wanted-visits",
                  .key = "wanted_visits",
                  .placeholder = "N",
                  .help = "visits a week wished for in each zone beyond the rule [none]",
                  .group = "Plan",
                  .commands = plans};
    wanted.set = [](Settings& s, const Texts& words) {
        s.wanted.a_week = number(words.front(), 0, 1000);
    };
    wanted.get = [](const Settings& s) { return io::OptionValue(s.wanted.a_week); };
    table.push_back(wanted);
    table.push_back(
        choice_option({.name = "wanted-by",
                       .key = "wanted_by",
                       .placeholder = "HOW",
                       .help = "the same for every zone (equal), or as many on average and in "
                               "proportion to weight [equal]",
                       .group = "Plan",
                       .commands = plans},
                      PATROLZONES_AT(wanted.by), wanted_words));
    Option of_zones{.name = "wanted-zones",
                    .key = "wanted_zones",
                    .placeholder = "NAME=N...",
                    .help = "visits a week wished for in zones or wards that differ",
                    .group = "Plan",
                    .arity = Arity::many,
                    .commands = plans};
    of_zones.set = [](Settings& s, const Texts& words) {
        for (const std::string& word : words) {
            const std::size_t equals = word.rfind('=');
            if (equals == std::string::npos || equals == 0) {
                refuse(word, "a zone or ward and a number, such as West-1=14");
            }
            number(word.substr(equals + 1), 0, 1000);
        }
        s.wanted.of_zones = words;
    };
    of_zones.get = [](const Settings& s) { return io::OptionValue(s.wanted.of_zones); };
    table.push_back(of_zones);
}

void add_attendance_rule(std::vector<Option>& table) {
    table.push_back(duration_option({.name = "min-dwell-minutes",
                                     .key = "min_dwell_minutes",
                                     .placeholder = "N",
                                     .help = "shorter attendances do not count, in minutes [10]",
                                     .group = "Plan",
                                     .commands = reads_attendance},
                                    PATROLZONES_AT(rule.min_dwell), 0));
    table.push_back(flag_option({.name = "count-background",
                                 .key = "count_background",
                                 .help = "background presence counts as attendance, too",
                                 .group = "Plan",
                                 .commands = reads_attendance},
                                PATROLZONES_AT(rule.count_background)));
}

void add_drawing(std::vector<Option>& table) {
    Option noise{.name = "unpredictability",
                 .key = "unpredictability",
                 .placeholder = "U",
                 .help = "how much visits beyond the rule are left to chance, 0 to 1 [0.35]",
                 .group = "Plan",
                 .commands = plans};
    noise.set = [](Settings& s, const Texts& words) {
        s.plan.unpredictability = number(words.front(), 0, 1);
    };
    noise.get = [](const Settings& s) { return io::OptionValue(s.plan.unpredictability); };
    table.push_back(noise);
    table.push_back(count_option({.name = "seed",
                                  .key = "seed",
                                  .placeholder = "N",
                                  .help = "draws visit times and tests; same seed, same result [1]",
                                  .group = "Plan",
                                  .commands = plans | finds_zones | for_evaluate},
                                 PATROLZONES_AT(plan.seed), 0));
}

/// A number from 0 to 1 that may be left out.
template <typename At>
Option optional_rate(Option option, At at) {
    option.set = [at](Settings& s, const Texts& words) { at(s) = number(words.front(), 0, 1); };
    option.get = [at](const Settings& s) {
        return at(s) ? io::OptionValue(*at(s)) : io::OptionValue();
    };
    return option;
}

void add_street(std::vector<Option>& table) {
    table.push_back(optional_rate({.name = "miss-rate",
                                   .key = "miss_rate",
                                   .placeholder = "P",
                                   .help = "share of planned visits that do not take place, 0 to 1 "
                                           "[by --dwell; literature 0.17]",
                                   .group = "Simulation",
                                   .commands = for_schedule},
                                  PATROLZONES_AT(miss_rate)));
    Option lost{.name = "lost-shift-rate",
                .key = "lost_shift_rate",
                .placeholder = "P",
                .help = "share of shifts that make no visit at all, 0 to 1 [0]",
                .group = "Simulation",
                .commands = for_schedule};
    lost.set = [](Settings& s, const Texts& words) {
        s.lost_shift_rate = number(words.front(), 0, 1);
    };
    lost.get = [](const Settings& s) { return io::OptionValue(s.lost_shift_rate); };
    table.push_back(lost);
    table.push_back(choice_option({.name = "dwell",
                                   .key = "dwell",
                                   .placeholder = "WHAT",
                                   .help = "how long visits last: literature, log (--attendance) "
                                           "or planned [literature]",
                                   .group = "Simulation",
                                   .commands = for_schedule},
                                  PATROLZONES_AT(dwell), dwell_words));
    table.push_back(text_option({.name = "past-visits",
                                 .key = "past_visits",
                                 .placeholder = "FILE",
                                 .help = "an earlier plan, to learn missed visits from beside the "
                                         "log",
                                 .group = "Simulation",
                                 .words = Words::path,
                                 .commands = for_schedule},
                                PATROLZONES_AT(past_visits)));
}

void add_simulation(std::vector<Option>& table) {
    table.push_back(flag_option({.name = "simulate",
                                 .key = "simulate",
                                 .help = "play the plan with missed and short visits; report the "
                                         "chance of a breach",
                                 .group = "Simulation",
                                 .commands = for_schedule},
                                PATROLZONES_AT(simulate)));
    table.push_back(optional_rate({.name = "target-breach",
                                   .key = "target_breach",
                                   .placeholder = "P",
                                   .help = "chance of a breach in a zone and week to stay under: "
                                           "planning gaps are tried for it",
                                   .group = "Simulation",
                                   .commands = for_schedule},
                                  PATROLZONES_AT(target_breach)));
    table.push_back(count_option({.name = "simulations",
                                  .key = "simulations",
                                  .placeholder = "N",
                                  .help = "how often the plan is played [20]",
                                  .group = "Simulation",
                                  .commands = for_schedule},
                                 PATROLZONES_AT(simulation.replicates), 2));
    table.push_back(count_option({.name = "issued-days",
                                  .key = "issued_days",
                                  .placeholder = "N",
                                  .help = "days handed out already when a night plans anew [1]",
                                  .group = "Simulation",
                                  .commands = for_schedule},
                                 PATROLZONES_AT(simulation.issued_days), 0));
}

} // namespace

void add_plan_options(std::vector<Option>& table) {
    add_horizon(table);
    add_rule(table);
    add_visiting_hours(table);
    add_left_out(table);
    add_wanted(table);
    add_attendance_rule(table);
    add_drawing(table);
    add_simulation(table);
    add_street(table);
}

} // namespace cli
