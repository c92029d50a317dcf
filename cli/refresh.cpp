#include "cli/refresh.hpp"

#include "cli/publish.hpp"
#include "cli/standing_zones.hpp"
#include "cli/steps.hpp"
#include "cli/summary.hpp"
#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/checksum.hpp"
#include "io/file_text.hpp"
#include "io/nights.hpp"
#include "io/run_lock.hpp"
#include "io/source.hpp"
#include "io/store.hpp"
#include "io/zones_writer.hpp"
#include "schedule/attendance_log.hpp"
#include "schedule/delivery.hpp"
#include "schedule/gap.hpp"
#include "schedule/renewal.hpp"
#include "schedule/standing_visits.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <tuple>

namespace cli {

namespace {

namespace fs = std::filesystem;

using geo::Error;
using geo::ErrorKind;

/// Visits and attendances from so long ago are read: more than any gap, less than a year's growth.
constexpr std::chrono::days remembered{60};

/// What a night works with.
struct Workplace {
    const Settings& settings;
    geo::TimeZone time_zone;
    geo::Instant now;
    io::Nights nights;
    Stopwatch watch;
};

/// The incidents that a night found, as the next one is held against them.
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

/// Names everything that a night's result depends on: the version, the date, the options, the
/// inputs' bytes, and the zones in force.
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

/// A database has no checksum: whether it is what it was cannot be told.
bool all_inputs_known(const Workplace& work, const Evidence& evidence) {
    const auto inputs = manifest_inputs(work.settings, &evidence, for_refresh);
    return std::all_of(inputs.begin(), inputs.end(),
                       [](const io::ManifestInput& input) { return input.sha256.has_value(); });
}

using AttendanceKey = std::tuple<cluster::ZoneId, schedule::UnitId, geo::Instant, geo::Instant>;

AttendanceKey key_of(const schedule::Attendance& attendance) {
    return {attendance.zone, attendance.unit, attendance.when.from, attendance.when.to};
}

/// The rows that can have happened together; of the others a line for each reason. Rows that say
/// the same are kept: the store has each as it was told.
std::vector<schedule::Attendance> possible(const std::vector<schedule::Attendance>& rows,
                                           std::vector<std::string>& warnings) {
    std::vector<bool> left_out(rows.size());
    std::map<schedule::AttendanceFault, std::size_t> reasons;
    for (const schedule::RowFault& bad : schedule::tidy(rows, {}).faults) {
        if (schedule::leaves_out(bad.fault)) {
            left_out[bad.row] = true;
            reasons[bad.fault] += bad.fault == schedule::AttendanceFault::duplicate ? 0U : 1U;
        }
    }
    for (const auto& [fault, number] : reasons) {
        if (number > 0) {
            warnings.push_back(fmt::format("{} attendances are left out: {} ({})", number,
                                           schedule::code(fault), schedule::meaning(fault)));
        }
    }
    std::vector<schedule::Attendance> kept;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!left_out[i]) {
            kept.push_back(rows[i]);
        }
    }
    return kept;
}

/// The attendances of the files that the store does not have. What lies in the future is not known
/// yet.
std::vector<schedule::Attendance> new_attendances(const Workplace& work, const io::Store& store,
                                                  const io::StoreContent& content,
                                                  const std::string& crs,
                                                  std::vector<std::string>& warnings) {
    if (work.settings.attendance.empty()) {
        return {};
    }
    std::vector<schedule::ZoneDisc> discs;
    for (const io::StoredZone& zone : in_force(content.zones)) {
        discs.push_back({zone.id, zone.disc});
    }
    KnownAttendances known = read_attendances(work.settings, work.time_zone, discs, crs);
    warnings.insert(warnings.end(), std::make_move_iterator(known.warnings.begin()),
                    std::make_move_iterator(known.warnings.end()));
    std::vector<schedule::Attendance> read =
        schedule::tasked_by_plan(std::move(known.read.attendances), content.visits);
    std::erase_if(read, [&](const auto& attendance) { return attendance.when.to > work.now; });
    read = possible(read, warnings);
    if (read.empty()) {
        return {};
    }
    const auto first = std::min_element(read.begin(), read.end(), [](const auto& a, const auto& b) {
        return a.when.to < b.when.to;
    });
    std::set<AttendanceKey> stored;
    for (const schedule::Attendance& attendance : store.read(first->when.to).attendances) {
        stored.insert(key_of(attendance));
    }
    std::erase_if(
        read, [&](const auto& attendance) { return !stored.insert(key_of(attendance)).second; });
    return read;
}

