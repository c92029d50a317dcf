// Choosing the discs of a whole force. Wards that are no neighbours do not limit each other, so
// they are worked on at once: in the greedy part every ward whose offer beats its neighbours'
// offers takes it, which gives the same discs as taking the best of the force one by one; in the
// local search wards are coloured so that no two of one colour are neighbours.

#include "cluster/selection.hpp"

#include "cluster/local_search.hpp"
#include "geo/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>
#include <tuple>

namespace cluster {

namespace {

/// How often the search tries to better the zones of a ward, for each zone it has. With one radius
/// only a move costs a third, and three times as many are needed for the same gap (docs/methods).
unsigned moves_per_zone(Effort effort, const DiscChoice& choice) {
    constexpr std::array<unsigned, 3> moves{0, 16, 320};
    const bool one_radius = !(choice.radius_min < choice.radius_max);
    return moves[static_cast<std::size_t>(effort)] * (one_radius ? 3 : 1);
}

/// A ward while zones are being chosen for the force.
struct Bidder {
    RankedWard ward;
    WardLayout layout;
    unsigned quota = 0; ///< at most so many zones
    std::vector<std::size_t> neighbours{};
    std::optional<FoundDisc> offer{};
    std::vector<Weight> weights{}; ///< that each of its discs added, in the order of taking
};

DiscChoice choice_for(const Ward& ward, const std::vector<Site>& sites,
                      const SelectionOptions& options) {
    DiscChoice choice{.radius_min = options.radius_min,
                      .radius_max = options.radius_max,
                      .separation = options.separation,
                      .min_incidents = options.min_incidents};
    const Weight total =
        std::accumulate(sites.begin(), sites.end(), Weight(),
                        [](Weight sum, const Site& site) { return sum + site.weight; });
    switch (options.objective) {
    case Objective::balanced:
        choice.cost_per_square_metre = 2 * total.value() / ward.shape.area().value();
        break;
    case Objective::capture:
        choice.radius_min = options.radius_max;
        break;
    case Objective::pai:
        choice.radius_max = options.radius_min;
        break;
    }
    if (options.zone_count == ZoneCount::at_most) {
        choice.above = 0;
    }
    return choice;
}

bool near(const geo::Box& a, const geo::Box& b, std::int64_t reach) {
    const auto clear = [reach](std::int64_t low, std::int64_t high, std::int64_t other_low,
                               std::int64_t other_high) {
        return other_low > high + reach || low > other_high + reach;
    };
    return !clear(a.low.easting_mm(), a.high.easting_mm(), b.low.easting_mm(),
                  b.high.easting_mm()) &&
           !clear(a.low.northing_mm(), a.high.northing_mm(), b.low.northing_mm(),
                  b.high.northing_mm());
}

geo::Box widened(const geo::Box& box, geo::Metres reach) {
    const std::int64_t margin = geo::whole_millimetres(reach);
    return {geo::GridPoint::at_millimetres(box.low.easting_mm() - margin,
                                           box.low.northing_mm() - margin),
            geo::GridPoint::at_millimetres(box.high.easting_mm() + margin,
                                           box.high.northing_mm() + margin)};
}

/// For each of some wards the places of incidents of all other wards within reach of its box,
/// without weight; by ward, in the order of its sites.
std::vector<std::vector<Site>> surroundings(std::span<const Ward> wards,
                                            std::span<const RankedWard> of,
                                            const std::vector<std::vector<Site>>& sites,
                                            const SelectionOptions& options) {
    std::vector<geo::Box> boxes;
    std::transform(wards.begin(), wards.end(), std::back_inserter(boxes),
                   [](const Ward& ward) { return ward.shape.bounds(); });
    std::vector<std::vector<Site>> result(of.size());
    geo::parallel_for(of.size(), options.threads, [&](std::size_t i) {
        const geo::Box& box = boxes[of[i].ward];
        const geo::Box wide = widened(box, options.radius_max);
        for (std::size_t other = 0; other < wards.size(); ++other) {
            if (other == of[i].ward ||
                !near(box, boxes[other], geo::whole_millimetres(options.radius_max))) {
                continue;
            }
            for (const Site& site : sites[other]) {
                if (site.incidents > 0 && wide.contains(site.place)) {
                    result[i].push_back({site.place, Weight(), site.incidents});
                }
            }
        }
    });
    return result;
}

class Selection {
  public:
    Selection(std::span<const Ward> wards, std::span<const RankedWard> candidates,
              std::vector<std::vector<Site>> sites, const SelectionOptions& options)
        : options_(options) {
        std::vector<std::vector<Site>> around(candidates.size());
        if (options.min_incidents > 1) {
            around = surroundings(wards, candidates, sites, options);
        }
        bidders_.reserve(candidates.size());
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const Ward& ward = wards[candidates[i].ward];
            std::vector<Site>& own = sites[candidates[i].ward];
            const DiscChoice choice = choice_for(ward, own, options);
            own.insert(own.end(), around[i].begin(), around[i].end());
            std::vector<Site>().swap(around[i]);
            bidders_.push_back({candidates[i], WardLayout(std::move(own), ward.shape, choice)});
        }
        find_neighbours(wards);
        set_quotas();
    }

