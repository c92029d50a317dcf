#pragma once

#include "cluster/incident.hpp"
#include "cluster/ward.hpp"
#include "io/incident_reader.hpp"
#include "io/issue_log.hpp"
#include "io/part_reader.hpp"
#include "io/placing.hpp"

#include <optional>
#include <span>
#include <vector>

namespace io {

/// A part whose places are known: `spot` of its rows is an index into the pool that it shares with
/// all parts of the same CRS.
struct PlacedPart {
    PartRows rows;
    std::size_t pool = 0; ///< index into PlacedRows::pools
};

struct PlacedRows {
    std::vector<PlacedPart> parts;
    std::vector<std::vector<Spot>> pools;
};

struct TriageOptions {
    AxesRepair axes = AxesRepair::leave_out;
    std::optional<geo::Instant> future; ///< incidents that start here or later lie in the future
};

struct Triaged {
    cluster::IncidentTable table;
    std::vector<Issue> issues;     ///< by part, line and reason
    std::vector<RowCounts> counts; ///< by part
    AxesCounts axes;
};

/// Decides of every row whether it is used, and lists what was left out or is doubtful.
///
/// A row gets the first reason that applies, in the order of `Reason`. Rows with one reference are
/// one incident: the row that stands is the gravest of those that are neither cancelled nor
/// unreadable (the offence that the definition lists first, then the heaviest, then the first); a
/// row equal to an earlier one in reference, offence, place and time is a `duplicate`, any other a
/// `same-incident`. Without a row that stands, each says why it does not.
///
/// Memory: `placed` is used up part by part while the table grows; ten bytes a row besides.
Triaged triage(PlacedRows placed, std::span<const cluster::Ward> wards,
               const TriageOptions& options);

} // namespace io
