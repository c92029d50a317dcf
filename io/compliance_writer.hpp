#pragma once

#include "cluster/zone.hpp"
#include "geo/time_zone.hpp"
#include "io/attendance_reader.hpp"
#include "schedule/compliance.hpp"
#include "schedule/delivery.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace io {

/// Planned visits of a zone, by what became of them.
struct DeliveredCounts {
    std::uint64_t planned = 0;
    std::uint64_t delivered = 0;
    std::uint64_t brief = 0;
    std::uint64_t missed = 0;
    std::uint64_t open = 0;
};

/// What a report of compliance is written from. Everything referred to must outlive the writing.
struct ComplianceReport {
    const schedule::Compliance& compliance;
    std::span<const cluster::Zone> zones; ///< those of `compliance`, in their order
    std::span<const schedule::Attendance> attendances;
    std::span<const schedule::Visit> visits;        ///< planned in the period; none without a plan
    std::span<const schedule::Delivery> deliveries; ///< of each of `visits`
    const geo::TimeZone& time_zone;
    bool with_plan = false;  ///< else nothing is said of planned visits
    bool with_units = false; ///< else nothing is said of officers' time
};

/// "delivered", "brief", "missed", "open".
std::string_view word(schedule::Delivery::State state);

/// How many visits of the zone became what.
DeliveredCounts delivered_in(const ComplianceReport& report, const cluster::ZoneId& zone);
/// Likewise of all zones.
DeliveredCounts delivered_in_all(const ComplianceReport& report);

/// The text of compliance.csv: one row a zone, in their order (docs/formats/compliance.csv.md).
std::string compliance_csv(const ComplianceReport& report);
/// The text of breaches.csv: one row a breach, by zone, then start.
std::string breaches_csv(const ComplianceReport& report);
/// The text of deliveries.csv: one row a planned visit, in their order.
std::string deliveries_csv(const ComplianceReport& report);

/// What a row of returns is of.
enum class ReturnPeriod { month, quarter };

/// The text of returns-by-month.csv and returns-by-quarter.csv: one row each, in order.
std::string returns_csv(const ComplianceReport& report, ReturnPeriod period);

/// "2026-11" or "2026-Q4".
std::string period_name(const schedule::Return& row, ReturnPeriod period);

/// The text of attendance-issues.csv: every row left out or doubted, in the order of the files.
std::string attendance_issues_csv(std::span<const AttendanceProblem> problems,
                                  std::span<const AttendanceFile> files);

} // namespace io
