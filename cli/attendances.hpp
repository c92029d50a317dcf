#pragma once

#include "cli/settings.hpp"
#include "io/attendance_reader.hpp"
#include "schedule/plan.hpp"

#include <span>
#include <string>
#include <vector>

namespace cli {

/// What attendances are read beside.
struct Surroundings {
    geo::TimeZone time_zone;
    std::vector<schedule::ZoneDisc> discs; ///< in which positions are looked up
    std::string crs;                       ///< of `discs`
    std::vector<cluster::ZoneId> zones;    ///< rows of any other are left out
    std::span<const schedule::Visit> plan; ///< positions beside its visits are of tasked units
    geo::Instant as_of;                    ///< what ends later is left out
    std::span<const schedule::Attendance> stored = {}; ///< taken with those of the files, after
                                                       ///< them, but for what they say, too
};

/// Attendances of the settings' files, of any form, as every command takes them: positions made
/// stays, stays tasked by the plan, rows that cannot have happened together left out, overlaps
/// joined.
struct KnownAttendances {
    io::ReadAttendances read; ///< those used, each as it was told, and what became of every row
    std::vector<schedule::Attendance> attendances; ///< schedule::TidyLog's
};

KnownAttendances read_attendances(const Settings& settings, const Surroundings& around);

/// A warning for every row that was left out or doubted; for each reason of a file together where
/// there are many, or where nothing is lost by it.
std::vector<std::string> attendance_warnings(const io::ReadAttendances& read);

/// Sets each place's last attendance that counts from the attendance files, where there are any.
///
/// \param before the plan's start: what ends later is not known to it. \param crs analysis CRS of
/// the places.
KnownAttendances apply_attendances(const Settings& settings, const geo::TimeZone& time_zone,
                                   geo::Instant before, std::vector<schedule::Place>& places,
                                   const std::string& crs);

} // namespace cli
