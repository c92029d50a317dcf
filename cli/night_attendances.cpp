#include "cli/night_attendances.hpp"

#include "cli/standing_zones.hpp"
#include "schedule/attendance_log.hpp"
#include "schedule/delivery.hpp"
#include "schedule/gap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace cli {

namespace {

using AttendanceKey = std::tuple<cluster::ZoneId, schedule::UnitId, geo::Instant, geo::Instant>;

AttendanceKey key_of(const schedule::Attendance& attendance) {
    return {attendance.zone, attendance.unit, attendance.when.from, attendance.when.to};
}

/// The rows that can have happened together; of the others a line for each reason. Rows that say
/// the same are kept: the store has each as it was told.
NewAttendances possible(const std::vector<schedule::Attendance>& rows) {
    NewAttendances kept;
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
            kept.warnings.push_back(fmt::format("{} attendances are left out: {} ({})", number,
                                                schedule::code(fault), schedule::meaning(fault)));
        }
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!left_out[i]) {
            kept.rows.push_back(rows[i]);
        }
    }
    return kept;
}

} // namespace

NewAttendances new_attendances(const Workplace& work, const io::Store* store,
                               const io::StoreContent& content, const std::string& crs) {
    if (work.settings.attendance.empty()) {
        return {};
    }
    std::vector<schedule::ZoneDisc> discs;
    for (const io::StoredZone& zone : in_force(content.zones)) {
        discs.push_back({zone.id, zone.disc});
    }
    KnownAttendances known = read_attendances(work.settings, work.time_zone, discs, crs);
    std::vector<schedule::Attendance> read =
        schedule::tasked_by_plan(std::move(known.read.attendances), content.visits);
    std::erase_if(read, [&](const auto& attendance) { return attendance.when.to > work.now; });
    NewAttendances added = possible(read);
    added.warnings.insert(added.warnings.begin(), known.warnings.begin(), known.warnings.end());
    if (added.rows.empty() || store == nullptr) {
        return added;
    }
    const auto first =
        std::min_element(added.rows.begin(), added.rows.end(),
                         [](const auto& a, const auto& b) { return a.when.to < b.when.to; });
    std::set<AttendanceKey> stored;
    for (const schedule::Attendance& attendance : store->read(first->when.to).attendances) {
        stored.insert(key_of(attendance));
    }
    std::erase_if(added.rows, [&](const auto& attendance) {
        return !stored.insert(key_of(attendance)).second;
    });
    return added;
}

LastAttended::LastAttended(const Workplace& work, const io::Store* store,
                           const io::StoreContent& content,
                           const std::vector<schedule::Attendance>& added)
    : work_(work), store_(store), recent_(content.attendances) {
    recent_.insert(recent_.end(), added.begin(), added.end());
}

std::optional<geo::Instant> LastAttended::of(const cluster::ZoneId& zone) const {
    const auto& rule = work_.settings.rule;
    const auto recent = schedule::last_counted_end(recent_, zone, work_.now, rule);
    // Long ago, perhaps: then the zone's own history is gone through.
    return recent || store_ == nullptr
               ? recent
               : schedule::last_counted_end(store_->attendances_of(zone), zone, work_.now, rule);
}

} // namespace cli
