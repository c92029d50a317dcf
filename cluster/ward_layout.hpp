#pragma once

#include "cluster/disc_search.hpp"

#include <optional>
#include <span>
#include <vector>

namespace cluster {

/// One ward while its zones are being chosen: the discs in place, and what the best further one
/// would be.
///
/// What other wards' discs hold counts nothing here, and the ward's own discs keep their separation
/// from them. Nothing in it is shared, so wards that are no neighbours may be worked on at once.
class WardLayout {
  public:
    /// \param sites of the ward; those of its surroundings without weight, so that they count
    /// towards choice.min_incidents only.
    WardLayout(std::vector<Site> sites, const geo::Polygon& ward, const DiscChoice& choice);

    const DiscChoice& choice() const { return choice_; }

    /// The ward's own discs, in the order of placing.
    std::span<const Disc> discs() const { return {placed_.data(), own_}; }
    /// The value of the ward's own discs together: each site's weight once, less the price of their
    /// area.
    double value() const { return value_; }

    /// The best disc that there is still room for, under the ward's own choice or another.
    std::optional<FoundDisc> best() const { return best(choice_); }
    std::optional<FoundDisc> best(const DiscChoice& choice) const;
    /// What a disc would add now.
    FoundDisc valued(const Disc& disc) const;

    void place(const Disc& disc);
    /// Takes the ward's own disc number `index` away.
    void remove(std::size_t index);

    void add_foreign(const Disc& disc);
    void remove_foreign(const Disc& disc);

    /// Hides what a disc holds from the search until it is unmasked.
    void mask(const Disc& disc) { search_.hold(disc); }
    void unmask(const Disc& disc) { search_.release(disc); }

  private:
    void recount();

    DiscChoice choice_;
    DiscSearch search_;
    std::vector<Disc> placed_; ///< own ones first, then those of other wards
    std::size_t own_ = 0;
    double value_ = 0;
};

} // namespace cluster
