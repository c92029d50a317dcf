#pragma once

#include "cli/publish.hpp"
#include "io/published.hpp"
#include "io/report_data.hpp"

namespace cli {

/// All that the report shows of a result, as far as
/// its audience may be told.
///
/// \param told as published, so that nothing is told here that is hidden there. Beside it partners
/// get a zone's months as far as io::disclosed_counts allows, no hours, and neither rows, totals,
/// warnings nor the back-test; everyone gets wards alone.
io::ReportData report_data(const Result& result, const io::Publication& told);

} // namespace cli