    std::vector<ChosenDisc> run() {
        take_greedily();
        keep_the_best();
        improve();
        if (options_.max_zones && options_.allocation == Allocation::best) {
            exchange();
        }
        return chosen();
    }

  private:
    /// Wards whose discs may touch, or hold the same places.
    void find_neighbours(std::span<const Ward> wards) {
        const std::int64_t reach = geo::whole_millimetres(
            std::max(1.0, options_.separation.factor) * 2 * options_.radius_max);
        std::vector<std::pair<geo::Box, std::size_t>> boxes;
        for (std::size_t i = 0; i < bidders_.size(); ++i) {
            boxes.emplace_back(wards[bidders_[i].ward.ward].shape.bounds(), i);
        }
        std::sort(boxes.begin(), boxes.end(), [](const auto& a, const auto& b) {
            return std::tuple(a.first.low.easting_mm(), a.second) <
                   std::tuple(b.first.low.easting_mm(), b.second);
        });
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            for (std::size_t j = i + 1;
                 j < boxes.size() &&
                 boxes[j].first.low.easting_mm() <= boxes[i].first.high.easting_mm() + reach;
                 ++j) {
                if (near(boxes[i].first, boxes[j].first, reach)) {
                    bidders_[boxes[i].second].neighbours.push_back(boxes[j].second);
                    bidders_[boxes[j].second].neighbours.push_back(boxes[i].second);
                }
            }
        }
        for (Bidder& bidder : bidders_) {
            std::sort(bidder.neighbours.begin(), bidder.neighbours.end());
        }
    }

    void set_quotas() {
        const auto wards = static_cast<unsigned>(bidders_.size());
        for (unsigned i = 0; i < wards; ++i) {
            bidders_[i].quota = options_.zones_per_ward;
            if (options_.max_zones && options_.allocation == Allocation::equal) {
                const unsigned fair =
                    *options_.max_zones / wards + (i < *options_.max_zones % wards ? 1 : 0);
                bidders_[i].quota = std::min(bidders_[i].quota, fair);
            }
        }
    }

    void make_offer(Bidder& bidder) const {
        bidder.offer.reset();
        if (bidder.layout.discs().size() < bidder.quota) {
            bidder.offer = bidder.layout.best();
        }
    }

    void make_offers(const std::vector<std::size_t>& who) {
        geo::parallel_for(who.size(), options_.threads,
                          [&](std::size_t i) { make_offer(bidders_[who[i]]); });
    }

    std::vector<std::size_t> everybody() const {
        std::vector<std::size_t> all(bidders_.size());
        std::iota(all.begin(), all.end(), 0U);
        return all;
    }

    void take_greedily() {
        make_offers(everybody());
        std::vector<std::size_t> winners = unbeaten();
        while (!winners.empty()) {
            std::vector<std::size_t> touched;
            for (const std::size_t winner : winners) {
                touched.push_back(winner);
                take(winner, touched);
            }
            std::sort(touched.begin(), touched.end());
            touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
            make_offers(touched);
            winners = unbeaten();
        }
    }

