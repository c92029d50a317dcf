#pragma once

#include "cli/night.hpp"
#include "io/store.hpp"
#include "schedule/attendance.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cli {

/// Attendances that the store does not have yet.
struct NewAttendances {
    std::vector<schedule::Attendance> rows;
    std::vector<std::string> warnings; ///< one line for each reason why rows are left out
};

/// The attendances of the settings' files that the store does not have, each as it was told: rows
/// of other files and nights may overlap them, and are joined when they are counted. What lies in
/// the future is not known yet, and rows that cannot have happened together are left out.
///
/// \param store null where there is none yet. \param crs analysis CRS. \throws geo::Error (input)
/// if a file cannot be read.
NewAttendances new_attendances(const Workplace& work, const io::Store* store,
                               const io::StoreContent& content, const std::string& crs);

/// The end of each zone's last attendance that counts.
class LastAttended {
  public:
    /// \param store null where there is none yet. \param content what the store holds of late.
    /// \param added what it is about to get.
    LastAttended(const Workplace& work, const io::Store* store, const io::StoreContent& content,
                 const std::vector<schedule::Attendance>& added);

    std::optional<geo::Instant> of(const cluster::ZoneId& zone) const;

  private:
    /// The store has rows as they were told, night by night: some overlap, some contradict others.
    std::vector<schedule::Attendance> tidied(std::span<const schedule::Attendance> rows) const;
    /// What the store has of the zone from before the recent ones. Where its unit was besides is
    /// left aside: only rows of different nights can contradict each other still.
    std::vector<schedule::Attendance> long_ago(const cluster::ZoneId& zone) const;

    const Workplace& work_;
    const io::Store* store_;
    std::vector<schedule::Attendance> recent_;
};

} // namespace cli
