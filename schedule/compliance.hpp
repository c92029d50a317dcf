#pragma once

#include "geo/time_zone.hpp"
#include "schedule/attendance.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace schedule {

/// A zone whose attendance is watched.
struct WatchedZone {
    cluster::ZoneId zone;
    std::optional<geo::Instant> since = {}; ///< in force from; always when left out
    std::optional<geo::Instant> until = {}; ///< no longer in force from; still when left out
};

/// Visits by how long they lasted: under 10 minutes, from 10 to under 15, and 15 or more.
struct DwellCounts {
    std::uint64_t under_10 = 0;
    std::uint64_t from_10_to_14 = 0;
    std::uint64_t from_15 = 0;

    friend bool operator==(const DwellCounts&, const DwellCounts&) = default;
};

/// Presence added up.
struct PresenceTotals {
    std::uint64_t visits = 0;     ///< attendances of any length, by when they began
    std::uint64_t counted = 0;    ///< of those, the ones that reset the gap
    DwellCounts dwell;            ///< of `visits`, by their whole length
    std::chrono::seconds time{0}; ///< of units, in the period alone
    std::chrono::seconds officer_time{
        0};                             ///< `time` x officers of the unit, for units that are known
    std::uint64_t without_officers = 0; ///< of `visits`, those whose unit is not known
    std::optional<std::uint64_t> arrests; ///< nothing where no attendance says how many
    std::optional<std::uint64_t> searches;

    friend bool operator==(const PresenceTotals&, const PresenceTotals&) = default;
};

/// Presence of both kinds, which are never mixed.
struct PresenceByKind {
    PresenceTotals tasked;
    PresenceTotals background;

    friend bool operator==(const PresenceByKind&, const PresenceByKind&) = default;
};

/// An absence that the rule does not allow.
struct Breach {
    cluster::ZoneId zone;
    geo::TimeSpan
        absence; ///< from the end of the last attendance that counts (the beginning, where
                 ///< there was none) to the start of the next; to the end if there is none
    geo::Instant
        last_allowed;  ///< latest start that would have kept the rule; the breach is the rest
    bool open = false; ///< nobody had come by the end
    bool never_attended = false; ///< no attendance that counts is known before

    std::chrono::seconds length() const { return absence.to - last_allowed; }
    friend bool operator==(const Breach&, const Breach&) = default;
};

/// How the rule was kept in one zone.
struct ZoneCompliance {
    cluster::ZoneId zone;
    bool in_force = true;                     ///< at `as_of`
    std::optional<geo::Instant> last_counted; ///< end of the last attendance that counts
    std::optional<geo::Instant> due_by;       ///< latest start of the next; nothing out of force
    std::optional<std::chrono::seconds> left; ///< from `as_of` to `due_by`; negative when overdue
    std::vector<Breach> breaches;             ///< by start
    std::chrono::seconds longest_absence{0};  ///< that touches the period
    PresenceByKind presence;
};

/// Presence in a month or a quarter of all zones together.
struct Return {
    geo::Day first{};  ///< of the month or quarter
    geo::Day last{};   ///< included
    bool whole = true; ///< whether the period of the report holds all of it
    PresenceByKind presence;
};

struct Compliance {
    geo::TimeSpan period;
    std::vector<ZoneCompliance> zones; ///< in the order of the zones asked for
    PresenceByKind presence;           ///< of all of them
    std::vector<Return> months;        ///< every one that the period touches, in order
    std::vector<Return> quarters;      ///< likewise: January to March, and so on

    std::uint64_t breaches() const;
    bool keeps_rule() const { return breaches() == 0; }
};

/// What is asked.
struct ComplianceQuestion {
    std::span<const WatchedZone> zones;
    std::span<const Attendance> attendances; ///< in any order, tidied (attendance_log.hpp)
    Rule rule;
    geo::TimeSpan period;             ///< the report is as of its end
    geo::TimeZone zone;               ///< for duty days, months and quarters
    std::span<const Unit> units = {}; ///< for their numbers of officers
};

/// Attendance against the rule, as of the end of a period.
///
/// What ends after the period's end is not known yet and left out; what ended before its start
/// counts for the gap that runs into it. An absence runs from the end of one attendance that counts
/// to the start of the next, however many units were there; the first from the end of the last one
/// known, else from the later of the period's start and `since`; the last to the earlier of the
/// period's end and `until`. It is a breach if the next start, or that end, is later than
/// `latest_start` (gap.hpp) with the rule's longest gap; to the end of its minute in duty days.
/// Breaches are given whole where any of them lies in the period. Time out of force is no absence,
/// and attendance in it still is presence. Visits belong to the month in which they began, time to
/// the months in which it passed, both by the wall clock of `zone`, and lengths are real time,
/// across clock changes. Zones that are not asked for are left out.
/// Time O(n log n + z) for n attendances and z zones.
///
/// \throws geo::Error (usage) if the period ends before it begins or a zone comes twice.
Compliance compliance(const ComplianceQuestion& question);

/// A zone to go to, and how long there is.
struct Alert {
    cluster::ZoneId zone;
    geo::Instant due_by;
    std::chrono::seconds left{0}; ///< negative when overdue
    std::optional<geo::Instant> last_counted;
};

/// The zones in force that are overdue or due within `soon` of the period's end, worst first: by
/// time left, then id.
std::vector<Alert> alerts(const Compliance& compliance,
                          std::chrono::seconds soon = std::chrono::hours(24));

} // namespace schedule