    /// The bidders whose offer no neighbour's offer beats: no two of them are neighbours.
    std::vector<std::size_t> unbeaten() const {
        const auto beats = [&](std::size_t a, std::size_t b) {
            return bidders_[a].offer &&
                   (bidders_[a].offer->value > bidders_[b].offer->value ||
                    (bidders_[a].offer->value == bidders_[b].offer->value && a < b));
        };
        std::vector<std::size_t> result;
        for (std::size_t i = 0; i < bidders_.size(); ++i) {
            const auto& around = bidders_[i].neighbours;
            if (bidders_[i].offer && std::none_of(around.begin(), around.end(),
                                                  [&](std::size_t n) { return beats(n, i); })) {
                result.push_back(i);
            }
        }
        return result;
    }

    void take(std::size_t winner, std::vector<std::size_t>& touched) {
        Bidder& bidder = bidders_[winner];
        const FoundDisc offer = *bidder.offer;
        bidder.offer.reset();
        bidder.weights.push_back(offer.weight);
        bidder.layout.place(offer.disc);
        for (const std::size_t n : bidder.neighbours) {
            Bidder& other = bidders_[n];
            other.layout.add_foreign(offer.disc);
            if (other.offer && touches(other, offer.disc)) {
                touched.push_back(n);
            }
        }
    }

    bool touches(const Bidder& bidder, const Disc& disc) const {
        return !apart(bidder.offer->disc, disc, options_.separation) ||
               bidder.layout.valued(bidder.offer->disc).value != bidder.offer->value;
    }