/// The end of each zone's last attendance that counts.
class LastAttended {
  public:
    LastAttended(const Workplace& work, const io::Store& store, const io::StoreContent& content,
                 const std::vector<schedule::Attendance>& added)
        : work_(work), store_(store), recent_(content.attendances) {
        recent_.insert(recent_.end(), added.begin(), added.end());
    }

    std::optional<geo::Instant> of(const cluster::ZoneId& zone) const {
        const auto& rule = work_.settings.rule;
        const auto recent = schedule::last_counted_end(recent_, zone, work_.now, rule);
        // Long ago, perhaps: then the zone's own history is gone through.
        return recent
                   ? recent
                   : schedule::last_counted_end(store_.attendances_of(zone), zone, work_.now, rule);
    }

  private:
    const Workplace& work_;
    const io::Store& store_;
    std::vector<schedule::Attendance> recent_;
};

/// Tonight's plan, proved.
struct NightPlan {
    CheckedPlan checked;
    schedule::RenewedPlan renewed;
    std::vector<schedule::Visit> lost; ///< issued visits that can no longer be made
};

std::vector<geo::Instant> since_of(const std::vector<schedule::Place>& places,
                                   const std::vector<io::StoredZone>& zones) {
    std::vector<geo::Instant> since;
    for (const schedule::Place& place : places) {
        const auto own = std::find_if(zones.begin(), zones.end(), [&](const io::StoredZone& zone) {
            return zone.id == place.zone;
        });
        since.push_back(own->valid_from);
    }
    return since;
}

NightPlan plan_night(Workplace& work, const Settings& tonight, const Evidence& evidence,
                     const FoundZones& scored, const io::StoreContent& content,
                     const LastAttended& last) {
    std::vector<schedule::Place> places = places_of(scored);
    for (schedule::Place& place : places) {
        place.last_attended = last.of(place.zone);
    }
    PlanTask task = plan_task(tonight, std::move(places), evidence.wards.wards,
                              evidence.wards.analysis_crs, work.time_zone);
    schedule::StandingVisits standing =
        schedule::standing_visits(task.problem, content.visits, work.now);
    const schedule::Renewal renewal{
        .now = work.now,
        .former = std::move(standing.visits),
        .issued_until =
            content.last_run ? std::optional(content.last_run->issued_until) : std::nullopt,
        .opened_again = !standing.lost.empty(),
        .issue_days = tonight.issue_days,
        .in_force_since = since_of(task.problem.places, in_force(content.zones))};
    schedule::RenewedPlan renewed = work.watch.time(
        "plan", [&] { return schedule::renew_plan(task.problem, renewal, plan_options(tonight)); });
    task.problem.open_from = renewed.open_from;
    CheckedPlan checked = checked_plan(tonight, std::move(task), renewed.plan, work.watch);
    for (const schedule::Visit& visit : standing.lost) {
        checked.warnings.push_back(fmt::format(
            "the issued visit {} of {} to zone {} can no longer be made; the issued "
            "days are planned anew around it",
            geo::iso_text(visit.when.from, work.time_zone), visit.unit.text(), visit.zone.text()));
    }
    return {std::move(checked), std::move(renewed), std::move(standing.lost)};
}

