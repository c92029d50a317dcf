// Kulldorff's spatial scan statistic for Poisson counts, given the total: Kulldorff, M. (1997). A
// spatial scan statistic. Communications in Statistics - Theory and Methods 26, 1481-1496, with the
// chance of his Poisson model (draws) or of his Bernoulli model (labels). P-values from few
// replicates by a Gumbel fit (gumbel.cpp), further clusters by sequential deletion: Zhang,
// Z., Assuncao, R. and Kulldorff, M. (2010). Spatial scan statistics adjusted for multiple
// clusters. Journal of Probability and Statistics 2010, 642379.
//
// What differs: clusters are not searched for here, zones are given. They were optimised freely,
// so their own counts are not comparable with any fixed set of windows; they are represented by the
// fixed windows around them, and replicates are maximised over the same windows.

#include "cluster/scan_statistic.hpp"

#include "cluster/gumbel.hpp"
#include "cluster/neighbour_index.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

namespace cluster {

namespace {

constexpr geo::Metres merged_side{20};

/// A place with the row and the column of its square.
struct InSquare {
    std::int64_t row = 0;
    std::int64_t column = 0;
    ScanPlace here;
};

/// The places in a lattice of squares from their lowest easting and northing, square after square.
std::vector<InSquare> in_squares(std::span<const ScanPlace> places, geo::Metres side) {
    std::int64_t east = std::numeric_limits<std::int64_t>::max();
    std::int64_t north = east;
    for (const ScanPlace& p : places) {
        east = std::min(east, p.place.easting_mm());
        north = std::min(north, p.place.northing_mm());
    }
    const std::int64_t step = geo::whole_millimetres(side);
    std::vector<InSquare> all;
    all.reserve(places.size());
    for (const ScanPlace& p : places) {
        all.push_back(
            {(p.place.northing_mm() - north) / step, (p.place.easting_mm() - east) / step, p});
    }
    std::sort(all.begin(), all.end(), [](const InSquare& a, const InSquare& b) {
        return std::tie(a.row, a.column, a.here.place) < std::tie(b.row, b.column, b.here.place);
    });
    return all;
}

/// The first place of each square, squares in order, and what all of its places have together.
std::vector<ScanPlace> one_a_square(std::span<const ScanPlace> places, geo::Metres side) {
    std::vector<InSquare> kept;
    for (const InSquare& next : in_squares(places, side)) {
        if (kept.empty() || kept.back().row != next.row || kept.back().column != next.column) {
            kept.push_back(next);
        } else {
            kept.back().here.cases += next.here.cases;
            kept.back().here.baseline += next.here.baseline;
        }
    }
    std::vector<ScanPlace> merged;
    merged.reserve(kept.size());
    for (const InSquare& k : kept) {
        merged.push_back(k.here);
    }
    return merged;
}

std::vector<ScanPlace> with_baseline(std::span<const ScanPlace> places) {
    std::vector<ScanPlace> some;
    std::copy_if(places.begin(), places.end(), std::back_inserter(some),
                 [](const ScanPlace& p) { return p.baseline > 0; });
    return some;
}

/// Places spread over all that have a baseline, few enough to centre windows on.
std::vector<geo::GridPoint> centres_of(std::span<const ScanPlace> places,
                                       const ScanOptions& options) {
    const std::vector<ScanPlace> all = with_baseline(places);
    std::vector<ScanPlace> kept = all;
    // No square can hold more places than merged squares, so a finer lattice cannot be enough.
    geo::Metres side =
        std::sqrt(static_cast<double>(all.size()) / static_cast<double>(options.max_centres)) *
        merged_side;
    while (kept.size() > options.max_centres && side < options.radius_min) {
        kept = one_a_square(all, side);
        side = 1.25 * side;
    }
    if (kept.size() > options.max_centres) {
        kept = one_a_square(all, options.radius_min);
    }
    std::vector<geo::GridPoint> centres;
    centres.reserve(kept.size());
    for (const ScanPlace& p : kept) {
        centres.push_back(p.place);
    }
    return centres;
}

/// The distinct ones of smallest, middle and largest radius, ascending.
std::vector<geo::Metres> radii_of(const ScanOptions& options) {
    std::vector<geo::Metres> radii{
        options.radius_min, (options.radius_min + options.radius_max) / 2, options.radius_max};
    radii.erase(std::unique(radii.begin(), radii.end()), radii.end());
    return radii;
}

/// Which places lie in which window: for each centre those of the smallest radius first, then those
/// that each wider ring adds.
struct Windows {
    std::vector<geo::GridPoint> centres;
    std::size_t rings = 0;              ///< radii around each centre
    std::vector<std::uint32_t> members; ///< indices of places
    std::vector<std::size_t> ends;      ///< in `members`, of each centre's each ring
};

Windows windows_of(std::span<const ScanPlace> places, const ScanOptions& options) {
    std::vector<Site> sites;
    for (const ScanPlace& p : places) {
        sites.push_back({.place = p.place});
    }
    const NeighbourIndex index(sites);
    const std::vector<geo::Metres> radii = radii_of(options);
    Windows windows{.centres = centres_of(places, options), .rings = radii.size()};
    for (const geo::GridPoint& centre : windows.centres) {
        std::vector<std::uint32_t> outside = index.within(centre, radii.back());
        for (const geo::Metres radius : radii) {
            const auto rest =
                std::stable_partition(outside.begin(), outside.end(), [&](std::uint32_t p) {
                    return geo::within(places[p].place, centre, radius);
                });
            windows.members.insert(windows.members.end(), outside.begin(), rest);
            outside.erase(outside.begin(), rest);
            windows.ends.push_back(windows.members.size());
        }
    }
    return windows;
}

/// n ln n for n from 0.
std::vector<double> n_log_n(std::uint32_t up_to) {
    std::vector<double> table(up_to + 1U);
    for (std::size_t n = 1; n < table.size(); ++n) {
        const auto x = static_cast<double>(n);
        table[n] = x * std::log(x);
    }
    return table;
}

/// All units of baseline, each with its place, to draw from.
class Urn {
  public:
    explicit Urn(std::span<const std::uint32_t> masses) : places_(masses.size()) {
        for (std::uint32_t p = 0; p < masses.size(); ++p) {
            units_.insert(units_.end(), masses[p], p);
        }
    }

