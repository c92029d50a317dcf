#pragma once

#include "cluster/chance.hpp"
#include "cluster/zone.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cluster {

/// A place of a ward as the scan statistic sees it.
struct ScanPlace {
    geo::GridPoint place;
    std::uint32_t cases = 0;    ///< incidents on it
    std::uint32_t baseline = 0; ///< units of what the null hypothesis spreads the cases over
};

/// How chance would spread a ward's cases over the units of its baseline.
enum class Spread {
    labels, ///< cases are some of the units, any of them alike: each unit holds one at most
    draws,  ///< each case falls on any unit, whatever the others do
};

/// How a ward is scanned.
struct ScanOptions {
    geo::Metres radius_min{150};   ///< of the smallest windows
    geo::Metres radius_max{200};   ///< of the largest; a third radius lies midway
    Spread spread = Spread::draws; ///< `labels` where the baseline counts the cases, too
    unsigned replicates = 99;      ///< at least 1; under 50 the fit to them is poor
    std::uint64_t seed = 1;
    Chance::Stream stream;         ///< of the seed
    std::size_t max_centres = 600; ///< windows' centres are thinned out to about so many, though
                                   ///< never wider apart than radius_min
};

/// Cases in a window against what is expected there.
struct WindowCount {
    double inside = 0;
    double expected = 0; ///< positive
    double all = 0;      ///< cases in the ward, inside and outside; more than `expected`
};

/// The log likelihood ratio of a window with a higher rate than the rest (Kulldorff 1997, Poisson,
/// given the ward's total); 0 where it holds no more than expected.
double log_likelihood_ratio(const WindowCount& window);

/// How far the cases in a window may be above what is expected there, so that the ratio is surely
/// not above 1; for another ratio, times its root.
///
/// With an excess of x over e expected of n in all, (1 + u) ln(1 + u) - u <= u^2 / 2 and ln u <= u
/// - 1 give a ratio of at most x^2 (1 / (2 e) + 1 / (n - e)).
double harmless_excess(const WindowCount& window);

/// The places as they are scanned: those within one square of 20 m stand together on the first of
/// them, so that the cost of a window is bounded. A lattice from the lowest easting and northing;
/// in its order. Does not depend on the order of the places.
std::vector<ScanPlace> merge_for_scan(std::span<const ScanPlace> places);

/// The windows of a ward: discs of all radii around every place with a baseline, thinned out to one
/// place in each square of a lattice. They depend on where baseline is, not on cases or zones.
/// \param places merged. Centre after centre, smallest radius first.
std::vector<Disc> scan_windows(std::span<const ScanPlace> places, const ScanOptions& options);

/// What the scan says of a zone.
struct ZoneTest {
    double statistic = 0;          ///< highest log likelihood ratio of the windows around it
    std::optional<double> p_value; ///< (0, 1]; nothing where the ward has no case or no baseline
};

/// Tests whether the zones of a ward hold more cases than its baseline explains.
///
/// A zone's statistic is the highest ratio of the windows whose centre lies in it (of those around
/// the nearest centre, if none does). It is compared with the highest ratio of all windows in
/// `replicates` drawings of the ward's cases from its baseline, by a fitted Gumbel distribution.
/// That is conservative for a single zone, and allows for its having been looked for anywhere. The
/// zone with the highest statistic comes first; what it holds is deleted, cases and baseline, and
/// the rest is tested among what is left (Zhang, Assuncao & Kulldorff 2010).
///
/// Does not depend on the order of the places. result[i] is of zones[i]. Time: zones * replicates *
/// (cases + places in windows); a few milliseconds for a ward of 300 cases, 30 for 20,000.
std::vector<ZoneTest> scan_zones(std::span<const ScanPlace> places, std::span<const Disc> zones,
                                 const ScanOptions& options);

} // namespace cluster