    /// Leaves the `max_zones` in place that hold most. Wards are compared by weight alone: the
    /// price on area differs between them, and would send zones away from where violence is dense.
    void keep_the_best() {
        std::vector<std::tuple<Weight, std::size_t, std::size_t>> order;
        for (std::size_t i = 0; i < bidders_.size(); ++i) {
            for (std::size_t k = 0; k < bidders_[i].weights.size(); ++k) {
                order.emplace_back(bidders_[i].weights[k], i, k);
            }
        }
        if (!options_.max_zones || order.size() <= *options_.max_zones) {
            return;
        }
        std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
            return std::tuple(std::get<0>(b), std::get<1>(a), std::get<2>(a)) <
                   std::tuple(std::get<0>(a), std::get<1>(b), std::get<2>(b));
        });
        std::vector<unsigned> kept(bidders_.size());
        for (std::size_t k = 0; k < *options_.max_zones; ++k) {
            ++kept[std::get<1>(order[k])];
        }
        for (std::size_t i = 0; i < bidders_.size(); ++i) {
            while (bidders_[i].layout.discs().size() > kept[i]) {
                remove(i, bidders_[i].layout.discs().size() - 1);
            }
            bidders_[i].quota = kept[i];
        }
    }

    void remove(std::size_t bidder, std::size_t index) {
        const Disc disc = bidders_[bidder].layout.discs()[index];
        bidders_[bidder].layout.remove(index);
        for (const std::size_t n : bidders_[bidder].neighbours) {
            bidders_[n].layout.remove_foreign(disc);
        }
    }

    /// Local search in every ward, colour by colour.
    void improve() {
        for (const std::vector<std::size_t>& colour : colours()) {
            improve_wards(colour);
        }
    }

    /// \param wards no two of them neighbours.
    void improve_wards(const std::vector<std::size_t>& wards) {
        std::vector<std::vector<Disc>> before;
        for (const std::size_t i : wards) {
            const auto discs = bidders_[i].layout.discs();
            before.emplace_back(discs.begin(), discs.end());
        }
        geo::expect(options_.progress, wards.size());
        geo::parallel_for(wards.size(), options_.threads, [&](std::size_t i) {
            Bidder& bidder = bidders_[wards[i]];
            const auto discs = static_cast<unsigned>(std::max<std::size_t>(1, before[i].size()));
            better_discs(bidder.layout,
                         {.moves = discs * moves_per_zone(options_.effort, bidder.layout.choice()),
                          .most = bidder.quota,
                          .seed = bidder.ward.ward + std::uint64_t{1}});
            geo::advance(options_.progress, 1);
        });
        for (std::size_t i = 0; i < wards.size(); ++i) {
            tell_neighbours(wards[i], before[i]);
        }
    }

    void tell_neighbours(std::size_t bidder, const std::vector<Disc>& before) {
        const auto after = bidders_[bidder].layout.discs();
        for (const std::size_t n : bidders_[bidder].neighbours) {
            for (const Disc& disc : before) {
                if (std::find(after.begin(), after.end(), disc) == after.end()) {
                    bidders_[n].layout.remove_foreign(disc);
                }
            }
            for (const Disc& disc : after) {
                if (std::find(before.begin(), before.end(), disc) == before.end()) {
                    bidders_[n].layout.add_foreign(disc);
                }
            }
        }
    }

    std::vector<std::vector<std::size_t>> colours() const {
        std::vector<std::size_t> colour(bidders_.size());
        std::vector<std::vector<std::size_t>> groups;
        for (std::size_t i = 0; i < bidders_.size(); ++i) {
            std::vector<char> used(groups.size() + 1);
            for (const std::size_t n : bidders_[i].neighbours) {
                if (n < i) {
                    used[colour[n]] = 1;
                }
            }
            colour[i] =
                static_cast<std::size_t>(std::find(used.begin(), used.end(), 0) - used.begin());
            if (colour[i] == groups.size()) {
                groups.emplace_back();
            }
            groups[colour[i]].push_back(i);
        }
        return groups;
    }

    /// Moves zones one by one from where they hold least to where another would hold more.
    void exchange() {
        for (Bidder& bidder : bidders_) {
            bidder.quota = options_.zones_per_ward;
        }
        make_offers(everybody());
        for (unsigned moved = 0; moved < *options_.max_zones; ++moved) {
            const auto gain = best_offer();
            const auto loss = least_disc();
            if (!gain || !loss || gain->first <= loss->weight || gain->second == loss->bidder) {
                break;
            }
            std::vector<std::size_t> touched{loss->bidder, gain->second};
            remove(loss->bidder, loss->index);
            const auto& around = bidders_[loss->bidder].neighbours;
            touched.insert(touched.end(), around.begin(), around.end());
            take(gain->second, touched);
            make_offers(touched);
        }
    }

    std::optional<std::pair<Weight, std::size_t>> best_offer() const {
        std::optional<std::pair<Weight, std::size_t>> best;
        for (std::size_t i = 0; i < bidders_.size(); ++i) {
            const auto& offer = bidders_[i].offer;
            if (offer && (!best || offer->weight > best->first)) {
                best = {offer->weight, i};
            }
        }
        return best;
    }

    struct Loss {
        Weight weight;
        std::size_t bidder = 0;
        std::size_t index = 0;
    };
    std::optional<Loss> least_disc() {
        std::optional<Loss> least;
        for (std::size_t i = 0; i < bidders_.size(); ++i) {
            WardLayout& layout = bidders_[i].layout;
            for (std::size_t k = 0; k < layout.discs().size(); ++k) {
                const Disc disc = layout.discs().front();
                layout.remove(0);
                const Weight weight = layout.valued(disc).weight;
                layout.place(disc);
                if (!least || weight < least->weight) {
                    least = {weight, i, k}; // after the whole round each stands where it stood
                }
            }
        }
        return least;
    }

    std::vector<ChosenDisc> chosen() {
        std::vector<std::tuple<double, std::size_t, ChosenDisc>> found;
        for (std::size_t i = 0; i < bidders_.size(); ++i) {
            WardLayout& layout = bidders_[i].layout;
            for (std::size_t left = layout.discs().size(); left > 0; --left) {
                const Disc disc = layout.discs().front();
                layout.remove(0);
                const FoundDisc alone = layout.valued(disc);
                layout.place(disc);
                found.emplace_back(-alone.value, i,
                                   ChosenDisc{bidders_[i].ward.ward, disc, alone.weight});
            }
        }
        std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
            return std::tuple(std::get<0>(a), std::get<1>(a), std::get<2>(a).disc.centre) <
                   std::tuple(std::get<0>(b), std::get<1>(b), std::get<2>(b).disc.centre);
        });
        std::vector<ChosenDisc> result;
        result.reserve(found.size());
        for (const auto& [value, bidder, disc] : found) {
            result.push_back(disc);
        }
        return result;
    }

    const SelectionOptions& options_;
    std::vector<Bidder> bidders_; ///< in the order of the ranking
};

} // namespace

std::vector<ChosenDisc> choose_discs(std::span<const Ward> wards,
                                     std::span<const RankedWard> candidates,
                                     std::vector<std::vector<Site>> sites,
                                     const SelectionOptions& options) {
    return Selection(wards, candidates, std::move(sites), options).run();
}

} // namespace cluster