    /// How many of the cases each place gets. Labels are dealt by the head of a Fisher-Yates
    /// shuffle; that it begins where the last one ended does not matter.
    std::vector<std::uint32_t> drawn(std::uint32_t cases, Spread spread, Chance& chance) {
        std::vector<std::uint32_t> counts(places_);
        const auto size = static_cast<std::uint32_t>(units_.size());
        for (std::uint32_t i = 0; i < cases; ++i) {
            if (spread == Spread::draws) {
                ++counts[units_[chance.below(size)]];
            } else {
                std::swap(units_[i], units_[i + chance.below(size - i)]);
                ++counts[units_[i]];
            }
        }
        return counts;
    }

  private:
    std::size_t places_;
    std::vector<std::uint32_t> units_;
};

/// The ward as it is when one zone is tested: the windows with what each is expected to hold of the
/// cases left.
///
/// The ratio is c ln c - c ln e + (n - c) ln(n - c) - (n - c) ln(n - e): all logarithms are known
/// before the replicates begin.
class Round {
  public:
    Round(const Windows& windows, std::span<const ScanPlace> places) : windows_(&windows) {
        for (const ScanPlace& p : places) {
            total_ += p.baseline;
            cases_ += p.cases;
            counts_.push_back(p.cases);
            masses_.push_back(p.baseline);
        }
        n_log_n_ = n_log_n(cases_);
        std::size_t member = 0;
        double mass = 0;
        for (std::size_t w = 0; w < windows.ends.size(); ++w) {
            mass = w % windows.rings == 0 ? 0 : mass;
            for (; member < windows.ends[w]; ++member) {
                mass += masses_[windows.members[member]];
            }
            expected_.push_back(expectation(mass));
        }
    }

    bool has_something() const { return cases_ > 0 && total_ > 0; }

    /// The highest ratio around each centre, for the cases as they were.
    std::vector<double> observed() const {
        std::vector<double> best(windows_->centres.size());
        for (std::size_t c = 0; c < best.size(); ++c) {
            best[c] = highest_around(c, counts_);
        }
        return best;
    }

