#include "tests/year/force.hpp"

#include "cli/command_adopt.hpp"
#include "geo/time_text.hpp"
#include "io/store.hpp"
#include "io/visits_reader.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <utility>

namespace year {

namespace fs = std::filesystem;

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

geo::Day day_of(int year, unsigned month, unsigned day) {
    return geo::Day(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
}

const geo::Day first_day = day_of(2025, 11, 3);
constexpr int nights_a_year = 365;

// What happens when. None of these nights is without its refresh.
const geo::Day first_adoption = first_day + days(1);
const geo::Day new_unit = day_of(2026, 1, 19);
const geo::Day new_zone = day_of(2026, 2, 10);
const geo::Day retirement = day_of(2026, 4, 15);
const geo::Day lost_unit = day_of(2026, 5, 18);
const geo::Day review = day_of(2026, 7, 1);

/// Nobody goes out: the turn of the year, and four days of a summer.
bool nobody_goes_out(geo::Day day) {
    return day == day_of(2025, 12, 31) || day == day_of(2026, 1, 1) ||
           (day >= day_of(2026, 6, 12) && day <= day_of(2026, 6, 15));
}

/// No refresh: New Year's night, the one before the clocks go forward, three in a row.
bool no_refresh(geo::Day day) {
    return day == day_of(2026, 1, 1) || day == day_of(2026, 3, 28) ||
           (day >= day_of(2026, 5, 2) && day <= day_of(2026, 5, 4));
}

bool something_happens(geo::Day day) {
    return day <= first_adoption + days(1) || day == new_unit || day == new_zone ||
           day == retirement || day == lost_unit || day == review;
}

constexpr const char* log_header = "zone_id,unit,start,end,kind,visit_id\n";

constexpr const char* another_unit = R"(
[[unit]]
name = "South car"
mode = "vehicle"
minutes_per_shift = 180

[[unit.shift]]
name = "evening"
days = ["Mon", "Tue", "Thu", "Fri", "Sat"]
from = "18:00"
to = "23:00"
)";

/// The units file without one unit, which is neither its first nor named by another.
std::string without_unit(const std::string& units, const std::string& name) {
    const std::size_t named = units.find("name = \"" + name + "\"");
    const std::size_t begin = units.rfind("[[unit]]", named);
    const std::size_t end = units.find("[[unit]]", named);
    return units.substr(0, begin) + (end == std::string::npos ? "" : units.substr(end));
}

void write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

/// A figure of /proc/self/io: bytes that went through read and write calls.
std::uint64_t bytes_moved(const std::string& key) {
    std::ifstream in("/proc/self/io");
    std::string name;
    std::uint64_t value = 0;
    while (in >> name >> value) {
        if (name == key + ":") {
            return value;
        }
    }
    return 0;
}

} // namespace

const geo::TimeZone& london() {
    static const geo::TimeZone zone("Europe/London");
    return zone;
}

Force::Force(std::uint64_t seed)
    : exports_(fs::path(PATROLZONES_SAMPLES) / "ambershire", folder_ / "exports"), random_(seed) {
    const fs::path samples = PATROLZONES_SAMPLES;
    fs::copy(samples / "ambershire/units.toml", folder_ / "units.toml");
    settings_.incidents = {(folder_ / "exports" / "*.csv").string()};
    settings_.wards.path = (samples / "ambershire/wards.geojson").string();
    settings_.units = (folder_ / "units.toml").string();
    settings_.definition = (samples / "definitions/lvrn.toml").string();
    settings_.attendance = {folder_.file("attendance.csv", log_header)};
    settings_.store = (folder_ / "vrn.gpkg").string();
    settings_.out = (folder_ / "published").string();
    settings_.hotspots.top_wards = 12U;
    settings_.hotspots.selection.zones_per_ward = 2;
    settings_.hotspots.selection.effort = cluster::Effort::fast;
    settings_.guard.max_age_days = 45;
    plan_calendar();
}