/// Zones that somebody should see to, worst first.
std::vector<io::StatusAlert> alerts_of(const Workplace& work, const CheckedPlan& plan,
                                       const std::vector<io::StoredZone>& zones) {
    using Level = io::StatusAlert::Level;
    const schedule::Rule& rule = work.settings.rule;
    std::vector<io::StatusAlert> alerts;
    const std::vector<geo::Instant> since = since_of(plan.problem.places, zones);
    for (std::size_t p = 0; p < plan.problem.places.size(); ++p) {
        const schedule::Place& place = plan.problem.places[p];
        const schedule::Outlook& outlook = plan.outlooks[p];
        const geo::Instant due = schedule::latest_start(
            place.last_attended.value_or(since[p]), rule.max_gap, rule.gap_mode, work.time_zone);
        const auto left = due - work.now;
        if (left > work.settings.alert_hours && outlook.next_visit && *outlook.next_visit <= due) {
            continue;
        }
        const bool will_pass = !outlook.next_visit || *outlook.next_visit > due;
        const auto own = std::find_if(zones.begin(), zones.end(), [&](const io::StoredZone& zone) {
            return zone.id == place.zone;
        });
        alerts.push_back(
            {.level = due < work.now ? Level::overdue
                      : will_pass    ? Level::will_pass
                                     : Level::last_day,
             .zone = place.zone,
             .name = own->name,
             .due_by = due,
             .hours_left = std::chrono::duration<double, std::ratio<3600>>(left).count(),
             .next_visit = outlook.next_visit});
    }
    std::sort(alerts.begin(), alerts.end(), [](const io::StatusAlert& a, const io::StatusAlert& b) {
        return std::tie(a.level, a.due_by, a.zone) < std::tie(b.level, b.due_by, b.zone);
    });
    return alerts;
}

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

/// Candidates as a layer: zones under the ids that they carry on or would get.
std::string candidates_geojson(const Drift& drift, const FoundZones& found,
                               const Settings& settings, const Evidence& evidence,
                               const geo::TimeZone& time_zone) {
    std::vector<io::PublishedZone> zones;
    for (std::size_t c = 0; c < drift.candidates.size(); ++c) {
        zones.push_back(io::published(found.zones[c].zone));
        zones.back().id = drift.candidates[c].id;
        zones.back().name = drift.candidates[c].name;
    }
    const io::Publication told = io::disclosed({std::move(zones), {}}, settings.audience);
    return io::zones_geojson(told.zones, geo::Projection("EPSG:4326", evidence.wards.analysis_crs),
                             time_zone);
}

fs::path status_path(const Settings& settings) {
    return fs::path(required(settings.out, "out")) / "status.json";
}

/// Writes what watches over the refresh reads: last of all, each in one step.
void write_status(const Settings& settings, const io::Status& status,
                  const geo::TimeZone& time_zone) {
    if (settings.prometheus) {
        io::replace_text(*settings.prometheus, io::prometheus_text(status));
    }
    io::replace_text(status_path(settings), io::status_json(status, time_zone));
}

/// The refusal of the guard, unless it is overruled.
void require_no_collapse(const Workplace& work, const std::optional<io::StoredRun>& last,
                         const io::RunCounts& counts, std::vector<std::string>& warnings) {
    const auto before = last ? std::optional(last->counts) : std::nullopt;
    const auto why = collapse(before, counts, work.now, work.settings.guard);
    if (!why) {
        return;
    }
    if (!work.settings.force) {
        throw Error(ErrorKind::refused,
                    fmt::format("not published: {}; look at the input, or give --force with the "
                                "reason why it is right",
                                *why));
    }
    warnings.push_back(fmt::format("{}; published all the same: {}", *why, *work.settings.force));
}

/// Settings as tonight's plan takes them: from today on.
Settings as_of_tonight(const Workplace& work) {
    Settings tonight = work.settings;
    tonight.start = tonight.start.value_or(work.time_zone.day(work.now));
    tonight.overwrite = true; // a folder of tonight's name is what a killed run left
    return tonight;
}

io::Status status_of(const Workplace& work, const Result& result, const Drift& drift,
                     const std::string& night, const io::RunCounts& counts) {
    io::Status status{.last_attempt = work.now,
                      .last_success = work.now,
                      .exit_code = static_cast<int>(result.exit_code),
                      .night = night,
                      .next_due = work.now + std::chrono::days(1),
                      .incidents = counts.rows_used,
                      .rows_left_out = counts.rows_left_out,
                      .zones = result.zones.size()};
    status.new_candidates = static_cast<std::uint64_t>(
        std::count_if(drift.candidates.begin(), drift.candidates.end(),
                      [](const io::StoredCandidate& c) { return c.is_new; }));
    if (result.plan != nullptr) {
        status.visits = result.plan->plan.visits.size();
        status.alerts = alerts_of(work, *result.plan, drift.zones);
        status.zones_in_breach = static_cast<std::uint64_t>(std::count_if(
            status.alerts.begin(), status.alerts.end(), [](const io::StatusAlert& alert) {
                return alert.level != io::StatusAlert::Level::last_day;
            }));
        status.zones_in_breach =
            std::max<std::uint64_t>(status.zones_in_breach, result.plan->zones_in_breach());
    }
    return status;
}

