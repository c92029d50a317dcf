// Iterated local search over sets of discs (ruin and recreate: Schrimpf et al. 2000), with exact
// insertions: every disc that is put back is the best there is, so only the set is searched. New
// here: the ruin is made to stick by hiding a random part of what the discs held from the first
// insertion, or by capping its radius; and every disc ever found is kept, so that from time to time
// the best set of all of them is put together exactly (as columns are in route planning: Rochat &
// Taillard 1995).

#include "cluster/local_search.hpp"

#include "cluster/disc_packing.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <random>
#include <tuple>

namespace cluster {

namespace {

constexpr double rounding = 1e-9; // of sums of values

/// A move that lies so far behind after refilling is not worth settling.
constexpr double hopeless = 0.03;

/// So many moves a disc, and what was found is put together anew.
constexpr std::size_t moves_between_packings = 4;

bool more_valuable(const FoundDisc& a, const FoundDisc& b) {
    return std::tuple(-a.value, a.disc.centre, a.disc.radius) <
           std::tuple(-b.value, b.disc.centre, b.disc.radius);
}

class Improver {
  public:
    Improver(WardLayout& ward, const SearchBudget& budget)
        : ward_(ward), budget_(budget), random_(budget.seed) {}

    void run() {
        fill(ward_.choice());
        const std::size_t discs = ward_.discs().size();
        for (unsigned move = 0; move < budget_.moves && !ward_.discs().empty(); ++move) {
            const std::vector<Disc> before(ward_.discs().begin(), ward_.discs().end());
            const double value = ward_.value();
            attempt(value, move < discs ? std::optional(move) : std::nullopt);
            if (ward_.value() < value - rounding || ward_.discs().size() < before.size()) {
                restore(before);
            }
            if ((move + 1) % (moves_between_packings * discs) == 0 || move + 1 == budget_.moves) {
                pack();
            }
        }
    }

  private:
    double share() { return static_cast<double>(random_() >> 11U) * 0x1p-53; }
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(random_() % count); }

    /// \param whole the disc that is hidden as a whole, with its neighbours gone: what would be if
    /// it had not been taken first.
    void attempt(double value, std::optional<std::size_t> whole) {
        if (whole) {
            recreate_without(*whole);
        } else {
            recreate_first(ruin(below(ward_.discs().size()), std::min(most_gone(), 2 + below(2))));
        }
        fill(ward_.choice());
        if (ward_.value() > value - hopeless * std::abs(value)) {
            settle();
        }
    }

    std::size_t most_gone() const { return std::min<std::size_t>(3, ward_.discs().size()); }

    void recreate_without(std::size_t index) {
        const Disc hidden = ward_.discs()[index % ward_.discs().size()];
        ruin(index % ward_.discs().size(), most_gone());
        ward_.mask(hidden);
        const auto first = ward_.best();
        ward_.unmask(hidden);
        if (first) {
            place(first->disc);
        }
    }

    /// Takes a disc and its nearest neighbours away, `count` in all.
    std::vector<Disc> ruin(std::size_t index, std::size_t count) {
        const Disc middle = ward_.discs()[index];
        std::vector<Disc> gone;
        while (gone.size() < count) {
            const auto discs = ward_.discs();
            const auto nearest =
                std::min_element(discs.begin(), discs.end(), [&](const Disc& a, const Disc& b) {
                    return geo::distance(a.centre, middle.centre) <
                           geo::distance(b.centre, middle.centre);
                });
            gone.push_back(*nearest);
            ward_.remove(static_cast<std::size_t>(nearest - discs.begin()));
        }
        return gone;
    }

    void recreate_first(const std::vector<Disc>& gone) {
        DiscChoice choice = ward_.choice();
        const bool cap = choice.radius_min < choice.radius_max && below(3) == 0;
        if (cap) {
            choice.radius_max =
                choice.radius_min +
                geo::Metres(std::floor(share() * (choice.radius_max - choice.radius_min).value()));
        }
        std::vector<Disc> masks;
        for (std::size_t i = 0; !cap && i < gone.size(); ++i) {
            masks.push_back(part_of(gone[i]));
        }
        for (const Disc& mask : masks) {
            ward_.mask(mask);
        }
        const auto first = ward_.best(choice);
        for (const Disc& mask : masks) {
            ward_.unmask(mask);
        }
        if (first) {
            place(first->disc);
        }
    }

    /// A disc of 0.3 to 1.3 times the radius whose rim passes through the inner four fifths of the
    /// other, so that what it held is split in two.
    Disc part_of(const Disc& disc) {
        const double radius = disc.radius.value() * (0.3 + share());
        const double away = std::abs(radius + disc.radius.value() * (1.6 * share() - 0.8));
        const double angle = 2 * std::numbers::pi * share();
        return {geo::GridPoint::at(
                    disc.centre.easting() + geo::Metres(std::round(away * std::cos(angle))),
                    disc.centre.northing() + geo::Metres(std::round(away * std::sin(angle)))),
                geo::Metres(std::round(radius))};
    }

    void fill(const DiscChoice& choice) {
        while (ward_.discs().size() < budget_.most) {
            const auto found = ward_.best(choice);
            if (!found) {
                break;
            }
            place(found->disc);
        }
    }

    /// Moves each disc to its own best place, one after another.
    void settle() {
        for (std::size_t left = ward_.discs().size(); left > 0; --left) {
            const Disc disc = ward_.discs().front();
            ward_.remove(0);
            DiscChoice choice = ward_.choice();
            choice.above = ward_.valued(disc).value + rounding;
            const auto found = ward_.best(choice);
            place(found ? found->disc : disc);
        }
    }

    void place(const Disc& disc) {
        ward_.place(disc);
        met_.push_back(disc);
    }

    /// Puts the best set of all discs met so far in place, if it is better.
    void pack() {
        const DiscChoice& choice = ward_.choice();
        if (choice.separation.factor < 1) {
            return;
        }
        const std::vector<Disc> before(ward_.discs().begin(), ward_.discs().end());
        const double value = ward_.value();
        restore({});
        value_met_discs();
        for (const Disc& disc :
             best_packing(pool_, {.most = budget_.most, .separation = choice.separation})) {
            ward_.place(disc);
        }
        if (ward_.value() > value + rounding) {
            fill(choice);
            settle();
        } else {
            restore(before);
        }
    }

    /// What each is worth alone; the ward holds none of its own discs.
    void value_met_discs() {
        for (const Disc& disc : met_) {
            pool_.push_back(ward_.valued(disc));
        }
        met_.clear();
        std::sort(pool_.begin(), pool_.end(), more_valuable);
        pool_.erase(
            std::unique(pool_.begin(), pool_.end(),
                        [](const FoundDisc& a, const FoundDisc& b) { return a.disc == b.disc; }),
            pool_.end());
    }

    void restore(const std::vector<Disc>& discs) {
        while (!ward_.discs().empty()) {
            ward_.remove(ward_.discs().size() - 1);
        }
        for (const Disc& disc : discs) {
            ward_.place(disc);
        }
    }

    WardLayout& ward_;
    const SearchBudget& budget_;
    std::mt19937_64 random_;
    std::vector<Disc> met_;       ///< found since the last packing
    std::vector<FoundDisc> pool_; ///< all found before, most valuable first
};

} // namespace

void better_discs(WardLayout& ward, const SearchBudget& budget) {
    Improver(ward, budget).run();
}

} // namespace cluster
