#include "cli/refresh.hpp"

#include "cli/night.hpp"
#include "cli/night_attendances.hpp"
#include "cli/night_output.hpp"
#include "cli/night_plan.hpp"
#include "cli/night_record.hpp"
#include "cli/night_status.hpp"
#include "cli/publish.hpp"
#include "cli/standing_zones.hpp"
#include "cli/steps.hpp"
#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/connection_text.hpp"
#include "io/run_lock.hpp"
#include "io/store.hpp"
#include "io/store_copies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace cli {

namespace {

namespace fs = std::filesystem;

using geo::Error;
using geo::ErrorKind;

/// The zones in force whose time below the minimum begins or ends tonight.
std::vector<io::StoredZone> with_new_below(const Workplace& work,
                                           const std::vector<io::StoredZone>& zones,
                                           const FoundZones& scored) {
    std::vector<io::StoredZone> changed;
    for (const io::StoredZone& zone : zones) {
        const auto own =
            std::find_if(scored.zones.begin(), scored.zones.end(),
                         [&](const cluster::BuiltZone& b) { return b.zone.id == zone.id; });
        const bool below =
            own->zone.evidence.incidents < work.settings.hotspots.selection.min_incidents;
        if (below != zone.below_since.has_value()) {
            changed.push_back(zone);
            changed.back().below_since = below ? std::optional(work.now) : std::nullopt;
        }
    }
    return changed;
}

/// Refuses what the guard refuses; where it is overruled, the warning that says so.
std::optional<std::string> require_no_collapse(const Workplace& work,
                                               const std::optional<io::StoredRun>& last,
                                               const io::RunCounts& counts) {
    const auto before = last ? std::optional(last->counts) : std::nullopt;
    const auto why = collapse(before, counts, work.now, work.settings.guard);
    if (!why) {
        return std::nullopt;
    }
    if (!work.settings.force) {
        throw Error(ErrorKind::refused,
                    fmt::format("not published: {}; look at the input, or give --force with the "
                                "reason why it is right",
                                *why));
    }
    return fmt::format("{}; published all the same: {}", *why, *work.settings.force);
}

/// Settings as tonight's plan takes them: from today on.
Settings as_of_tonight(const Workplace& work) {
    Settings tonight = work.settings;
    if (tonight.force && tonight.force->empty()) {
        throw Error(ErrorKind::usage, "--force: say why; the reason is kept");
    }
    if (tonight.issue_days > tonight.days) {
        throw Error(ErrorKind::usage,
                    fmt::format("issue_days = {}: that is more than the {} days planned (days)",
                                tonight.issue_days, tonight.days));
    }
    tonight.start = work.time_zone.day(work.now); // whatever the other commands plan for
    tonight.overwrite = true; // a folder of tonight's name is what a killed run left
    return tonight;
}

/// What a night is about to change.
std::vector<std::string> changes(const Drift& drift, const NightPlan* plan,
                                 const io::StoreContent& content, const io::StoreChange& change) {
    std::vector<std::string> lines;
    lines.push_back(fmt::format("{} zones in force would be scored anew, {} candidates kept "
                                "beside them",
                                drift.zones.size(), drift.candidates.size()));
    if (plan != nullptr) {
        std::set<std::string> before;
        for (const schedule::Visit& visit : content.visits) {
            before.insert(visit.id + visit.unit.text());
        }
        const auto& visits = plan->renewed.plan.visits;
        const auto stand = std::count_if(visits.begin(), visits.end(), [&](const auto& visit) {
            return before.contains(visit.id + visit.unit.text());
        });
        lines.push_back(fmt::format("{} visits would be planned, {} of them stand already",
                                    visits.size(), stand));
    }
    lines.push_back(
        fmt::format("{} attendances would be added to the store", change.attendances.size()));
    return lines;
}

Findings look(Workplace& work, const Settings& tonight, const Evidence& evidence,
              const io::Store* store, const io::StoreContent& content) {
    const cluster::Hotspots hotspots = find_hotspots(tonight, evidence, work.time_zone, work.watch);
    Findings found{.counts = counts_of(evidence, hotspots)};
    if (auto overruled = require_no_collapse(work, content.last_run, found.counts)) {
        found.warnings.push_back(std::move(*overruled));
    }
    const std::vector<io::StoredZone> standing = in_force(content.zones);
    found.candidates = describe_zones(tonight, evidence, hotspots, work.time_zone, work.watch);
    found.scored = score_zones(tonight, evidence, standing, hotspots, work.time_zone, work.watch);
    found.drift = drift_of(tonight, evidence, content.zones, found.candidates);
    NewAttendances added = new_attendances(work, store, content, evidence.wards.analysis_crs);
    found.warnings.insert(found.warnings.end(), added.warnings.begin(), added.warnings.end());
    found.change = {.zones = with_new_below(work, standing, found.scored),
                    .candidates = found.drift.candidates,
                    .attendances = std::move(added.rows)};
    if (!standing.empty()) {
        const LastAttended last(work, store, content, found.change.attendances);
        found.plan = plan_night(work, tonight, evidence, found.scored, content, last);
        found.change.plan_from = work.now;
        found.change.visits = found.plan->renewed.plan.visits;
        found.change.withdrawn = found.plan->lost;
    } else if (!content.visits.empty()) { // the last zone was retired: nobody goes anywhere
        found.change.plan_from = work.now;
        std::copy_if(content.visits.begin(), content.visits.end(),
                     std::back_inserter(found.change.withdrawn), [&](const auto& visit) {
                         return visit.when.from >= work.now &&
                                visit.status == schedule::Status::issued;
                     });
    }
    return found;
}

/// The store where there is one. A dry run makes none; nor does any run where nights came out
/// before: their store is gone then, and with it the zones in force.
std::optional<io::Store> store_so_far(const Workplace& work) {
    const std::string where = required(work.settings.store, "store");
    auto store = io::Store::open_if_there(where);
    if (!store && work.nights.current()) {
        throw Error(ErrorKind::input,
                    fmt::format("{}: the store is gone, though {} was published from it; {}, or "
                                "move {} away to begin anew",
                                io::without_password(where), *work.nights.current(),
                                io::how_to_restore(where), *work.settings.out));
    }
    return store;
}

/// The run as the store is to keep it.
io::StoredRun run_of(const Workplace& work, const Findings& found, const io::StoreContent& content,
                     const std::string& fingerprint) {
    const geo::Day today = work.time_zone.day(work.now);
    const std::uint64_t last = content.last_run ? content.last_run->number : 0;
    io::StoredRun run{.number = std::max(last, work.nights.newest_run()) + 1,
                      .at = work.now,
                      .fingerprint = fingerprint,
                      .issued_until = found.plan ? found.plan->renewed.issued_until : today,
                      .counts = found.counts,
                      .forced = work.settings.force.value_or(""),
                      .version = PATROLZONES_VERSION};
    run.night = io::Nights::name(geo::iso_text(today), run.number);
    return run;
}

/// The night proper, with the lock held.
Night work_night(Workplace& work) {
    std::optional<io::Store> store = store_so_far(work);
    const io::StoreContent content =
        store ? store->read(work.now - remembered) : io::StoreContent{};
    if (!work.settings.dry_run) {
        finish_last_night(work, content.last_run);
    }
    const Settings tonight = as_of_tonight(work);
    Evidence evidence = read_evidence(tonight, work.time_zone, work.watch);
    weigh_incidents(tonight, work.time_zone, evidence);
    const std::string& crs = evidence.wards.analysis_crs;
    if (store) {
        store->require_crs(crs);
    }
    const std::string fingerprint = fingerprint_of(work, evidence, in_force(content.zones));
    if (auto same = same_as_last(work, evidence, content.last_run, fingerprint)) {
        return *same;
    }
    const Findings found = look(work, tonight, evidence, store ? &*store : nullptr, content);
    Result result{.settings = &tonight,
                  .command = for_refresh,
                  .time_zone = &work.time_zone,
                  .analysis_crs = crs,
                  .evidence = &evidence,
                  .found = &found.scored,
                  .zones = zones_of(found.scored),
                  .plan = found.plan ? &found.plan->checked : nullptr,
                  .warnings = found.warnings};
    io::StoredRun run = run_of(work, found, content, fingerprint);
    Night night;
    night.status = status_of(work, result, found.drift, run.night, found.counts);
    result.exit_code = night.status.zones_in_breach > 0 ? ExitCode::rule_broken : ExitCode::done;
    run.exit_code = static_cast<int>(result.exit_code);
    night.status.exit_code = run.exit_code;
    night.status.message = message_of(night.status);
    night.exit_code = result.exit_code;
    night.warnings = all_warnings(result);
    if (tonight.dry_run) {
        night.would_change =
            changes(found.drift, found.plan ? &*found.plan : nullptr, content, found.change);
        return night;
    }
    if (!store) {
        store = io::Store::open(*tonight.store, crs);
    }
    NightOutput out = bring_out(work, result, found, run, *store, night.status);
    night.manifest = std::move(out.manifest);
    night.warnings.insert(night.warnings.end(), out.warnings.begin(), out.warnings.end());
    return night;
}

/// Keeps other runs away from the published folder. A dry run makes no file for it.
std::optional<io::RunLock> lock_published(const Settings& settings) {
    const fs::path file = fs::path(*settings.out) / ".refresh.lock";
    return settings.dry_run ? io::RunLock::of_existing(file) : io::RunLock(file);
}

} // namespace

Night refresh(const Settings& settings, geo::Instant now) {
    Workplace work{.settings = settings,
                   .time_zone = geo::TimeZone(settings.time_zone),
                   .now = now,
                   .nights = io::Nights(required(settings.out, "out"))};
    const std::optional<io::RunLock> lock = lock_published(settings);
    try {
        Night night = work_night(work);
        if (lock && lock->doubt()) {
            night.warnings.push_back(*lock->doubt());
        }
        return night;
    } catch (const Error& error) {
        if (!settings.dry_run && error.kind() != ErrorKind::locked) {
            tell_of_failure(work, exit_code(error.kind()), error.what());
        }
        throw;
    } catch (const std::exception& bug) {
        if (!settings.dry_run) {
            tell_of_failure(work, ExitCode::bug, bug.what());
        }
        throw;
    }
}

} // namespace cli