    /// The highest ratio of all, for cases drawn from the baseline, again and again.
    std::vector<double> replicated(const ScanOptions& options, Chance& chance) const {
        Urn urn(masses_);
        std::vector<double> maxima;
        while (maxima.size() < options.replicates) {
            const std::size_t some = std::min(at_once, options.replicates - maxima.size());
            std::vector<SomeCounts> counts(masses_.size());
            for (std::size_t r = 0; r < some; ++r) {
                const std::vector<std::uint32_t> drawn = urn.drawn(cases_, options.spread, chance);
                for (std::size_t p = 0; p < drawn.size(); ++p) {
                    counts[p][r / 4][r % 4] = drawn[p];
                }
            }
            const std::vector<double> highest = highest_of(counts, some);
            maxima.insert(maxima.end(), highest.begin(), highest.end());
        }
        return maxima;
    }

  private:
    /// Replicates are counted twenty at once: the places of a window are gone through once for all
    /// of them, and four are added in one instruction. Left to themselves, compilers do not.
    using FourCounts [[gnu::vector_size(4 * sizeof(std::uint32_t))]] = std::uint32_t;
    using SomeCounts = std::array<FourCounts, 5>;
    static constexpr std::size_t at_once = 20;

    struct Expectation {
        double count = 0;
        double log = 0;      ///< of it
        double log_rest = 0; ///< of what is expected outside
        double harmless = 0; ///< harmless_excess of the window
    };

    /// A window that holds no baseline, or all of it, cannot stand out.
    Expectation expectation(double mass) const {
        const double n = cases_;
        const double count = total_ > 0 ? n * (mass / total_) : n;
        return count > 0 && count < n ? Expectation{count, std::log(count), std::log(n - count),
                                                    harmless_excess({.expected = count, .all = n})}
                                      : Expectation{n, 0, 0, 0};
    }

    double highest_around(std::size_t centre, std::span<const std::uint32_t> counts) const {
        const std::size_t first = centre * windows_->rings;
        std::size_t member = first == 0 ? 0 : windows_->ends[first - 1];
        std::uint32_t count = 0;
        double highest = 0;
        for (std::size_t w = first; w < first + windows_->rings; ++w) {
            for (; member < windows_->ends[w]; ++member) {
                count += counts[windows_->members[member]];
            }
            highest = std::max(highest, ratio(expected_[w], count));
        }
        return highest;
    }

    /// The highest ratio of all windows in each of the first `some` replicates.
    std::vector<double> highest_of(std::span<const SomeCounts> counts, std::size_t some) const {
        std::vector<double> highest(some);
        double least = 0; // of them
        std::size_t member = 0;
        SomeCounts inside{};
        for (std::size_t w = 0; w < windows_->ends.size(); ++w) {
            inside = w % windows_->rings == 0 ? SomeCounts{} : inside;
            for (; member < windows_->ends[w]; ++member) {
                const SomeCounts& here = counts[windows_->members[member]];
                for (std::size_t k = 0; k < here.size(); ++k) {
                    inside[k] += here[k];
                }
            }
            const Expectation& expected = expected_[w];
            const std::uint32_t harmless =
                whole_part(expected.count + expected.harmless * std::sqrt(least));
            if (!any_above(inside, harmless)) {
                continue;
            }
            for (std::size_t r = 0; r < some; ++r) {
                const std::uint32_t count = inside[r / 4][r % 4];
                if (count > harmless) {
                    highest[r] = std::max(highest[r], ratio(expected, count));
                }
            }
            least = *std::min_element(highest.begin(), highest.end());
        }
        return highest;
    }

    static std::uint32_t whole_part(double limit) {
        constexpr double room_for_rounding = 1 - 1e-6;
        return static_cast<std::uint32_t>(limit * room_for_rounding);
    }

    /// Counts and limit below 2^31.
    static bool any_above(const SomeCounts& counts, std::uint32_t limit) {
        FourCounts above{}; // the highest bit of each says so
        for (const FourCounts& four : counts) {
            above |= limit - four;
        }
        return ((above[0] | above[1] | above[2] | above[3]) >> 31U) != 0;
    }

