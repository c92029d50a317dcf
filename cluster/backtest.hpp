#pragma once

#include "cluster/bootstrap.hpp"
#include "cluster/origin_zones.hpp"

#include <span>
#include <vector>

namespace cluster {

struct BacktestOptions {
    ZoneMaking making;           ///< its threads are used throughout
    std::vector<Origin> origins; ///< ascending
    unsigned resamples = 1000;   ///< of the bootstrap; its seed is the one of `making`
};

/// How one method did.
struct MethodScore {
    Method method = Method::zones;
    std::size_t zones = 0;     ///< discs or cells; pooled: of all origins
    std::vector<ZoneSet> sets; ///< its zones, one set or several draws; pooled: none
    Tally tally;
    Estimates estimates; ///< in the order of all_measures
};

/// One origin, or all together.
struct OriginScore {
    Origin origin;                    ///< pooled: from the first of all to the last
    std::size_t wards = 0;            ///< in which zones were sought
    std::vector<MethodScore> methods; ///< those that could be scored, in the order of all_methods
};

struct Backtest {
    std::vector<OriginScore> origins;
    OriginScore pooled; ///< sums over the origins of what the measures divide; only methods that
                        ///< every origin has
};

/// Makes zones as of every origin, by every method, and scores them on what came after.
///
/// A record belongs to a span if its whole time lies in it, so that nothing later than the cut
/// reaches the zones. Wards are ranked on training data alone. Scored are the incidents of any of
/// the top wards, each counting one whatever its weight.
///
/// \param raw with the weights as read, not yet weighed. Does not depend on the order of its
/// records or the number of threads.
Backtest run_backtest(std::span<const Ward> wards, const IncidentTable& raw,
                      const BacktestOptions& options);

} // namespace cluster
