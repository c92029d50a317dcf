#include "cli/command_refresh.hpp"

#include "cli/refresh.hpp"
#include "cli/steps.hpp"
#include "cli/summary.hpp"
#include "geo/error.hpp"
#include "geo/time_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <string>

namespace cli {

namespace {

std::string alert_text(const io::Status& status) {
    std::string text = fmt::format("exit code {}: {}\n", status.exit_code, status.message);
    for (const io::StatusAlert& alert : status.alerts) {
        text += fmt::format("{} {} {}: {:.1f} h left\n", io::word(alert.level), alert.zone.text(),
                            alert.name, alert.hours_left);
    }
    return text;
}

/// Runs the analyst's command with the alerts on its standard input. That it fails is told, and
/// changes nothing; that it does not read them is no failure.
void call_on_alert(const Settings& settings, const io::Status& status) {
    const std::string text = alert_text(status);
    std::FILE* const pipe = ::popen(settings.on_alert->c_str(), "w");
    int ended = -1;
    if (pipe != nullptr) {
        // Writing to a command that is over must not end this process, too.
        auto* const former = std::signal(SIGPIPE, SIG_IGN);
        std::setvbuf(pipe, nullptr, _IONBF, 0); // else what was not taken would count as a failure
        std::fwrite(text.data(), 1, text.size(), pipe);
        ended = ::pclose(pipe);
        std::signal(SIGPIPE, former);
    }
    if (ended != 0) {
        std::cerr << "patrolzones: on_alert: the command failed; nobody may have been told\n";
    }
}

std::string alert_lines(const io::Status& status, const geo::TimeZone& time_zone) {
    std::string text;
    for (const io::StatusAlert& alert : status.alerts) {
        text += fmt::format(
            "  {} {} ({}): {:.1f} h left, due by {}{}\n", io::word(alert.level), alert.zone.text(),
            alert.name, alert.hours_left, geo::iso_text(alert.due_by, time_zone),
            alert.next_visit
                ? fmt::format(", next visit {}", geo::iso_text(*alert.next_visit, time_zone))
                : ", no visit planned");
    }
    return text;
}

} // namespace

ExitCode run_refresh(const Settings& settings) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const geo::TimeZone time_zone(settings.time_zone);
    try {
        const Night night = refresh(settings, now);
        std::string text = "refresh: ";
        if (night.nothing_new) {
            text += "nothing is new since " + night.status.night.value_or("the last night") + "\n";
        } else if (settings.dry_run) {
            text += fmt::format("would do:\n  {}\n", fmt::join(night.would_change, "\n  "));
        } else {
            text += fmt::format("{}: {}\n", *night.status.night, night.status.message);
        }
        text += alert_lines(night.status, time_zone);
        print(settings, {night.warnings, text, night.manifest}, Stopwatch());
        const bool trouble = night.exit_code != ExitCode::done || !night.status.alerts.empty();
        if (settings.on_alert && trouble && !night.nothing_new && !settings.dry_run) {
            call_on_alert(settings, night.status);
        }
        return night.exit_code;
    } catch (const geo::Error& error) {
        if (settings.on_alert && !settings.dry_run) {
            call_on_alert(settings, {.last_attempt = now,
                                     .exit_code = static_cast<int>(exit_code(error.kind())),
                                     .message = error.what()});
        }
        throw;
    }
}

} // namespace cli