void Force::plan_calendar() {
    for (int i = 0; i < nights_a_year; ++i) {
        const geo::Day day = first_day + days(i);
        const bool missed = in_hundred(3) || no_refresh(day);
        const bool at_noon = in_hundred(5);
        if (in_hundred(4)) {
            bad_days_.insert(day);
        }
        if (missed && !something_happens(day)) {
            continue;
        }
        const minutes clock = at_noon ? hours(11) + minutes(20) : hours(3) + minutes(30);
        calendar_.push_back(london().instant(geo::WallTime(day) + clock));
    }
    end_ = london().midnight(first_day + days(nights_a_year));
}

void Force::live() {
    geo::Day lived = first_day - days(1);
    for (std::size_t n = 0; n < calendar_.size(); ++n) {
        const geo::Instant now = calendar_[n];
        const geo::Day today = london().day(now);
        while (lived < today) {
            lived += days(1);
            happen(lived);
        }
        night(now);
        patrol({now, n + 1 < calendar_.size() ? calendar_[n + 1] : end_});
    }
}

/// On the third of a month comes the export up to the month before.
void Force::hand_over(geo::Day day) {
    const std::chrono::year_month_day date(day);
    if (unsigned{date.day()} == 3) {
        const std::chrono::year_month month = date.year() / date.month();
        exports_.hand_over(month - std::chrono::months(24), month);
    }
}

void Force::happen(geo::Day day) {
    hand_over(day);
    if (day == first_adoption || day == review) {
        adopt(day, {}, {});
    } else if (day == new_unit) {
        write(*settings_.units, io::content(*settings_.units) + another_unit);
    } else if (day == lost_unit) {
        write(*settings_.units, without_unit(io::content(*settings_.units), "Centre foot"));
    } else if (day == retirement) {
        adopt(day, {}, {places_.begin()->first});
    } else if (day == new_zone) {
        const auto candidates = io::Store::open_existing(*settings_.store).read(end_).candidates;
        const auto fresh = std::find_if(candidates.begin(), candidates.end(),
                                        [](const io::StoredCandidate& c) { return c.is_new; });
        ASSERT_NE(fresh, candidates.end()) << "after three months some candidate is new";
        adopt(day, {fresh->id.text()}, {});
    }
}

/// At midnight, so that the days of a chapter have the same zones.
void Force::adopt(geo::Day day, std::vector<std::string> zones, std::vector<std::string> retired) {
    cli::Settings settings = settings_;
    settings.adopt_zones = std::move(zones);
    settings.retire_zones = std::move(retired);
    io::Store store = io::Store::open_existing(*settings_.store);
    const geo::Instant now = london().midnight(day);
    store.apply({.zones = cli::adoption(settings, store.read(now), now).zones});
    just_adopted_ = true;
}

/// The log as the duty system exports it: what was reported by now of the last 60 days.
void Force::write_log(geo::Instant now) const {
    std::string text = log_header;
    for (const LogRow& row : log_) {
        if (row.reported <= now && row.end > now - days(60)) {
            text += row.text;
        }
    }
    write(settings_.attendance.front(), text);
}

void Force::night(geo::Instant now) {
    write_log(now);
    const std::uint64_t read = bytes_moved("rchar");
    const std::uint64_t written = bytes_moved("wchar");
    const auto start = std::chrono::steady_clock::now();
    const cli::Night night = cli::refresh(settings_, now);
    NightRecord record{.at = now, .exit_code = static_cast<int>(night.exit_code)};
    record.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    record.bytes_read = bytes_moved("rchar") - read;
    record.bytes_written = bytes_moved("wchar") - written;
    record.store_bytes = fs::file_size(*settings_.store);
    record.folders = io::listing(folder_ / "published").size();
    record.visits = night.status.visits;
    const auto manifest = nlohmann::json::parse(night.manifest);
    if (manifest.contains("plan") && manifest["plan"].is_object()) {
        record.breaches_planned = manifest["plan"].value("breaches_planned", std::uint64_t{0});
    }
    for (const io::StatusAlert& alert : night.status.alerts) {
        if (alert.level == io::StatusAlert::Level::overdue) {
            record.overdue.insert(alert.zone.text());
        }
    }
    nights_.push_back(std::move(record));
    check_zones(now);
}

