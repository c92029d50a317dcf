#pragma once

#include "io/store.hpp"

#include <optional>
#include <string>

namespace cli {

/// When a night's input is too poor to publish.
struct GuardOptions {
    double max_drop = 0.5; ///< share of the last run's rows, wards or weight that may be missing;
                           ///< 0 to 1, this included
    std::optional<unsigned> max_age_days; ///< of the newest incident; any when left out
};

/// Why tonight's input must not replace what is published, in one sentence for a person; nothing
/// where it may.
///
/// Refused: rows used, wards with incidents or weight fell by more than `max_drop` since the last
/// published run; the share of rows left out more than doubled, and by more than one row in a
/// hundred; the newest incident is older than `max_age_days`.
/// \param last nothing on the first night. \param now for the age.
std::optional<std::string> collapse(const std::optional<io::RunCounts>& last,
                                    const io::RunCounts& tonight, geo::Instant now,
                                    const GuardOptions& options);

} // namespace cli
