#pragma once

#include "cluster/bootstrap.hpp"
#include "cluster/coverage.hpp"
#include "cluster/hotspots.hpp"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace cluster {

/// The methods of a back-test, all in the same wards, at the same number and radii of discs.
enum class Method {
    zones,     ///< ours, by the options in force
    grid_150,  ///< 150 m cells by weight
    grid_300,  ///< 300 m cells by weight
    hindsight, ///< our optimiser on the test period itself: no method can know as much
};
inline constexpr std::array all_methods{Method::zones, Method::grid_150, Method::grid_300,
                                        Method::hindsight};

/// The name in files: "grid_150".
std::string_view code(Method method);

/// One split of the past: zones are made from `training` alone and scored on `test`.
struct Origin {
    geo::TimeSpan training; ///< up to the cut
    geo::TimeSpan test;     ///< begins at the cut or later
};

struct BacktestOptions {
    HotspotOptions hotspots; ///< its threads are used throughout; its `as_of` is set at every cut
    Weighting weighting;     ///< likewise
    std::vector<Origin> origins; ///< ascending
    unsigned resamples = 1000;   ///< of the bootstrap
    std::uint64_t seed = 1;      ///< of the bootstrap and of random baselines
};

/// How one method did.
struct MethodScore {
    Method method = Method::zones;
    std::size_t zones = 0; ///< discs or cells; pooled: of all origins
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
    OriginScore pooled; ///< sums over the origins of what the measures divide
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

/// The records that lie wholly in a span.
IncidentTable part_of(const IncidentTable& table, const geo::TimeSpan& span);

} // namespace cluster
