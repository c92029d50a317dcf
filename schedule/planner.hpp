#pragma once

#include "geo/progress.hpp"
#include "schedule/plan.hpp"

#include <cstdint>
#include <optional>

namespace schedule {

/// Moves a visit of little, usual and great effort: the search is cold after 3, 9, 21, 45 and 93.
inline constexpr std::uint32_t fast_moves_a_visit = 3;
inline constexpr std::uint32_t normal_moves_a_visit = 21;
inline constexpr std::uint32_t thorough_moves_a_visit = 93;

struct PlanOptions {
    std::uint64_t seed = 1;         ///< draws start times and noise; same seed, same plan
    double unpredictability = 0.35; ///< 0 to 1: how much noise risk visits get; never in the rule
    std::optional<std::uint32_t> effort = {}; ///< search moves after the first plan; as many as
                                              ///< `moves_a_visit` says when left out
    std::uint32_t moves_a_visit = normal_moves_a_visit; ///< for each visit of the first plan
    Minutes least_apart{
        60}; ///< from the end of one visit in a zone to the start of its next, at least
    geo::Progress* progress = nullptr; ///< counts search moves
};

/// A patrol plan: every zone within the rule where the units can, what capacity is left where and
/// when the risk is.
///
/// Starts are whole minutes inside the units' shifts, visits and travel fit the shifts' minutes, a
/// unit serves only what its `serves` names, and a zone never has the same clock time twice running
/// (the last real attendance, taken to have begun one visit length before its end, included). Where
/// the units cannot keep the rule, the plan has the fewest hours late in all;
/// zones already overdue come first. Visits are numbered by start, then unit.
///
/// Deterministic: the same problem and options give the same plan; no clock, no threads.
///
/// \throws geo::Error (usage) if the horizon is empty or no whole number of minutes, a unit name or
/// zone id is given twice,
///     a speed is not positive, or an option is out of its range.
Plan make_plan(const Problem& problem, const PlanOptions& options = {});

} // namespace schedule
