#pragma once

#include "cluster/accuracy.hpp"
#include "cluster/incident.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace cluster {

/// What an incident is to one origin of a back-test.
enum class Role : std::uint8_t { none, training, test };

/// What an incident is to one origin, and which of its zone sets hold it.
struct Part {
    Role role = Role::none;
    std::uint64_t inside = 0; ///< bit s: zone set s holds it

    friend auto operator<=>(const Part&, const Part&) = default;
};

/// The incidents of a back-test by their parts in its origins: how many have which.
///
/// The order of adding leaves no trace, so neither does the order of rows.
class Cast {
  public:
    explicit Cast(std::size_t origins) : origins_(origins) {}

    /// \param parts in every origin.
    void add(const std::vector<Part>& parts) { ++kinds_[parts]; }

    std::size_t origins() const { return origins_; }
    /// In the order of the parts.
    const std::map<std::vector<Part>, std::uint32_t>& kinds() const { return kinds_; }

  private:
    std::size_t origins_;
    std::map<std::vector<Part>, std::uint32_t> kinds_;
};

/// Areas of one ward at one origin for one method.
struct WardAreas {
    geo::SquareMetres kept;
    geo::SquareMetres ever;
};

/// A method at one origin: its zone sets, one or several draws, and what they cover.
struct Entry {
    unsigned first_set = 0;
    unsigned sets = 0;         ///< 0: the method has no zones at this origin and is not scored
    geo::SquareMetres covered; ///< mean of the sets
    geo::SquareMetres area;
    std::vector<WardAreas> by_ward; ///< for Jaccard; empty where there is nothing to compare with
};

/// All that the scores of a back-test are worked out from.
struct Contest {
    Cast cast;
    std::size_t methods = 0;
    std::size_t hindsight = 0;  ///< which method is n*
    std::vector<Entry> entries; ///< origin by origin, in each method by method
    std::size_t wards = 0;      ///< length of each by_ward that is not empty
};

/// The sums of every method, origin by origin, then of all origins together:
/// [origin * methods + method], with one origin more than there are.
std::vector<Tally> tallies(const Contest& contest);

/// A measure with its 95 % interval: 2.5th and 97.5th percentile of resamples.
struct Estimate {
    double value = 0;
    double low = 0;
    double high = 0;

    friend bool operator==(const Estimate&, const Estimate&) = default;
};

/// How often to resample, and by which draws.
struct BootstrapOptions {
    unsigned resamples = 1000;
    std::uint64_t seed = 1;
    unsigned threads = 1;
};

using Estimates = std::array<std::optional<Estimate>, all_measures.size()>;

/// Every measure of every tally, with its interval by the percentile bootstrap (Efron 1979), in the
/// order of `tallies`.
///
/// A resample draws as many incidents of the cast as there are, with replacement; what is drawn
/// counts in every origin, method and role that it has, so ratios compare like with like and test
/// periods that share months are not taken for independent ones. For Jaccard wards are drawn
/// instead. Resamples where a measure has no value are left out of its interval. The same for any
/// number of threads. Time: resamples * (incidents + kinds * origins * methods).
std::vector<Estimates> estimates(const Contest& contest, const BootstrapOptions& options);

} // namespace cluster
