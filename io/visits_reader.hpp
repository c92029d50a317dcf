#pragma once

#include "geo/time_text.hpp"
#include "geo/time_zone.hpp"
#include "schedule/plan.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace io {

/// The headers under which a plan keeps its columns; letter case and anything but letters and
/// figures are ignored. Where nothing is given, the usual names are tried
/// (docs/formats/visits.geojson.md).
struct VisitColumns {
    std::optional<std::string> visit_id;
    std::optional<std::string> zone_id;
    std::optional<std::string> unit;
    std::optional<std::string> shift;
    std::optional<std::string> date;
    std::optional<std::string> seq;
    std::optional<std::string> start;
    std::optional<std::string> end;
    std::optional<std::string> minutes;
    geo::DateOrder date_order = geo::DateOrder::day_first; ///< what 03/04/2026 means
};

/// A row that is no visit as it stands.
struct VisitProblem {
    std::string row;        ///< "line 12", "feature 12"
    std::uint64_t line = 0; ///< the number alone
    std::string column;     ///< as the file writes it; "" for the row as a whole
    std::string value;      ///< as it stands there
    std::string remedy;     ///< "write date and time, as in 2026-11-23 15:00"

    /// "line 12: Start: 'noon' cannot be; write ...".
    std::string text() const;
};

/// A plan as far as it could be read.
struct ReadVisits {
    std::vector<schedule::Visit> visits; ///< in the order of the file
    std::vector<VisitProblem> problems;  ///< rows left out, one each, in the order of the file
    std::vector<std::string> warnings;   ///< rows that were used, but may mean something else
};

/// Reads planned visits, ours or anybody's: visits.geojson, any layer that GDAL opens, or a table
/// such as roster.csv, edited in a spreadsheet or made in one.
///
/// Needed are zone, unit, start, and end or minutes. A start or end may be a time alone beside a
/// column with the date; before 06:00 that is the night after the date, as in roster.csv. Where it
/// is left out, the id is "line 12" or "feature 12", `shift_day` is `geo::Day{}` and `seq` 0 (not
/// said), `shift` is empty (any), `reason` rule and `status` planned. Times without an offset are
/// local; where the clock shows one twice, the reading that makes the shorter visit holds, else the
/// earlier, and a warning names the row.
///
/// \param time_zone for times without an offset.
/// \throws geo::Error (input) that names the path if it cannot be opened, lacks a column that is
/// needed or has it twice, or if no row at all can be read.
ReadVisits read_visits(const std::string& path, const geo::TimeZone& time_zone,
                       const VisitColumns& columns = {});

} // namespace io