/// "20 zones, 312 visits, the rule is kept; 3 new candidates".
std::string message_of(const io::Status& status) {
    if (status.zones == 0) {
        return fmt::format("no zone is in force, {} are proposed: patrolzones adopt puts them in "
                           "force",
                           status.new_candidates);
    }
    return fmt::format("{} zones, {} visits, {}; {} new candidates, {} alerts", status.zones,
                       status.visits,
                       status.zones_in_breach == 0
                           ? "the rule is kept"
                           : fmt::format("the rule is broken in {} zones", status.zones_in_breach),
                       status.new_candidates, status.alerts.size());
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

/// Finishes what a run left that was killed after its store was written: its night is whole.
void roll_forward(const Workplace& work, const std::optional<io::StoredRun>& last) {
    std::error_code fault;
    if (last && work.nights.current() != last->night &&
        fs::exists(work.nights.folder(last->night) / "manifest.json", fault)) {
        work.nights.make_current(last->night);
    }
}

void copy_store(const Workplace& work, const io::Store& store, std::uint64_t run) {
    if (!store.is_file()) {
        return;
    }
    const fs::path path = *work.settings.store;
    const fs::path folder = path.parent_path() / (path.stem().string() + "-copies");
    std::error_code fault;
    fs::create_directories(folder, fault);
    store.back_up((folder / fmt::format("{}-run{}.gpkg", path.stem().string(), run)).string());
    for (std::uint64_t old = run > work.settings.keep ? run - work.settings.keep : 0; old > 0;
         --old) {
        if (!fs::remove(folder / fmt::format("{}-run{}.gpkg", path.stem().string(), old), fault)) {
            break; // and so are those before it
        }
    }
}

/// The last night again, where it went well and nothing is new since.
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

/// What a night found out: zones in force as they stand, candidates, and the plan.
struct Findings {
    io::RunCounts counts;
    FoundZones candidates;
    FoundZones scored; ///< the zones in force
    Drift drift;
    io::StoreChange change; ///< all but the run
    std::optional<NightPlan> plan;
};

Findings look(Workplace& work, const Settings& tonight, const Evidence& evidence,
              const io::Store& store, const io::StoreContent& content,
              std::vector<std::string>& warnings) {
    const cluster::Hotspots hotspots = find_hotspots(tonight, evidence, work.time_zone, work.watch);
    Findings found{.counts = counts_of(evidence, hotspots)};
    require_no_collapse(work, content.last_run, found.counts, warnings);
    const std::vector<io::StoredZone> standing = in_force(content.zones);
    found.candidates = describe_zones(tonight, evidence, hotspots, work.time_zone, work.watch);
    found.scored = score_zones(tonight, evidence, standing, hotspots, work.time_zone, work.watch);
    found.drift = drift_of(tonight, evidence, content.zones, found.candidates);
    found.change = {.zones = with_new_below(work, standing, found.scored),
                    .candidates = found.drift.candidates,
                    .attendances = new_attendances(work, store, content,
                                                   evidence.wards.analysis_crs, warnings)};
    if (!standing.empty()) {
        const LastAttended last(work, store, content, found.change.attendances);
        found.plan = plan_night(work, tonight, evidence, found.scored, content, last);
        found.change.plan_from = work.now;
        found.change.visits = found.plan->renewed.plan.visits;
        found.change.withdrawn = found.plan->lost;
    }
    return found;
}

/// Folder, store, link, copies, in this order: whatever is cut off, the next run can go on.
void bring_out(Workplace& work, Result& result, const Findings& found, const io::StoredRun& run,
               io::Store& store, Night& night) {
    const Settings& tonight = *result.settings;
    result.further_files = {
        {io::Nights::name_file, run.night + "\n"},
        {"candidates.geojson", candidates_geojson(found.drift, found.candidates, tonight,
                                                  *result.evidence, work.time_zone)},
        {"matches.csv", matches_csv(found.drift, found.scored,
                                    tonight.hotspots.selection.min_incidents, work.now)}};
    io::OutputFolder folder(work.nights.folder(run.night), io::Existing::replace);
    night.manifest = publish(result, folder, work.watch);
    io::StoreChange change = found.change;
    change.run = run;
    store.apply(change);
    work.nights.make_current(run.night);
    copy_store(work, store, run.number);
    work.nights.keep(tonight.keep);
    write_status(tonight, night.status, work.time_zone);
}

/// The night proper, with the lock held.
Night work_night(Workplace& work) {
    const Settings tonight = as_of_tonight(work);
    Evidence evidence = read_evidence(tonight, work.time_zone, work.watch);
    weigh_incidents(tonight, work.time_zone, evidence);
    io::Store store =
        io::Store::open(required(tonight.store, "store"), evidence.wards.analysis_crs);
    const io::StoreContent content = store.read(work.now - remembered);
    roll_forward(work, content.last_run);
    const std::string fingerprint = fingerprint_of(work, evidence, in_force(content.zones));
    if (auto same = same_as_last(work, evidence, content.last_run, fingerprint)) {
        return *same;
    }
    Night night;
    const Findings found = look(work, tonight, evidence, store, content, night.warnings);
    Result result{.settings = &tonight,
                  .command = for_refresh,
                  .time_zone = &work.time_zone,
                  .analysis_crs = evidence.wards.analysis_crs,
                  .evidence = &evidence,
                  .found = &found.scored,
                  .zones = zones_of(found.scored),
                  .plan = found.plan ? &found.plan->checked : nullptr,
                  .warnings = night.warnings};
    const geo::Day today = work.time_zone.day(work.now);
    io::StoredRun run{.number = content.last_run ? content.last_run->number + 1 : 1,
                      .at = work.now,
                      .fingerprint = fingerprint,
                      .issued_until = found.plan ? found.plan->renewed.issued_until : today,
                      .counts = found.counts,
                      .forced = tonight.force.value_or(""),
                      .version = PATROLZONES_VERSION};
    run.night = io::Nights::name(geo::iso_text(today), run.number);
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
    bring_out(work, result, found, run, store, night);
    return night;
}

/// The status of a night that failed: the last success stays what it was.
void tell_of_failure(const Workplace& work, const Error& error) {
    io::Status status =
        io::read_status(status_path(work.settings), work.time_zone).value_or(io::Status{});
    status.last_attempt = work.now;
    status.exit_code = static_cast<int>(exit_code(error.kind()));
    status.message = error.what();
    status.next_due = work.now + std::chrono::days(1);
    status.night = work.nights.current();
    try {
        write_status(work.settings, status, work.time_zone);
    } catch (const Error& unwritten) { // the error itself is what matters
        std::cerr << "patrolzones: " << unwritten.what() << '\n';
    }
}

/// Runs the analyst's command with the alerts on its standard input.
void call_on_alert(const Settings& settings, const io::Status& status) {
    const auto pipe = std::unique_ptr<std::FILE, int (*)(std::FILE*)>(
        ::popen(settings.on_alert->c_str(), "w"), ::pclose);
    if (!pipe) {
        return;
    }
    fmt::print(pipe.get(), "exit code {}: {}\n", status.exit_code, status.message);
    for (const io::StatusAlert& alert : status.alerts) {
        fmt::print(pipe.get(), "{} {} {}: {:.1f} h left\n", io::word(alert.level),
                   alert.zone.text(), alert.name, alert.hours_left);
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

Night refresh(const Settings& settings, geo::Instant now) {
    Workplace work{.settings = settings,
                   .time_zone = geo::TimeZone(settings.time_zone),
                   .now = now,
                   .nights = io::Nights(required(settings.out, "out"))};
    const io::RunLock lock(fs::path(*settings.out) / ".refresh.lock");
    try {
        return work_night(work);
    } catch (const Error& error) {
        if (!settings.dry_run && error.kind() != ErrorKind::locked) {
            tell_of_failure(work, error);
        }
        throw;
    }
}

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
    } catch (const Error& error) {
        if (settings.on_alert && !settings.dry_run) {
            call_on_alert(settings, {.last_attempt = now,
                                     .exit_code = static_cast<int>(exit_code(error.kind())),
                                     .message = error.what()});
        }
        throw;
    }
}

} // namespace cli
