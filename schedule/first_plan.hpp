#pragma once

#include "schedule/draft.hpp"

#include <cstdint>

namespace schedule {

/// A draft with the visits the rule needs: the best of a portfolio of deadline orders, its late
/// gaps closed by up to `repairs` moves of search. Visits of a former plan that still fit stand
/// first.
Draft first_plan(const Ground& ground, const Problem& problem, std::uint32_t repairs);

} // namespace schedule