/// Holds the store's zones against what was adopted.
void Force::check_zones(geo::Instant now) {
    const io::StoreContent content =
        io::Store::open_existing(*settings_.store).read(now - days(60));
    nights_.back().stands = content.visits.size() + content.attendances.size();
    std::map<std::string, cluster::Disc> places;
    std::set<std::string> known;
    for (const io::StoredZone& zone : content.zones) {
        known.insert(zone.id.text());
        if (!zone.valid_to && !places.emplace(zone.id.text(), zone.disc).second) {
            faults_.push_back(fmt::format("{} stands in two places", zone.id.text()));
        }
    }
    const std::string date = geo::iso_text(now, london());
    for (const io::StoredCandidate& candidate : content.candidates) {
        if (candidate.is_new && known.contains(candidate.id.text())) {
            faults_.push_back(fmt::format("{}: {} is proposed again", date, candidate.id.text()));
        }
    }
    for (const auto& [id, disc] : places) {
        if (ended_.contains(id)) {
            faults_.push_back(fmt::format("{}: {} is in force again", date, id));
        }
    }
    if (!std::exchange(just_adopted_, false)) {
        if (places != places_) {
            faults_.push_back(date + ": zones in force changed although nobody decided it");
        }
        return;
    }
    for (const auto& [id, disc] : places_) {
        if (!places.contains(id)) {
            ended_.insert(id);
        }
    }
    places_ = std::move(places);
    begin_chapter(london().day(now));
}

void Force::begin_chapter(geo::Day day) {
    const fs::path zones = folder_ / fmt::format("zones-{}.geojson", chapters_.size());
    fs::copy_file(current() / "zones.geojson", zones);
    chapters_.push_back({day, zones.string()});
}

unsigned Force::share_made(geo::Day day) const {
    return nobody_goes_out(day) ? 0 : bad_days_.contains(day) ? 15 : 85;
}

void Force::patrol(geo::TimeSpan watch) {
    if (places_.empty()) {
        return;
    }
    const io::ReadVisits plan = io::read_visits((current() / "visits.geojson").string(), london());
    for (const schedule::Visit& visit : plan.visits) {
        if (watch.contains(visit.when.from)) {
            play(visit.id, visit.zone.text(), visit.unit.text(), visit.when);
        }
    }
}

void Force::play(const std::string& visit, const std::string& zone, const std::string& unit,
                 geo::TimeSpan planned) {
    Outcome outcome{.zone = zone, .planned = planned};
    if (in_hundred(share_made(london().day(planned.from)))) {
        const bool brief = in_hundred(4);
        outcome.made.from = planned.from + minutes(random_() % 4);
        outcome.made.to = brief ? outcome.made.from + minutes(5 + random_() % 5) : planned.to;
        outcome.counts = !brief;
        const auto late = in_hundred(5) ? hours(24 + random_() % 48) : hours(0);
        log_.push_back({outcome.made.to, outcome.made.to + late,
                        fmt::format("{},{},{},{},tasked,{}\n", zone, unit,
                                    geo::iso_text(outcome.made.from, london()),
                                    geo::iso_text(outcome.made.to, london()), visit)});
    }
    outcomes_.push_back(std::move(outcome));
}

std::vector<InForce> Force::zones() const {
    std::vector<InForce> zones;
    for (const io::StoredZone& row : io::Store::open_existing(*settings_.store).read(end_).zones) {
        const geo::TimeSpan when{row.valid_from, row.valid_to.value_or(end_)};
        if (!zones.empty() && zones.back().zone == row.id.text() &&
            zones.back().when.to == when.from) {
            zones.back().when.to = when.to; // moved
        } else {
            zones.push_back({row.id.text(), when});
        }
    }
    return zones;
}

std::string Force::whole_log() const {
    std::string text = log_header;
    for (const LogRow& row : log_) {
        text += row.text;
    }
    return text;
}

} // namespace year