    double ratio(const Expectation& expected, std::uint32_t count) const {
        if (count <= expected.count) {
            return 0;
        }
        const std::uint32_t rest = cases_ - count;
        return n_log_n_[count] - count * expected.log + n_log_n_[rest] - rest * expected.log_rest;
    }

    const Windows* windows_;
    std::uint32_t cases_ = 0;
    double total_ = 0;
    std::vector<std::uint32_t> counts_; ///< cases by place
    std::vector<std::uint32_t> masses_; ///< baseline by place
    std::vector<double> n_log_n_;
    std::vector<Expectation> expected_; ///< by window
};

/// The centres that speak for a zone: those in it, else the nearest.
std::vector<std::size_t> centres_for(const Disc& zone, std::span<const geo::GridPoint> centres) {
    std::vector<std::size_t> found;
    std::optional<std::size_t> nearest;
    for (std::size_t c = 0; c < centres.size(); ++c) {
        if (zone.holds(centres[c])) {
            found.push_back(c);
        }
        if (!nearest || geo::distance(centres[c], zone.centre) <
                            geo::distance(centres[*nearest], zone.centre)) {
            nearest = c;
        }
    }
    if (found.empty() && nearest) {
        found.push_back(*nearest);
    }
    return found;
}

double highest(std::span<const double> values, std::span<const std::size_t> at) {
    double best = 0;
    for (const std::size_t i : at) {
        best = std::max(best, values[i]);
    }
    return best;
}

/// Takes what the zone holds out of the ward.
void delete_inside(std::span<ScanPlace> places, const Disc& zone) {
    for (ScanPlace& p : places) {
        if (zone.holds(p.place)) {
            p.cases = 0;
            p.baseline = 0;
        }
    }
}

} // namespace

double harmless_excess(const WindowCount& window) {
    return std::sqrt(2 * window.expected * (window.all - window.expected) /
                     (window.all + window.expected));
}

double log_likelihood_ratio(const WindowCount& window) {
    if (window.inside <= window.expected) {
        return 0;
    }
    const double outside = window.all - window.inside;
    const double rest =
        outside > 0 ? outside * std::log(outside / (window.all - window.expected)) : 0;
    return window.inside * std::log(window.inside / window.expected) + rest;
}

std::vector<ScanPlace> merge_for_scan(std::span<const ScanPlace> places) {
    return one_a_square(places, merged_side);
}

std::vector<Disc> scan_windows(std::span<const ScanPlace> places, const ScanOptions& options) {
    std::vector<Disc> windows;
    for (const geo::GridPoint& centre : centres_of(places, options)) {
        for (const geo::Metres radius : radii_of(options)) {
            windows.push_back({centre, radius});
        }
    }
    return windows;
}

std::vector<ZoneTest> scan_zones(std::span<const ScanPlace> original, std::span<const Disc> zones,
                                 const ScanOptions& options) {
    std::vector<ScanPlace> places = merge_for_scan(original);
    const Windows windows = windows_of(places, options);
    std::vector<std::vector<std::size_t>> centres;
    std::vector<std::size_t> waiting;
    for (const Disc& zone : zones) {
        waiting.push_back(centres.size());
        centres.push_back(centres_for(zone, windows.centres));
    }
    Chance chance(options.seed, options.stream);
    std::vector<ZoneTest> tests(zones.size());
    while (!waiting.empty()) {
        const Round round(windows, places);
        if (!round.has_something()) {
            break;
        }
        const std::vector<double> observed = round.observed();
        const auto statistic = [&](std::size_t zone) { return highest(observed, centres[zone]); };
        const auto next =
            std::max_element(waiting.begin(), waiting.end(), [&](std::size_t a, std::size_t b) {
                return statistic(a) < statistic(b);
            });
        ZoneTest& test = tests[*next];
        test.statistic = statistic(*next);
        test.p_value = chance_of_maximum(test.statistic, round.replicated(options, chance));
        delete_inside(places, zones[*next]);
        waiting.erase(next);
    }
    return tests;
}

} // namespace cluster
