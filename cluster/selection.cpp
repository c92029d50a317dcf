#include "cluster/selection.hpp"

#include "cluster/disc_search.hpp"
#include "geo/parallel.hpp"

#include <algorithm>

namespace cluster {

namespace {

/// A ward while zones are being chosen.
struct Bidder {
    RankedWard ward;
    DiscSearch search;
    DiscChoice choice;
    unsigned zones = 0;
    std::optional<FoundDisc> offer;
};

DiscChoice choice_for(const Ward& ward, const RankedWard& ranked, const SelectionOptions& options) {
    DiscChoice choice{.radius_min = options.radius_min,
                      .radius_max = options.radius_max,
                      .cost_per_square_metre = 0,
                      .separation = options.separation};
    switch (options.objective) {
    case Objective::balanced:
        choice.cost_per_square_metre = 2 * ranked.weight / ward.shape.area().value();
        break;
    case Objective::capture:
        choice.radius_min = options.radius_max;
        break;
    case Objective::pai:
        choice.radius_max = options.radius_min;
        break;
    }
    return choice;
}

std::vector<Site> together(const std::vector<std::vector<Site>>& by_ward) {
    std::vector<Site> all;
    for (const auto& sites : by_ward) {
        all.insert(all.end(), sites.begin(), sites.end());
    }
    merge_equal_places(all);
    return all;
}

class Selection {
  public:
    Selection(std::span<const Ward> wards, std::span<const RankedWard> candidates,
              std::vector<std::vector<Site>> sites, const SelectionOptions& options)
        : options_(options), all_sites_(together(sites)), everything_(all_sites_) {
        for (const RankedWard& ranked : candidates) {
            const Ward& ward = wards[ranked.ward];
            bidders_.push_back({ranked, DiscSearch(std::move(sites[ranked.ward]), ward.shape),
                                choice_for(ward, ranked, options), 0, std::nullopt});
        }
    }

    std::vector<ChosenDisc> run() {
        if (options_.zones_per_ward > 0) {
            geo::parallel_for(bidders_.size(), options_.threads,
                              [&](std::size_t i) { make_offer(bidders_[i]); });
        }
        while (chosen_.size() < options_.max_zones.value_or(~0U)) {
            Bidder* best = best_offer();
            if (best == nullptr) {
                break;
            }
            take(*best);
        }
        return chosen_;
    }

  private:
    void make_offer(Bidder& bidder) const {
        bidder.offer.reset();
        if (bidder.zones == options_.zones_per_ward) {
            return;
        }
        const std::optional<FoundDisc> found = bidder.search.best(bidder.choice, taken_);
        const bool pays = found && (options_.objective != Objective::balanced || found->value > 0);
        if (pays && incidents_in(found->disc) >= options_.min_incidents) {
            bidder.offer = found;
        }
    }

    std::uint32_t incidents_in(const Disc& disc) const {
        std::uint32_t count = 0;
        for (const std::uint32_t site : everything_.within(disc.centre, disc.radius)) {
            count += all_sites_[site].incidents;
        }
        return count;
    }

    Bidder* best_offer() {
        Bidder* best = nullptr;
        for (Bidder& bidder : bidders_) {
            if (bidder.offer && (best == nullptr || bidder.offer->value > best->offer->value)) {
                best = &bidder;
            }
        }
        return best;
    }

    void take(Bidder& winner) {
        const Disc disc = winner.offer->disc;
        chosen_.push_back({winner.ward.ward, disc});
        taken_.push_back(disc);
        ++winner.zones;
        std::vector<Bidder*> touched;
        for (Bidder& bidder : bidders_) {
            bidder.search.hold(disc);
            if (&bidder == &winner || (bidder.offer && touches(*bidder.offer, disc, bidder))) {
                touched.push_back(&bidder);
            }
        }
        geo::parallel_for(touched.size(), options_.threads,
                          [&](std::size_t i) { make_offer(*touched[i]); });
    }

    bool touches(const FoundDisc& offer, const Disc& disc, const Bidder& bidder) const {
        return !apart(offer.disc, disc, options_.separation) ||
               bidder.search.valued(offer.disc, bidder.choice).weight != offer.weight;
    }

    const SelectionOptions& options_;
    std::vector<Site> all_sites_;
    NeighbourIndex everything_;
    std::vector<Bidder> bidders_;
    std::vector<Disc> taken_;
    std::vector<ChosenDisc> chosen_;
};

} // namespace

std::vector<ChosenDisc> choose_discs(std::span<const Ward> wards,
                                     std::span<const RankedWard> candidates,
                                     std::vector<std::vector<Site>> sites,
                                     const SelectionOptions& options) {
    return Selection(wards, candidates, std::move(sites), options).run();
}

} // namespace cluster
