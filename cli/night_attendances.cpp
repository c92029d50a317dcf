#include "cli/night_attendances.hpp"

#include "cli/attendances.hpp"
#include "cli/standing_zones.hpp"
#include "schedule/attendance_log.hpp"
#include "schedule/gap.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cli {

namespace {

/// What attendances are read beside: zones in force for positions, and every zone that ever was for
/// rows that name one.
Surroundings surroundings_of(const Workplace& work, const io::StoreContent& content,
                             const std::string& crs) {
    Surroundings around{
        .time_zone = work.time_zone, .crs = crs, .plan = content.visits, .as_of = work.now};
    for (const io::StoredZone& zone : in_force(content.zones)) {
        around.discs.push_back({zone.id, zone.disc});
    }
    for (const io::StoredZone& zone : content.zones) {
        around.zones.push_back(zone.id);
    }
    return around;
}

} // namespace

NewAttendances new_attendances(const Workplace& work, const io::Store* store,
                               const io::StoreContent& content, const std::string& crs) {
    if (work.settings.attendance.empty()) {
        return {};
    }
    KnownAttendances known = read_attendances(work.settings, surroundings_of(work, content, crs));
    NewAttendances added{.rows = {}, .warnings = attendance_warnings(known.read)};
    added.rows = std::move(known.read.attendances);
    if (added.rows.empty() || store == nullptr) {
        return added;
    }
    const auto first =
        std::min_element(added.rows.begin(), added.rows.end(),
                         [](const auto& a, const auto& b) { return a.when.to < b.when.to; });
    std::set<schedule::AttendanceIdentity> stored;
    for (const schedule::Attendance& attendance : store->read(first->when.to).attendances) {
        stored.insert(identity(attendance));
    }
    std::erase_if(added.rows, [&](const auto& attendance) {
        return !stored.insert(identity(attendance)).second;
    });
    return added;
}

LastAttended::LastAttended(const Workplace& work, const io::Store* store,
                           const io::StoreContent& content,
                           const std::vector<schedule::Attendance>& added)
    : work_(work), store_(store) {
    std::vector<schedule::Attendance> rows = content.attendances;
    rows.insert(rows.end(), added.begin(), added.end());
    recent_ = tidied(rows);
}

std::optional<geo::Instant> LastAttended::of(const cluster::ZoneId& zone) const {
    const auto& rule = work_.settings.rule;
    const auto recent = schedule::last_counted_end(recent_, zone, work_.now, rule);
    return recent || store_ == nullptr
               ? recent
               : schedule::last_counted_end(tidied(long_ago(zone)), zone, work_.now, rule);
}

std::vector<schedule::Attendance>
LastAttended::tidied(std::span<const schedule::Attendance> rows) const {
    return schedule::tidy(rows, {}, {.now = work_.now}).attendances;
}

std::vector<schedule::Attendance> LastAttended::long_ago(const cluster::ZoneId& zone) const {
    std::vector<schedule::Attendance> rows = store_->attendances_of(zone);
    std::erase_if(rows, [&](const schedule::Attendance& row) {
        return row.when.to >= work_.now - remembered;
    });
    return rows;
}

} // namespace cli
