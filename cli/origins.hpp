#pragma once

#include "cli/settings.hpp"
#include "cluster/backtest.hpp"

#include <string>
#include <vector>

namespace cli {

/// The origins of a back-test, in the order of time: the last one as set, the others each so many
/// months earlier, as long as the training before them is no shorter than their test.
///
/// Without a last training day the last test ends with the data; without a last test day it is six
/// months long. \throws geo::Error (usage) if no origin is left.
std::vector<cluster::Origin> origins_of(const Settings& settings,
                                        const cluster::IncidentTable& table,
                                        const geo::TimeZone& time_zone);

/// Warnings of what the splits of the data leave out: months inside the test spans of which no
/// record was read at all, crimes that are not serious violence included (what was not recorded
/// counts as not happened); incidents at an edge of the spans, more than one in a hundred, whose
/// times do not say on which side they are.
std::vector<std::string> split_warnings(const std::vector<cluster::Origin>& origins,
                                        const cluster::IncidentTable& table,
                                        const geo::TimeZone& time_zone);

} // namespace cli
